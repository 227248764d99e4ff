// What the holder is asked: the table that the shell asks by, published as src/safehand/seal/data/questions.json.

import published from "../../../../src/safehand/seal/data/questions.json";
import type { Choice, Question } from "./types.ts";

/** Every question, in the order they are asked. */
export const QUESTIONS: readonly Question[] = published.questions.map(({ id, kind, ask, choices, unless_no, unless_yes }) => ({
  id,
  group: id.slice(0, id.indexOf(".")),
  name: id.slice(id.indexOf(".") + 1),
  kind: kind as Question["kind"],
  ask,
  choices,
  unlessNo: unless_no,
  unlessYes: unless_yes,
}));

/** The groups in the order they are asked, with a heading each. */
export const GROUPS: readonly { readonly id: string; readonly heading: string }[] = published.groups;

/** Who may have typed on an account over a period. */
export const WHO_TYPED: readonly Choice[] = published.who_typed;

/** What "I don't know" may be typed as, in lower case, without a full stop, with a straight apostrophe. */
export const DONT_KNOW_WORDS: readonly string[] = published.dont_know;

/** What "I would rather not say" may be typed as, likewise. */
export const NOT_SAID_WORDS: readonly string[] = published.not_said;

const byId = new Map(QUESTIONS.map((question) => [question.id, question]));

export function questionOf(id: string): Question | undefined {
  return byId.get(id);
}
