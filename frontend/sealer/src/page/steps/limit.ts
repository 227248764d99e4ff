// The beginning or the end of a period, as a holder tells it: the first or the last message, a date, or not known.

import { UNKNOWN } from "../../core/periods.ts";
import { h } from "../dom.ts";
import { radios, when } from "../fields.ts";
import { words } from "../words.ts";

const W = words.common;
const S = words.steps.periods;

/** What was chosen so far. ``date`` is its value, and null while none that can be read stands there. */
export interface LimitDraft {
  readonly kind: "edge" | "date" | "unknown" | null;
  readonly date: string | null;
}

export const NOTHING: LimitDraft = { kind: null, date: null };

/** As a period has it: null for the first or the last message. */
export const limitOf = ({ kind, date }: LimitDraft): string | null => (kind === "unknown" ? UNKNOWN : kind === "date" ? date : null);

/** The inverse of limitOf. */
export function draftOf(limit: string | null): LimitDraft {
  if (limit === null) return { kind: "edge", date: null };
  return limit === UNKNOWN ? { kind: "unknown", date: null } : { kind: "date", date: limit };
}

/** How it is told on the last page. */
export interface LimitWords {
  readonly label: string;
  readonly edge: string;
  readonly date: string;
}

export interface LimitField {
  readonly root: HTMLElement;
  readonly target: string;
  draft(): LimitDraft;
  /** Shows what is wrong, ``more`` where nothing else is, and gives where that is. */
  check(more: string | null): { readonly target: string; readonly message: string } | null;
}

export function limitField(id: string, said: LimitWords, draft: LimitDraft): LimitField {
  const date = when({ id: `${id}-date`, label: S.date }, draft.date);
  const choices = [
    { value: "edge", words: said.edge },
    { value: "date", words: said.date, below: h("div", {}, date.root) },
    { value: "unknown", words: W.dont_know },
  ];
  const chosen = radios({ id, label: said.label }, choices, draft.kind);
  const now = (): LimitDraft => ({ kind: chosen.value() as LimitDraft["kind"], date: date.value().value });
  return {
    root: chosen.root,
    target: chosen.target,
    draft: now,
    check: (more) => {
      const { kind } = now();
      const read = date.value();
      const missing = read.value === null ? W.when_missing : null;
      const inDate = kind === "date" ? (read.wrong ?? missing ?? more) : null;
      const inChoice = kind === null ? W.choose : kind === "date" ? null : more;
      date.fail(inDate);
      chosen.fail(inChoice);
      if (inDate !== null) return { target: date.target, message: inDate };
      if (inChoice === null) return null;
      return { target: chosen.target, message: kind === null ? `${said.label} ${inChoice}` : inChoice };
    },
  };
}
