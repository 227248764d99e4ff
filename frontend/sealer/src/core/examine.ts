// The first pass over a source file: what is left out of it, and the hash of what is sealed (src/safehand/seal/examine.py).

import { sha256 } from "@noble/hashes/sha2.js";
import type { SourceFile } from "./capture.ts";
import { EmbeddedScan } from "./embedded.ts";
import { hex } from "./octets.ts";
import { merged, type Removed, sealedPieces } from "./removed.ts";

/** A source file with everything about its bytes that the statement says. */
export interface Examined {
  readonly file: SourceFile;
  readonly removed: readonly Removed[];
  readonly size: number;
  readonly sha256: string;
  readonly sourceSize: number;
}

/** Reads `file` through. A file from which something is left out is read again: no byte of a picture goes into a hash. */
export async function examineFile(
  file: SourceFile,
  excluded: readonly Removed[],
  done: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Examined> {
  const scan = new EmbeddedScan();
  let digest = sha256.create();
  let sourceSize = 0;
  let clear = excluded.length === 0;
  for await (const piece of file.pieces(signal)) {
    scan.feed(piece);
    sourceSize += piece.length;
    clear = clear && scan.isClear;
    if (clear) digest.update(piece);
    done(piece.length);
  }
  const removed = merged(excluded, scan.finish());
  let size = sourceSize;
  if (removed.length > 0 || !clear) {
    digest = sha256.create();
    size = 0;
    for await (const piece of sealedPieces(file.pieces(signal), removed, file.name)) {
      digest.update(piece);
      size += piece.length;
    }
  }
  return { file, removed, size, sha256: hex(digest.digest()), sourceSize };
}
