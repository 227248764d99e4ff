// The receipt as a file: for people to read, and for `safehand verify-receipt` to check (docs/spec/handover.md).

import { shared } from "./words.ts";

const STYLE =
  "body{font:18px/1.5 sans-serif;color:#1b1f23;max-width:42em;margin:2em auto;padding:0 1em}" +
  "dt{color:#4c555d;margin-top:.7em}dd{margin:0}.code{font-size:1.7em;font-weight:700;letter-spacing:.04em}" +
  ".long{font-family:monospace;font-size:.8em;overflow-wrap:anywhere}";

export interface Line {
  readonly label: string;
  readonly value: string;
  readonly kind?: "code" | "long";
}

const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** A page without scripts that run. ``proof`` is canonical JSON, or "" where nothing was sent yet. */
export function receiptPage(title: string, lines: readonly Line[], until: readonly string[], proof: string): Blob {
  const rows = lines.map((line) => `<dt>${escaped(line.label)}</dt><dd class="${line.kind ?? ""}">${escaped(line.value)}</dd>`);
  const plain = until.map((item) => `<li>${escaped(item.replace(/\*\*|\[|\]\(.+?\)/g, ""))}</li>`);
  // "<" inside of JSON can be spelled otherwise, but then it is not the canonical form: none of its values holds one.
  if (proof.includes("<")) throw new Error("a receipt holds no markup");
  const data = proof === "" ? "" : `<script type="application/json" id="safehand-receipt">${proof}</script>`;
  const html =
    `<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>${escaped(title)}</title>` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
    `<style>${STYLE}</style></head><body><h1>${escaped(title)}</h1><dl>${rows.join("")}</dl>` +
    `<h2>${escaped(shared.undertaking.title)}</h2><ul>${plain.join("")}</ul>${data}</body></html>\n`;
  return new Blob([html], { type: "text/html" });
}
