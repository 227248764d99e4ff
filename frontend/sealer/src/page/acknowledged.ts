// The desk's signed word that it has the file (docs/spec/handover.md, "The acknowledgement"), checked here in the page.
//
//   checkAcknowledged(acknowledgement, signature, desk.signingKey)      or throws NotAcknowledged
//
// The signature is OpenSSH's SSHSIG: Ed25519 over a preamble, the namespace and the SHA-512 of the canonical JSON.

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { formatCanonical } from "../core/canonical.ts";

export const NAMESPACE = "safehand-acknowledgement@v1";

export interface Acknowledgement {
  readonly schema: "safehand.acknowledgement/1";
  readonly sha256: string;
  readonly size: number;
  readonly reference: string;
  readonly received: string;
}

export class NotAcknowledged extends Error {}

const utf8 = new TextEncoder();
const SHAPES: Readonly<Record<string, RegExp>> = {
  schema: /^safehand\.acknowledgement\/1$/,
  sha256: /^[0-9a-f]{64}$/,
  reference: /^SH-[0-9A-HJKMNP-TV-Z]{9}$/,
  received: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
};

/** What came as JSON, as an acknowledgement. */
export function readAcknowledgement(value: unknown): Acknowledgement {
  if (typeof value !== "object" || value === null) throw new NotAcknowledged("no acknowledgement");
  const given = value as Readonly<Record<string, unknown>>;
  const { size } = given;
  const texts = Object.entries(SHAPES).every(([key, shape]) => typeof given[key] === "string" && shape.test(given[key]));
  if (!texts || typeof size !== "number" || !Number.isSafeInteger(size) || size <= 0 || Object.keys(given).length !== 5) {
    throw new NotAcknowledged("no acknowledgement");
  }
  return value as Acknowledgement;
}

/** Only what the desk's own key signed, for this purpose, passes. ``key`` is "ssh-ed25519 AAAA…". */
export function checkAcknowledged(acknowledgement: Acknowledgement, signature: string, key: string): void {
  const parts = new Parts(armour(signature));
  const expected = base64(key.split(" ")[1] ?? "");
  parts.exactly(utf8.encode("SSHSIG"));
  parts.exactly(Uint8Array.of(0, 0, 0, 1));
  if (!same(parts.field(), expected)) throw new NotAcknowledged("signed by another key");
  if (!same(parts.field(), utf8.encode(NAMESPACE))) throw new NotAcknowledged("signed for something else");
  if (parts.field().length > 0) throw new NotAcknowledged("not a signature");
  if (!same(parts.field(), utf8.encode("sha512"))) throw new NotAcknowledged("not a signature");
  const inner = new Parts(parts.field());
  parts.end();
  if (!same(inner.field(), utf8.encode("ssh-ed25519"))) throw new NotAcknowledged("not a signature");
  const raw = inner.field();
  inner.end();
  const publicKey = new Parts(expected);
  publicKey.field();
  const message = sha512(utf8.encode(formatCanonical({ ...acknowledgement })));
  const signed = joined(utf8.encode("SSHSIG"), field(utf8.encode(NAMESPACE)), field(new Uint8Array(0)), field(utf8.encode("sha512")), field(message));
  if (raw.length !== 64 || !ed25519.verify(raw, signed, publicKey.field())) throw new NotAcknowledged("not signed by the desk");
}

/** Bytes read in order, as SSH writes them: each field after its length. */
class Parts {
  private at = 0;
  constructor(private readonly data: Uint8Array) {}

  exactly(expected: Uint8Array): void {
    if (!same(this.take(expected.length), expected)) throw new NotAcknowledged("not a signature");
  }

  field(): Uint8Array {
    const length = this.take(4).reduce((sum, byte) => sum * 256 + byte, 0);
    return this.take(length);
  }

  end(): void {
    if (this.at !== this.data.length) throw new NotAcknowledged("not a signature");
  }

  private take(length: number): Uint8Array {
    if (this.at + length > this.data.length) throw new NotAcknowledged("not a signature");
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }
}

function armour(text: string): Uint8Array {
  const found = /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n$/.exec(text);
  if (found === null) throw new NotAcknowledged("not a signature");
  return base64((found[1] ?? "").replaceAll("\n", ""));
}

function base64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    throw new NotAcknowledged("not a signature");
  }
}

function field(data: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, data.length);
  return joined(length, data);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, place) => byte === other[place]);
