// Types and tests of the sealer: node frontend/sealer/test.mjs [--only-build FOLDER]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildTests } from "./build.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const run = (...command) => spawnSync(process.execPath, command, { stdio: "inherit", cwd: here }).status ?? 1;

const types = run(join(here, "..", "node_modules", "typescript", "bin", "tsc"), "-p", here);
const folder = mkdtempSync(join(tmpdir(), "safehand-sealer-"));
try {
  await buildTests(folder);
  const tests = readdirSync(folder).filter((name) => name.endsWith(".test.mjs")).sort();
  process.exitCode = run("--test", "--test-reporter=spec", ...tests.map((name) => join(folder, name))) || types;
} finally {
  rmSync(folder, { recursive: true });
}
