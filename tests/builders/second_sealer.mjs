// A second sealer, written from docs/spec/package.md, docs/spec/statement.md and the published data files alone, in
// another language. It makes the tar of each good vector; a test compares the bytes. It shares no code with the first.
//
//   node tests/builders/second_sealer.mjs REPOSITORY   < a list of vectors     > a list of verdicts
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = process.argv[2];
const published = (path) => readFileSync(join(root, path));
const textMembers = JSON.parse(published("src/safehand/sources/data/text-members.json"));
const embedded = JSON.parse(published("src/safehand/seal/data/embedded.json"));
const readme = published("src/safehand/seal/data/README.txt");
const spec = published("docs/spec/statement.md").toString("utf8");

const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const compare = (a, b) => Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));

// --- statement.md, Spelling ------------------------------------------------------------------------------------------
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

// --- statement.md, Questions and Answers as a file -------------------------------------------------------------------
const questions = [...spec.matchAll(/^\| `([a-z]+)\.([a-z_]+)` \| (\w+) \| [^|]* \| ([^|]*) \|$/gm)].map((row) => ({
  group: row[1], name: row[2], kind: row[3],
  choices: [...row[4].split("idle")[0].matchAll(/`([a-z_]+)`(?: \(([^)]*)\))?/g)].map((c) => [c[1], c[2] ?? c[1]]),
  idle: row[4].match(/idle after no(?:, and unless yes,)? to `([a-z_.]+)`/)?.[1],
}));

function tomlValue(text) {
  if (text.startsWith('"')) return JSON.parse(text);
  if (text === "true" || text === "false") return text === "true";
  return /^\d+$/.test(text) ? Number(text) : { date: text };
}

function toml(text) {
  const out = {};
  let table = out;
  for (const line of text.split("\n").map((one) => one.trim()).filter((one) => one && !one.startsWith("#"))) {
    const many = line.match(/^\[\[(\w+)\]\]$/), one = line.match(/^\[(\w+)\]$/);
    if (many) (out[many[1]] ??= []).push((table = {}));
    else if (one) table = out[one[1]] ??= {};
    else table[line.slice(0, line.indexOf("=")).trim()] = tomlValue(line.slice(line.indexOf("=") + 1).trim());
  }
  return out;
}

function when(raw) {
  const [, date, time, offset] = (raw.date ?? raw).match(/^([\d-]+)(?:[T ]([\d:]+)(Z|[+-][\d:]+)?)?$/);
  if (!time) return date;
  return `${date}T${time.length === 5 ? `${time}:00` : time}${offset === "+00:00" ? "Z" : (offset ?? "")}`;
}

const limit = (raw) => (raw === undefined ? null : raw === "I don't know" ? "dont_know" : when(raw));

function answer(question, raw, given) {
  if (raw === undefined && question.idle) {
    const [group, name] = question.idle.split(".");
    if (["no", false].includes(given[group]?.[name])) return { answer: "not_asked" };
  }
  if (raw === undefined || raw === "I don't know") return { answer: "dont_know" };
  if (raw === "I would rather not say") return { answer: "not_said" };
  if (question.kind === "yes_no") return { answer: raw === true || raw === "yes" ? "yes" : "no" };
  if (question.kind === "when") return { answer: "given", value: when(raw) };
  if (question.kind === "choice") return { answer: "given", value: question.choices.find((c) => c.includes(raw))[0] };
  return { answer: "given", value: raw };
}

// --- text-members.json -----------------------------------------------------------------------------------------------
const lower = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const ending = (name) => lower(name).split(/[/\\]/).at(-1).split(".").slice(1).at(-1) ?? "";
const typeOf = (name) => textMembers.types.find((row) => row.endings.includes(ending(name)))?.type ?? "other";

function magicOf(data) {
  const head = data.subarray(0, textMembers.look_at).toString("hex");
  return textMembers.magics.find((magic) => magic.at.every(([place, digits]) => head.startsWith(digits, 2 * place)));
}

// --- the files that are handed over ----------------------------------------------------------------------------------
const bytesOf = (parts) => Buffer.concat(parts.map((part) =>
  part.base64 !== undefined ? Buffer.from(part.base64, "base64") : Buffer.from(part.text.repeat(part.times ?? 1), "utf8")));

function crc32(data) {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (~crc >>> 0).toString(16).padStart(8, "0");
}

function handedOver(files) {
  const disk = { modified: "2026-11-20T18:04:11Z", container: null, crc32: null };
  return files.flatMap((file) => file.members
    ? file.members.map((member) => {
        const data = bytesOf(member.parts);
        return { name: member.name, data, modified: "2026-11-20T18:04:10", container: file.name, crc32: crc32(data) };
      })
    : [{ name: file.name, data: bytesOf(file.parts), ...disk }]);
}

// --- embedded.json ---------------------------------------------------------------------------------------------------
const latin = (text) => Buffer.from(text, "latin1");
const at = (pattern, text, place) => {
  const found = new RegExp(pattern, "y");
  found.lastIndex = place;
  return found.exec(text)?.[0].length ?? -1;
};
const UNIT = `(?:${embedded.unit})`, PAD = `(?:${embedded.pad})`, END = `(?:${embedded.end})`;
const FULL = `${UNIT}{${embedded.line_least}}`;
const LAST = embedded.last_line.replaceAll("UNIT", UNIT).replaceAll("PAD", PAD).replaceAll("END", END);

function runEnd(text, start) {
  for (let line = start, before = 0; ; before++) {
    const end = line + at(`${UNIT}*`, text, line);
    const gap = at(`(?:${embedded.break})`, text, end);
    if (gap > 0 && at(FULL, text, line) > 0) {
      if (at(FULL, text, end + gap) > 0) { line = end + gap; continue; }
      const last = before > 0 ? at(LAST, text, end + gap) : -1;
      if (last > 0) return end + gap + last;
    }
    return end + at(`${PAD}{0,2}`, text, end);
  }
}

function leftOut(text, start, end, marked) {
  if (marked) return end - start >= embedded.marked_run_least;
  const before = text.slice(Math.max(0, start - embedded.address_look_back), start);
  const word = before.split(new RegExp(embedded.address_stop)).at(-1) + text.slice(start, start + embedded.address_into_run);
  return end - start >= embedded.run_least && !new RegExp(embedded.address).test(word)
    && embedded.must_hold.every((one) => new RegExp(one).test(text.slice(start, end)));
}

function findEmbedded(data) {
  const text = data.toString("latin1"), out = [];
  for (let place = 0; ; ) {
    const mark = text.indexOf(embedded.mark, place);
    const begin = new RegExp(`${embedded.may_begin}${FULL}`, "g");
    begin.lastIndex = place;
    const found = begin.exec(text)?.index ?? -1;
    if (mark < 0 && found < 0) return out;
    const marked = mark >= 0 && (found < 0 || mark < found);
    const start = marked ? mark + embedded.mark.length : found;
    const end = runEnd(text, start);
    if (leftOut(text, start, end, marked)) out.push({ start, end, why: "embedded" });
    place = end;
  }
}

// --- statement.md, Items, Exclusions ---------------------------------------------------------------------------------
function linesOf(data, first, last) {
  let start = 0, line = 1;
  for (; line < first; line++) start = data.indexOf(10, start) + 1;
  let end = start;
  for (; line <= last; line++) end = data.indexOf(10, end) < 0 ? data.length : data.indexOf(10, end) + 1;
  if (data[end - 1] === 10 && end - 1 > start) end--; // the last line feed stays, so that the marker ends its line
  return { start, end, why: "excluded" };
}

function itemOf(file, excluded) {
  const walls = excluded.map((row) => linesOf(file.data, row.first_line, row.last_line));
  const pictures = findEmbedded(file.data).filter((one) => walls.every((wall) => wall.end <= one.start || one.end <= wall.start));
  const removed = [...walls, ...pictures].sort((a, b) => a.start - b.start);
  const pieces = [];
  let place = 0;
  for (const { start, end, why } of removed) {
    pieces.push(file.data.subarray(place, start), latin(embedded.markers[why].replace("N", end - start)));
    place = end;
  }
  const data = Buffer.concat([...pieces, file.data.subarray(place)]);
  const { name, container, modified } = file;
  return { data, item: { container, doubts: [], kind: removed.length ? "DERIVED" : "RAW", modified, name, name_raw: null,
    removed, sha256: sha256(data), size: data.length, source_size: file.data.length } };
}

function statementOf(vector) {
  const given = toml(vector.answers), files = handedOver(vector.files);
  const text = files.filter((file) => typeOf(file.name) === "text" && !magicOf(file.data));
  const exclusions = given.exclusions ?? [];
  const sealed = text.map((file) => itemOf(file, exclusions.filter((row) => row.file === file.name)));
  sealed.sort((a, b) => compare(a.item.container ?? "", b.item.container ?? "") || compare(a.item.name, b.item.name)
    || compare(a.item.sha256, b.item.sha256));
  sealed.forEach(({ item }, place) => {
    const own = ending(item.name);
    item.id = `data/${String(place + 1).padStart(4, "0")}.${/^[a-z0-9]{1,8}$/.test(own) ? own : "txt"}`;
  });
  const attachments = files.filter((file) => !text.includes(file)).map(({ name, container, modified, crc32: crc, data }) =>
    ({ container, crc32: crc, modified, name, name_raw: null, refused: false, size: data.length, type: typeOf(name) }));
  attachments.sort((a, b) => compare(a.container ?? "", b.container ?? "") || compare(a.name, b.name));
  const groups = {};
  for (const question of questions)
    (groups[question.group] ??= {})[question.name] = answer(question, given[question.group]?.[question.name], given);
  const isForm4 = Object.values(groups).some((group) => Object.values(group).some((one) => one.answer === "not_said"))
    || (given.operator_periods ?? []).some(({ from, to }) => [from, to].includes("I don't know"));
  const periods = (given.operator_periods ?? []).map(({ account, who, from, to }) =>
    ({ account, from: limit(from), to: limit(to), who }));
  // Enough for what is not known of one end: the first message before every date, the last after.
  const sure = ({ from, to }) => (from === "dont_know" ? (to ?? "9") : (from ?? ""));
  periods.sort((a, b) => compare(a.account, b.account) || compare(sure(a), sure(b)));
  const named = ["conversation", "id", "recipient", "sender", "text", "time"];
  const tables = (given.tables ?? []).map(({ file, columns, time_format, delimiter }) => {
    const numbers = Object.fromEntries(columns.split(",").map((part) => part.split("=").map((word) => word.trim())));
    return { item: sealed.find((one) => one.item.name === file).item.id, delimiter: delimiter ?? null, time_format,
      columns: Object.fromEntries(named.map((name) => [name, numbers[name] ? Number(numbers[name]) : null])), stated_by: "holder" };
  });
  tables.sort((a, b) => compare(a.item, b.item)); // fewer than ten thousand items
  return { sealed, statement: {
    schema: `safehand.statement/${isForm4 ? 4 : tables.length ? 3 : 1}`, ...(tables.length ? { tables } : {}), ...groups, attachments, operator_periods: periods,
    sealed: { utc: vector.clock, zone: vector.machine.zone, system: vector.machine.system },
    tool: { name: vector.machine.tool, version: vector.machine.version },
    items: sealed.map(({ item }) => item),
    exclusions: exclusions.map((row) => {
      const { item } = sealed.find((one) => one.item.name === row.file);
      const { start, end } = item.removed.find((one) => one.why === "excluded");
      return { bytes: end - start, container: item.container, first_line: row.first_line, item: item.id,
        last_line: row.last_line, name: item.name, reason: row.reason };
    }),
  } };
}

// --- package.md, The signature ---------------------------------------------------------------------------------------
function field(data) {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  return Buffer.concat([size, data]);
}

function signature(seed, statement) {
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]), format: "der", type: "pkcs8" });
  const raw = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
  const kind = latin("ssh-ed25519"), space = latin("safehand-statement@v1"), hash = latin("sha512");
  const blob = Buffer.concat([field(kind), field(raw)]);
  const digest = createHash("sha512").update(statement).digest();
  const signed = sign(null, Buffer.concat([latin("SSHSIG"), field(space), field(latin("")), field(hash), field(digest)]), key);
  const whole = Buffer.concat([latin("SSHSIG\0\0\0\x01"), field(blob), field(space), field(latin("")), field(hash),
    field(Buffer.concat([field(kind), field(signed)]))]);
  const lines = whole.toString("base64").match(/.{1,70}/g).join("\n");
  const line = `ssh-ed25519 ${blob.toString("base64")}`;
  return {
    "signature/statement.json.sig": `-----BEGIN SSH SIGNATURE-----\n${lines}\n-----END SSH SIGNATURE-----\n`,
    "signature/holder.pub": `${line} holder\n`,
    "signature/allowed_signers": `holder namespaces="safehand-statement@v1" ${line}\n`,
  };
}

// --- package.md, The tar and The bag ---------------------------------------------------------------------------------
function member(name, data, time) {
  const octal = (value, digits) => `${value.toString(8).padStart(digits, "0")}\0`;
  const head = Buffer.alloc(512);
  head.write(name, 0, "latin1");
  head.write("0000644\0" + "0000000\0".repeat(2) + octal(data.length, 11) + octal(time, 11) + "        0", 100, "latin1");
  head.write("ustar\x0000", 257, "latin1");
  head.write("0000000\0".repeat(2), 329, "latin1");
  head.write(octal(head.reduce((sum, byte) => sum + byte, 0), 6) + " ", 148, "latin1");
  return Buffer.concat([head, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

function seal(vector) {
  const { sealed, statement } = statementOf(vector);
  const spelled = Buffer.from(canonical(statement), "utf8");
  const bag = {
    "README.txt": readme,
    "bag-info.txt": `Bag-Software-Agent: ${statement.tool.name} ${statement.tool.version}\nBagging-Date: ${vector.clock.slice(0, 10)}\n`
      + `Payload-Oxum: ${sealed.reduce((sum, { item }) => sum + item.size, 0)}.${sealed.length}\n`,
    "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
    "manifest-sha256.txt": sealed.map(({ item }) => `${item.sha256}  ${item.id}\n`).join(""),
    "statement.json": spelled,
  };
  bag["tagmanifest-sha256.txt"] = Object.keys(bag).map((name) => `${sha256(bag[name])}  ${name}\n`).join("");
  const files = { "bag/statement.json": spelled, ...signature(Buffer.from(vector.seed, "hex"), spelled) };
  for (const name of ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "README.txt"])
    files[`bag/${name}`] = bag[name];
  for (const { item, data } of sealed) files[`bag/${item.id}`] = data;
  const time = Date.parse(vector.clock) / 1000;
  const members = Object.entries(files).map(([name, data]) => member(name, Buffer.from(data), time));
  const tar = Buffer.concat([...members, Buffer.alloc(1024)]);
  return { statement: spelled.toString("utf8"), tar_size: tar.length, tar_sha256: sha256(tar) };
}

const vectors = JSON.parse(readFileSync(0));
process.stdout.write(JSON.stringify(vectors.map((vector) => vector.files
  ? seal(vector)
  : findEmbedded(bytesOf(vector.parts)).map(({ start, end }) => [start, end]))));
