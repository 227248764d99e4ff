// Locking: the files and the answers become one sealed file, in the worker. It can be stopped at any point.

import type { Sealer } from "../../core/types.ts";
import { button, fill, h, hidden, paragraph } from "../dom.ts";
import { sealedAt } from "../machine.ts";
import { PackageSink } from "../package_sink.ts";
import { finalAnswers } from "../questions.ts";
import type { Setting } from "../setting.ts";
import type { App, Draw, Page } from "../shell.ts";
import { sizeWords, words } from "../words.ts";

const S = words.steps.sealing;
const SPOKEN_EVERY = 8000;

/** What goes on, in words: shown at once, and told to those who listen now and then. */
export function progressLine(app: App, first: string): { root: HTMLElement; show(message: string): void } {
  const line = h("p", { class: "govuk-body-l sh-progress__words", "data-progress": true }, first);
  let spoken = 0;
  const show = (message: string): void => {
    line.textContent = message;
    if (Date.now() - spoken < SPOKEN_EVERY) return;
    spoken = Date.now();
    app.say(message);
  };
  return { root: h("div", { class: "sh-progress" }, line), show };
}

export const sealing = (sealer: Sealer, setting: Setting): Draw => (app) => {
  const work = new AbortController();
  const progress = progressLine(app, S.starting);
  const ended = h("div", {});
  const cancel = button(S.cancel, () => {
    work.abort();
    window.history.back();
  }, "secondary");
  const page: Page = {
    title: S.title,
    noBack: true,
    inside: [paragraph(S.lead), progress.root, cancel, ended],
    gone: () => work.abort(),
  };
  void run(app, sealer, setting, work.signal, progress.show).catch((error: unknown) => {
    if (work.signal.aborted) return;
    cancel.remove();
    progress.root.remove();
    const again = h("div", { class: "govuk-button-group" }, button(S.again, () => app.redraw()), button(words.common.back, () => window.history.back(), "secondary"));
    ended.replaceChildren(h("div", { class: "govuk-inset-text", tabindex: -1 }, h("h2", { class: "govuk-heading-m" }, hidden(""), S.failed), paragraph(whyNot(error)), again));
    app.say(`${S.failed}. ${whyNot(error)}`);
  });
  return page;
};

async function run(app: App, sealer: Sealer, setting: Setting, signal: AbortSignal, show: (words: string) => void): Promise<void> {
  const sink = new PackageSink();
  const ready = app.state.files.filter((added) => added.state === "ready");
  const given = {
    files: ready.flatMap((added) => added.handed),
    answers: finalAnswers(app.state),
    to: setting.desk,
    sealed: sealedAt(new Date()),
  };
  const tell = (done: number, total: number): void => {
    // Both passes over the files are counted; the holder knows the size of them once.
    show(done >= total ? S.finishing : fill(S.done, { done: sizeWords(done / 2), total: sizeWords(total / 2) }));
  };
  const receipt = await sealer.seal(given, sink.stream, tell, signal);
  if (signal.aborted) return;
  app.state.sealed = { blob: sink.blob(), receipt, name: `safehand-${stamp(receipt.sealed)}.safehand` };
  app.state.memory.begun = null; // what was begun before was of another locked file
  app.replace(setting.sendTo === null ? "saved" : "send");
}

/** "2026-11-27T16:41:05Z" → "2026-11-27-164105": says when, and of nobody. */
const stamp = (utc: string): string => utc.replace("T", "-").replace(/[:Z]/g, "");

function whyNot(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "changed") return S.changed;
  if (code === "cannot_write" || (error instanceof DOMException && error.name === "QuotaExceededError")) return S.full;
  if (error instanceof Error && "todo" in error && "found" in error && code !== "unexpected") {
    return [error.found, error.todo].filter((part) => part).map(String).join(" ");
  }
  return S.other;
}
