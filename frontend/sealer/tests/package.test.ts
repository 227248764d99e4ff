// The outside of a package: the tar's headers, the encryption, and sealing that is cancelled.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Decrypter } from "age-encryption";
import desk from "../../../tests/vectors/package/desk.json";
import { dontKnowTheRest, readAnswer, readWhen } from "../src/core/answers.ts";
import { parseDeskPublic } from "../src/core/desk_public.ts";
import { compareUtf8 } from "../src/core/octets.ts";
import { questionOf } from "../src/core/questions.ts";
import { formatReceipt } from "../src/core/receipt.ts";
import { examine, packagePieces, prepare, seal } from "../src/core/seal.ts";
import { formatHeader, padding } from "../src/core/tar.ts";
import { type Question, SealerError, type ToSeal } from "../src/core/types.ts";

const IDENTITY = desk["desk.agekey"].trim().split("\n").at(-1) as string;
const CHAT = "09/01/2026, 22:27 - Priya: The allotment gate is open\n";

function given(files = [new File([CHAT.repeat(4000)], "_chat.txt", { lastModified: 0 })]): ToSeal {
  return {
    files: files.map((file) => ({ file })),
    answers: dontKnowTheRest({ given: {} }),
    to: parseDeskPublic(desk["desk.pub"]),
    sealed: { utc: "2026-11-22T12:00:00Z", zone: "Europe/London", system: "Linux" },
    holderKey: new Uint8Array(32).fill(7),
  };
}

function gather(): { sink: WritableStream<Uint8Array>; pieces: Uint8Array[]; aborted: () => boolean } {
  const pieces: Uint8Array[] = [];
  let aborted = false;
  const sink = new WritableStream<Uint8Array>({
    write: (piece) => void pieces.push(piece),
    abort: () => {
      aborted = true;
    },
  });
  return { sink, pieces, aborted: () => aborted };
}

test("the desk opens what was sealed to it, and it is the tar", async () => {
  const { sink, pieces } = gather();
  const told: number[][] = [];
  const receipt = await seal(given(), sink, (done, total) => void told.push([done, total]), new AbortController().signal);
  const sealed = Buffer.concat(pieces);
  assert.equal(receipt.package_sha256, createHash("sha256").update(sealed).digest("hex"));
  const age = new Decrypter();
  age.addIdentity(IDENTITY);
  const tar = await age.decrypt(sealed);
  const expected: Uint8Array[] = [];
  const prepared = await prepare(given());
  for await (const piece of packagePieces(prepared, new Uint8Array(32).fill(7), () => undefined)) expected.push(piece);
  assert.deepEqual(Buffer.from(tar), Buffer.concat(expected));
  assert.equal(receipt.statement_sha256, createHash("sha256").update(prepared.composed.statement).digest("hex"));
  assert.deepEqual(told.at(-1), [2 * 4000 * CHAT.length, 2 * 4000 * CHAT.length]);
  assert.match(formatReceipt(receipt), /^\{"holder_key":"ssh-ed25519 [^"]+","package_sha256":/);
});

test("sealing stops where it is cancelled, and the sink is told", async () => {
  const files = [new File([CHAT.repeat(100_000)], "_chat.txt")];
  for (const stopAt of [1, 6_000_000, 8_000_000]) {
    const stop = new AbortController();
    const { sink, aborted } = gather();
    const sealing = seal(given(files), sink, (done) => void (done >= stopAt && stop.abort()), stop.signal);
    await assert.rejects(sealing, { name: "AbortError" });
    assert.ok(aborted());
  }
});

test("a sink that fails ends the sealing with its own error", async () => {
  const full = new Error("the disk is full");
  const sink = new WritableStream<Uint8Array>({ write: () => Promise.reject(full) });
  await assert.rejects(seal(given(), sink), full);
});

test("a size of 8 GiB or more stands in base 256", () => {
  const header = formatHeader("bag/data/0001.txt", 8 ** 11 + 5, 1_700_000_000);
  assert.equal(Buffer.from(header.subarray(124, 136)).toString("hex"), "800000000000000200000005");
  assert.equal(Buffer.from(formatHeader("a", 8 ** 11 - 1, 0).subarray(124, 136)).toString("latin1"), "77777777777\0");
  assert.deepEqual([0, 1, 511, 512, 513].map((size) => padding(size).length), [0, 511, 1, 0, 511]);
});

test("desk.pub is read as it is written, and in no other way", () => {
  const text = desk["desk.pub"];
  assert.equal(parseDeskPublic(text).fingerprint, desk.fingerprint);
  const changed = [text.slice(0, -1), `${text}\n`, text.replace("unit: ", "unit:  "), text.replace(/\n/g, "\r\n"), text.replace(desk.fingerprint, "0000-0000-0000-0000-0000")];
  const lines = text.split("\n");
  changed.push(lines.map((line, place) => (place === 6 ? (lines[8] as string) : line)).join("\n"), text.replace("unit: Allotment", "unit: \u200eAllotment"), text.toUpperCase());
  for (const one of changed) if (one !== text) assert.throws(() => parseDeskPublic(one), SealerError);
});

test("an answer has one spelling, and blanks are the same in every language", () => {
  const text = questionOf("capture.app") as Question;
  assert.deepEqual(readAnswer(text, " \u001f\u0085WhatsApp\r\n2 \u3000"), { answer: "given", value: "WhatsApp\n2" });
  assert.deepEqual(readAnswer(text, "\ufeffWhatsApp"), { answer: "given", value: "\ufeffWhatsApp" });
  for (const said of ["I don\u2019t know.", "DON'T KNOW", "unknown", " dont_know "]) assert.deepEqual(readAnswer(text, said), { answer: "dont_know" });
  assert.equal(readWhen("2026-11-24 15:30-00:00", "x"), "2026-11-24T15:30:00Z");
  for (const bad of ["2026-02-29", "2026-11-24T24:00", "1969-12-31", "2026-11-24T10:00+24:00"]) assert.throws(() => readWhen(bad, "x"), SealerError);
});

test("names are compared as their UTF-8 bytes", () => {
  const names = ["a", "\u{1f600}", "\uffff", "\ue000", "é", "", "ab", "\u{10ffff}", "\u{1f601}"];
  const bytes = (name: string) => Buffer.from(name, "utf8");
  assert.deepEqual([...names].sort(compareUtf8), [...names].sort((a, b) => Buffer.compare(bytes(a), bytes(b))));
});

test("what will become of each file is told before anything is sealed", async () => {
  const files = [
    new File([CHAT], "_chat.txt"),
    new File(["no picture"], "IMG-1.jpg"),
    new File([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)], "notes.txt"),
    new File(["X-RSMF-Version: 2\r\n\r\nwords"], "talk.txt"),
  ];
  const rows = [];
  for await (const { name, what, type } of examine(files.map((file) => ({ file })))) rows.push([name, what, type]);
  assert.deepEqual(rows, [["_chat.txt", "text", "text"], ["IMG-1.jpg", "listed", "image"], ["notes.txt", "refused", "image"], ["talk.txt", "text", "text"]]);
});

test("pictures alone are told to be left where they are", async () => {
  await assert.rejects(prepare(given([new File(["x"], "IMG-1.jpg")])), { code: "not_recognised", todo: /Do not open, copy or send them/ });
});
