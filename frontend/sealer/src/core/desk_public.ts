// desk.pub: what a holder seals to (package.md, desk.pub). A file that is spelled otherwise is refused.

import { sha256 } from "@noble/hashes/sha2.js";
import { base64, bech32 } from "@scure/base";
import { stripped } from "./answers.ts";
import { lengthOf, utf8 } from "./octets.ts";
import { formatPublicKey } from "./sshsig.ts";
import { type DeskPublic, SealerError } from "./types.ts";

const LONGEST_UNIT = 100;
const LONGEST_FILE = 4096;
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const LINES = new RegExp(
  "^# safehand desk key, format 1\\n# unit: ([^\\n]+)\\n# created: (\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z)\\n" +
    "# signing key: ([^\\n]+)\\n# fingerprint: ([^\\n]+)\\n# desk\\n([^\\n]+)\\n# recovery, kept offline\\n([^\\n]+)\\n$",
);

/** Reads desk.pub; SealerError for all that is not exactly so, or bears a fingerprint that is not its own. */
export function parseDeskPublic(text: string): DeskPublic {
  const found = utf8(text).length <= LONGEST_FILE ? LINES.exec(text) : null;
  const [unit, created, signingKey, told, desk, recovery] = (found ?? []).slice(1) as [string, string, string, string, string, string];
  if (found === null || !isUnit(unit) || !isSigningKey(signingKey) || !isRecipient(desk) || !isRecipient(recovery) || desk === recovery)
    throw notDeskPublic();
  const fingerprint = fingerprintOf(`safehand-desk/1\n${desk}\n${recovery}\n${signingKey}\n`);
  if (fingerprint !== told) throw notDeskPublic();
  return { unit, created, signingKey, desk, recovery, fingerprint };
}

/** The first 100 bits of the SHA-256, in Crockford's base32: to be read over the phone. */
export function fingerprintOf(text: string): string {
  const digest = sha256(utf8(text));
  const digits = Array.from({ length: 20 }, (_, place) => {
    const bit = place * 5;
    const two = ((digest[bit >> 3] as number) << 8) | (digest[(bit >> 3) + 1] as number);
    return CROCKFORD.charAt((two >> (11 - (bit & 7))) & 31);
  });
  return (digits.join("").match(/.{4}/g) ?? []).join("-");
}

function isUnit(unit: string): boolean {
  return lengthOf(unit) <= LONGEST_UNIT && unit === stripped(unit) && !/[\p{C}\u2028\u2029]/u.test(unit);
}

function isSigningKey(text: string): boolean {
  try {
    const blob = base64.decode(text.replace(/^ssh-ed25519 /, ""));
    return formatPublicKey(blob.slice(-32)) === text;
  } catch {
    return false;
  }
}

/** Whether it is an age X25519 public key in its one spelling. */
function isRecipient(text: string): boolean {
  if (!text.startsWith("age1") || text !== text.toLowerCase()) return false;
  const found = bech32.decodeUnsafe(text, 200);
  return found?.prefix === "age" && bech32.fromWordsUnsafe(found.words)?.length === 32;
}

function notDeskPublic(): SealerError {
  return new SealerError(
    "cannot_read",
    "This is not a desk.pub as 'safehand keys new' writes it.",
    "",
    "Ask the unit for the file again, and compare its fingerprint over the phone.",
  );
}
