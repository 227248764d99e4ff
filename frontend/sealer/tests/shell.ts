// The core, driven from outside: a recipe a line on stdin, a verdict a line on stdout. Files are named by their place on
// the disk. tests/unit/sealer lets the other sealer make the same package, and compares.

import { openAsBlob, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { type RecipeFile, type Recipe, verdictOf } from "./recipe.ts";
import type { Handed } from "../src/core/types.ts";

process.removeAllListeners("warning"); // openAsBlob says on stderr that it is experimental

async function handed({ path, disk }: RecipeFile & { disk: string }): Promise<Handed> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return { path, file: new File([await openAsBlob(disk)], name, { lastModified: Math.floor(statSync(disk).mtimeMs) }) };
}

for await (const line of createInterface({ input: process.stdin })) {
  const recipe = JSON.parse(line) as Recipe;
  const files = await Promise.all((recipe.files as (RecipeFile & { disk: string })[]).map(handed));
  try {
    console.log(JSON.stringify(await verdictOf(recipe, files)));
  } catch (err) {
    console.log(JSON.stringify({ error: "crash", told: String(err instanceof Error ? err.stack : err) }));
  }
}
