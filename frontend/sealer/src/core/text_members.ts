// Text members: which files may be read, by the published table that the shell uses too.

import published from "../../../../src/safehand/sources/data/text-members.json";
import { fromHex } from "./octets.ts";
import type { FileType } from "./types.ts";

export interface Magic {
  readonly name: string;
  readonly type: FileType;
}

interface Rule {
  readonly why: string;
  readonly part?: string;
  readonly prefix?: string;
  readonly last?: string;
}

/** Bytes of a file that are looked at before it is read as text. */
export const LOOK_AT: number = published.look_at;

const types = new Map(published.types.flatMap((row) => row.endings.map((ending) => [ending, row.type as FileType] as const)));
const neverRead = published.never_read as readonly Rule[];
const magics = published.magics.map(({ name, type, at }) => ({
  magic: { name, type: type as FileType },
  at: (at as [number, string][]).map(([place, digits]) => [place, fromHex(digits)] as const),
}));

/** Whether a file of this name is text and may be read. */
export function isTextMember(name: string): boolean {
  return whyNeverRead(name) === null && fileType(name) === "text";
}

/** What the ending says. Nothing else is asked. */
export function fileType(name: string): FileType {
  return types.get(ending(name)) ?? "other";
}

export function whyNeverRead(name: string): string | null {
  const parts = partsOf(name);
  const last = parts[parts.length - 1] ?? "";
  const rule = neverRead.find((one) =>
    one.part !== undefined ? parts.includes(one.part) : one.prefix !== undefined ? last.startsWith(one.prefix) : last === one.last,
  );
  return rule?.why ?? null;
}

/** What follows the last dot of the last part, with A to Z made a to z and nothing else changed; empty without a dot. */
export function ending(name: string): string {
  const last = partsOf(name).at(-1) ?? "";
  const dot = last.lastIndexOf(".");
  return dot < 0 ? "" : last.slice(dot + 1);
}

/** What a file named as text truly is; null for text. `head` is its first LOOK_AT bytes, or all of a shorter one. */
export function whatItIsInstead(head: Uint8Array): Magic | null {
  const found = magics.find(({ at }) => at.every(([place, bytes]) => bytes.every((byte, offset) => head[place + offset] === byte)));
  return found?.magic ?? null;
}

function partsOf(name: string): string[] {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).split(/[/\\]/);
}
