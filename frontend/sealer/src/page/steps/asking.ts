// A page of questions: each with "I don't know", nothing chosen before, and one button for the rest of the page.

import { readAnswer } from "../../core/answers.ts";
import type { Answer, Question } from "../../core/types.ts";
import { button, h, paragraph, submit, type Child } from "../dom.ts";
import { radios, text, when, wrongText, type Offered, type Problem } from "../fields.ts";
import { ALWAYS_ANSWERED, leftEmpty, NOT_OFFERED, OWN_TO_GIVE, PAGES, question, type OnPage, type PageName } from "../questions.ts";
import type { App, Draw } from "../shell.ts";
import { asks, labelOf, words } from "../words.ts";

const W = words.common;

interface Answering {
  readonly root: HTMLElement;
  /** The answers, or what is wrong; ``rest`` makes "I don't know" of what was left open. null: it is not asked. */
  read(rest: boolean): { readonly answers: readonly [string, Answer | null][]; readonly problems: readonly Problem[] };
}

const LONG: ReadonlySet<string> = new Set([
  "urgent.child_details", "urgent.subject_claims", "urgent.danger_signs", "urgent.access_to_children", "urgent.meeting_travel",
  "declarations.other_material", "declarations.other_platforms", "declarations.deleted_by", "declarations.edited_by",
  "declarations.other_copies_where", "declarations.published_where", "urgent.other_reports", "images.where",
]);

export const asking = (page: PageName): Draw => (app) => {
  const said: { title: string; lead?: string; body?: readonly string[] } = words.steps[page];
  const fields = PAGES[page](app.state).map((on: OnPage) => answering(app, on));
  const take = (rest: boolean): readonly Problem[] => {
    const read = fields.map((field) => field.read(rest));
    const problems = read.flatMap((one) => one.problems);
    if (problems.length === 0) for (const [id, answer] of read.flatMap((one) => one.answers)) keep(app, id, answer);
    return problems;
  };
  const skip = (): void => {
    const problems = take(true);
    if (problems.length === 0) app.next();
    else app.sum(problems);
  };
  const above: Child[] = [...(said.lead === undefined ? [] : [paragraph(said.lead)]), ...(said.body ?? []).map((line) => paragraph(line))];
  const buttons = h("div", { class: "govuk-button-group" }, submit(W.continue), fields.length > 1 ? button(W.rest, skip, "secondary") : null);
  return { title: said.title, inside: [...above, ...fields.map((field) => field.root), buttons], take: () => take(false) };
};

function keep(app: App, id: string, answer: Answer | null): void {
  if (answer === null) app.state.given.delete(id);
  else app.state.answer(id, answer);
}

function answering(app: App, on: OnPage): Answering {
  const asked = question(on.id);
  const below = (on.then ?? []).map((id) => answering(app, { id }));
  if (asked.kind === "text") return words_(app, asked);
  if (asked.kind === "when") return dates(app, asked);
  return choosing(app, asked, on, below);
}

/** "urgent.child" → "urgent-child": an id that a selector can name. */
export const idOf = (id: string): string => id.replace(/[._]/g, "-");

function given(asked: Question, empty: boolean): { id: string; label: string; hint?: string } {
  const said = asks[asked.id];
  const leave = OWN_TO_GIVE.has(asked.id) ? W.leave_unsaid : W.leave_empty;
  const hint = [said?.hint, empty ? leave : undefined].filter((part) => part !== undefined).join(" ");
  return { id: idOf(asked.id), label: labelOf(asked.id), ...(hint === "" ? {} : { hint }) };
}

function words_(app: App, asked: Question): Answering {
  const before = app.state.given.get(asked.id);
  const field = text(given(asked, true), before?.answer === "given" ? before.value : "", LONG.has(asked.id) ? 4 : 1);
  return {
    root: field.root,
    read: () => {
      const value = field.value();
      const wrong = wrongText(value);
      field.fail(wrong);
      if (wrong !== null) return { answers: [], problems: [{ target: field.target, message: wrong }] };
      // Read as the core will read it: the words for "I don't know" are that, whoever types them.
      return { answers: [[asked.id, value === "" ? leftEmpty(asked.id) : readAnswer(asked, value)]], problems: [] };
    },
  };
}

function dates(app: App, asked: Question): Answering {
  const before = app.state.given.get(asked.id);
  const field = when(given(asked, true), before?.answer === "given" ? before.value : null);
  return {
    root: field.root,
    read: () => {
      const { value, wrong } = field.value();
      field.fail(wrong);
      if (wrong !== null) return { answers: [], problems: [{ target: field.target, message: wrong }] };
      return { answers: [[asked.id, value === null ? leftEmpty(asked.id) : { answer: "given", value }]], problems: [] };
    },
  };
}

function choosing(app: App, asked: Question, on: OnPage, below: readonly Answering[]): Answering {
  const nested = below.length === 0 ? undefined : h("div", {}, ...below.map((one) => one.root));
  const before = app.state.given.get(asked.id);
  const field = radios(given(asked, false), offered(asked, nested), before === undefined ? null : before.answer === "given" ? before.value : before.answer);
  return {
    root: field.root,
    read: (rest) => {
      const value = field.value() ?? (rest && !ALWAYS_ANSWERED.has(asked.id) ? leftEmpty(asked.id).answer : null);
      field.fail(value === null ? W.choose : null);
      if (value === null) return { answers: [], problems: [{ target: field.target, message: `${given(asked, false).label} ${W.choose}` }] };
      const under = value === "yes" ? below.map((one) => one.read(rest)) : [{ answers: notAsked(on), problems: [] }];
      return {
        answers: [[asked.id, answerOf(asked, value)], ...under.flatMap((one) => one.answers)],
        problems: under.flatMap((one) => one.problems),
      };
    },
  };
}

/** The questions below one that was not answered "yes": they were not asked, whatever stood there before. */
const notAsked = (on: OnPage): [string, null][] => (on.then ?? []).map((id) => [id, null]);

function answerOf(asked: Question, value: string): Answer {
  if (value === "dont_know" || value === "not_said") return { answer: value };
  return asked.kind === "choice" ? { answer: "given", value } : { answer: value as "yes" | "no" };
}

function offered(asked: Question, below: HTMLElement | undefined): Offered[] {
  if (asked.kind === "yes_no") {
    const third = OWN_TO_GIVE.has(asked.id) ? { value: "not_said", words: W.not_said } : { value: "dont_know", words: W.dont_know };
    return [{ value: "yes", words: W.yes, below }, { value: "no", words: W.no }, third];
  }
  const said = asks[asked.id]?.choices ?? {};
  const out = NOT_OFFERED[asked.id] ?? [];
  const choices = asked.choices.filter((choice) => !out.includes(choice.id));
  return [...choices.map((choice) => ({ value: choice.id, words: said[choice.id] ?? choice.words })), { value: "dont_know", words: W.dont_know }];
}

