// The clock and the machine, as the statement has them: handed to the core, which asks neither.

import type { SealedAt } from "../core/types.ts";

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Windows NT 10\.0/, "Windows 10 or 11"],
  [/Windows NT ([0-9.]+)/, "Windows NT $1"],
  [/Android ([0-9]+)/, "Android $1"],
  [/(?:iPhone|iPad).*OS ([0-9]+)_/, "iOS $1"],
  [/Mac OS X/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\/([0-9]+)/, "Edge $1"],
  [/SamsungBrowser\/([0-9]+)/, "Samsung Internet $1"],
  [/Firefox\/([0-9]+)/, "Firefox $1"],
  [/Chrome\/([0-9]+)/, "Chrome $1"],
  [/Version\/([0-9]+).*Safari/, "Safari $1"],
];

function named(agent: string, table: readonly (readonly [RegExp, string])[]): string | null {
  for (const [pattern, name] of table) {
    const found = pattern.exec(agent);
    if (found !== null) return name.replace("$1", found[1] ?? "");
  }
  return null;
}

/** "Android 15, Chrome 131": what the browser says of itself, in a few words. */
export function systemOf(agent: string): string {
  const parts = [named(agent, SYSTEMS), named(agent, BROWSERS)].filter((part) => part !== null);
  return parts.length === 0 ? "a browser" : parts.join(", ");
}

/** Now, in whole seconds, and the zone as the browser names it. */
export function sealedAt(now: Date): SealedAt {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    utc: `${now.toISOString().slice(0, 19)}Z`,
    zone: zone === undefined || zone === "" ? null : zone,
    system: systemOf(navigator.userAgent),
  };
}
