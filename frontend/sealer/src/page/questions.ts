// The questions of safehand seal, spread over pages: what each page asks, and what a page not shown leaves behind.
// Nothing stays open: what nobody answered is "I don't know", as the shell has it (src/safehand/seal/answers.py). What was
// not asked, after an earlier answer, is not asked in the statement too.

import { isIdle as isIdleIn } from "../core/answers.ts";
import { questionOf, QUESTIONS } from "../core/questions.ts";
import type { Answer, Answers, Question } from "../core/types.ts";
import type { State } from "./state.ts";

export function question(id: string): Question {
  const asked = questionOf(id);
  if (asked === undefined) throw new Error(`no question is called ${id}`);
  return asked;
}

/** One question of a page, and those that stand below its "yes". */
export interface OnPage {
  readonly id: string;
  readonly then?: readonly string[];
}

const one = (...ids: readonly string[]): readonly OnPage[] => ids.map((id) => ({ id }));

export const PAGES = {
  images_where: () => one("images.where", "images.seen"),
  child: () => one("urgent.child", "urgent.child_details", "urgent.parents_know", "urgent.caller_relation"),
  person: () => one("urgent.subject_claims", "urgent.access_to_children", "urgent.subject_aware"),
  meeting: (state: State) => one(...(state.asksDanger ? ["urgent.child_in_danger"] : []), "urgent.meeting_planned"),
  meeting_more: () =>
    one(
      "urgent.meeting_under_way", "urgent.meeting_when", "urgent.meeting_where", "urgent.meeting_travel",
      "urgent.meeting_confirmed", "urgent.group_attending",
    ),
  now: () => one("urgent.last_contact", "urgent.contact_goes_on", "urgent.danger_signs", "urgent.fragile"),
  before: () => [
    ...one("declarations.typed_by", "urgent.confronted"),
    { id: "declarations.told_police", then: ["declarations.told_police_details", "promptness.told_police"] },
    ...one("declarations.police_asked"),
    { id: "declarations.published", then: ["declarations.published_where"] },
    ...one("urgent.other_reports"),
  ],
  copy: (state: State) =>
    one(
      ...(state.knowsApp ? [] : ["capture.app"]), "capture.device", "capture.device_owner", "capture.device_now", "urgent.phone_is_original",
      "capture.method", "capture.when", "capture.by", "capture.zone",
    ),
  whole: () => [
    ...one("declarations.first_message", "declarations.all_platforms", "declarations.other_platforms"),
    { id: "declarations.deleted", then: ["declarations.deleted_by"] },
    { id: "declarations.edited", then: ["declarations.edited_by"] },
    { id: "declarations.other_copies", then: ["declarations.other_copies_where"] },
    ...one("declarations.other_material"),
  ],
  pictures: (state: State) => [
    ...(state.is("images.present", "no") ? one("images.seen") : []),
    ...one("images.on_device", "promptness.noticed"),
  ],
  contact: () => one("urgent.caller_name", "urgent.caller_number", "urgent.willing_statement"),
  afterwards: () => one("undertaking.keep_private"),
} satisfies Record<string, (state: State) => readonly OnPage[]>;

export type PageName = keyof typeof PAGES;

/** Asked of everybody, and never passed over with a button for the rest of the page (domain.md F2.6). */
export const ALWAYS_ANSWERED: ReadonlySet<string> = new Set(["declarations.police_asked"]);

/** What is the holder's own to give: left empty, it is not "I don't know". */
export const OWN_TO_GIVE: ReadonlySet<string> = new Set([
  "holder.role", "urgent.caller_name", "urgent.caller_number", "undertaking.keep_private",
]);

/** What it is to leave a question empty. */
export const leftEmpty = (id: string): Answer => ({ answer: OWN_TO_GIVE.has(id) ? "not_said" : "dont_know" });

/** Is it not asked, after what was answered before? */
export const isIdle = (asked: Question, state: State): boolean => isIdleIn(asked, (id) => state.given.get(id));

/** Choices that a page does not offer, because an earlier answer rules them out. */
export const NOT_OFFERED: Readonly<Record<string, readonly string[]>> = { "urgent.meeting_confirmed": ["no_meeting"] };

/** Every question with its answer, as the core takes them. */
export function finalAnswers(state: State): Answers {
  const given: Record<string, Answer> = {};
  for (const asked of QUESTIONS) {
    if (isIdle(asked, state)) continue;
    given[asked.id] = state.given.get(asked.id) ?? { answer: "dont_know" };
  }
  if (state.is("urgent.meeting_planned", "no")) {
    given["urgent.meeting_confirmed"] = { answer: "given", value: "no_meeting" };
  }
  const operatorPeriods = state.is("declarations.typed_by", "several") ? (state.periods ?? []) : [];
  return { given, operatorPeriods };
}
