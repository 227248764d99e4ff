// Who typed on an account, when (statement.md, Operator periods).

import { plainWord, readText, readWhen, wrongAnswer } from "./answers.ts";
import type { Json } from "./canonical.ts";
import { compareUtf8 } from "./octets.ts";
import { DONT_KNOW_WORDS, WHO_TYPED } from "./questions.ts";
import { type OperatorPeriod, SealerError } from "./types.ts";

const MOST_ROWS = 1000;
const DAY = 24 * 60 * 60;
/** Stands for a beginning or an end that the holder does not know. */
export const UNKNOWN = "dont_know";
/** Seconds, after every date that may be given. Minus this is the first message, this the last. */
const ALWAYS = 1e13;

/** The periods in their order, or SealerError: unknown people, overlaps, some dates with an offset and some without. */
export function readPeriods(rows: readonly OperatorPeriod[]): readonly OperatorPeriod[] {
  if (rows.length > MOST_ROWS) throw new SealerError("usage", `operator_periods are at most ${MOST_ROWS}.`, "answers");
  const periods = rows.map((row, index) => readPeriod(row, `operator_periods[${index + 1}]`));
  const byAccount = new Map<string, OperatorPeriod[]>();
  for (const period of periods) byAccount.set(period.account, [...(byAccount.get(period.account) ?? []), period]);
  for (const own of byAccount.values()) check(own);
  return periods.sort((a, b) => compareUtf8(a.account, b.account) || compareLimits(orderOf(a), orderOf(b)));
}

/** As the statement has them. */
export function periodsValue(periods: readonly OperatorPeriod[]): Json {
  return periods.map(({ account, who, from, to }) => ({ account, who, from, to }));
}

function readPeriod(row: OperatorPeriod, key: string): OperatorPeriod {
  if (!WHO_TYPED.some((choice) => choice.id === row.who))
    throw wrongAnswer(`${key}.who`, `It takes one of: ${WHO_TYPED.map((choice) => choice.id).join(", ")}.`);
  return {
    account: readText(row.account, `${key}.account`),
    who: row.who,
    from: readLimit(row.from, `${key}.from`),
    to: readLimit(row.to, `${key}.to`),
  };
}

function readLimit(raw: string | null, key: string): string | null {
  if (raw === null) return null;
  return DONT_KNOW_WORDS.includes(plainWord(raw)) ? UNKNOWN : readWhen(raw, key);
}

function check(periods: readonly OperatorPeriod[]): void {
  const dates = periods.flatMap(({ from, to }) => [from, to]).filter((date) => date !== null && date !== UNKNOWN) as string[];
  if (new Set(dates.map(hasOffset)).size > 1) throw bad("Some of its dates have an offset from UTC and some have none.");
  const sure = periods.map(surePart).filter((part) => part !== null).sort(compareLimits);
  if (sure.some(([start, end]) => end < start)) throw bad("One of them ends before it begins.");
  if (sure.some(([start], index) => index > 0 && start < (sure[index - 1] as Limits)[1])) throw bad("Two of them overlap.");
}

export type Limits = readonly [number, number];

export function compareLimits(a: Limits, b: Limits): number {
  return Math.sign(a[0] - b[0]) || Math.sign(a[1] - b[1]);
}

/**
 * The time that was surely this person's, in seconds: all of it where both limits are known, its last or its first second
 * where one is, null where neither is. Dates have whole seconds.
 */
export function surePart({ from, to }: Pick<OperatorPeriod, "from" | "to">): Limits | null {
  const start = from === UNKNOWN ? null : from === null ? -ALWAYS : secondsOf(from);
  // A date without a time ends with its day.
  const end = to === UNKNOWN ? null : to === null ? ALWAYS : secondsOf(to) + (to.includes("T") ? 0 : DAY);
  if (start !== null && end !== null) return [start, end];
  if (end !== null) return [end - 1, end];
  return start === null ? null : [start, start + 1];
}

const orderOf = (period: OperatorPeriod): Limits => surePart(period) ?? [ALWAYS, ALWAYS];

function hasOffset(date: string): boolean {
  return /T.*(?:Z|[+-]\d\d:\d\d)$/.test(date);
}

/** Seconds since 1970: of a clock reading as if it were in UTC. */
function secondsOf(date: string): number {
  const text = date.includes("T") ? date : `${date}T00:00:00`;
  return Date.parse(hasOffset(text) ? text : `${text}Z`) / 1000;
}

function bad(todo: string): SealerError {
  return new SealerError("usage", "The operator periods of one account do not fit together.", "answers", todo);
}
