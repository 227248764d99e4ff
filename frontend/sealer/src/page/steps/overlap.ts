// Whether two people are said to have typed on one account at the same time, as the core has it (core/periods.ts).

import { compareLimits, surePart } from "../../core/periods.ts";
import type { OperatorPeriod } from "../../core/types.ts";

/** The number of a person who surely typed while another did on the same account, or null. */
export function overlap(read: readonly OperatorPeriod[]): number | null {
  const parts = read.flatMap((one, place) => {
    const sure = surePart(one);
    return sure === null ? [] : [{ number: place + 1, account: one.account, sure }];
  });
  parts.sort((one, other) => compareLimits(one.sure, other.sure));
  for (const [place, later] of parts.entries()) {
    const earlier = parts.slice(0, place).filter((one) => one.account === later.account);
    if (earlier.some((one) => later.sure[0] < one.sure[1])) return later.number;
  }
  return null;
}

/** Does it end before it begins? A day that ends where the other begins is the day before. */
export function isBackwards(period: Pick<OperatorPeriod, "from" | "to">): boolean {
  const sure = surePart(period);
  if (sure === null) return false;
  return sure[1] < sure[0] || (sure[1] === sure[0] && period.to?.includes("T") === false);
}
