// The page's side of the worker. It has no DOM: the page hands in where the worker is, and a sink.
//
//   const sealer = startSealer("/static/sealer-worker.js");      or a blob: address, where the page is one file

import { TRUSTED_TYPES } from "./core/policy.ts";
import { type ErrorCode, type Handed, type Progress, type Receipt, type Row, type Sealer, SealerError, type ToSeal } from "./core/types.ts";
import type { Ask, Tell } from "./messages.ts";

export interface RunningSealer extends Sealer {
  /** Ends the worker. What runs fails; nothing may be asked after it. */
  close(): void;
}

interface TypesFactory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string };
}

/** Starts the worker at `address`. Once a page: Trusted Types let a policy of one name be made once. */
export function startSealer(address: string): RunningSealer {
  const types = (globalThis as { trustedTypes?: TypesFactory }).trustedTypes;
  const trusted = types?.createPolicy(TRUSTED_TYPES, { createScriptURL: onlyWorkers(address) }).createScriptURL(address) ?? address;
  return new WorkerSealer(new Worker(trusted));
}

function onlyWorkers(address: string): (asked: string) => string {
  return (asked) => {
    if (asked !== address) throw new TypeError("Only the sealer's worker may be started.");
    return asked;
  };
}

type Listener = (told: Tell) => void;

class WorkerSealer implements RunningSealer {
  private readonly listeners = new Map<number, Listener>();
  private next = 1;
  private ended = false;

  constructor(private readonly worker: Worker) {
    worker.onmessage = ({ data }: MessageEvent<Tell>) => this.listeners.get(data.id)?.(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.fail("The sealer could not be started in this browser.");
    };
  }

  close(): void {
    this.worker.terminate();
    this.fail("Sealing was ended.");
  }

  async *examine(files: readonly Handed[], signal: AbortSignal): AsyncGenerator<Row> {
    const rows: Row[] = [];
    let wake = () => {};
    let state: { readonly over: boolean; readonly error?: unknown } = { over: false };
    const over = (error?: unknown) => {
      state = error === undefined ? { over: true } : { over: true, error };
      wake();
    };
    const id = this.ask((id) => ({ kind: "examine", id, files: files.map(cloneable) }), signal, (told) => {
      if (told.kind === "rows") rows.push(...told.rows);
      if (told.kind === "end") over();
      if (told.kind === "failed") over(errorOf(told, signal));
      wake();
    });
    try {
      for (;;) {
        for (let row = rows.shift(); row !== undefined; row = rows.shift()) yield row;
        if (state.error !== undefined) throw state.error;
        if (state.over) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      if (!state.over) this.send({ kind: "stop", id });
      this.listeners.delete(id);
    }
  }

  async seal(given: ToSeal, sink: WritableStream<Uint8Array>, progress: Progress, signal: AbortSignal): Promise<Receipt> {
    const writer = sink.getWriter();
    let id = 0;
    try {
      const receipt = await new Promise<Receipt>((resolve, reject) => {
        const listener: Listener = (told) => {
          if (told.kind === "progress") progress(told.done, told.total);
          if (told.kind === "end" && told.receipt !== null) resolve(told.receipt);
          if (told.kind === "failed") reject(errorOf(told, signal));
          if (told.kind === "piece") writer.write(told.data).then(() => this.send({ kind: "taken", id }), reject);
        };
        id = this.ask((id) => ({ kind: "seal", id, given: { ...given, files: given.files.map(cloneable) } }), signal, listener);
        void writer.closed.catch(reject);
      });
      await writer.close();
      return receipt;
    } catch (err) {
      this.send({ kind: "stop", id });
      await writer.abort(err).catch(() => undefined);
      throw err;
    } finally {
      this.listeners.delete(id);
    }
  }

  private ask(asked: (id: number) => Ask, signal: AbortSignal, listener: Listener): number {
    signal.throwIfAborted();
    if (this.ended) throw new SealerError("unexpected", "Sealing was ended.");
    const id = this.next++;
    this.listeners.set(id, listener);
    signal.addEventListener("abort", () => this.send({ kind: "stop", id }), { once: true });
    this.send(asked(id));
    return id;
  }

  private send(ask: Ask): void {
    if (!this.ended) this.worker.postMessage(ask);
  }

  private fail(found: string): void {
    this.ended = true;
    for (const [id, listener] of this.listeners)
      listener({ kind: "failed", id, error: { code: "unexpected", found, where: "", todo: "Load the page again, or ring the unit." } });
  }
}

/** A file loses its place in a folder on the way into a worker. */
function cloneable({ file, path }: Handed): Handed {
  return { file, path: path || file.webkitRelativePath || file.name };
}

function errorOf(told: Tell & { kind: "failed" }, signal: AbortSignal): unknown {
  const { code, found, where, todo } = told.error;
  if (code === "aborted") return signal.reason ?? new DOMException(found, "AbortError");
  return new SealerError(code as ErrorCode, found, where, todo);
}
