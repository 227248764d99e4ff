// The directory of a ZIP, read without touching what the ZIP holds (src/safehand/sources/zip_directory.py; adr/0006).
//
// No kept library does it: they read ahead for the end record, into what may be a picture; decode names and drop their
// bytes; or open members that overlap. The format is PKWARE's APPNOTE 6.3.10 (sections in brackets).

import { LONGEST_NAME, MAX_DIRECTORY, MAX_MEMBERS } from "./limits.ts";
import { type Exact, joined } from "./octets.ts";
import { SealerError } from "./types.ts";

/** One member, as the directory tells of it. Nothing here has been checked against the data. */
export interface ZipEntry {
  readonly name: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly dosTime: number;
  readonly dosDate: number;
  readonly crc32: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header stands in the file. */
  readonly header: number;
  readonly madeOn: number;
  readonly attributes: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Where the directory begins: no member may reach into it. */
  readonly start: number;
}

export const LOCAL_HEADER = 30;
export const MADE_ON_UNIX = 3;
export const FULL_32 = 0xffff_ffff;
const FULL_16 = 0xffff;

const END = 22; // [4.3.16]
const END_64 = 56; // [4.3.14]
const LOCATOR_64 = 20; // [4.3.15]
const ENTRY = 46; // [4.3.12]
const MARK = { end: 0x0605_4b50, end64: 0x0606_4b50, locator: 0x0706_4b50, entry: 0x0201_4b50 };

const LOOK_BACK = 32; // a step backwards; small, so that a search that finds nothing has read next to nothing
const LONGEST_COMMENT = 0xffff;

const CUT = "It was cut short or changed, or is no ZIP archive. Make it again, or unpack it and hand over the folder.";
const PARTS = "It is one part of an archive in several parts.";
const JOIN = "Join the parts into one file first.";

/** The first byte after a member, if its local header had no extra field. */
export function leastEnd(entry: ZipEntry): number {
  return entry.header + LOCAL_HEADER + entry.name.length + entry.packed;
}

export function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

/** What `archive` says it holds; SealerError when it cannot be trusted. `where` is how it is called there. */
export async function readDirectory(archive: Exact, where: string): Promise<ZipDirectory> {
  const refuse: Refuse = (found, todo = "") => {
    throw new SealerError("archive_refused", found, where, todo);
  };
  const end = await endOf(archive, refuse);
  const data = await archive.readAt(end.start, end.end - end.start);
  const entries = entriesIn(data, end, refuse);
  // A count that overflowed its 16 bits is common in archives of more than 65,535 members made without ZIP64.
  if (entries.length % 0x1_0000 !== end.entries % 0x1_0000)
    refuse(`Its end record counts ${end.entries} members and its directory lists ${entries.length}.`);
  return { entries, start: end.start };
}

type Refuse = (found: string, todo?: string) => never;

interface End {
  readonly entries: number;
  readonly start: number;
  readonly end: number;
  /** By how much every place is moved: what stands before the archive in the file. */
  readonly shift: number;
}

async function endOf(archive: Exact, refuse: Refuse): Promise<End> {
  const found = await findEnd(archive, refuse);
  const { record } = found;
  let { at: end } = found;
  let [disk, startDisk, here, entries] = [4, 6, 8, 10].map((place) => record.getUint16(place, true)) as [number, number, number, number];
  let [size, offset] = [12, 16].map((place) => record.getUint32(place, true)) as [number, number];
  const full = [disk, startDisk, here, entries].includes(FULL_16) || [size, offset].includes(FULL_32);
  const longer = full ? await endOf64(archive, end, refuse) : null;
  if (longer !== null) {
    end = longer.at;
    const long = longer.record;
    if (disk === FULL_16) disk = long.getUint32(16, true);
    if (startDisk === FULL_16) startDisk = long.getUint32(20, true);
    if (here === FULL_16) here = number64(long, 24);
    if (entries === FULL_16) entries = number64(long, 32);
    if (size === FULL_32) size = number64(long, 40);
    if (offset === FULL_32) offset = number64(long, 48);
  }
  if (disk !== 0 || startDisk !== 0 || here !== entries) refuse(PARTS, JOIN);
  if (entries > MAX_MEMBERS) tooMany(entries, refuse);
  if (size > MAX_DIRECTORY) refuse(`Its directory has ${size} bytes; at most ${MAX_DIRECTORY} are read.`);
  const start = end - size;
  const shift = start - offset;
  if (start < 0 || shift < 0) refuse("Its end record points outside the file.", CUT);
  return { entries, start, end, shift };
}

function tooMany(entries: number, refuse: Refuse): never {
  return refuse(`It holds ${entries} members or more; at most ${MAX_MEMBERS} are read.`);
}

/** Of 64 bits; beyond 2^53 it is not exact, and larger than every limit. */
function number64(view: DataView, place: number): number {
  return Number(view.getBigUint64(place, true));
}

interface Found {
  readonly at: number;
  readonly record: DataView;
}

async function findEnd(archive: Exact, refuse: Refuse): Promise<Found> {
  if (archive.size < END) refuse("It is too short to be a ZIP archive.", CUT);
  const tail = new Tail(archive);
  await tail.read(END);
  for (;;) {
    const found = tail.endRecord();
    if (found !== null) return found;
    if (!(await tail.reachBack())) return refuse("It has no end record, as every ZIP archive must.", CUT);
  }
}

async function endOf64(archive: Exact, at: number, refuse: Refuse): Promise<Found | null> {
  if (at < LOCATOR_64 + END_64) return null;
  const locator = viewOf(await archive.readAt(at - LOCATOR_64, LOCATOR_64));
  if (locator.getUint32(0, true) !== MARK.locator) return null;
  if (locator.getUint32(4, true) !== 0 || locator.getUint32(16, true) > 1) refuse(PARTS, JOIN);
  const place = at - LOCATOR_64 - END_64;
  const record = viewOf(await archive.readAt(place, END_64));
  if (record.getUint32(0, true) !== MARK.end64) refuse("Its ZIP64 end record is not where it should be.", CUT);
  return { at: place, record };
}

/** The last bytes of the archive, read backwards no further than its end record may begin. */
class Tail {
  private at: number;
  private bytes = new Uint8Array(0);
  private fresh = 0;
  /** The last byte that no comment holds. The end record begins 21 bytes before it at most. */
  private loud: number | null = null;

  constructor(private readonly archive: Exact) {
    this.at = archive.size;
  }

  /** The end record, if it begins in what was read last: a comment and padding may follow it. */
  endRecord(): Found | null {
    const view = viewOf(this.bytes);
    for (let here = Math.min(this.fresh - 1, this.bytes.length - 4); here >= 0; here--) {
      if (view.getUint32(here, true) !== MARK.end || here + END > this.bytes.length) continue;
      const behind = here + END + view.getUint16(here + 20, true);
      if (this.bytes.subarray(behind).every((byte) => byte === 0)) {
        const own = this.bytes.slice(here, here + END);
        return { at: this.at + here, record: viewOf(own) };
      }
    }
    return null;
  }

  /** Reads a little more, or says that no end record can begin there. */
  async reachBack(): Promise<boolean> {
    let lowest = this.archive.size - END - LONGEST_COMMENT;
    if (this.loud !== null) lowest = Math.max(lowest, this.loud - END + 1);
    await this.read(Math.min(LOOK_BACK, this.at - Math.max(lowest, 0)));
    return this.fresh > 0;
  }

  async read(length: number): Promise<void> {
    this.fresh = Math.max(length, 0);
    this.at -= this.fresh;
    const more = await this.archive.readAt(this.at, this.fresh);
    if (this.loud === null) {
      const place = more.findLastIndex((byte) => !isQuiet(byte));
      this.loud = place < 0 ? null : this.at + place;
    }
    this.bytes = joined(more, this.bytes) as Uint8Array<ArrayBuffer>;
  }
}

/** What a comment or padding may hold: all but control characters, and NUL. A byte of packed data is none one time in nine. */
function isQuiet(byte: number): boolean {
  return (byte >= 0x20 && byte !== 0x7f) || byte === 0 || byte === 9 || byte === 10 || byte === 13;
}

function entriesIn(data: Uint8Array, end: End, refuse: Refuse): ZipEntry[] {
  const view = viewOf(data);
  const out: ZipEntry[] = [];
  let at = 0;
  while (at < data.length) {
    if (at + ENTRY > data.length) refuse("Its directory ends in the middle of an entry.", CUT);
    const [names, extras, comments] = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [number, number, number];
    const begin = at + ENTRY;
    const after = begin + names + extras + comments;
    if (view.getUint32(at, true) !== MARK.entry || after > data.length)
      refuse(`Its directory is damaged ${at} bytes from its beginning.`, CUT);
    if (names > LONGEST_NAME) refuse(`A member has a name of ${names} bytes; at most ${LONGEST_NAME} are read.`);
    out.push(entryAt(view, at, data.slice(begin, begin + names), data.subarray(begin + names, begin + names + extras), end, refuse));
    if (out.length > MAX_MEMBERS) tooMany(out.length, refuse);
    at = after;
  }
  return out;
}

function entryAt(view: DataView, at: number, name: Uint8Array, extra: Uint8Array, end: End, refuse: Refuse): ZipEntry {
  let [packed, size, place] = [20, 24, 42].map((offset) => view.getUint32(at + offset, true)) as [number, number, number];
  const wanted = [size, packed, place].filter((value) => value === FULL_32).length;
  if (wanted > 0) {
    const longer = longFields(extra);
    if (longer === null || longer.length < wanted) return refuse("A member's ZIP64 sizes are missing from the directory.", CUT);
    if (size === FULL_32) size = longer.shift() as number;
    if (packed === FULL_32) packed = longer.shift() as number;
    if (place === FULL_32) place = longer.shift() as number;
  }
  if (![0, FULL_16].includes(view.getUint16(at + 34, true))) refuse("A member stands in another part of the archive.", JOIN);
  if (place + end.shift + LOCAL_HEADER > end.start) refuse("A member is said to stand beyond the end of the data.", CUT);
  return {
    name,
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    dosTime: view.getUint16(at + 12, true),
    dosDate: view.getUint16(at + 14, true),
    crc32: view.getUint32(at + 16, true),
    packed,
    size,
    header: place + end.shift,
    madeOn: view.getUint16(at + 4, true) >> 8,
    attributes: view.getUint32(at + 38, true),
  };
}

/** The 64-bit numbers of the ZIP64 extra field [4.5.3], or null where there is none. */
function longFields(extra: Uint8Array): number[] | null {
  const view = viewOf(extra);
  let at = 0;
  while (at + 4 <= extra.length) {
    const kind = view.getUint16(at, true);
    const length = view.getUint16(at + 2, true);
    at += 4;
    if (kind === 1) {
      const stop = Math.min(at + length, extra.length);
      const out: number[] = [];
      for (let place = at; place + 8 <= stop; place += 8) out.push(number64(view, place));
      return out;
    }
    at += length;
  }
  return null;
}
