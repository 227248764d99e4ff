// A date as people type it into four boxes, and the one spelling of the statement: 2026-11-24 or 2026-11-24T15:30:00.
// No zone is ever added: "half past three" stays a reading of that clock (docs/spec/statement.md).

export interface Typed {
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly time: string;
}

export type Read = { readonly value: string | null } | { readonly wrong: "whole" | "real" | "years" };

const TIME = /^([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm)?$/i;
const SHORT = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const YEARS = { first: 1970, last: 2199 };

/** What was typed as a value, null when nothing was, or what is wrong with it. */
export function readWhen(typed: Typed): Read {
  const day = typed.day.trim();
  const month = typed.month.trim();
  const year = typed.year.trim();
  const time = typed.time.trim();
  if (day === "" && month === "" && year === "" && time === "") return { value: null };
  if (day === "" || month === "" || year === "") return { wrong: "whole" };
  const numbers = [day, monthNumber(month), year];
  if (!numbers.every((part) => /^[0-9]{1,4}$/.test(part))) return { wrong: "real" };
  const [d = 0, m = 0, y = 0] = numbers.map(Number);
  if (y < YEARS.first || y > YEARS.last) return { wrong: "years" };
  const date = new Date(Date.UTC(y, m - 1, d));
  if (date.getUTCDate() !== d || date.getUTCMonth() !== m - 1) return { wrong: "real" };
  const spelled = date.toISOString().slice(0, 10);
  if (time === "") return { value: spelled };
  const clock = readTime(time);
  return clock === null ? { wrong: "real" } : { value: `${spelled}T${clock}:00` };
}

/** A value back in its boxes. The inverse of readWhen. */
export function typedOf(value: string): Typed {
  const [date = "", time = ""] = value.split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  return { day: String(Number(day)), month: String(Number(month)), year, time: time.slice(0, 5) };
}

function monthNumber(text: string): string {
  const place = SHORT.indexOf(text.slice(0, 3).toLowerCase());
  return place < 0 ? text : String(place + 1);
}

function readTime(text: string): string | null {
  const found = TIME.exec(text);
  if (found === null) return null;
  const half = found[3]?.toLowerCase();
  if (found[2] === undefined && half === undefined) return null; // "3" alone may be any hour of two
  let hour = Number(found[1]);
  const minute = Number(found[2] ?? "0");
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  if (half === "pm" && hour < 12) hour += 12;
  if (half === "am" && hour === 12) hour = 0;
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

const SOON = 48 * 3600 * 1000;

/** Is it within two days from now, by this device's clock, or a time already begun today? A day without a time is all of it. */
export function isSoon(value: string, now: Date): boolean {
  const start = new Date(value.includes("T") ? value : `${value}T00:00:00`).getTime();
  const end = value.includes("T") ? start : start + 24 * 3600 * 1000;
  return start - now.getTime() <= SOON && end - now.getTime() >= -12 * 3600 * 1000;
}
