// Whether this browser can seal. One that cannot is told so, and is given the phone: never a plain upload.

/** What is missing, in names of the platform's features; nothing where all is there. Ask it before the sealer is started. */
export function supported(): string[] {
  const missing: string[] = [];
  const need = (what: string, isThere: () => unknown) => {
    let found = false;
    try {
      found = Boolean(isThere());
    } catch {
      found = false;
    }
    if (!found) missing.push(what);
  };
  need("Worker", () => globalThis.Worker);
  need("Blob.arrayBuffer", () => Blob.prototype.arrayBuffer);
  need("ReadableStream", () => new ReadableStream({}));
  need("WritableStream", () => new WritableStream({}));
  need("DecompressionStream deflate-raw", () => new DecompressionStream("deflate-raw"));
  need("crypto.getRandomValues", () => crypto.getRandomValues(new Uint8Array(1)));
  need("BigInt", () => typeof BigInt === "function" && "getBigUint64" in DataView.prototype);
  need("Array.findLastIndex", () => "findLastIndex" in Array.prototype && "findLastIndex" in Uint8Array.prototype);
  need("AbortSignal.reason", () => "reason" in AbortSignal.prototype);
  need("regular expressions with lookbehind", () => new RegExp("(?<!a)b"));
  return missing;
}
