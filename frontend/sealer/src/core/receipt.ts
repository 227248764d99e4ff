// The holder's receipt: proof of what was sealed and when, and nothing of what is in it (package.md, The receipt).

import { formatCanonical } from "./canonical.ts";
import type { Receipt } from "./types.ts";

/** The file, without a final line feed: what `safehand seal --receipt` writes. */
export function formatReceipt(receipt: Receipt): string {
  return formatCanonical({ ...receipt });
}
