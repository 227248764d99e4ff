// Who typed, from when to when (domain.md F1.2). Two people never typed on one account at the same time.

import type { OperatorPeriod } from "../../core/types.ts";
import { button, fill, h, paragraph, submit } from "../dom.ts";
import { radios, text, wrongText, type Problem } from "../fields.ts";
import type { App, Draw } from "../shell.ts";
import { words } from "../words.ts";
import { draftOf, limitField, limitOf, NOTHING, type LimitDraft } from "./limit.ts";
import { isBackwards, overlap } from "./overlap.ts";

const W = words.common;
const S = words.steps.periods;

type Draft = { account: string; who: string | null; from: LimitDraft; to: LimitDraft };

export const periods: Draw = (app) => {
  const before = app.state.periods ?? [];
  let drafts: Draft[] = before.length > 0 ? before.map(draftAgain) : [empty(), empty()];
  const holder = h("div", {});
  let cards: Card[] = [];
  const draw = (): void => {
    cards = drafts.map((draft, place) => card(draft, place, drafts.length > 1 ? () => take(place) : null));
    holder.replaceChildren(...cards.map((one) => one.root));
  };
  const take = (place: number): void => {
    drafts = cards.map((one) => one.draft()).filter((_, at) => at !== place);
    draw();
    holder.querySelector<HTMLElement>("h2")?.focus();
  };
  const add = (): void => {
    drafts = [...cards.map((one) => one.draft()), empty()];
    draw();
    holder.querySelector<HTMLElement>("section:last-child h2")?.focus();
  };
  draw();
  return {
    title: S.title,
    inside: [
      paragraph(S.lead),
      holder,
      button(S.add, add, "secondary"),
      h("div", { class: "govuk-button-group" }, submit(W.continue), button(S.none, () => none(app), "secondary")),
    ],
    take: () => {
      const problems = cards.flatMap((one) => one.problems());
      if (problems.length > 0) return problems;
      const read = cards.map((one) => periodOf(one.draft()));
      const wrong = overlap(read);
      const clash = wrong === null ? null : cards[wrong - 1]?.clash();
      if (clash !== null && clash !== undefined) return [clash];
      app.state.periods = read;
      return [];
    },
  };
};

const empty = (): Draft => ({ account: "", who: null, from: NOTHING, to: NOTHING });

const draftAgain = (one: OperatorPeriod): Draft => ({ account: one.account, who: one.who, from: draftOf(one.from), to: draftOf(one.to) });

const periodOf = ({ account, who, from, to }: Draft): OperatorPeriod =>
  ({ account, who: who ?? "dont_know", from: limitOf(from), to: limitOf(to) });

function none(app: App): void {
  app.state.periods = [];
  app.next();
}

interface Card {
  readonly root: HTMLElement;
  draft(): Draft;
  problems(): readonly Problem[];
  /** Says at its beginning that another typed at that time. */
  clash(): Problem | null;
}

function card(draft: Draft, place: number, remove: (() => void) | null): Card {
  const id = `period-${place + 1}`;
  const choices = Object.entries(S.choices).map(([value, said]) => ({ value, words: said }));
  const account = text({ id: `${id}-account`, label: S.account, hint: S.account_hint }, draft.account);
  const who = radios({ id: `${id}-who`, label: S.who }, choices, draft.who);
  const from = limitField(`${id}-from`, { label: S.from, edge: S.from_first, date: S.from_date }, draft.from);
  const to = limitField(`${id}-to`, { label: S.to, edge: S.to_last, date: S.to_date }, draft.to);
  const name = fill(S.person, { number: place + 1 });
  const root = h("section", { class: "sh-card", "aria-labelledby": `${id}-name` },
    h("h2", { class: "govuk-heading-m", id: `${id}-name`, tabindex: -1 }, name),
    who.root, account.root, from.root, to.root,
    remove === null ? null : button(fill(S.remove, { number: place + 1 }), remove, "secondary"));
  const draftNow = (): Draft => ({ account: account.value(), who: who.value(), from: from.draft(), to: to.draft() });
  const problems = (): readonly Problem[] => {
    const now = draftNow();
    const wrong: [{ target: string; fail(message: string | null): void }, string | null][] = [
      [who, now.who === null ? S.need_who : null],
      [account, now.account === "" ? S.need_account : wrongText(now.account)],
    ];
    for (const [field, message] of wrong) field.fail(message);
    const inFields = wrong.flatMap(([field, message]) => (message === null ? [] : [{ target: field.target, message }]));
    const inLimits = [from.check(null), to.check(isBackwards(periodOf(now)) ? S.order : null)].filter((one) => one !== null);
    return [...inFields, ...inLimits].map(({ target, message }) => ({ target, message: `${name}: ${message}` }));
  };
  return { root, draft: draftNow, problems, clash: () => from.check(S.overlap) };
}
