// What a holder reads, out of the one place where such words stand: src/safehand/seal/data. Built in whole: a sentence
// that several of its files say stands in sentences.json (sentences.mjs).

import { questionOf } from "../core/questions.ts";
import holder from "../../../../src/safehand/seal/data/holder-words.json";
import sealer from "../../../../src/safehand/seal/data/sealer-words.json";

/** What only this page says. */
export const words = sealer;
/** What the public pages and the shell say too. */
export const shared = holder;

export interface Ask {
  readonly label?: string;
  readonly hint?: string;
  readonly choices?: Readonly<Record<string, string>>;
}

export const asks: Readonly<Record<string, Ask | undefined>> = sealer.ask;

/** How a question is asked here: in words of this page's own, or as the shell asks it, set as the pages are. */
export const labelOf = (id: string): string => asks[id]?.label ?? (questionOf(id)?.ask ?? id).replace(/'/g, "’");

export interface App {
  readonly name: string;
  readonly ways: readonly { readonly name: string; readonly steps: readonly string[] }[];
  readonly missing: readonly string[];
}

export const apps: Readonly<Record<string, App>> = sealer.apps;

/** The words of a public page that a step of this one says too: its title, its first line, its first list. */
export function spoken(name: "now" | "not-sure"): { title: string; first: string; points: readonly string[] } {
  const { title, blocks } = holder.pages[name];
  const first = blocks.find((block) => typeof block === "string");
  const bullets = blocks.find((block) => typeof block === "object" && "list" in block);
  return { title, first: typeof first === "string" ? first : "", points: typeof bullets === "object" && "list" in bullets ? (bullets.list ?? []) : [] };
}

/** Somebody to talk to, a line each. */
export const support: readonly string[] = holder.support.map(
  (one) => `**${one.name}**: [${one.phone}](tel:${one.phone.replace(/ /g, "")}). ${one.who}`,
);

const UNITS = ["bytes", "kB", "MB", "GB"] as const;

/** 48211 → "48 kB". Thousands, as phones and file managers of today count. */
export function sizeWords(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const shown = unit === 0 || size >= 99.5 ? String(Math.round(size)) : String(Math.round(size * 10) / 10);
  return `${shown} ${unit === 0 && bytes === 1 ? "byte" : UNITS[unit]}`;
}

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

/** "2026-11-24T15:30:00" → "24 November 2026, 15:30": the reading of a clock, as it was given. */
export function whenWords(value: string): string {
  const [date = "", time = ""] = value.split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  const said = `${Number(day)} ${MONTHS[Number(month) - 1] ?? ""} ${year}`;
  return time === "" ? said : `${said}, ${time.slice(0, 5)}`;
}

/** An instant by this device's clock, for people: "27 November 2026 at 16:41". */
export function momentWords(utc: string): string {
  const moment = new Date(utc);
  const two = (number: number): string => String(number).padStart(2, "0");
  const date = `${moment.getDate()} ${MONTHS[moment.getMonth()] ?? ""} ${moment.getFullYear()}`;
  return `${date} at ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
