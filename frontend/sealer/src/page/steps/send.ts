// Sending: part by part, carried on where it was cut, and "sent" only when the desk's signed word for it is back.

import { button, fill, h, paragraph, type Child } from "../dom.ts";
import { save } from "../saving.ts";
import { deliver, type Delivery, type Ended } from "../sending.ts";
import type { Setting } from "../setting.ts";
import type { App, Draw } from "../shell.ts";
import type { Sealed } from "../state.ts";
import { sizeWords, words } from "../words.ts";
import { progressLine } from "./sealing.ts";

const S = words.steps.send;
const HEADINGS = {
  limit: S.limit_heading, often: S.limit_heading, full: S.limit_heading, failed: S.failed_heading, wrong: S.wrong_heading,
  code: S.code_heading,
} as const;

export const send = (setting: Setting): Draw => (app) => {
  const { sealed } = app.state;
  if (sealed === null || setting.sendTo === null) return { title: S.title, inside: [] };
  const work = new AbortController();
  const progress = progressLine(app, S.working);
  const ended = h("div", {});
  const told = h("p", { class: "govuk-body", role: "status" });
  const buttons = h("div", { class: "govuk-button-group" }, saveButton(sealed, told));
  const { memory, addTo } = app.state;
  const lead = paragraph(S.lead);
  const what = { blob: sealed.blob, receipt: sealed.receipt, desk: setting.desk, address: setting.sendTo, memory, addTo };
  void deliver(what, work.signal, (now) => {
    if (now.state === "ended") lead.remove(); // nothing carries on by itself any more
    show(app, now, progress, ended, buttons, told);
  });
  return {
    title: S.title,
    noBack: true,
    inside: [lead, progress.root, ended, buttons, told],
    gone: () => work.abort(),
  };
};

const saveButton = (sealed: Sealed, told: HTMLElement): HTMLElement =>
  button(S.save, () => {
    save(sealed.blob, sealed.name);
    told.textContent = fill(S.saved, { name: sealed.name });
  }, "secondary");

/** Try again; where a check code opened nothing, without it: the file is sealed already, and goes first. */
const againButton = (app: App, why: Ended): HTMLElement =>
  button(why === "code" ? S.without_code : S.again, () => {
    if (why === "code") app.state.addTo = "";
    app.redraw();
  });

function show(app: App, now: Delivery, progress: ReturnType<typeof progressLine>, ended: HTMLElement, buttons: HTMLElement, told: HTMLElement): void {
  switch (now.state) {
    case "sending":
      ended.replaceChildren();
      progress.show(fill(S.done, { done: sizeWords(now.done), total: sizeWords(now.total) }));
      break;
    case "cut":
      progress.show(navigator.onLine ? fill(S.cut, { seconds: now.seconds }) : S.offline);
      break;
    case "arrived":
      progress.show(S.all_there);
      break;
    case "away":
      end(app, ended, S.away_heading, [paragraph(S.away)]);
      break;
    case "sent":
      app.state.sent = now.sent;
      app.replace("receipt");
      break;
    case "ended":
      progress.root.remove();
      app.retitle(HEADINGS[now.why]);
      app.say(HEADINGS[now.why]);
      ended.replaceChildren(paragraph(S[now.why]));
      buttons.replaceChildren(...(now.why === "limit" || now.why === "wrong" ? [] : [againButton(app, now.why)]), ...buttons.childNodes);
      told.textContent = "";
      break;
  }
}

function end(app: App, ended: HTMLElement, title: string, inside: readonly Child[]): void {
  ended.replaceChildren(h("section", { class: "govuk-inset-text" }, h("h2", { class: "govuk-heading-m" }, title), ...inside));
  app.say(title);
}
