// The file of its own: the package is saved, and brought to the police by hand.

import { button, fill, h, heading, list, paragraph } from "../dom.ts";
import { receiptPage, type Line } from "../receipt_file.ts";
import { save } from "../saving.ts";
import type { Setting } from "../setting.ts";
import type { Draw } from "../shell.ts";
import type { Sealed } from "../state.ts";
import { momentWords, words } from "../words.ts";
import { countWords, untilItems, untilList } from "./receipt.ts";

const S = words.steps.saved;
const R = words.steps.receipt;

export const saved = (setting: Setting): Draw => (app) => {
  const { sealed } = app.state;
  if (sealed === null) return { title: S.title, inside: [] };
  const lines = linesOf(sealed, countWords(app.state));
  const told = h("p", { class: "govuk-body", "data-saved": true, role: "status" });
  const press = (): void => {
    save(sealed.blob, sealed.name);
    told.textContent = fill(S.saved, { name: sealed.name });
    saving.textContent = S.again;
  };
  const saving = button(S.button, press);
  return {
    title: S.title,
    noBack: true,
    inside: [
      paragraph(fill(S.lead, { unit: setting.desk.unit })),
      saving,
      told,
      paragraph(S.not_sent),
      heading(S.next),
      list(S.steps.map((step) => fill(step, { unit: setting.desk.unit })), "number"),
      h("section", { class: "sh-kept" },
        heading(S.receipt),
        h("dl", {}, ...lines.map((line) => h("div", {}, h("dt", {}, line.label), h("dd", { class: line.kind === "long" ? "sh-long" : "" }, line.value))))),
      h("div", { class: "govuk-button-group sh-no-print" },
        button(S.save_receipt, () => save(receiptPage(S.receipt, lines, untilItems, ""), "safehand-receipt.html"), "secondary"),
        button(R.print, () => window.print(), "secondary"),
        button(R.share, () => app.go("share"), "secondary")),
      ...untilList(),
    ],
  };
};

function linesOf(sealed: Sealed, what: string): Line[] {
  const { receipt } = sealed;
  return [
    { label: S.sealed, value: momentWords(receipt.sealed) },
    { label: S.what, value: what },
    { label: S.package, value: receipt.package_sha256, kind: "long" },
    { label: S.statement, value: receipt.statement_sha256, kind: "long" },
    { label: S.key, value: receipt.holder_key, kind: "long" },
  ];
}
