// A page around the sealer, for tests and benchmarks in a real browser: an input for files, and what to ask as functions.

import { formatReceipt, parseDeskPublic, type Row, supported } from "../src/core/index.ts";
import { startSealer } from "../src/sealer.ts";
import { answersOf, type RawAnswers } from "./raw_answers.ts";

interface Asked {
  readonly desk: string;
  readonly answers: RawAnswers;
  readonly clock: string;
  readonly machine: { readonly system: string; readonly zone: string | null; readonly tool: string; readonly version: string };
  readonly seed?: string;
  /** Keep the package, to hand it out; else its bytes are let go. */
  readonly keep?: boolean;
  /** Cancel after so many bytes of progress. */
  readonly stopAt?: number;
}

const sealer = startSealer("/sealer-worker.js");
const input = document.querySelector("input") as HTMLInputElement;
const chosen = () => Array.from(input.files ?? [], (file) => ({ file }));

async function sealed({ desk, answers, clock, machine, seed, keep, stopAt }: Asked) {
  const stop = new AbortController();
  const held: Uint8Array[] = [];
  let [size, last, aborted] = [0, 0, false];
  const sink = new WritableStream<Uint8Array>({
    write(piece) {
      size += piece.length;
      if (keep) held.push(piece);
    },
    abort: () => {
      aborted = true;
    },
  });
  const progress = (done: number) => {
    last = done;
    if (stopAt !== undefined && done >= stopAt) stop.abort();
  };
  const begun = performance.now();
  const { tool, version, ...machineAlone } = machine;
  const given = {
    files: chosen(),
    answers: answersOf(answers),
    to: parseDeskPublic(desk),
    sealed: { utc: clock, ...machineAlone, tool: { name: tool, version } },
    ...(seed === undefined ? {} : { holderKey: Uint8Array.from(seed.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) }),
  };
  try {
    const receipt = await sealer.seal(given, sink, progress, stop.signal);
    return { receipt: formatReceipt(receipt), size, seconds: (performance.now() - begun) / 1000, package: keep ? await base64(held) : null };
  } catch (err) {
    return { error: err instanceof Error ? err.name : String(err), told: String(err), aborted, last, seconds: (performance.now() - begun) / 1000 };
  }
}

async function base64(pieces: Uint8Array[]): Promise<string> {
  let text = "";
  for (const byte of new Uint8Array(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}

async function rows(): Promise<Row[]> {
  const out: Row[] = [];
  for await (const row of sealer.examine(chosen(), new AbortController().signal)) out.push(row);
  return out;
}

/** Seconds to read the files through, in pieces as the sealer does: the floor. */
async function readThrough(): Promise<number> {
  const begun = performance.now();
  let sum = 0;
  for (const { file } of chosen())
    for (let at = 0; at < file.size; at += 1 << 20) sum += (await file.slice(at, at + (1 << 20)).arrayBuffer()).byteLength;
  return sum > 0 ? (performance.now() - begun) / 1000 : 0;
}

Object.assign(globalThis, { sealed, rows, readThrough, supported });
