// The statement: what is in a package and what the holder declares, in the one spelling that is signed (statement.md).
//
// Of form 1, of form 3 where tables are stated, or of form 4 where an answer needs it. Conversations are picked by the shell alone: a page has no readers.

import { answersValue, areOfForm4 } from "./answers.ts";
import { formatCanonical, type Json } from "./canonical.ts";
import type { Listed, SourceFile } from "./capture.ts";
import type { Examined } from "./examine.ts";
import type { LeftOut } from "./exclusions.ts";
import { compareUtf8, utf8 } from "./octets.ts";
import { periodsValue, readPeriods } from "./periods.ts";
import { type ResolvedTable, tablesValue } from "./tables.ts";
import { ending } from "./text_members.ts";
import type { Answers, SealedAt } from "./types.ts";

/** An item, and the file to read it from. */
export interface Item extends Examined {
  /** "data/0001.txt" */
  readonly id: string;
}

export interface Composed {
  readonly items: readonly Item[];
  readonly statement: Uint8Array;
}

export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** All that the statement rests on. */
export interface Parts {
  readonly examined: readonly Examined[];
  readonly register: readonly Listed[];
  readonly leftOut: readonly LeftOut[];
  readonly tables: readonly ResolvedTable[];
  readonly answers: Answers;
  readonly sealed: SealedAt;
  readonly tool: Tool;
}

export function compose(parts: Parts): Composed {
  const items = [...parts.examined].sort(inOrder).map((found, index) => ({ ...found, id: payloadPath(index + 1, found.file.name) }));
  const ids = new Map(items.map(({ file, id }) => [file, id]));
  const tables = tablesValue(parts.tables, ids);
  const { utc, zone, system } = parts.sealed;
  const answers = { ...parts.answers, operatorPeriods: readPeriods(parts.answers.operatorPeriods ?? []) };
  const value: Record<string, Json> = {
    schema: `safehand.statement/${areOfForm4(answers) ? 4 : tables.length > 0 ? 3 : 1}`,
    sealed: { utc, zone, system },
    tool: { name: parts.tool.name, version: parts.tool.version },
    items: items.map(itemValue),
    attachments: [...parts.register].sort(inRegisterOrder).map(attachmentValue),
    exclusions: parts.leftOut.map((left) => exclusionValue(left, ids)),
    operator_periods: periodsValue(answers.operatorPeriods),
    ...(tables.length > 0 ? { tables } : {}),
    ...answersValue(answers),
  };
  return { items, statement: utf8(formatCanonical(value)) };
}

/** The id of item `number`: the ending is the source file's own where it is plain, else txt. */
export function payloadPath(number: number, name: string): string {
  const own = ending(name);
  return `data/${String(number).padStart(4, "0")}.${/^[a-z0-9]{1,8}$/.test(own) ? own : "txt"}`;
}

function inOrder(a: Examined, b: Examined): number {
  return (
    compareUtf8(a.file.container ?? "", b.file.container ?? "") ||
    compareUtf8(a.file.name, b.file.name) ||
    compareUtf8(a.sha256, b.sha256) ||
    a.sourceSize - b.sourceSize
  );
}

function inRegisterOrder(a: Listed, b: Listed): number {
  return (
    compareUtf8(a.container ?? "", b.container ?? "") ||
    compareUtf8(a.name, b.name) ||
    (a.size ?? -1) - (b.size ?? -1) ||
    compareUtf8(a.crc32 ?? "", b.crc32 ?? "")
  );
}

function itemValue({ id, file, removed, size, sha256, sourceSize }: Item): Json {
  return {
    id,
    name: file.name,
    name_raw: file.nameRaw,
    container: file.container,
    modified: file.modified,
    size,
    sha256,
    source_size: sourceSize,
    kind: removed.length > 0 ? "DERIVED" : "RAW",
    removed: removed.map(({ start, end, why }) => ({ start, end, why })),
    doubts: file.doubt === null ? [] : [file.doubt],
  };
}

function attachmentValue(listed: Listed): Json {
  return {
    name: listed.name,
    name_raw: listed.nameRaw,
    container: listed.container,
    type: listed.type,
    size: listed.size,
    modified: listed.modified,
    crc32: listed.crc32,
    refused: listed.refused !== null,
  };
}

function exclusionValue({ request, file, removed }: LeftOut, ids: ReadonlyMap<SourceFile, string>): Json {
  return {
    name: file.name,
    container: file.container,
    reason: request.reason,
    bytes: removed === null ? file.size : removed.end - removed.start,
    item: removed === null ? null : (ids.get(file) ?? null),
    first_line: request.firstLine ?? null,
    last_line: request.lastLine ?? null,
  };
}
