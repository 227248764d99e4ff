// Speaking with the public node: docs/spec/handover.md, "Sending". A refusal is an answer; no answer is a cut.

export interface Terms {
  readonly largest: number;
  readonly part: number;
  readonly has_room: boolean;
  readonly desk_away: boolean;
}

export interface Coming {
  readonly parcel: string;
  readonly part: number;
  readonly parts: number;
  readonly have: readonly number[];
  readonly state: "coming" | "waiting" | "collected";
  readonly acknowledgement: unknown;
  readonly signature: string | null;
  /** Given once, when the parcel is begun. */
  readonly key?: string;
  readonly check_code?: string | null;
}

/** The line is cut, or what stands in between does not answer for the node. Trying again may help. */
export class Cut extends Error {}

/** The node said no, and why. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** A no that is not in the node's own words: of what stands in between. Most of these pass; a limit or a ban does not. */
function between(status: number): Error {
  if (status === 413) return new Refused("too_large");
  return status === 403 ? new Refused("forbidden") : new Cut(String(status));
}

const ANSWERS_WITHIN = 30_000;
const LONGEST = 300_000; // a part over a slow line; the whole of 4 GiB hashed on a slow disk
const LONG = /finish$/;

export class Node {
  constructor(private readonly address: string, private readonly signal: AbortSignal) {}

  terms(): Promise<Terms> {
    return this.ask<Terms>("GET", "");
  }

  work(): Promise<{ readonly challenge: string }> {
    return this.ask("POST", "work", {});
  }

  begin(size: number, challenge: string, counter: string, addTo: string): Promise<Coming> {
    return this.ask("POST", "", { size, challenge, counter, ...(addTo === "" ? {} : { check_code: addTo }) });
  }

  state(parcel: string, key: string): Promise<Coming> {
    return this.ask("GET", `${parcel}/`, undefined, key);
  }

  put(parcel: string, key: string, number: number, sha256: string, part: Blob): Promise<unknown> {
    return this.ask("PUT", `${parcel}/${number}/${sha256}`, part, key);
  }

  finish(parcel: string, key: string, parts: readonly string[], sha256: string): Promise<Coming> {
    return this.ask("POST", `${parcel}/finish`, { parts, sha256 }, key);
  }

  private async ask<T>(method: string, path: string, body?: object | Blob, key?: string): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (key !== undefined) headers["Authorization"] = `Safehand ${key}`;
    if (body !== undefined) headers["Content-Type"] = body instanceof Blob ? "application/octet-stream" : "application/json";
    let answer: Response;
    let value: unknown;
    // A line can be dead without a word of it: what does not answer for so long is taken for cut.
    const patience = new AbortController();
    const clock = setTimeout(() => patience.abort(), LONG.test(path) || method === "PUT" ? LONGEST : ANSWERS_WITHIN);
    const stop = (): void => patience.abort();
    this.signal.addEventListener("abort", stop);
    try {
      answer = await fetch(`${this.address}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: patience.signal,
      });
      // Of a no its words may be those of a machine in between; of a yes they are needed whole.
      value = answer.ok ? await answer.json() : await answer.json().catch(() => null);
    } catch (error) {
      this.signal.throwIfAborted();
      throw new Cut(String(error));
    } finally {
      clearTimeout(clock);
      this.signal.removeEventListener("abort", stop);
    }
    if (answer.ok) return value as T;
    const code = typeof value === "object" && value !== null && "code" in value ? String(value.code) : "";
    throw code === "" ? between(answer.status) : new Refused(code);
  }
}
