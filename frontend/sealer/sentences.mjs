// Sentences that more than one place says to a holder: words that name one by its key are built in with it
// (src/safehand/seal/sentences.py has the rule, and does the same for the pages and the shell).
import { readFileSync } from "node:fs";
import { join } from "node:path";

const MARK = /\{([=~])([a-z0-9_]+)\}/g;

function withSentences(value, said) {
  const one = (key) => {
    if (typeof said[key] !== "string") throw new Error(`no sentence is called ${key}`);
    return said[key];
  };
  if (typeof value === "string")
    return value.replace(MARK, (_, kind, key) => (kind === "=" ? one(key) : one(key).replace(/\*\*|\[([^\]]+)\]\([^)\s]+\)/g, (_link, words) => words ?? "")));
  if (Array.isArray(value))
    return value.flatMap((inside) => {
      const key = typeof inside === "string" ? /^\{[=~]([a-z0-9_]+)\}$/.exec(inside)?.[1] : undefined;
      return key !== undefined && Array.isArray(said[key]) ? said[key] : [withSentences(inside, said)];
    });
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, withSentences(inside, said)]));
}

/** A file of words, whole. */
export function wordsOf(path) {
  const read = (from) => JSON.parse(readFileSync(from, "utf8"));
  return withSentences(read(path), read(join(path, "..", "sentences.json")).sentences);
}

/** So that a script that imports such a file has it whole. */
export const sentences = {
  name: "sentences",
  setup: (to) =>
    to.onLoad({ filter: /[\\/]seal[\\/]data[\\/](holder|sealer)-words\.json$/ }, ({ path }) => ({ contents: JSON.stringify(wordsOf(path)), loader: "json" })),
};
