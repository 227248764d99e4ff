// What the page was made for: which desk, and whether there is a way to send.

import type { DeskPublic } from "../core/types.ts";

export interface Setting {
  readonly desk: DeskPublic;
  /** Where parcels go, or null for a file of its own: then the package is saved. */
  readonly sendTo: string | null;
  /** Bytes the node takes at most. */
  readonly largest: number;
  /** Where a notice is sent without a file, or null. */
  readonly notice: string | null;
  /** The page before the first one of ours, or null. */
  readonly before: string | null;
}

const FOUR_GIB = 4 * 2 ** 30;

/** What stands in <meta name="safehand-…">. The page of a desk names its upload; a file of its own has none. */
export function readSetting(parse: (text: string) => DeskPublic): Setting {
  const said = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name="safehand-${name}"]`)?.content ?? "";
  const largest = Number(said("largest"));
  return {
    desk: parse(said("desk")),
    sendTo: said("send-to") || null,
    largest: Number.isSafeInteger(largest) && largest > 0 ? largest : FOUR_GIB,
    notice: said("notice") || null,
    before: said("before") || null,
  };
}
