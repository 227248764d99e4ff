// The recipes that both sealers follow: tests/vectors/sealer. The shell's side is tests/unit/sealer/test_sealer_same_bag.py.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { handedOf, type Recipe, verdictOf } from "./recipe.ts";

declare const REPOSITORY: string;

const folder = join(REPOSITORY, "tests", "vectors", "sealer");

for (const name of readdirSync(folder).filter((one) => one.endsWith(".json")).sort())
  test(`the page seals as its vector says: ${name.slice(0, -5)}`, async () => {
    const recipe = JSON.parse(readFileSync(join(folder, name), "utf8")) as Recipe;
    assert.deepEqual(await verdictOf(recipe, recipe.files.map(handedOf)), recipe.verdict);
  });
