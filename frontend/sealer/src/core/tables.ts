// Tables of which the holder says which column is what (statement.md, Tables).

import type { SourceFile } from "./capture.ts";
import { readText, stripped, wrongAnswer } from "./answers.ts";
import type { Json } from "./canonical.ts";
import { fileNamed } from "./exclusions.ts";
import { lengthOf } from "./octets.ts";
import { SealerError, type StateTable } from "./types.ts";

const MOST_ROWS = 1000;
const MOST_COLUMNS = 10_000;
const LONGEST_FORMAT = 100;
const NAMES = ["time", "sender", "text", "conversation", "id", "recipient"] as const;
const DELIMITERS: readonly unknown[] = ["comma", "semicolon", "tab", "pipe", undefined];

export interface ResolvedTable {
  readonly table: StateTable;
  readonly file: SourceFile;
}

/** Each with its file. SealerError names the one that cannot be so. */
export function resolveTables(stated: readonly StateTable[], files: readonly SourceFile[]): readonly ResolvedTable[] {
  if (stated.length > MOST_ROWS) throw new SealerError("usage", `tables are at most ${MOST_ROWS}.`, "answers");
  const out: ResolvedTable[] = [];
  for (const [index, table] of stated.entries()) {
    const key = `tables[${index + 1}]`;
    const timeFormat = stripped(readText(table.timeFormat, `${key}.time_format`));
    if (timeFormat === "" || lengthOf(timeFormat) > LONGEST_FORMAT)
      throw wrongAnswer(`${key}.time_format`, `It has 1 to ${LONGEST_FORMAT} characters.`);
    if (!DELIMITERS.includes(table.delimiter)) throw wrongAnswer(`${key}.delimiter`, "A table has no such delimiter.");
    checkColumns(table, key);
    const file = fileNamed(table.file, key, files);
    if (out.some((one) => one.file === file)) throw new SealerError("usage", "Two say something of one file.", `${key}.file`);
    out.push({ table: { ...table, timeFormat }, file });
  }
  return out;
}

function checkColumns(table: StateTable, key: string): void {
  const numbers = NAMES.map((name) => table.columns[name]).filter((number) => number !== undefined);
  const whole = numbers.every((number) => Number.isSafeInteger(number) && number > 0 && number <= MOST_COLUMNS);
  const needed = [table.columns.time, table.columns.sender, table.columns.text].every((number) => number !== undefined);
  if (!whole || !needed || new Set(numbers).size < numbers.length)
    throw wrongAnswer(`${key}.columns`, "Columns are counted from 1, and none is two things.");
}

/** As the statement has them, in the order of its items; `ids` in that order. */
export function tablesValue(resolved: readonly ResolvedTable[], ids: ReadonlyMap<SourceFile, string>): readonly Json[] {
  const order = [...ids.keys()];
  return resolved
    .filter(({ file }) => ids.has(file))
    .sort((a, b) => order.indexOf(a.file) - order.indexOf(b.file))
    .map(({ table, file }) => ({
      item: ids.get(file) as string,
      columns: Object.fromEntries(NAMES.map((name) => [name, table.columns[name] ?? null])),
      time_format: table.timeFormat,
      delimiter: table.delimiter ?? null,
      stated_by: "holder",
    }));
}
