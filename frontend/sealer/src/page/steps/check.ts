// Check your answers: what will be locked in, with a way to change each page. The chat itself is never shown.

import { UNKNOWN } from "../../core/periods.ts";
import { grouped, readCheckCode } from "../check_code.ts";
import { details, fill, h, hidden, marked, paragraph, submit } from "../dom.ts";
import { text } from "../fields.ts";
import { isDone, pages, type StepName } from "../flow.ts";
import { isIdle, PAGES, question, type PageName } from "../questions.ts";
import type { Setting } from "../setting.ts";
import type { App, Draw } from "../shell.ts";
import { asks, labelOf, shared, sizeWords, whenWords, words } from "../words.ts";

const W = words.common;
const S = words.steps.check;
const P = words.steps.periods;

interface Line {
  readonly label: string;
  readonly value: string;
}

export const check = (setting: Setting): Draw => (app) => {
  const { desk } = setting;
  const send = setting.sendTo !== null;
  const code = text({ id: "add-to", label: S.add_label, hint: S.add_hint }, grouped(app.state.addTo));
  const adding = details(S.add, paragraph(S.add_body), code.root);
  adding.toggleAttribute("open", app.state.addTo !== "");
  return {
    title: S.title,
    inside: [
      h("p", { class: "govuk-body" }, ...marked(fill(S.lead, { unit: desk.unit }))),
      ...cards(app),
      details(S.fingerprint, paragraph(fill(S.fingerprint_body, { unit: desk.unit, fingerprint: desk.fingerprint }))),
      send && adding,
      submit(send ? S.seal_send : S.seal_save),
    ],
    take: () => {
      const written = code.value();
      const read = readCheckCode(written);
      const wrong = written !== "" && read === null;
      code.fail(wrong ? S.add_wrong : null);
      app.state.addTo = read ?? "";
      if (!wrong) return [];
      adding.toggleAttribute("open", true);
      return [{ target: code.target, message: S.add_wrong }];
    },
  };
};

function cards(app: App): HTMLElement[] {
  const { state } = app;
  const made: HTMLElement[] = [];
  for (const name of pages(state, app.place, new Date())) {
    if (name === "files") made.push(card(app, name, S.files, fileLines(app)));
    else if (name === "who") made.push(card(app, name, words.steps.who.title, [{ label: words.steps.who.title, value: role(app) }]));
    else if (name === "danger") made.push(card(app, name, S.danger, [dangerLine(app)]));
    else if (name === "images") made.push(card(app, name, words.groups.images, [answerLine(app, "images.present")]));
    else if (name === "apps" && state.knowsApp) made.push(card(app, name, words.steps.apps.title, [answerLine(app, "capture.app")]));
    else if (name === "periods") made.push(card(app, name, words.steps.periods.title, periodLines(app)));
    else if (name in PAGES && isDone(name, state)) made.push(pageCard(app, name as PageName));
  }
  return made;
}

function pageCard(app: App, name: PageName): HTMLElement {
  const ids = PAGES[name](app.state).flatMap((on) => [on.id, ...(on.then ?? [])]);
  const lines = ids.filter((id) => app.state.given.has(id)).filter((id) => !isIdle(question(id), app.state)).map((id) => answerLine(app, id));
  // That page's own title is what it asks of the holder, and says nothing of what was answered there.
  const title = name === "images_where" ? S.images_where : words.steps[name].title;
  return card(app, name, title, lines);
}

function answerLine(app: App, id: string): Line {
  const answer = app.state.given.get(id);
  const said = asks[id];
  const label = labelOf(id);
  if (answer === undefined || answer.answer === "dont_know") return { label, value: W.dont_know };
  if (answer.answer === "not_said") return { label, value: W.not_said };
  if (answer.answer !== "given") return { label, value: answer.answer === "yes" ? W.yes : W.no };
  const asked = question(id);
  if (asked.kind === "choice") return { label, value: said?.choices?.[answer.value] ?? answer.value };
  return { label, value: asked.kind === "when" ? whenWords(answer.value) : answer.value };
}

/** In the words it was asked in. */
function dangerLine(app: App): Line {
  const said = shared.danger;
  const answer = app.state.given.get("urgent.child_in_danger")?.answer;
  const label = labelOf("urgent.child_in_danger");
  return { label, value: answer === "yes" || answer === "no" ? said[answer] : said.not_sure };
}

function role(app: App): string {
  const answer = app.state.given.get("holder.role");
  const choices: Readonly<Record<string, string>> = words.steps.who.choices;
  return answer?.answer === "given" ? (choices[answer.value] ?? answer.value) : W.not_said;
}

function fileLines(app: App): Line[] {
  const ready = app.state.files.filter((added) => added.state === "ready");
  return ready.map((added) => ({ label: added.name, value: sizeWords(added.size) }));
}

function periodLines(app: App): Line[] {
  const choices: Readonly<Record<string, string>> = words.steps.periods.choices;
  const said = (app.state.periods ?? []).map((one) => {
    const from = limitWords(one.from, P.said_first, P.said_from, P.said_from_unknown);
    const to = limitWords(one.to, P.said_last, P.said_to, P.said_to_unknown);
    return { label: one.account, value: [choices[one.who] ?? one.who, from, to].join("\n") };
  });
  return said.length > 0 ? said : [{ label: words.steps.periods.title, value: W.dont_know }];
}

function limitWords(limit: string | null, edge: string, date: string, unknown: string): string {
  if (limit === null) return edge;
  return limit === UNKNOWN ? unknown : fill(date, { when: whenWords(limit) });
}

function card(app: App, step: StepName, title: string, lines: readonly Line[]): HTMLElement {
  const change = (event: Event): void => {
    event.preventDefault();
    app.change(step);
  };
  const link = h("a", { class: "govuk-link", href: `#${step}`, click: change }, W.change, hidden(` ${title.toLowerCase()}`));
  const known = lines.filter((line) => line.value !== W.dont_know);
  const open = lines.length - known.length;
  const rest = open === 0 ? [] : [{ label: W.dont_know, value: open === 1 ? S.open_one : fill(S.open_many, { count: open }) }];
  const rows = [...known, ...rest].map((line) =>
    h("div", { class: "govuk-summary-list__row" },
      h("dt", { class: "govuk-summary-list__key" }, line.label),
      h("dd", { class: "govuk-summary-list__value" }, ...lineBreaks(line.value))));
  return h("section", { class: step === "files" ? "govuk-summary-card sh-card-of-names" : "govuk-summary-card" },
    h("div", { class: "govuk-summary-card__title-wrapper" },
      h("h2", { class: "govuk-summary-card__title" }, title),
      h("div", { class: "govuk-summary-card__actions" }, link)),
    h("div", { class: "govuk-summary-card__content" }, h("dl", { class: "govuk-summary-list" }, ...rows)));
}

const lineBreaks = (value: string): (Node | string)[] =>
  value.split("\n").flatMap((line, place) => (place === 0 ? [line] : [h("br"), line]));

