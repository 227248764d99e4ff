// What was handed over: files and ZIPs in, text to read and a register of all else out (src/safehand/sources/archive.py).
//
// A browser hands over files, those of a folder with their place in it. Of a folder it says nothing but its files.

import { spellCrc32 } from "./crc32.ts";
import { MAX_MEMBERS, MAX_TOTAL } from "./limits.ts";
import { isDatabase } from "./databases.ts";
import { lastPart, nameOfText, readableName } from "./names.ts";
import { type Exact, ExactFile, PIECE, stopIfAsked, unreadable } from "./octets.ts";
import { isRsmfMail } from "./rsmf.ts";
import { ending, fileType, isTextMember, LOOK_AT, whatItIsInstead, whyNeverRead } from "./text_members.ts";
import { type FileType, type Handed, SealerError } from "./types.ts";
import { leastEnd, MADE_ON_UNIX, readDirectory, type ZipDirectory, type ZipEntry } from "./zip_directory.ts";
import { lookInto, type Place, placeOf, readMember, Room } from "./zip_member.ts";
import { isFolder, modifiedOf, whyRefused } from "./zip_rules.ts";

export type Doubt = "checksum_mismatch" | "truncated_file";

/** A file that may be read. */
export interface SourceFile {
  readonly name: string;
  readonly nameRaw: string | null;
  readonly container: string | null;
  readonly modified: string | null;
  readonly size: number;
  readonly doubt: Doubt | null;
  /** As the register would have it, if it were listed: what its ZIP's directory says. */
  readonly stated: { readonly size: number; readonly crc32: string | null };
  /** Its bytes from the first on. */
  pieces(signal?: AbortSignal): AsyncGenerator<Uint8Array>;
}

/** A file that was listed and not opened. */
export interface Listed {
  readonly name: string;
  readonly nameRaw: string | null;
  readonly container: string | null;
  readonly type: FileType;
  readonly size: number | null;
  readonly modified: string | null;
  readonly crc32: string | null;
  /** Why, where its name would have let it be read. */
  readonly refused: string | null;
}

export type Found = { readonly text: SourceFile } | { readonly listed: Listed };

const NESTED = "An archive inside an archive is not opened. Unpack the outer one and hand over the folder.";
const OVERLAP = "Members of the archive overlap, as in archive bombs; no program makes such an archive by itself.";

/** All that was handed over, one by one: in the order it was, in a ZIP as its directory has it. */
export async function* captureOf(files: readonly Handed[], signal?: AbortSignal): AsyncGenerator<Found> {
  let count = 0;
  const room = new Room();
  for (const handed of files) {
    for await (const found of foundIn(handed, room, signal)) {
      stopIfAsked(signal);
      yield found;
      if (++count > MAX_MEMBERS)
        throw new SealerError("cannot_read", `There are more than ${MAX_MEMBERS} files.`, "", "Hand over the folder of the export itself, or a part of it at a time.");
    }
  }
}

async function* foundIn(handed: Handed, room: Room, signal?: AbortSignal): AsyncGenerator<Found> {
  const { file } = handed;
  const path = handed.path || file.webkitRelativePath || file.name;
  if (ending(path) === "zip" && whyNeverRead(path) === null) {
    try {
      yield* openZip(file, lastPart(nameOfText(path).text), room, signal);
    } catch (err) {
      if (!path.includes("/") || !(err instanceof SealerError) || err.code !== "archive_refused") throw err;
      yield { listed: listedFile(file, path, fileType(path), `It is not safe to open. ${err.found}`) };
    }
  } else if (isTextMember(path)) yield await textFile(file, path);
  else yield { listed: listedFile(file, path, fileType(nameOfText(path).text), isDatabase(path) ? DATABASE : null) };
}

const DATABASE =
  "It is the message database of a Mac or an iPhone, which may hold pictures, and a package takes text alone. Keep it, and ask the desk how it wants it.";

async function textFile(file: File, path: string): Promise<Found> {
  const exact = new ExactFile(file, path);
  const magic = whatItIsInstead(await exact.readAt(0, LOOK_AT));
  if (magic !== null)
    return { listed: listedFile(file, path, magic.type, `It is named as text and begins as a ${magic.name}: it was not read.`) };
  if (await isRsmfMail(path, exact)) {
    const todo = "Take the attached rsmf.zip out of it and add that; or seal it with the program for the command line.";
    throw new SealerError("needs_shell", "It is a mail with a conversation in the review format RSMF attached, which this page does not open.", path, todo);
  }
  const { text, raw } = nameOfText(path);
  const modified = timeOf(file);
  const stated = { size: file.size, crc32: null };
  const pieces = (signal?: AbortSignal) => filePieces(file, path, signal);
  return { text: { name: text, nameRaw: raw, container: null, modified, size: file.size, doubt: null, stated, pieces } };
}

async function* filePieces(file: File, where: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += PIECE) {
    stopIfAsked(signal);
    let piece: Uint8Array;
    try {
      piece = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    } catch (err) {
      throw unreadable(err, where);
    }
    yield piece;
  }
}

function listedFile(file: File, path: string, type: FileType, refused: string | null): Listed {
  const { text, raw } = nameOfText(path);
  return { name: text, nameRaw: raw, container: null, type, size: file.size, modified: timeOf(file), crc32: null, refused };
}

/** In UTC, whole seconds rounded down; null outside the years 1 to 9999. */
function timeOf(file: File): string | null {
  const moment = new Date(Math.floor(file.lastModified / 1000) * 1000);
  const year = moment.getUTCFullYear();
  return year >= 1 && year <= 9999 ? moment.toISOString().replace(/\.\d+Z$/, "Z") : null;
}

async function* openZip(file: File, container: string, room: Room, signal?: AbortSignal): AsyncGenerator<Found> {
  const archive = new ExactFile(file, container);
  const directory = await readDirectory(archive, container);
  const places = await layOut(archive, directory, container, signal);
  const total = directory.entries.reduce((sum, entry) => sum + (isTextMember(memberName(entry).text) ? entry.size : 0), 0);
  if (total > MAX_TOTAL)
    throw new SealerError("archive_refused", `Its text unpacks to ${total} bytes; at most ${MAX_TOTAL} are read.`, container, "Unpack it and hand over a part of the folder at a time.");
  for (const entry of directory.entries)
    if (!isFolder(entry)) yield await member(archive, entry, places.get(entry.header), container, room, signal);
}

/** Where each member stands, or why it cannot be found. By the directory alone first: a header in another's data is not looked at. */
async function layOut(archive: Exact, directory: ZipDirectory, container: string, signal?: AbortSignal): Promise<Map<number, Place | string>> {
  const overlapping = () => new SealerError("archive_refused", OVERLAP, container, "Make it again, or hand over the folder it was made from.");
  const entries = [...directory.entries].sort((a, b) => a.header - b.header);
  const endOf = (index: number) => entries[index + 1]?.header ?? directory.start;
  entries.forEach((entry, index) => {
    if (leastEnd(entry) > endOf(index)) throw overlapping();
  });
  const places = new Map<number, Place | string>();
  for (let first = 0; first < entries.length; first += AT_ONCE) {
    stopIfAsked(signal);
    const some = entries.slice(first, first + AT_ONCE);
    const found = await Promise.all(some.map((entry, index) => placeOf(archive, entry, endOf(first + index), isTextMember(memberName(entry).text))));
    for (const [index, place] of found.entries()) {
      if (typeof place !== "string" && place.end > endOf(first + index)) throw overlapping();
      places.set((some[index] as ZipEntry).header, place);
    }
  }
  return places;
}

/** Headers that are asked for together: a browser takes a millisecond for each, and many in the same. */
const AT_ONCE = 128;

function memberName(entry: ZipEntry) {
  return readableName(entry.name, entry.madeOn !== MADE_ON_UNIX);
}

async function member(archive: Exact, entry: ZipEntry, place: Place | string | undefined, container: string, room: Room, signal?: AbortSignal): Promise<Found> {
  const { text: name, raw: nameRaw } = memberName(entry);
  const modified = modifiedOf(entry);
  const stated = { size: entry.size, crc32: spellCrc32(entry.crc32) };
  const listed = (type: FileType, refused: string | null): Found => ({ listed: { name, nameRaw, container, modified, type, refused, ...stated } });
  if (!isTextMember(name)) {
    const type = fileType(name);
    return listed(type, type === "archive" ? NESTED : null);
  }
  const refused = whyRefused(entry);
  if (refused !== null) return listed("text", refused);
  if (typeof place === "string" || place === undefined) return listed("text", place ?? "It cannot be found.");
  const unpacked = await lookInto(archive, entry, place, room, signal);
  if (unpacked.instead !== null)
    return listed(unpacked.instead.type, `It is named as text and begins as a ${unpacked.instead.name}: it was not read.`);
  const pieces = (again?: AbortSignal) => readMember(archive, entry, place, unpacked, name, again);
  return { text: { name, nameRaw, container, modified, size: unpacked.size, doubt: unpacked.doubt, stated, pieces } };
}
