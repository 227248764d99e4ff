// Of a picture no byte is read: not of one in a ZIP, nor of one beside a chat in a folder.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { examine, packagePieces, prepare } from "../src/core/seal.ts";
import { bytesOf, type Recipe, toSeal } from "./recipe.ts";

declare const REPOSITORY: string;

/** A file that remembers which of its bytes were read. */
class Watched extends File {
  readonly read: [number, number][] = [];

  override slice(start = 0, end = this.size): Blob {
    this.read.push([start, Math.min(end, this.size)]);
    return super.slice(start, end);
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    throw new Error("it was read whole");
  }

  override stream(): never {
    throw new Error("it was read whole");
  }
}

const PICTURE = Buffer.from("ffd8ffe000104a464946", "hex");

test("of what stands in a ZIP beside the chat, no byte is read", async () => {
  const recipe = JSON.parse(readFileSync(join(REPOSITORY, "tests/vectors/sealer/zip-with-media.json"), "utf8")) as Recipe;
  const zip = Buffer.from(bytesOf(recipe.files[0]?.parts ?? []));
  const file = new Watched([zip], "WhatsApp Chat - Allotment.zip");
  const given = toSeal(recipe, [{ file }]);
  for await (const _ of examine([{ file }])) continue;
  for await (const _ of packagePieces(await prepare(given), given.holderKey as Uint8Array, () => undefined)) continue;
  const kept = ["no film", "no sound"].map((words) => [zip.indexOf(words), words.length] as const);
  kept.push([zip.indexOf(PICTURE), PICTURE.length + 2048]);
  for (const [begin, length] of kept) {
    assert.ok(begin > 0);
    for (const [start, end] of file.read) assert.ok(end <= begin || start >= begin + length, `bytes ${start} to ${end} were read`);
  }
  assert.ok(file.read.length > 10);
});

test("a picture that was handed over is not read, and one that is called a text is not read beyond its first bytes", async () => {
  const chat = new Watched(["Homework\n"], "_chat.txt");
  const picture = new Watched([PICTURE], "IMG-1.jpg");
  const called = new Watched([PICTURE, new Uint8Array(90_000)], "notes.txt");
  for await (const _ of examine([{ file: chat }, { file: picture }, { file: called }])) continue;
  assert.deepEqual(picture.read, []);
  assert.deepEqual(called.read, [[0, 1024]]);
});
