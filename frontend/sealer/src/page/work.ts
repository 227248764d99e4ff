// The work a page does before a parcel may be begun, in place of a puzzle for people (docs/spec/handover.md, "Work").

import { sha256 } from "@noble/hashes/sha2.js";

const SLICE = 4000;
const utf8 = new TextEncoder();

/** A counter for which SHA-256 of CHALLENGE, a line feed and COUNTER begins with as many zero bits as are asked. */
export async function doWork(challenge: string, signal: AbortSignal): Promise<string> {
  const bits = Number(challenge.split(".")[1]);
  if (!Number.isInteger(bits) || bits < 0 || bits > 30) throw new Error("no such work");
  const start = utf8.encode(`${challenge}\n`);
  const base = sha256.create().update(start);
  for (let counter = 0; ; counter += 1) {
    if (counter % SLICE === 0) {
      await new Promise((resolve) => setTimeout(resolve)); // the page stays alive
      signal.throwIfAborted();
    }
    const digits = String(counter);
    if (zeroBits(base.clone().update(utf8.encode(digits)).digest()) >= bits) return digits;
  }
}

function zeroBits(digest: Uint8Array): number {
  let bits = 0;
  for (const byte of digest) {
    if (byte !== 0) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
}
