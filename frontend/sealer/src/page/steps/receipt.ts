// The receipt: the check code, the reference, what was sent and when; and what stays on a computer that is shared.

import { button, details, fill, h, heading, list, paragraph, submit, type Child } from "../dom.ts";
import { text } from "../fields.ts";
import { receiptPage, type Line } from "../receipt_file.ts";
import { save } from "../saving.ts";
import { handedOver, type Sent } from "../sending.ts";
import type { Draw } from "../shell.ts";
import type { State } from "../state.ts";
import { momentWords, shared, support, words } from "../words.ts";
import { counted } from "./files.ts";

const S = words.steps.receipt;
const H = words.steps.share;
const F = words.steps.finish;
const NAME = "safehand-receipt.html";

/** What went in, counted. */
export function counts(state: State): { files: number; listed: number } {
  const rows = state.files.filter((added) => added.state === "ready").flatMap((added) => added.rows);
  return { files: rows.filter((row) => row.what === "text").length, listed: rows.filter((row) => row.what !== "text").length };
}

export function countWords(state: State): string {
  const { files, listed } = counts(state);
  const texts = [counted(files, S.text_one, S.text_many), counted(listed, S.listed_one, S.listed_many)];
  return texts.filter((part) => part !== "").join(" and ");
}

/** What is asked of a holder for the time after, with the four warnings once more (ux.md 2.4). */
export const untilItems: readonly string[] = [S.keep, ...shared.warnings.map((one) => one.do_not), S.change];

export const untilList = (): Child[] => [
  heading(shared.undertaking.title),
  list(untilItems),
  heading(S.support),
  list(support),
];

export const receipt: Draw = (app) => {
  const { sent } = app.state;
  if (sent === null) return { title: S.title, inside: [] };
  const lines = linesOf(sent, app.state);
  const told = h("p", { class: "govuk-body", role: "status" });
  const saving = (): void => {
    saveReceipt(app.state, true);
    told.textContent = fill(S.saved, { name: NAME });
  };
  return {
    title: S.title,
    noBack: true,
    inside: [
      h("section", { class: "sh-kept" },
        h("p", { class: "govuk-body govuk-!-margin-bottom-1" }, S.code),
        h("p", { class: "sh-kept__code", id: "code" }, ...codeParts(sent.checkCode)),
        h("dl", {}, ...lines.filter((line) => line.kind === undefined).map((line) => h("div", {}, h("dt", {}, line.label), h("dd", {}, line.value))))),
      paragraph(S.save_first),
      h("div", { class: "govuk-button-group sh-no-print" },
        button(S.save, saving), button(S.print, () => window.print(), "secondary"),
        h("a", { class: "govuk-link", href: "#share", click: (event) => { event.preventDefault(); app.go("share"); } }, S.share)),
      told,
      heading(S.next),
      list(S.next_items, "number"),
      ...untilList(),
      details(S.proof, paragraph(S.proof_body), h("dl", { class: "sh-proof" },
        ...lines.filter((line) => line.kind === "long").map((line) => h("div", {}, h("dt", {}, line.label), h("dd", { class: "sh-long" }, line.value))))),
      h("div", { class: "sh-no-print" }, button(S.finish, () => app.go("finish"), "secondary")),
    ],
  };
};

/** In two halves that a phone may put on two lines, the dash at the end of the first. */
const codeParts = (code: string): Child[] => {
  const half = code.indexOf("-", code.indexOf("-") + 1) + 1;
  return [h("span", {}, code.slice(0, half)), h("wbr"), h("span", {}, code.slice(half))];
};

function linesOf(sent: Sent, state: State): Line[] {
  const { acknowledgement } = sent;
  const proof: Line[] = state.sealed === null ? [] : [
    { label: words.steps.saved.package, value: state.sealed.receipt.package_sha256, kind: "long" },
    { label: words.steps.saved.statement, value: state.sealed.receipt.statement_sha256, kind: "long" },
    { label: words.steps.saved.key, value: state.sealed.receipt.holder_key, kind: "long" },
  ];
  return [
    { label: S.reference, value: acknowledgement.reference },
    { label: S.received, value: momentWords(acknowledgement.received) },
    { label: S.what, value: fill(S.counts, { texts: countWords(state) }) },
    ...proof,
  ];
}

function saveReceipt(state: State, withCode: boolean): void {
  const { sent, sealed } = state;
  if (sent === null || sealed === null) return;
  const lines = linesOf(sent, state);
  const code: Line[] = withCode ? [{ label: S.code, value: sent.checkCode, kind: "code" }] : [];
  const proof = handedOver(sent, sealed.receipt, counts(state), withCode ? sent.checkCode : null);
  save(receiptPage(S.title, [...code, ...lines], untilItems, proof), NAME);
}

export const share: Draw = (app) => ({
  title: H.title,
  inside: [
    paragraph(H.lead),
    list(H.points),
    heading(H.do),
    list(app.state.sent === null ? H.do_items : [H.code, ...H.do_items]),
    h("div", { class: "govuk-button-group" },
      app.state.sent === null ? null : button(H.without, () => saveReceipt(app.state, false), "secondary"),
      button(H.back, () => window.history.back())),
  ],
});

export const finish: Draw = (app) => {
  const code = app.state.sent?.checkCode ?? "";
  const field = text({ id: "last-four", label: F.label, hint: F.hint }, "");
  const box = field.root.querySelector("input");
  box?.classList.add("govuk-input--width-5");
  const done = (): void => app.end(F.done_title, F.done.map((line) => paragraph(line)));
  const look = (event: Event): void => {
    event.preventDefault();
    const typed = field.value().toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
    const right = typed === code.slice(-4);
    field.fail(right ? null : F.wrong);
    if (right) done();
    else app.sum([{ target: field.target, message: F.wrong }]);
  };
  return {
    title: F.title,
    inside: [h("form", { novalidate: true, autocomplete: "off", submit: look }, field.root,
      h("div", { class: "govuk-button-group" }, submit(F.button), button(F.without, done, "secondary")))],
  };
};
