// Add your files: each is looked at in the worker, which reads the words and no picture, and says what will be sealed.
//
// What cannot go in is refused here, kindly, with what to do instead. Pictures are known by name and never opened.

import type { Row, Sealer } from "../../core/types.ts";
import { button, details, fill, h, hidden, paragraph, submit, type Child } from "../dom.ts";
import type { Problem } from "../fields.ts";
import { dropped, inFolders, isSame, single, type Chosen } from "../folders.ts";
import type { Setting } from "../setting.ts";
import type { App, Draw } from "../shell.ts";
import type { Added } from "../state.ts";
import { sizeWords, words } from "../words.ts";
import { without } from "./opening.ts";

const W = words.common;
const S = words.steps.files;
const HEADROOM = 0.98; // sealing adds a little: age's marks, the statement, tar's headers

let numbers = 0;

export const files = (sealer: Sealer, setting: Setting): Draw => (app) => {
  const looking = new AbortController();
  const rows = h("ul", { class: "sh-files" });
  const none = h("p", { class: "govuk-body sh-quiet" }, S.none);
  const input = h("input", { class: "sh-drop__input", id: "file-input", type: "file", multiple: true, "aria-describedby": "file-input-hint" });
  const draw = (): void => {
    rows.replaceChildren(...app.state.files.map((added) => row(added, () => remove(app, added, draw))));
    none.hidden = app.state.files.length > 0;
  };
  const add = (chosen: readonly Chosen[]): void => {
    for (const one of chosen) void look(app, one, atOnce(app, setting, one), (signal) => sealer.examine(one.handed, signal), looking.signal, draw);
    draw();
  };
  const folder = h("input", { class: "sh-drop__input", id: "folder-input", type: "file", webkitdirectory: true });
  for (const [from, read] of [[input, (files: File[]) => files.map(single)], [folder, inFolders]] as const)
    from.addEventListener("change", () => {
      add(read([...(from.files ?? [])]));
      from.value = ""; // so that the same can be chosen again after it was removed
    });
  draw();
  return {
    title: S.title,
    inside: [
      paragraph(S.lead),
      drop(input, setting, add, () => app.say(S.folder)),
      "webkitdirectory" in folder ? folderChoice(folder) : null,
      h("h2", { class: "govuk-heading-m", id: "files-list" }, S.list),
      none,
      rows,
      h("div", { class: "govuk-button-group" }, submit(W.continue), button(S.without, () => without(app), "secondary")),
    ],
    take: () => check(app),
    gone: () => looking.abort(),
  };
};

/** Telegram, Discord and others make a folder: it is handed over as it is, and of its pictures nothing but their names. */
function folderChoice(folder: HTMLInputElement): HTMLElement {
  return details(S.folder_label, h("label", { class: "govuk-label", for: folder.id }, S.folder_hint), folder);
}

function drop(input: HTMLInputElement, setting: Setting, add: (chosen: readonly Chosen[]) => void, failed: () => void): HTMLElement {
  const zone = h(
    "div",
    { class: "govuk-form-group sh-drop" },
    h("label", { class: "govuk-label govuk-label--m", for: "file-input" }, S.label),
    h("div", { class: "govuk-hint", id: "file-input-hint" }, S.types, " ", fill(S.limit, { size: sizeWords(setting.largest) })),
    input,
  );
  const over = (event: DragEvent, inside: boolean): void => {
    event.preventDefault();
    zone.classList.toggle("sh-drop--over", inside);
  };
  zone.addEventListener("dragover", (event) => over(event, true));
  zone.addEventListener("dragleave", (event) => over(event, false));
  zone.addEventListener("drop", (event) => {
    over(event, false);
    if (event.dataTransfer !== null) dropped(event.dataTransfer).then(add, failed);
  });
  return zone;
}

type Examine = (signal: AbortSignal) => AsyncIterable<Row>;

async function look(app: App, chosen: Chosen, early: string | null, examine: Examine, signal: AbortSignal, draw: () => void): Promise<void> {
  numbers += 1;
  const { name, handed } = chosen;
  const size = sizeOf(chosen);
  const added: Added = { number: numbers, name, size, handed, state: "checking", why: "", rows: [] };
  if (app.state.files.some((other) => isSame(other.handed, handed))) {
    app.say(`${name}: ${S.twice}`);
    return;
  }
  app.state.files = [...app.state.files, added];
  if (early === null) {
    try {
      for await (const row of examine(signal)) added.rows.push(row);
      added.why = refusal(added.rows);
    } catch (error) {
      if (signal.aborted) {
        app.state.files = app.state.files.filter((other) => other !== added); // half looked at is not looked at
        return;
      }
      added.why = told(error);
    }
  } else {
    added.why = early;
  }
  added.state = added.why === "" ? "ready" : "refused";
  app.say(fill(S.added, { name, state: added.state === "ready" ? S.ready : added.why }));
  draw();
}

const sizeOf = ({ handed }: Chosen): number => handed.reduce((sum, { file }) => sum + file.size, 0);

function atOnce(app: App, setting: Setting, chosen: Chosen): string | null {
  const size = sizeOf(chosen);
  if (chosen.unread === true) return S.folder;
  if (size === 0) return chosen.isFolder ? S.nothing_in : S.empty;
  const all = app.state.files.reduce((sum, added) => sum + added.size, size);
  // What has pictures in it may be far larger than what is sealed of it: only a file of text is too big by its own size.
  const mayHavePictures = chosen.isFolder || /\.zip$/i.test(chosen.name);
  const tooBig = !mayHavePictures && (size > setting.largest * HEADROOM || all > setting.largest * HEADROOM);
  return tooBig ? fill(S.too_big, { size: sizeWords(setting.largest) }) : null;
}

/** Why nothing of a file can be sealed, or "". */
function refusal(rows: readonly Row[]): string {
  if (rows.some((row) => row.what === "text")) return "";
  const [only] = rows;
  if (only === undefined || only.container !== undefined || rows.length > 1) return S.nothing_in;
  if (only.what === "refused" && only.why !== undefined) return only.why;
  switch (only.type) {
    case "image":
    case "video":
      return S.picture;
    case "audio":
      return S.sound;
    case "document":
    case "contact":
      return S.document;
    case "archive":
      return S.archive;
    default:
      return S.nothing_in;
  }
}

function told(error: unknown): string {
  if (error instanceof Error && "code" in error && "found" in error) {
    const { code, found, todo } = error as { code: string; found: string; todo?: string };
    return code === "unexpected" || code === "cannot_read" ? S.unreadable : [found, todo].filter((part) => part).join(" ");
  }
  return S.unreadable;
}

function row(added: Added, remove: () => void): HTMLElement {
  const taking = button(W.remove, remove, "secondary");
  taking.setAttribute("aria-label", fill(S.remove_what, { name: added.name }));
  taking.classList.add("sh-files__remove");
  return h(
    "li",
    { class: `sh-files__row sh-files__row--${added.state}`, "data-file": added.number },
    h("div", { class: "sh-files__what" },
      h("strong", { class: "sh-files__name" }, added.name),
      h("span", { class: "sh-quiet" }, ` ${sizeWords(added.size)}`),
      h("div", { class: "sh-files__state" }, ...stateOf(added))),
    taking,
  );
}

function stateOf(added: Added): Child[] {
  if (added.state === "checking") return [h("span", { class: "govuk-tag govuk-tag--grey" }, S.checking)];
  if (added.state === "refused") return [h("p", { class: "govuk-error-message" }, hidden(`${W.error}: `), added.why)];
  const count = (what: Row["what"]): number => added.rows.filter((one) => one.what === what).length;
  const said = [
    counted(count("text"), S.words_one, S.words_many),
    counted(count("listed"), S.listed_one, S.listed_many),
    counted(count("refused"), S.refused_one, S.refused_many),
  ].filter((line) => line !== "");
  const doubts = added.rows.filter((one) => one.why !== undefined).map((one) => h("li", {}, `${one.name}: ${one.why ?? ""}`));
  return [
    h("span", { class: "govuk-tag govuk-tag--teal" }, S.ready),
    ...said.map((line) => h("div", { class: "sh-files__line" }, line)),
    doubts.length === 0 ? null : h("ul", { class: "govuk-list govuk-list--bullet" }, ...doubts.slice(0, 20)),
  ];
}

export function counted(count: number, one: string, many: string): string {
  return count === 0 ? "" : count === 1 ? one : fill(many, { count: count.toLocaleString("en-GB") });
}

function remove(app: App, added: Added, draw: () => void): void {
  const at = app.state.files.indexOf(added);
  app.state.files = app.state.files.filter((other) => other !== added);
  draw();
  app.unsum();
  app.say(fill(S.removed, { name: added.name }));
  const buttons = document.querySelectorAll<HTMLElement>(".sh-files__remove");
  (buttons[Math.min(at, buttons.length - 1)] ?? document.getElementById("file-input"))?.focus();
}

function check(app: App): readonly Problem[] {
  const { files: added } = app.state;
  if (added.some((one) => one.state === "checking")) return [{ target: "file-input", message: S.wait }];
  if (added.some((one) => one.state === "refused")) return [{ target: "file-input", message: S.mend }];
  if (added.length === 0) return [{ target: "file-input", message: S.need }];
  return [];
}
