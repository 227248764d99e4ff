// The lock file says what (name, version, hash) and nothing of where from or whom to pay: npm run lock.
import { readFileSync, writeFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
for (const found of Object.values(lock.packages)) {
  delete found.resolved;
  delete found.funding;
}
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
