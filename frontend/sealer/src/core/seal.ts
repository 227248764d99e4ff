// Sealing: files and answers in, FILE.safehand out, piece by piece (src/safehand/seal/write.py).
//
// Two passes over the files: the first for hashes and for what is left out, the second through tar and age into the sink,
// hashed again on the way, so that a file that changed in between is noticed. Nothing is held whole.

import { sha256 } from "@noble/hashes/sha2.js";
import { Encrypter } from "age-encryption";
import { answersValue } from "./answers.ts";
import { bagFiles } from "./bag.ts";
import { captureOf, type Listed, type SourceFile } from "./capture.ts";
import { examineFile } from "./examine.ts";
import { checkExclusions, type LeftOut, resolveExclusions } from "./exclusions.ts";
import { NOT_TEXT } from "./not_text.ts";
import { hex, stopIfAsked } from "./octets.ts";
import { readPeriods } from "./periods.ts";
import { type Removed, sealedPieces } from "./removed.ts";
import { isReturn, RETURN } from "./returns.ts";
import { newHolderKey, publicKeyOf, signatureFiles } from "./sshsig.ts";
import { type Composed, compose, type Tool } from "./statement.ts";
import { resolveTables } from "./tables.ts";
import { END, formatHeader, padding } from "./tar.ts";
import { fileType } from "./text_members.ts";
import { type Handed, type Progress, type Receipt, type Row, SealerError, type ToSeal } from "./types.ts";

declare const SAFEHAND_VERSION: string;

export const TOOL: Tool = { name: "safehand-sealer", version: SAFEHAND_VERSION };

const NO_PROGRESS: Progress = () => undefined;

/** All that will be sealed, known to the byte, before anything is written. */
export interface Prepared {
  readonly composed: Composed;
  readonly tool: Tool;
  readonly utc: string;
  /** Bytes of both passes. */
  readonly total: number;
}

/** Every file and every member of a ZIP, with what becomes of it. */
export async function* examine(files: readonly Handed[], signal?: AbortSignal): AsyncGenerator<Row> {
  for await (const found of captureOf(files, signal)) {
    const isText = "text" in found;
    const listed = isText ? ((await isReturn(found.text, signal)) ? listedReturn(found.text) : null) : found.listed;
    const { name, size, container } = listed ?? (found as { text: SourceFile }).text;
    const row = { name, size, type: listed?.type ?? "text", ...(container === null ? {} : { container }) } as const;
    if (listed === null) yield { ...row, what: "text", ...doubtOf((found as { text: SourceFile }).text) };
    else if (listed.refused === null) yield { ...row, what: "listed" };
    else yield { ...row, what: "refused", why: listed.refused };
  }
}

function doubtOf({ doubt, size, stated }: SourceFile): { why?: string } {
  if (doubt === null) return {};
  if (doubt === "truncated_file")
    return { why: `The archive is damaged there: ${size} of ${stated.size} bytes could be unpacked and are read.` };
  return { why: "Its bytes do not have the checksum that the archive states. They are read as they are." };
}

/** The first pass. SealerError while a question is unanswered, or when there is no text to seal. */
export async function prepare(given: ToSeal, progress: Progress = NO_PROGRESS, signal?: AbortSignal): Promise<Prepared> {
  const { answers, sealed } = given;
  // What is wrong with the answers is said before any file is read.
  answersValue(answers);
  readPeriods(answers.operatorPeriods ?? []);
  checkExclusions(answers.exclusions ?? []);
  const utc = checkedTime(sealed.utc);
  const [all, register] = await gathered(given.files, signal);
  const left = await resolveExclusions(answers.exclusions ?? [], all, signal);
  resolveTables(answers.tables ?? [], all);
  const whole = new Set(left.filter(({ removed }) => removed === null).map(({ file }) => file));
  const kept: SourceFile[] = [];
  for (const file of all) {
    if (whole.has(file)) continue;
    if (await isReturn(file, signal)) register.push(listedReturn(file));
    else kept.push(file);
  }
  if (kept.length === 0) throw nothingToSeal(register);
  const tables = resolveTables(answers.tables ?? [], kept); // of what is sealed, as the shell has it
  const leftOut = left.filter(({ file }) => whole.has(file) || kept.includes(file));
  const total = 2 * kept.reduce((sum, file) => sum + file.size, 0);
  const count = counter(progress, total, 0);
  const examined = [];
  for (const file of kept) examined.push(await examineFile(file, stretchesOf(file, leftOut), count, signal));
  const tool = sealed.tool ?? TOOL;
  return { composed: compose({ examined, register, leftOut, tables, answers, sealed, tool }), tool, utc, total };
}

async function gathered(files: readonly Handed[], signal?: AbortSignal): Promise<[SourceFile[], Listed[]]> {
  const text: SourceFile[] = [];
  const register: Listed[] = [];
  for await (const found of captureOf(files, signal)) "text" in found ? text.push(found.text) : register.push(found.listed);
  return [text, register];
}

function stretchesOf(file: SourceFile, leftOut: readonly LeftOut[]): readonly Removed[] {
  return leftOut.filter((left) => left.file === file).flatMap(({ removed }) => removed ?? []);
}

function listedReturn(file: SourceFile): Listed {
  const { name, nameRaw, container, modified, stated } = file;
  return { name, nameRaw, container, modified, ...stated, type: fileType(name), refused: RETURN };
}

function checkedTime(utc: string): string {
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(utc) ? Date.parse(utc) : Number.NaN;
  if (!(moment >= 0)) throw new SealerError("usage", "The clock gives no moment in UTC after 1970.", "", "Set this machine's clock and zone.");
  return utc;
}

/** Why: what was refused says it best. */
function nothingToSeal(register: readonly Listed[]): SealerError {
  const refused = register.find((one) => one.refused !== null);
  if (refused?.container) return new SealerError("archive_refused", `No text in it can be sealed. ${refused.refused}`, refused.container);
  if (refused) return new SealerError("cannot_read", `It cannot be sealed. ${refused.refused}`, refused.name);
  const counts = new Map<string, number>();
  for (const { type } of register) counts.set(type, (counts.get(type) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const told = NOT_TEXT[most ?? ""];
  if (told) return new SealerError("not_recognised", `There is no text to seal in it, only ${told[0]}. They were not opened.`, "", told[1]);
  const todo = "Give the chat as the app exports it, without media: a .txt, .json or .zip, or its folder.";
  return new SealerError("not_recognised", "There is no text to seal in what was given.", "", todo);
}

/** The tar, piece by piece. With the same key the same bytes. */
export async function* packagePieces(prepared: Prepared, holderKey: Uint8Array, done: (bytes: number) => void, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const { composed, utc, tool } = prepared;
  const time = Date.parse(utc) / 1000;
  const bag = bagFiles(composed, utc, tool);
  const files = new Map([...bag, ...signatureFiles(composed.statement, holderKey)]);
  for (const path of FIRST) {
    const data = files.get(path) as Uint8Array;
    yield formatHeader(path, data.length, time);
    yield data;
    yield padding(data.length);
  }
  for (const item of composed.items) {
    yield formatHeader(`bag/${item.id}`, item.size, time);
    const digest = sha256.create();
    let size = 0;
    for await (const piece of sealedPieces(item.file.pieces(signal), item.removed, item.file.name)) {
      digest.update(piece);
      size += piece.length;
      if (size > item.size) break;
      yield piece;
      done(piece.length);
    }
    if (size !== item.size || hex(digest.digest()) !== item.sha256)
      throw new SealerError("changed", "The file changed while it was being sealed.", item.file.name, "Close the program that writes it, and seal it again. Nothing was left.");
    yield padding(item.size);
  }
  yield END;
}

const FIRST = [
  "bag/statement.json",
  "signature/statement.json.sig",
  "signature/holder.pub",
  "signature/allowed_signers",
  "bag/bagit.txt",
  "bag/bag-info.txt",
  "bag/manifest-sha256.txt",
  "bag/tagmanifest-sha256.txt",
  "bag/README.txt",
];

/** Seals into `sink`. On an error, or when `signal` aborts, the sink is aborted, and nothing that was written counts. */
export async function seal(given: ToSeal, sink: WritableStream<Uint8Array>, progress: Progress = NO_PROGRESS, signal?: AbortSignal): Promise<Receipt> {
  const writer = sink.getWriter();
  try {
    const prepared = await prepare(given, progress, signal);
    const holderKey = given.holderKey ?? newHolderKey();
    const count = counter(progress, prepared.total, prepared.total / 2);
    const plain = streamOf(packagePieces(prepared, holderKey, count, signal));
    const age = new Encrypter();
    age.addRecipient(given.to.desk);
    age.addRecipient(given.to.recovery);
    const digest = sha256.create();
    const reader = (await age.encrypt(plain)).getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        stopIfAsked(signal);
        digest.update(next.value);
        await writer.write(next.value);
      }
    } finally {
      await reader.cancel().catch(() => undefined);
    }
    await writer.close();
    progress(prepared.total, prepared.total);
    return {
      schema: "safehand.receipt/1",
      package_sha256: hex(digest.digest()),
      statement_sha256: hex(sha256(prepared.composed.statement)),
      sealed: prepared.utc,
      holder_key: publicKeyOf(holderKey),
    };
  } catch (err) {
    await writer.abort(err).catch(() => undefined);
    throw err;
  }
}

function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        for (;;) {
          const next = await pieces.next();
          if (next.done) return controller.close();
          if (next.value.length > 0) return controller.enqueue(next.value);
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

function counter(progress: Progress, total: number, before: number): (bytes: number) => void {
  let done = before;
  return (bytes) => {
    done += bytes;
    progress(Math.min(done, total), total);
  };
}
