// What a person fills in, as GOV.UK Frontend draws it, each with its own place for an error. Nothing is chosen before.
//
//   const who = radios({ id: "who", legend: "Who are you?", choices }, null);
//   who.value()      "parent_or_carer", or null
//   who.fail("Choose an answer.")

import { h, hidden } from "./dom.ts";
import { readWhen, typedOf } from "./when.ts";
import { words } from "./words.ts";

const W = words.common;

/** Something went wrong here: ``target`` is the id of what the summary's link leads to. */
export interface Problem {
  readonly target: string;
  readonly message: string;
}

interface Shown {
  readonly root: HTMLElement;
  /** The element that a link to the field leads to. */
  readonly target: string;
  fail(message: string | null): void;
}

export interface Field<T> extends Shown {
  value(): T;
}

interface Given {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** The page asks this alone: the words are its heading. */
  readonly alone?: boolean | undefined;
}

export interface Offered {
  readonly value: string;
  readonly words: string;
  /** Shown below it while it is chosen. */
  readonly below?: HTMLElement | undefined;
}

function group(given: Given, target: string, inside: Node | null, control: HTMLElement, legend: boolean): Shown {
  const root = h("div", { class: "govuk-form-group" });
  const place = h("p", { id: `${given.id}-error`, class: "govuk-error-message", hidden: true });
  const hint = given.hint === undefined ? null : h("div", { id: `${given.id}-hint`, class: "govuk-hint" }, given.hint);
  if (hint !== null) control.setAttribute("aria-describedby", hint.id);
  if (legend) control.append(legendOf(given), hint ?? "", place, inside ?? "");
  else root.append(labelOf(given, target), hint ?? "", place);
  root.append(control);
  return { root, target, fail: (message) => failOn(root, control, place, hint, message) };
}

function failOn(root: HTMLElement, control: HTMLElement, place: HTMLElement, hint: HTMLElement | null, message: string | null): void {
  root.classList.toggle("govuk-form-group--error", message !== null);
  place.hidden = message === null;
  place.replaceChildren(...(message === null ? [] : [hidden(`${W.error}: `), message]));
  const described = [hint?.id, message === null ? undefined : place.id].filter((id) => id !== undefined).join(" ");
  if (described === "") control.removeAttribute("aria-describedby");
  else control.setAttribute("aria-describedby", described);
  for (const box of root.querySelectorAll("input[type=text], textarea")) {
    box.classList.toggle("govuk-input--error", message !== null && box.tagName === "INPUT");
    box.classList.toggle("govuk-textarea--error", message !== null && box.tagName === "TEXTAREA");
  }
}

function legendOf(given: Given): HTMLElement {
  const size = given.alone === true ? "l" : "m";
  const said = given.alone === true ? h("h1", { class: "govuk-fieldset__heading", tabindex: -1 }, given.label) : given.label;
  return h("legend", { class: `govuk-fieldset__legend govuk-fieldset__legend--${size}` }, said);
}

const labelOf = (given: Given, target: string): HTMLElement =>
  h("label", { class: "govuk-label govuk-label--m", for: target }, given.label);

/** One of several. */
export function radios(given: Given, choices: readonly Offered[], chosen: string | null): Field<string | null> {
  return choose(given, choices, chosen === null ? [] : [chosen], "radio", (values) => values[0] ?? null);
}

/** Some of several. */
export function checkboxes(given: Given, choices: readonly Offered[], chosen: readonly string[]): Field<string[]> {
  return choose(given, choices, chosen, "checkbox", (values) => values);
}

function choose<T>(given: Given, choices: readonly Offered[], chosen: readonly string[], type: "radio" | "checkbox", read: (values: string[]) => T): Field<T> {
  const kind = type === "radio" ? "radios" : "checkboxes";
  const holder = h("div", { class: `govuk-${kind}` });
  const inputs: HTMLInputElement[] = [];
  const reveal = (): void => {
    choices.forEach((choice, place) => {
      choice.below?.classList.toggle(`govuk-${kind}__conditional--hidden`, inputs[place]?.checked !== true);
    });
  };
  choices.forEach((choice, place) => {
    const id = place === 0 ? given.id : `${given.id}-${place + 1}`;
    const input = h("input", { class: `govuk-${kind}__input`, id, name: given.id, type, value: choice.value, autocomplete: "off", change: reveal });
    input.checked = chosen.includes(choice.value);
    inputs.push(input);
    const label = h("label", { class: `govuk-label govuk-${kind}__label`, for: id }, choice.words);
    holder.append(h("div", { class: `govuk-${kind}__item` }, input, label));
    if (choice.below !== undefined) {
      choice.below.classList.add(`govuk-${kind}__conditional`);
      holder.append(choice.below);
    }
  });
  reveal();
  const set = h("fieldset", { class: "govuk-fieldset" });
  const shown = group(given, given.id, holder, set, true);
  return { ...shown, value: () => read(inputs.filter((input) => input.checked).map((input) => input.value)) };
}

/** Words: one line, or several. */
export function text(given: Given, value: string, lines = 1): Field<string> {
  const box =
    lines === 1
      ? h("input", { class: "govuk-input", id: given.id, name: given.id, type: "text", autocomplete: "off", spellcheck: "false" })
      : h("textarea", { class: "govuk-textarea", id: given.id, name: given.id, rows: lines, autocomplete: "off", spellcheck: "false" });
  box.value = value;
  const shown = group(given, given.id, null, box, false);
  return { ...shown, value: () => box.value.replace(/\r\n?/g, "\n").trim() };
}

const LONGEST = 4000;

/** What is wrong with words, as src/safehand/seal/answer_values.py sees it, or null. */
export function wrongText(value: string): string | null {
  if ([...value].length > LONGEST) return W.too_long;
  return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(value) ? W.control : null;
}

/** A day, and a time if it is known. The value is its one spelling, null for nothing, or what is wrong. */
export function when(given: Given, value: string | null): Field<{ value: string | null; wrong: string | null }> {
  const typed = value === null ? { day: "", month: "", year: "", time: "" } : typedOf(value);
  const boxes = {
    day: dateBox(given.id, "day", W.when_day, 2, typed.day),
    month: dateBox(given.id, "month", W.when_month, 2, typed.month),
    year: dateBox(given.id, "year", W.when_year, 4, typed.year),
  };
  const clock = h("input", { class: "govuk-input govuk-input--width-5", id: `${given.id}-time`, type: "text", autocomplete: "off", "aria-describedby": `${given.id}-time-hint` });
  clock.value = typed.time;
  const inside = h(
    "div",
    {},
    h("div", { class: "govuk-date-input" }, boxes.day.root, boxes.month.root, boxes.year.root),
    h("div", { class: "sh-clock" },
      h("label", { class: "govuk-label", for: clock.id }, W.when_time),
      h("div", { class: "govuk-hint", id: `${given.id}-time-hint` }, W.when_time_hint), clock),
  );
  const set = h("fieldset", { class: "govuk-fieldset", role: "group" });
  const shown = group(given, given.id, inside, set, true);
  const read = (): { value: string | null; wrong: string | null } => {
    const found = readWhen({ day: boxes.day.box.value, month: boxes.month.box.value, year: boxes.year.box.value, time: clock.value });
    if ("value" in found) return { value: found.value, wrong: null };
    return { value: null, wrong: { whole: W.when_whole, real: W.when_real, years: W.when_years }[found.wrong] };
  };
  return { ...shown, value: read };
}

function dateBox(id: string, part: string, label: string, width: number, value: string): { root: HTMLElement; box: HTMLInputElement } {
  const own = part === "day" ? id : `${id}-${part}`;
  const box = h("input", { class: `govuk-input govuk-date-input__input govuk-input--width-${width}`, id: own, type: "text", inputmode: "numeric", autocomplete: "off" });
  box.value = value;
  const name = h("label", { class: "govuk-label govuk-date-input__label", for: own }, label);
  return { box, root: h("div", { class: "govuk-date-input__item" }, h("div", { class: "govuk-form-group" }, name, box)) };
}
