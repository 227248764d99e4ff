// The core in a worker of its own: the page stays quick, and what is sealed never stands in the page.

import { examine, seal } from "./core/seal.ts";
import { type Row, SealerError, type ToSeal } from "./core/types.ts";
import type { Ask, Failure, Tell } from "./messages.ts";

const EVERY = 100; // milliseconds between two words of progress
const ROWS = 200; // told at a time
const PIECE = 256 * 1024; // bytes told at a time, at least

const port = globalThis as unknown as {
  postMessage(message: Tell, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Ask>) => void) | null;
};

const running = new Map<number, { readonly stop: AbortController; taken: () => void }>();

port.onmessage = ({ data: ask }) => {
  const one = running.get(ask.id);
  switch (ask.kind) {
    case "stop":
      one?.stop.abort(new DOMException("It was cancelled.", "AbortError"));
      one?.taken();
      return;
    case "taken":
      one?.taken();
      return;
    default:
      void answer(ask);
  }
};

async function answer(ask: Ask & { kind: "examine" | "seal" }): Promise<void> {
  const { id } = ask;
  const stop = new AbortController();
  running.set(id, { stop, taken: () => undefined });
  try {
    const receipt = ask.kind === "seal" ? await sealFor(id, ask.given, stop.signal) : await tellRows(id, examine(ask.files, stop.signal));
    port.postMessage({ kind: "end", id, receipt });
  } catch (err) {
    port.postMessage({ kind: "failed", id, error: failureOf(err) });
  } finally {
    running.delete(id);
  }
}

async function tellRows(id: number, rows: AsyncIterable<Row>): Promise<null> {
  let held: Row[] = [];
  let last = performance.now();
  for await (const row of rows) {
    held.push(row);
    if (held.length < ROWS && performance.now() - last < EVERY) continue;
    port.postMessage({ kind: "rows", id, rows: held });
    [held, last] = [[], performance.now()];
  }
  port.postMessage({ kind: "rows", id, rows: held });
  return null;
}

function sealFor(id: number, given: ToSeal, signal: AbortSignal) {
  let last = 0;
  const progress = (done: number, total: number) => {
    const now = performance.now();
    if (now - last < EVERY && done < total) return;
    last = now;
    port.postMessage({ kind: "progress", id, done, total });
  };
  return seal(given, sinkFor(id, signal), progress, signal);
}

/** Pieces to the page, one at a time: the next is told when the page's sink has taken it. */
function sinkFor(id: number, signal: AbortSignal): WritableStream<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  const tell = async () => {
    if (size === 0) return;
    const data = new Uint8Array(size);
    let place = 0;
    for (const piece of held) {
      data.set(piece, place);
      place += piece.length;
    }
    [held, size] = [[], 0];
    const taken = new Promise<void>((resolve) => {
      const one = running.get(id);
      if (one) one.taken = resolve;
    });
    port.postMessage({ kind: "piece", id, data }, [data.buffer]);
    await taken;
    signal.throwIfAborted();
  };
  return new WritableStream({
    async write(piece) {
      held.push(piece);
      size += piece.length;
      if (size >= PIECE) await tell();
    },
    close: tell,
  });
}

function failureOf(err: unknown): Failure {
  if (err instanceof SealerError) return { code: err.code, found: err.found, where: err.where, todo: err.todo };
  if (err instanceof DOMException && err.name === "AbortError") return { code: "aborted", found: err.message, where: "", todo: "" };
  // What went wrong is told by its kind alone: its words might quote what is sealed.
  const kind = err instanceof Error ? err.name : typeof err;
  return { code: "unexpected", found: `Sealing stopped (${kind}).`, where: "", todo: "Try again; if it stops again, ring the unit." };
}
