// Seals a file of the disk in node and tells what it took: CPU seconds of each part, and the most memory.
//
//   node measure.mjs FILE

import { openAsBlob } from "node:fs";
import desk from "../../../tests/vectors/package/desk.json";
import { dontKnowTheRest } from "../src/core/answers.ts";
import { parseDeskPublic } from "../src/core/desk_public.ts";
import { packagePieces, prepare, seal } from "../src/core/seal.ts";

const given = {
  files: [{ file: new File([await openAsBlob(process.argv[2] as string)], (process.argv[2] as string).endsWith(".zip") ? "chat.zip" : "_chat.txt") }],
  answers: dontKnowTheRest({ given: {} }),
  to: parseDeskPublic(desk["desk.pub"]),
  sealed: { utc: "2026-11-22T12:00:00Z", zone: null, system: "node" },
  holderKey: new Uint8Array(32).fill(7),
};

let peak = 0;
const look = () => {
  peak = Math.max(peak, process.memoryUsage().rss);
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function readThrough(): Promise<void> {
  const file = given.files[0]?.file as File;
  for (let at = 0; at < file.size; at += 1 << 20) await file.slice(at, at + (1 << 20)).arrayBuffer();
}

const read = await timed(readThrough);
look();
const start = peak;
const examined = await timed(() => prepare(given, look));
const prepared = await prepare(given);
const tar = await timed(async () => {
  for await (const _ of packagePieces(prepared, given.holderKey, look)) look();
});
const all = await timed(() => seal(given, new WritableStream({ write: look }), look));
console.log(JSON.stringify({ bytes: given.files[0]?.file.size, read, examined, tar, seal: all, over_start_mib: Math.round((peak - start) / 2 ** 20) }));
