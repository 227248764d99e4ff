// Who typed on an account, when (statement.md, Operator periods).

import { readText, readWhen, wrongAnswer } from "./answers.ts";
import type { Json } from "./canonical.ts";
import { compareUtf8 } from "./octets.ts";
import { WHO_TYPED } from "./questions.ts";
import { type OperatorPeriod, SealerError } from "./types.ts";

const MOST_ROWS = 1000;
const DAY = 24 * 60 * 60;

/** The periods in their order, or SealerError: unknown people, overlaps, some dates with an offset and some without. */
export function readPeriods(rows: readonly OperatorPeriod[]): readonly OperatorPeriod[] {
  if (rows.length > MOST_ROWS) throw new SealerError("usage", `operator_periods are at most ${MOST_ROWS}.`, "answers");
  const periods = rows.map((row, index) => readPeriod(row, `operator_periods[${index + 1}]`));
  const byAccount = new Map<string, OperatorPeriod[]>();
  for (const period of periods) byAccount.set(period.account, [...(byAccount.get(period.account) ?? []), period]);
  for (const own of byAccount.values()) check(own);
  return periods.sort((a, b) => compareUtf8(a.account, b.account) || compareLimits(limitsOf(a), limitsOf(b)));
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
    from: row.from === null ? null : readWhen(row.from, `${key}.from`),
    to: row.to === null ? null : readWhen(row.to, `${key}.to`),
  };
}

function check(periods: readonly OperatorPeriod[]): void {
  const dates = periods.flatMap(({ from, to }) => [from, to]).filter((date) => date !== null);
  if (new Set(dates.map(hasOffset)).size > 1) throw bad("Some of its dates have an offset from UTC and some have none.");
  const limits = periods.map(limitsOf).sort(compareLimits);
  if (limits.some(([start, end]) => end < start)) throw bad("One of them ends before it begins.");
  if (limits.some(([start], index) => index > 0 && start < (limits[index - 1] as Limits)[1])) throw bad("Two of them overlap.");
}

type Limits = readonly [number, number];

function compareLimits(a: Limits, b: Limits): number {
  return Math.sign(compare(a[0], b[0])) || Math.sign(compare(a[1], b[1]));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1; // both may be without end
}

function limitsOf({ from, to }: OperatorPeriod): Limits {
  const start = from === null ? Number.NEGATIVE_INFINITY : secondsOf(from);
  // A date without a time ends with its day.
  const end = to === null ? Number.POSITIVE_INFINITY : secondsOf(to) + (to.includes("T") ? 0 : DAY);
  return [start, end];
}

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
