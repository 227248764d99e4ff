// Builds the sealer's page: one script for the page that a desk serves, and one file of its own.
//
//   node frontend/sealer/page.mjs FOLDER     FOLDER has holder.css and fonts/ already (scripts/styles)
//
//   sealer.js              the page's script, with the worker's inside as text
//   safehand-sealer.html   everything in one file, without a desk's key: `safehand sealer` puts that in
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild-wasm";
import { BROWSER, common } from "./build.mjs";
import { wordsOf } from "./sentences.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const folder = resolve(process.argv[2]);
const options = { ...common, format: "iife", legalComments: "none", minify: true, platform: "browser", write: false };
const WEATHER = "https://www.bbc.co.uk/weather";

async function script(entry, more = {}) {
  const built = await build({ ...options, entryPoints: [entry], ...more });
  return built.outputFiles[0].text;
}

const worker = await script(BROWSER["sealer-worker"]);
const workerText = {
  name: "worker as text",
  setup(to) {
    to.onResolve({ filter: /^safehand:worker$/ }, () => ({ path: "worker", namespace: "safehand" }));
    to.onLoad({ filter: /.*/, namespace: "safehand" }, () => ({ contents: worker, loader: "text" }));
  },
};
// A script of the page may not hold what ends it, nor what a policy of hashes would not see.
const page = (await script(join(here, "src", "page", "main.ts"), { plugins: [...common.plugins, workerText] })).replaceAll("</script", "<\\/script").trim();

const words = wordsOf(join(root, "src/safehand/seal/data/sealer-words.json")).common;
const marked = (line) =>
  line.replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>").replace(/\[(.+?)\]\((tel:[0-9]+)\)/g, '<a class="govuk-link" href="$2">$1</a>');
const old = `<p class="govuk-body sh-getting-ready">${words.getting_ready}</p><div class="sh-too-old"><h1 class="govuk-heading-l">${words.old_heading}</h1>${words.old.map((line) => `<p class="govuk-body">${marked(line)}</p>`).join("")}</div>`;
const filled = (text, given) => text.replace(/%([A-Z]+)%/g, (whole, name) => given[name] ?? whole);
const parts = filled(readFileSync(join(here, "parts.html"), "utf8"), { OLD: old, WEATHER }).trim();
const shield = readFileSync(join(root, "src/safehand/desk/core/templates/core/shield.html"), "utf8").replace(/\{#.*?#\}/gs, "").trim();

const style = readFileSync(join(folder, "holder.css"), "utf8")
  .replace(/url\(["']?(fonts\/[a-z0-9-]+\.woff2)["']?\)/g, (_, font) => `url(data:font/woff2;base64,${readFileSync(join(folder, font)).toString("base64")})`)
  .replace(/url\("\/assets\/images\/govuk-crest\.svg"\)/g, "none") // GOV.UK's own mark, which no page of ours shows
  .trim();
if (/url\((?!"?data:)/.test(style)) throw new Error("the styles of a file of its own load something");

const hash = (text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
// A <meta> cannot say frame-ancestors; all else of the published policy stands, with this page's own in its place.
const published = JSON.parse(readFileSync(join(root, "src/safehand/seal/data/sealer-policy.json"), "utf8")).directives;
const { "frame-ancestors": _, ...needed } = published;
const directives = {
  ...needed, "connect-src": "'none'", "script-src": hash(page), "style-src": hash(style), "font-src": "data:", "img-src": "data:", "worker-src": "blob:",
};
const POLICY = Object.entries(directives).map(([name, sources]) => `${name} ${sources}`).join("; ");
const own = filled(readFileSync(join(here, "page.html"), "utf8"), {
  ALONE: words.alone, PARTS: parts, POLICY, SCRIPT: page, SHIELD: shield, STYLE: style, WEATHER,
});

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "sealer.js"), `${page}\n`);
writeFileSync(join(folder, "safehand-sealer.html"), own);
