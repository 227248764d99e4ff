// What the directory of a ZIP says of one member: its clock, and why it may be refused (src/safehand/sources/zip_rules.py).

import { MAX_MEMBER, MAX_RATIO, RATIO_FROM } from "./limits.ts";
import { MADE_ON_UNIX, type ZipEntry } from "./zip_directory.ts";

export const STORED = 0;
export const DEFLATED = 8;
export const ENCRYPTED = 1; // [4.4.4]
const STRONG = 1 << 6;
const MASKED = 1 << 13;
const PATCH = 1 << 5;

const METHODS: Readonly<Record<number, string>> = {
  1: "Shrink",
  6: "Implode",
  9: "Deflate64",
  12: "bzip2",
  14: "LZMA",
  93: "Zstandard",
  95: "xz",
  98: "PPMd",
  99: "AES encryption",
};

/** Whether the entry only names a folder. */
export function isFolder(entry: ZipEntry): boolean {
  return entry.name.at(-1) === 0x2f && entry.size === 0;
}

/** The clock reading of the archive [4.4.6]: no zone is stated. Null where it is no date. */
export function modifiedOf(entry: ZipEntry): string | null {
  const [day, month, year] = [entry.dosDate & 31, (entry.dosDate >> 5) & 15, 1980 + (entry.dosDate >> 9)] as const;
  const [second, minute, hour] = [(entry.dosTime & 31) * 2, (entry.dosTime >> 5) & 63, entry.dosTime >> 11] as const;
  if (day < 1 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 58) return null;
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
}

/** Why this member must not be opened, as far as the directory tells; or null. */
export function whyRefused(entry: ZipEntry): string | null {
  return whyName(entry.name) ?? whyKind(entry) ?? whySize(entry);
}

function whyName(raw: Uint8Array): string | null {
  const name = Array.from(raw, (byte) => String.fromCharCode(byte)).join(""); // only ASCII is looked at
  if (name === "") return "It has no name.";
  if (name.includes("\0")) return "Its name holds a NUL, so that other programs read it as another name.";
  if (/^(?:[/\\]|[A-Za-z]:)/.test(name)) return "Its name begins at the root of a disk.";
  if (name.split(/[/\\]/).includes("..")) return "Its name points out of the archive.";
  return null;
}

function whyKind(entry: ZipEntry): string | null {
  const kind = (entry.attributes >>> 16) & 0xf000;
  if (entry.madeOn === MADE_ON_UNIX && ![0, 0x8000, 0x4000].includes(kind))
    return kind === 0xa000 ? "It is a link to another file." : "It is a device, not a file.";
  if (entry.flags & (ENCRYPTED | STRONG | MASKED))
    return "It is locked with a password. Unpack it with the password and hand over the folder.";
  if (entry.flags & PATCH) return "It is a patch to another file.";
  if (entry.method !== STORED && entry.method !== DEFLATED)
    return `It is packed with ${METHODS[entry.method] ?? `method ${entry.method}`}, which is not read. Unpack it and hand over the folder.`;
  return null;
}

function whySize(entry: ZipEntry): string | null {
  if (entry.size > MAX_MEMBER)
    return `It unpacks to ${entry.size} bytes; at most ${MAX_MEMBER} are read. Unpack it and hand over the folder.`;
  if (entry.method === STORED && entry.size !== entry.packed)
    return "Its directory entry contradicts itself: it is not packed and has two sizes.";
  if (entry.size >= RATIO_FROM && entry.size > MAX_RATIO * entry.packed)
    return `It unpacks to more than ${MAX_RATIO} times its size, as archive bombs do.`;
  return null;
}
