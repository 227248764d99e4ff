// Whether two people are said to have typed on one account at the same time (src/safehand/seal/periods.py).

import type { OperatorPeriod } from "../../core/types.ts";

/** A day without a time ends with its day (src/safehand/seal/periods.py). */
export function limit(value: string, isEnd: boolean): number {
  const start = Date.parse(value.includes("T") ? `${value}Z` : `${value}T00:00:00Z`);
  return isEnd && !value.includes("T") ? start + 24 * 3600 * 1000 : start;
}

/** The number of a person who typed while another did on the same account, or null. */
export function overlap(read: readonly OperatorPeriod[]): number | null {
  const spans = read.map((one, place) => ({
    number: place + 1,
    account: one.account,
    start: one.from === null ? -Infinity : limit(one.from, false),
    end: one.to === null ? Infinity : limit(one.to, true),
  }));
  spans.sort((one, other) => one.start - other.start || one.end - other.end);
  for (const [place, later] of spans.entries()) {
    const earlier = spans.slice(0, place).filter((one) => one.account === later.account);
    if (earlier.some((one) => later.start < one.end)) return later.number;
  }
  return null;
}
