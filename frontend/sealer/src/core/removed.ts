// Stretches of a source file that are left out of its sealed copy (src/safehand/seal/removed.py).

import { RULES } from "./embedded_rules.ts";
import { ascii } from "./octets.ts";
import { SealerError } from "./types.ts";

/** Bytes `start` to `end` (not included) of the source file. */
export interface Removed {
  readonly start: number;
  readonly end: number;
  readonly why: "embedded" | "excluded";
}

/** What stands in the sealed copy in their place. */
export function marker({ start, end, why }: Removed): Uint8Array {
  return ascii(RULES.markers[why].replace("N", String(end - start)));
}

/** Both, in order and apart: what the holder left out is not also counted as a picture. */
export function merged(excluded: readonly Removed[], embedded: readonly Removed[]): readonly Removed[] {
  const walls = [...excluded].sort((a, b) => a.start - b.start);
  const out = [...excluded];
  let first = 0;
  for (const found of embedded) {
    while ((walls[first]?.end ?? Number.POSITIVE_INFINITY) <= found.start) first++;
    let { start } = found;
    for (let at = first; (walls[at]?.start ?? Number.POSITIVE_INFINITY) < found.end; at++) {
      const wall = walls[at] as Removed;
      if (start < wall.start) out.push({ start, end: wall.start, why: found.why });
      start = Math.max(start, wall.end);
    }
    if (start < found.end) out.push({ start, end: found.end, why: found.why });
  }
  return out.sort((a, b) => a.start - b.start);
}

/** The sealed copy of `pieces`: their own bytes, and a marker for each stretch left out. */
export async function* sealedPieces(pieces: AsyncIterable<Uint8Array>, removed: readonly Removed[], where: string): AsyncGenerator<Uint8Array> {
  let at = 0; // of the source
  let next = 0;
  let inside = false;
  for await (const piece of pieces) {
    const reach = at + piece.length;
    let place = 0;
    for (let stretch = removed[next]; stretch !== undefined && (inside || stretch.start < reach); stretch = removed[next]) {
      if (!inside) {
        if (stretch.start - at > place) yield piece.subarray(place, stretch.start - at);
        yield marker(stretch);
      }
      inside = stretch.end > reach;
      place = Math.min(stretch.end, reach) - at;
      if (inside) break;
      next++;
    }
    if (!inside && place < piece.length) yield piece.subarray(place);
    at = reach;
  }
  if (inside || next < removed.length)
    throw new SealerError("changed", "The file became shorter while it was being sealed.", where, "Seal it again.");
}
