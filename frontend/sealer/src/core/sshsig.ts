// The signature beside the bag: SSHSIG with an Ed25519 key made for the occasion (package.md, The signature).

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { base64 } from "@scure/base";
import { ascii, joined } from "./octets.ts";

export const NAMESPACE = "safehand-statement@v1";
const PRINCIPAL = "holder";
const KEY_TYPE = ascii("ssh-ed25519");
const LINE = 70; // as ssh-keygen wraps it

/** 32 random bytes: the private half of a new key. */
export function newHolderKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32));
}

/** "ssh-ed25519 AAAA…", of a private half. */
export function publicKeyOf(holderKey: Uint8Array): string {
  return formatPublicKey(ed25519.getPublicKey(holderKey));
}

export function formatPublicKey(key: Uint8Array): string {
  return `ssh-ed25519 ${base64.encode(publicBlob(key))}`;
}

/** The files of signature/, by their paths in the package. */
export function signatureFiles(statement: Uint8Array, holderKey: Uint8Array): Map<string, Uint8Array> {
  const line = publicKeyOf(holderKey);
  return new Map([
    ["signature/statement.json.sig", ascii(sign(statement, holderKey))],
    ["signature/holder.pub", ascii(`${line} ${PRINCIPAL}\n`)],
    ["signature/allowed_signers", ascii(`${PRINCIPAL} namespaces="${NAMESPACE}" ${line}\n`)],
  ]);
}

function sign(message: Uint8Array, holderKey: Uint8Array): string {
  const [magic, space, hash] = [ascii("SSHSIG"), ascii(NAMESPACE), ascii("sha512")];
  const none = new Uint8Array(0);
  const signed = ed25519.sign(joined(magic, field(space), field(none), field(hash), field(sha512(message))), holderKey);
  const blob = joined(
    magic,
    Uint8Array.of(0, 0, 0, 1),
    field(publicBlob(ed25519.getPublicKey(holderKey))),
    field(space),
    field(none),
    field(hash),
    field(joined(field(KEY_TYPE), field(signed))),
  );
  const lines = base64.encode(blob).match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
  return `-----BEGIN SSH SIGNATURE-----\n${lines.join("\n")}\n-----END SSH SIGNATURE-----\n`;
}

function publicBlob(key: Uint8Array): Uint8Array {
  return joined(field(KEY_TYPE), field(key));
}

function field(data: Uint8Array): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, data.length);
  return joined(size, data);
}
