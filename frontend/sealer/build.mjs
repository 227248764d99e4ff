// Builds the sealer with esbuild (its WebAssembly form: nothing has to be run to install it).
//
//   node frontend/sealer/build.mjs FOLDER           what a browser loads, into FOLDER
//   node frontend/sealer/build.mjs FOLDER --tests   the tests and the shell they drive, for node
//   node frontend/sealer/build.mjs FOLDER --page    the worker, and a page that tests and benchmarks drive in a browser
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build as buildOnce, stop } from "esbuild-wasm";
import { sentences } from "./sentences.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const version = /^version = "([^"]+)"$/m.exec(readFileSync(join(root, "pyproject.toml"), "utf8"))[1];

export const common = {
  bundle: true,
  charset: "utf8",
  define: { SAFEHAND_VERSION: JSON.stringify(version), REPOSITORY: "undefined" },
  loader: { ".txt": "text" },
  logLevel: "warning",
  plugins: [sentences],
  target: ["es2022"],
};

/** esbuild runs as a program of its own; where that was ended (once in some sixty builds on a busy machine), it is begun again. */
export async function build(options) {
  try {
    return await buildOnce(options);
  } catch (err) {
    if (!/service (was stopped|is no longer running)/.test(String(err))) throw err;
    await stop();
    return buildOnce(options);
  }
}

/** What a browser loads: one classic script each, so that every policy and every bundler-less page can name it. */
export const BROWSER = { "sealer-worker": join(here, "src", "worker.ts") };

export async function buildForBrowser(folder, entryPoints = BROWSER) {
  await build({ ...common, entryPoints, outdir: folder, format: "iife", minify: true, platform: "browser", legalComments: "none" });
}

export async function buildTests(folder) {
  const tests = readdirSync(join(here, "tests")).filter((name) => name.endsWith(".ts") && name !== "page.ts");
  const entryPoints = Object.fromEntries(tests.map((name) => [name.slice(0, -3), join(here, "tests", name)]));
  const define = { ...common.define, REPOSITORY: JSON.stringify(root) };
  await build({ ...common, define, entryPoints, outdir: folder, outExtension: { ".js": ".mjs" }, format: "esm", platform: "node", splitting: true });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [folder, ...options] = process.argv.slice(2);
  const page = { ...BROWSER, page: join(here, "tests", "page.ts") };
  if (options.includes("--tests")) await buildTests(resolve(folder));
  else await buildForBrowser(resolve(folder), options.includes("--page") ? page : BROWSER);
}
