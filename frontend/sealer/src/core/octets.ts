// Bytes as text and text as bytes.

import { SealerError } from "./types.ts";

const encoder = new TextEncoder();

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** ASCII only. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

export function hex(data: Uint8Array): string {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    out.set(part, place);
    place += part.length;
  }
  return out;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, place) => byte === b[place]);
}

/** Like a comparison of the UTF-8 bytes: by code points, where JavaScript's own goes by UTF-16 code units. */
export function compareUtf8(a: string, b: string): number {
  const least = Math.min(a.length, b.length);
  for (let place = 0; place < least; place++) {
    const one = a.charCodeAt(place);
    const other = b.charCodeAt(place);
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  // Surrogates stand for code points above all others.
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}

/** How many code points a text has. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Throws what an AbortSignal stands for. */
export function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw signal.reason ?? new DOMException("It was cancelled.", "AbortError");
}

/** An exact piece of a file: only these bytes are read, so that none of a picture is. */
export interface Exact {
  readonly size: number;
  readAt(start: number, length: number): Promise<Uint8Array>;
}

/** Bytes read at a time (seal/removed.py, PIECE). */
export const PIECE = 1 << 20;

export class ExactFile implements Exact {
  readonly size: number;
  constructor(
    private readonly blob: Blob,
    private readonly where: string,
  ) {
    this.size = blob.size;
  }

  async readAt(start: number, length: number): Promise<Uint8Array> {
    const end = Math.min(start + length, this.size);
    if (end <= start) return new Uint8Array(0);
    try {
      return new Uint8Array(await this.blob.slice(start, end).arrayBuffer());
    } catch (err) {
      throw unreadable(err, this.where);
    }
  }
}

/** A browser reads no file that was changed after it was chosen. */
export function unreadable(err: unknown, where: string): SealerError {
  const changed = err instanceof Error && err.name === "NotReadableError";
  return changed
    ? new SealerError("changed", "The file changed while it was being sealed.", where, "Close the program that writes it, and choose the file again.")
    : new SealerError("cannot_read", "The file could not be read to its end.", where, "Check that it is still there, and choose it again.");
}
