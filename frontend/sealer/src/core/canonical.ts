// Canonical JSON: one value, one spelling (RFC 8785, docs/spec/statement.md, Spelling). No fractions.

import { SealerError } from "./types.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The one spelling of `value`, without a final line feed. */
export function formatCanonical(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new SealerError("usage", "A number has no canonical form.");
    return String(value);
  }
  if (typeof value === "string") return spellText(value);
  if (Array.isArray(value)) return `[${value.map(formatCanonical).join(",")}]`;
  const object = value as { readonly [key: string]: Json };
  // sort() compares UTF-16 code units, as RFC 8785 §3.2.3 asks.
  const pairs = Object.keys(object)
    .sort()
    .map((key) => `${spellText(key)}:${formatCanonical(object[key] as Json)}`);
  return `{${pairs.join(",")}}`;
}

function spellText(text: string): string {
  if (!isWellFormed(text)) throw new SealerError("usage", "A lone surrogate has no canonical form.");
  // JSON.stringify escapes exactly what RFC 8785 §3.2.2.2 asks for; lone surrogates were refused.
  return JSON.stringify(text);
}

/** Whether no surrogate stands alone: only such a text has bytes. */
export function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}
