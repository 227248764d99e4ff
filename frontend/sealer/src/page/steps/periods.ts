// Who typed, from when to when (domain.md F1.2). Two people never typed on one account at the same time.

import type { OperatorPeriod } from "../../core/types.ts";
import { button, fill, h, paragraph, submit } from "../dom.ts";
import { radios, text, when, wrongText, type Problem } from "../fields.ts";
import type { App, Draw } from "../shell.ts";
import { words } from "../words.ts";
import { limit, overlap } from "./overlap.ts";

const W = words.common;
const S = words.steps.periods;

type Draft = { account: string; who: string | null; from: string | null; to: string | null };

export const periods: Draw = (app) => {
  const before = app.state.periods ?? [];
  let drafts: Draft[] = before.length > 0 ? before.map((one) => ({ ...one })) : [empty(), empty()];
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
      const read = cards.map((one) => one.draft()).map((one): OperatorPeriod => ({ ...one, who: one.who ?? "dont_know" }));
      const wrong = overlap(read);
      if (wrong !== null) return [{ target: `period-${wrong}-from`, message: S.overlap }];
      app.state.periods = read;
      return [];
    },
  };
};

const empty = (): Draft => ({ account: "", who: null, from: null, to: null });

function none(app: App): void {
  app.state.periods = [];
  app.next();
}

interface Card {
  readonly root: HTMLElement;
  draft(): Draft;
  problems(): readonly Problem[];
}

function card(draft: Draft, place: number, remove: (() => void) | null): Card {
  const id = `period-${place + 1}`;
  const choices = Object.entries(S.choices).map(([value, said]) => ({ value, words: said }));
  const account = text({ id: `${id}-account`, label: S.account, hint: S.account_hint }, draft.account);
  const who = radios({ id: `${id}-who`, label: S.who }, choices, draft.who);
  const from = when({ id: `${id}-from`, label: S.from, hint: S.from_hint }, draft.from);
  const to = when({ id: `${id}-to`, label: S.to, hint: S.to_hint }, draft.to);
  const name = fill(S.person, { number: place + 1 });
  const root = h("section", { class: "sh-card", "aria-labelledby": `${id}-name` },
    h("h2", { class: "govuk-heading-m", id: `${id}-name`, tabindex: -1 }, name),
    who.root, account.root, from.root, to.root,
    remove === null ? null : button(fill(S.remove, { number: place + 1 }), remove, "secondary"));
  const draftNow = (): Draft => ({ account: account.value(), who: who.value(), from: from.value().value, to: to.value().value });
  const problems = (): readonly Problem[] => {
    const now = draftNow();
    const wrong: [{ target: string; fail(message: string | null): void }, string | null][] = [
      [who, now.who === null ? S.need_who : null],
      [account, now.account === "" ? S.need_account : wrongText(now.account)],
      [from, from.value().wrong],
      [to, to.value().wrong ?? (now.from !== null && now.to !== null && limit(now.to, true) < limit(now.from, false) ? S.order : null)],
    ];
    for (const [field, message] of wrong) field.fail(message);
    return wrong.flatMap(([field, message]) => (message === null ? [] : [{ target: field.target, message: `${name}: ${message}` }]));
  };
  return { root, draft: draftNow, problems };
}
