// One document, one page of it shown at a time: real history, focus on the heading, errors summed up as GOV.UK does.
//
// The address names the page and nothing else (#files). Answers live in memory: after a reload it begins anew.

import { details, h, list, marked, type Child } from "./dom.ts";
import type { Problem } from "./fields.ts";
import { after, allowed, firstOpen, isDone, pages, type Place, type StepName } from "./flow.ts";
import { Leaving } from "./leaving.ts";
import type { State } from "./state.ts";
import { shared, words } from "./words.ts";

const W = words.common;

/** One page. ``inside`` stands below the heading; where the heading is a legend, it is in there. */
export interface Page {
  readonly title: string;
  readonly inside: readonly Child[];
  /** Takes what was filled in: problems, or nothing when it may go on. A page without it has buttons of its own. */
  readonly take?: () => readonly Problem[];
  readonly headingInside?: boolean;
  /** Shown over the heading: 999. */
  readonly above?: HTMLElement;
  readonly noBack?: boolean;
  /** A page that asks to be read: ux.md 1.5, the interruption page. */
  readonly pause?: boolean;
  /** The page is left: stop what goes on. */
  readonly gone?: () => void;
}

export type Draw = (app: App) => Page;

export class App {
  private shown: Page | null = null;
  private name: StepName = "leave";
  private depth = 0;
  /** The holder pressed Change on the last page: lead back there as soon as nothing is open. */
  private changing = false;
  private readonly leaving = new Leaving(() => {
    this.forget();
    this.close();
  });

  constructor(
    readonly state: State,
    readonly place: Place,
    private readonly main: HTMLElement,
    private readonly live: HTMLElement,
    private readonly draw: Readonly<Record<StepName, Draw>>,
    /** Ends the worker, and with it every key in it. */
    private readonly close: () => void,
  ) {
    window.addEventListener("popstate", (event) => this.cameBack(event));
    window.addEventListener("beforeunload", (event) => this.warnOfLoss(event));
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) window.location.reload(); // out of the browser's memory of left pages: begin anew
    });
  }

  begin(): void {
    const first = firstOpen(this.state, this.place, new Date());
    window.history.replaceState({ depth: 0 }, "", `#${first}`);
    this.put(first, false);
  }

  /** To another page, as a link would: Back leads to this one. */
  go(name: StepName): void {
    this.depth += 1;
    window.history.pushState({ depth: this.depth }, "", `#${name}`);
    this.put(name, true);
  }

  /** In place of this page: Back does not lead to it. */
  replace(name: StepName): void {
    window.history.replaceState({ depth: this.depth }, "", `#${name}`);
    this.put(name, true);
  }

  change(name: StepName): void {
    this.changing = true;
    this.go(name);
  }

  /** This page is answered: on to the next, or back to the check where the holder came from there. */
  next(): void {
    this.state.seen.add(this.name);
    const now = new Date();
    const open = pages(this.state, this.place, now).find((name) => !isDone(name, this.state)) ?? "check";
    const follows = after(this.name, this.state, this.place, now);
    const to = this.name === "check" ? "sealing" : this.changing && isDone(follows, this.state) ? open : follows;
    if (to === "check") this.changing = false;
    this.go(to);
  }

  /** To those who cannot see it, when there is a moment. */
  say(message: string): void {
    if (this.live.textContent !== message) this.live.textContent = message;
  }

  /** The last words: what was typed and added is forgotten, and there is no way back to it. */
  end(title: string, inside: readonly Child[]): void {
    document.title = `${title} – ${words.service}`;
    const said = [h("h1", { class: "govuk-heading-l", tabindex: -1 }, title), ...inside];
    this.main.replaceChildren(h("div", { class: "govuk-grid-row" }, h("div", { class: "govuk-grid-column-two-thirds" }, ...said)));
    document.getElementById("back")?.replaceChildren();
    this.forget();
    this.main.querySelector("h1")?.focus();
  }

  redraw(): void {
    this.put(this.name, false);
  }

  forget(): void {
    this.shown?.gone?.();
    this.state.forget();
  }

  private put(name: StepName, moved: boolean): void {
    this.shown?.gone?.();
    this.name = name;
    const page = this.draw[name](this);
    this.shown = page;
    document.title = `${page.title} – ${words.service}`;
    const heading = h("h1", { class: "govuk-heading-l", tabindex: -1 }, page.title);
    const inside: Child[] = page.headingInside === true ? [...page.inside] : [heading, ...page.inside];
    const column = h("div", { class: "govuk-grid-column-two-thirds" }, page.above ?? null);
    const body = page.take === undefined ? h("div", {}, ...inside) : this.form(page.take, inside);
    column.append(page.pause === true ? h("div", { class: "sh-interruption" }, body) : body);
    this.main.replaceChildren(h("div", { class: "govuk-grid-row" }, column));
    this.drawBack(page);
    this.leaving.arm(this.canLeave(name));
    this.say("");
    window.scrollTo(0, 0);
    if (moved) this.main.querySelector("h1")?.focus({ preventScroll: true });
  }

  /** What was wrong is not wrong any more. */
  unsum(): void {
    this.main.querySelector(".govuk-error-summary")?.remove();
    if (this.shown !== null) document.title = `${this.shown.title} – ${words.service}`;
  }

  /** The page turned out otherwise than its heading said. */
  retitle(title: string): void {
    this.main.querySelector("h1")?.replaceChildren(title);
    document.title = `${title} – ${words.service}`;
  }

  private form(take: () => readonly Problem[], inside: readonly Child[]): HTMLElement {
    const submit = (event: Event): void => {
      event.preventDefault();
      const problems = take();
      if (problems.length === 0) this.next();
      else this.sum(problems);
    };
    return h("form", { novalidate: true, autocomplete: "off", submit }, ...inside);
  }

  /** The summary of what is wrong, on top, with the focus on it. */
  sum(problems: readonly Problem[]): void {
    this.main.querySelector(".govuk-error-summary")?.remove();
    const lead = (problem: Problem) => (event: Event): void => {
      event.preventDefault();
      const field = document.getElementById(problem.target);
      field?.closest(".govuk-form-group")?.scrollIntoView({ block: "start" });
      field?.focus({ preventScroll: true });
    };
    const row = (problem: Problem): HTMLElement =>
      h("li", {}, h("a", { href: `#${problem.target}`, click: lead(problem) }, problem.message));
    const summary = h(
      "div",
      { class: "govuk-error-summary", tabindex: -1 },
      h("div", { role: "alert" },
        h("h2", { class: "govuk-error-summary__title" }, W.problem),
        h("div", { class: "govuk-error-summary__body" },
          h("ul", { class: "govuk-list govuk-error-summary__list" }, ...problems.map(row)))),
    );
    this.main.querySelector(".govuk-grid-column-two-thirds")?.prepend(summary);
    if (!document.title.startsWith(`${W.error}: `)) document.title = `${W.error}: ${document.title}`;
    summary.focus();
    summary.scrollIntoView({ block: "nearest" });
  }

  private drawBack(page: Page): void {
    const place = document.getElementById("back");
    if (place === null) return;
    const back = (event: Event): void => {
      event.preventDefault();
      window.history.back();
    };
    const { before } = this.place;
    const inside = this.depth > 0 && page.noBack !== true;
    const first = this.depth === 0 && before !== null;
    const link = inside ? { href: "#", click: back } : { href: before ?? "" };
    place.replaceChildren(...(inside || first ? [h("a", { class: "govuk-back-link", ...link }, W.back)] : []));
    place.hidden = !inside && !first; // a landmark with nothing in it is noise
  }

  private cameBack(event: PopStateEvent): void {
    const state: unknown = event.state;
    const asked = window.location.hash.slice(1) as StepName;
    if (state === null || typeof state !== "object" || !("depth" in state)) {
      const shown = this.allowed(asked); // typed into the address line
      window.history.replaceState({ depth: this.depth }, "", `#${shown}`);
      if (shown !== this.name) this.put(shown, true);
      return;
    }
    this.depth = Number(state.depth);
    const name = this.allowed(asked);
    if (name !== asked) window.history.replaceState({ depth: this.depth }, "", `#${name}`);
    // After this event the browser moves the focus itself, to nowhere: the heading gets it when that is over.
    if (name !== this.name) setTimeout(() => this.put(name, true));
  }

  private allowed(asked: StepName): StepName {
    return allowed(asked, this.state, this.place, new Date());
  }

  private canLeave(name: StepName): boolean {
    const before: readonly StepName[] = ["start", "danger", "danger_call", "signs", "leave"];
    return !this.place.alone || !before.includes(name) || this.state.seen.has("leave");
  }

  private warnOfLoss(event: BeforeUnloadEvent): void {
    const { state } = this;
    // What was added, or the check code on the screen: nothing else knows it. end() and forget() take both away.
    const something = state.files.length > 0 || state.sent !== null;
    if (something && !this.leaving.isLeaving) event.preventDefault();
  }
}

/** 999. Over the page's heading its own words are no heading: the first one of a page says what the page is. */
export function callBox(words_: "h2" | "p" = "h2"): HTMLElement {
  const { call, silent, text } = shared;
  const below = (said: string): HTMLElement => h(words_, { class: "govuk-heading-m" }, said);
  return h(
    "div",
    { class: "sh-call" },
    h(words_, { class: "sh-call__title" }, call.heading),
    ...call.lines.map((line) => h("p", { class: "govuk-body" }, ...marked(line))),
    details(words.call.more, below(silent.heading), list(silent.lines), below(text.heading), list(text.lines)),
  );
}
