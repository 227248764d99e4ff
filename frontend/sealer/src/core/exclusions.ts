// What the holder leaves out, from lines to bytes (src/safehand/seal/exclusions.py; statement.md, Exclusions).

import { readText, wrongAnswer } from "./answers.ts";
import type { SourceFile } from "./capture.ts";
import type { Removed } from "./removed.ts";
import { type Exclude, SealerError } from "./types.ts";

const MOST_ROWS = 1000;
const LINE_FEED = 10;

/** A request, resolved: the file it is about, and the bytes; null for a whole file. */
export interface LeftOut {
  readonly request: Exclude;
  readonly file: SourceFile;
  readonly removed: Removed | null;
}

/** Finds each request's file and bytes. SealerError names the request whose file or lines are not there. */
export async function resolveExclusions(requests: readonly Exclude[], files: readonly SourceFile[], signal?: AbortSignal): Promise<readonly LeftOut[]> {
  const out: LeftOut[] = [];
  for (const [index, request] of requests.entries()) out.push(await resolve(request, `exclusions[${index + 1}]`, files, signal));
  for (const file of new Set(out.map((left) => left.file))) {
    const own = out.filter((left) => left.file === file).map(({ removed }) => removed ?? { start: 0, end: file.size });
    own.sort((a, b) => a.start - b.start || a.end - b.end);
    if (own.some(({ start }, index) => index > 0 && start < (own[index - 1] as { end: number }).end))
      throw new SealerError("usage", "Two exclusions of one file overlap.", "", "Give each line in one exclusion.");
  }
  return out;
}

/** SealerError where a request cannot be so, whatever the files are. */
export function checkExclusions(requests: readonly Exclude[]): void {
  if (requests.length > MOST_ROWS) throw new SealerError("usage", `exclusions are at most ${MOST_ROWS}.`, "answers");
  for (const [index, { file, reason, firstLine, lastLine }] of requests.entries()) {
    const key = `exclusions[${index + 1}]`;
    if ((firstLine === undefined) !== (lastLine === undefined))
      throw wrongAnswer(key, "It takes first_line and last_line together, or neither for the whole file.");
    if (firstLine !== undefined && lastLine !== undefined && !areLines(firstLine, lastLine))
      throw wrongAnswer(key, "Lines are counted from 1, and last_line is not before first_line.");
    readText(file, `${key}.file`);
    readText(reason, `${key}.reason`);
  }
}

function areLines(first: number, last: number): boolean {
  return Number.isSafeInteger(first) && Number.isSafeInteger(last) && first >= 1 && last >= first;
}

/** The one file of this name, or whose name ends with it. SealerError where none is, or several are. */
export function fileNamed(name: string, key: string, files: readonly SourceFile[]): SourceFile {
  let named = files.filter((file) => file.name === name);
  if (named.length === 0) named = files.filter((file) => file.name.slice(file.name.lastIndexOf("/") + 1) === name);
  const [file] = named;
  if (named.length === 1 && file !== undefined) return file;
  const found = named.length === 0 ? "No text file has this name" : `${named.length} text files have this name`;
  throw new SealerError("usage", `${found}.`, `${key}.file`, "Give its name as the export has it.");
}

async function resolve(request: Exclude, key: string, files: readonly SourceFile[], signal?: AbortSignal): Promise<LeftOut> {
  const { firstLine, lastLine } = request;
  const file = fileNamed(request.file, key, files);
  if (firstLine === undefined || lastLine === undefined) return { request, file, removed: null };
  const limits = await lineLimits(file, firstLine, lastLine, signal);
  if (limits === null) throw new SealerError("usage", "The file has not so many lines.", `${key}.last_line`);
  return { request, file, removed: { ...limits, why: "excluded" } };
}

/** Where line `first` begins, and where the text of line `last` ends: before its line feed, where there is a text. */
async function lineLimits(file: SourceFile, first: number, last: number, signal?: AbortSignal): Promise<{ start: number; end: number } | null> {
  let start = first === 1 ? 0 : null;
  let [lines, base, endsWithLineFeed] = [0, 0, true];
  for await (const piece of file.pieces(signal)) {
    for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) {
      lines++;
      const end = base + at + 1;
      if (lines === last) return { start: start ?? 0, end: end - 1 > (start ?? 0) ? end - 1 : end };
      if (lines === first - 1) start = end;
    }
    base += piece.length;
    endsWithLineFeed = piece.at(-1) === LINE_FEED;
  }
  const all = lines + (endsWithLineFeed ? 0 : 1);
  return start !== null && last === all && start < base ? { start, end: base } : null;
}
