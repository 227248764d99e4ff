// The bag's own files, each made from the statement alone (package.md, The bag).

import { sha256 } from "@noble/hashes/sha2.js";
import README from "../../../../src/safehand/seal/data/README.txt";
import { hex, utf8 } from "./octets.ts";
import type { Composed, Tool } from "./statement.ts";

/** Every file of the bag but the payload, by its path in the package. */
export function bagFiles({ items, statement }: Composed, utc: string, tool: Tool): Map<string, Uint8Array> {
  const octets = items.reduce((sum, item) => sum + item.size, 0);
  const info = `Bag-Software-Agent: ${tool.name} ${tool.version}\nBagging-Date: ${utc.slice(0, 10)}\nPayload-Oxum: ${octets}.${items.length}\n`;
  // In the order of their names' bytes, as the tag manifest has them.
  const files = new Map<string, Uint8Array>([
    ["README.txt", utf8(README)],
    ["bag-info.txt", utf8(info)],
    ["bagit.txt", utf8("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")],
    ["manifest-sha256.txt", manifest(items.map((item) => [item.sha256, item.id]))],
    ["statement.json", statement],
  ]);
  files.set("tagmanifest-sha256.txt", manifest([...files].map(([path, data]) => [hex(sha256(data)), path])));
  return new Map([...files].map(([path, data]) => [`bag/${path}`, data]));
}

function manifest(rows: readonly (readonly [string, string])[]): Uint8Array {
  return utf8(rows.map(([digest, path]) => `${digest}  ${path}\n`).join(""));
}
