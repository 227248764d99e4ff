// One text member of a ZIP: found, looked at once, and unpacked again whenever it is read (src/safehand/sources/zip_member.py).
//
// What was unpacked is kept of small members alone, and of few: asking a browser for bytes costs it more than holding
// them. A damaged chat is still evidence: its bytes are read as far as they go.

import { crc32 } from "./crc32.ts";
import { CarefulInflate } from "./inflate.ts";
import { type Exact, joined, sameBytes, stopIfAsked } from "./octets.ts";
import { LOOK_AT, type Magic, whatItIsInstead } from "./text_members.ts";
import { SealerError } from "./types.ts";
import { FULL_32, LOCAL_HEADER, viewOf, type ZipEntry } from "./zip_directory.ts";
import { DEFLATED, ENCRYPTED } from "./zip_rules.ts";

const LOCAL_MARK = 0x0403_4b50;
const SIZES_FOLLOW = 1 << 3; // [4.4.4]
const FIRST = 1 << 10; // packed bytes read before the first piece is known not to be a picture's
const PACKED = 64 << 10;
const CAREFUL = 1 << 10; // may unpack to a megabyte

/** Where a member's data stand in the archive file. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What came out of a member. */
export interface Unpacked {
  readonly size: number;
  readonly crc32: number;
  /** What it is when it is no text: then it was not read further. */
  readonly instead: Magic | null;
  readonly doubt: "checksum_mismatch" | "truncated_file" | null;
  /** The browser's own unpacking does not do for it. */
  readonly careful: boolean;
  /** Its bytes, of a small one. */
  readonly held: Uint8Array | null;
}

const SMALL = 64 << 10;

/** How many bytes of small members may be held. */
export class Room {
  left = 16 << 20;
}

/**
 * Reads the member's local header, and nothing of its data. A sentence where it contradicts the directory. Of a member
 * that is not `wanted` only its end is asked, and whether it is behind `limit`: then its name need not be read.
 */
export async function placeOf(archive: Exact, entry: ZipEntry, limit: number, wanted: boolean): Promise<Place | string> {
  const head = await archive.readAt(entry.header, LOCAL_HEADER);
  const view = viewOf(head);
  if (head.length < LOCAL_HEADER || view.getUint32(0, true) !== LOCAL_MARK) return "It does not stand where the directory says.";
  const flags = view.getUint16(6, true);
  const [crc, packed, size] = [14, 18, 22].map((place) => view.getUint32(place, true)) as [number, number, number];
  const names = view.getUint16(26, true);
  const begin = entry.header + LOCAL_HEADER;
  const start = begin + names + view.getUint16(28, true);
  const place = { start, end: start + entry.packed };
  if (!wanted && place.end <= limit) return place;
  // Lengths first: a longer name than the directory's would be read out of the data.
  if (names !== entry.name.length || !sameBytes(await archive.readAt(begin, names), entry.name))
    return "The directory and the member itself give it different names.";
  if (view.getUint16(8, true) !== entry.method || (flags ^ entry.flags) & ENCRYPTED)
    return "The directory and the member itself say differently how it is packed.";
  const told = [[crc, entry.crc32], [packed, entry.packed], [size, entry.size]] as const;
  if (!(flags & SIZES_FOLLOW) && told.some(([own, stated]) => own !== stated && own !== FULL_32))
    return "The directory and the member itself give it different sizes or checksums.";
  return place;
}

/** Unpacks the member once, keeping it where it is small and there is room. */
export async function lookInto(archive: Exact, entry: ZipEntry, place: Place, room: Room, signal?: AbortSignal): Promise<Unpacked> {
  const held = entry.size <= Math.min(SMALL, room.left) ? ([] as Uint8Array[]) : null;
  let found: Unpacked;
  try {
    found = await measure(archive, entry, place, false, held, signal);
  } catch (err) {
    if (!(err instanceof NotWhole)) throw err;
    held?.splice(0);
    found = await measure(archive, entry, place, true, held, signal);
  }
  if (held === null || found.instead !== null) return found;
  room.left -= found.size;
  return { ...found, held: joined(...held).subarray(0, found.size) };
}

async function measure(archive: Exact, entry: ZipEntry, place: Place, careful: boolean, held: Uint8Array[] | null, signal?: AbortSignal): Promise<Unpacked> {
  const look = new Head(Math.min(LOOK_AT, entry.size));
  let [size, crc] = [0, 0];
  const told = (doubt: Unpacked["doubt"]): Unpacked => {
    const instead = look.magic;
    return { size: Math.min(size, entry.size), crc32: crc, instead, doubt: instead === null ? doubt : null, careful, held: null };
  };
  for await (const piece of unpacked(archive, entry, place, careful, signal)) {
    if (look.add(piece) && look.magic !== null) return told(null);
    held?.push(piece);
    crc = crc32(piece.subarray(0, Math.max(0, entry.size - size)), crc);
    size += piece.length;
    if (size > entry.size) return told("checksum_mismatch");
  }
  if (size < entry.size) return told("truncated_file");
  return told(crc === entry.crc32 ? null : "checksum_mismatch");
}

/** The first bytes of a member, gathered from its pieces. */
class Head {
  private data = new Uint8Array(0);

  constructor(private readonly most: number) {}

  /** Whether there are enough of them, now. */
  add(piece: Uint8Array): boolean {
    if (this.data.length < this.most) this.data = joined(this.data, piece.subarray(0, this.most - this.data.length)) as Uint8Array<ArrayBuffer>;
    return this.data.length >= this.most;
  }

  get magic(): Magic | null {
    return whatItIsInstead(this.data);
  }
}

/** The first `size` bytes of a member. */
export async function* readMember(
  archive: Exact,
  entry: ZipEntry,
  place: Place,
  { size, careful, held }: Unpacked,
  where: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (held !== null) {
    if (size > 0) yield held;
    return;
  }
  let left = size;
  try {
    for await (const piece of left > 0 ? unpacked(archive, entry, place, careful, signal) : []) {
      yield piece.subarray(0, left);
      left -= Math.min(left, piece.length);
      if (left === 0) return;
    }
  } catch (err) {
    if (!(err instanceof NotWhole)) throw err;
    left = -1;
  }
  if (left !== 0)
    throw new SealerError("changed", "It is not what it was when it was first looked at.", where, "The archive was changed in the meantime. Start again.");
}

/** The packed data are not what the browser's own unpacking takes: cut, broken, or followed by something. */
class NotWhole extends Error {}

async function* unpacked(archive: Exact, entry: ZipEntry, place: Place, careful: boolean, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  if (entry.method !== DEFLATED) yield* packedPieces(archive, place, PACKED, signal);
  else if (careful) yield* unpackedCarefully(archive, place, signal);
  else yield* unpackedByTheBrowser(archive, place, signal);
}

async function* packedPieces(archive: Exact, place: Place, most: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  let [at, step] = [place.start, FIRST];
  while (at < place.end) {
    stopIfAsked(signal);
    const piece = await archive.readAt(at, Math.min(step, place.end - at));
    if (piece.length === 0) return;
    at += piece.length;
    step = most;
    yield piece;
  }
}

async function* unpackedCarefully(archive: Exact, place: Place, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const inflate = new CarefulInflate();
  for await (const packed of packedPieces(archive, place, CAREFUL, signal)) {
    const piece = inflate.push(packed, true);
    if (piece.length > 0) yield piece;
    if (inflate.ended || inflate.broken) return;
  }
  const last = inflate.push(new Uint8Array(0), false);
  if (last.length > 0) yield last;
}

async function* unpackedByTheBrowser(archive: Exact, place: Place, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const pieces = packedPieces(archive, place, PACKED, signal);
  const packed = new ReadableStream<BufferSource>(
    {
      async pull(controller) {
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
      },
    },
    { highWaterMark: 0 },
  );
  const reader = packed.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) return;
      yield next.value;
    }
  } catch (err) {
    stopIfAsked(signal);
    if (err instanceof SealerError) throw err;
    throw new NotWhole();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
