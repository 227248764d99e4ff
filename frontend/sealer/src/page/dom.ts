// Making elements. Words are text, never markup: nothing that was typed, and no name of a file, can become an element.
//
//   h("p", { class: "govuk-body" }, ...marked("**Call** [999](tel:999)"))

export type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | undefined | ((event: Event) => void);

/** An element. A function is a listener; true is an attribute without a value; false and undefined are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children.filter(isThere));
  return made;
}

const isThere = (child: Child): child is Node | string => child !== null && child !== undefined && child !== false;

const MARK = /\*\*(.+?)\*\*|\[(.+?)\]\(([a-z]+:[^)\s]+)\)/g;

/** The marks of the words: **bold**, [words](tel:999), [words](https://…). Pages of the desk are named, not linked. */
export function marked(words: string): Child[] {
  const made: Child[] = [];
  let at = 0;
  for (const found of words.matchAll(MARK)) {
    made.push(words.slice(at, found.index), mark(found[1], found[2] ?? "", found[3] ?? ""));
    at = found.index + found[0].length;
  }
  made.push(words.slice(at));
  return made;
}

function mark(bold: string | undefined, words: string, to: string): Child {
  if (bold !== undefined) return h("strong", {}, bold);
  if (to.startsWith("tel:")) return h("a", { class: "govuk-link", href: to }, words);
  // In a window of its own: what was typed here lives in this one alone.
  if (to.startsWith("https://")) return h("a", { class: "govuk-link", href: to, target: "_blank", rel: "noreferrer noopener" }, words);
  return words;
}

export const paragraph = (words: string, more = ""): HTMLParagraphElement =>
  h("p", { class: `govuk-body ${more}`.trim() }, ...marked(words));

export const heading = (words: string): HTMLHeadingElement => h("h2", { class: "govuk-heading-m" }, words);

export function list(items: readonly string[], kind: "bullet" | "number" = "bullet"): HTMLElement {
  const rows = items.map((item) => h("li", {}, ...marked(item)));
  return h(kind === "bullet" ? "ul" : "ol", { class: `govuk-list govuk-list--${kind}` }, ...rows);
}

export function details(summary: string, ...inside: readonly Child[]): HTMLElement {
  return h(
    "details",
    { class: "govuk-details" },
    h("summary", { class: "govuk-details__summary" }, h("span", { class: "govuk-details__summary-text" }, summary)),
    h("div", { class: "govuk-details__text" }, ...inside),
  );
}

export function button(words: string, press: () => void, kind: "" | "secondary" | "warning" = ""): HTMLButtonElement {
  const look = kind === "" ? "govuk-button" : `govuk-button govuk-button--${kind}`;
  return h("button", { type: "button", class: look, click: press }, words);
}

export const submit = (words: string): HTMLButtonElement =>
  h("button", { type: "submit", class: "govuk-button" }, words);

export const hidden = (words: string): HTMLElement => h("span", { class: "govuk-visually-hidden" }, words);

/** The words with every {name} filled in. */
export const fill = (words: string, given: Readonly<Record<string, string | number>>): string =>
  words.replace(/\{([a-z]+)\}/g, (whole, name: string) => String(given[name] ?? whole));
