// Sending a sealed file: begun once, carried on after every cut, and finished when the desk has signed for it.
//
// ID and key of the parcel live in the state of this page and nowhere else: on a shared computer nothing stays.

import { formatCanonical } from "../core/canonical.ts";
import type { DeskPublic, Receipt } from "../core/types.ts";
import { checkAcknowledged, NotAcknowledged, readAcknowledgement, type Acknowledgement } from "./acknowledged.ts";
import { grouped } from "./check_code.ts";
import { Cut, Node, Refused, type Coming } from "./node.ts";
import { doWork } from "./work.ts";

/** The desk has it, and signed for it. */
export interface Sent {
  readonly acknowledgement: Acknowledgement;
  readonly signature: string;
  readonly checkCode: string;
}

export type Ended = "limit" | "often" | "full" | "failed" | "wrong" | "code";

export type Delivery =
  | { readonly state: "sending"; readonly done: number; readonly total: number }
  | { readonly state: "cut"; readonly seconds: number }
  | { readonly state: "arrived" }
  | { readonly state: "away" }
  | { readonly state: "sent"; readonly sent: Sent }
  | { readonly state: "ended"; readonly why: Ended };

/** What is known of a parcel that was begun. */
export interface Begun {
  readonly parcel: string;
  readonly key: string;
  readonly checkCode: string;
}

/** Where a parcel that was begun is remembered: in the page's state. */
export interface Memory {
  begun: Begun | null;
}

export interface Consignment {
  readonly blob: Blob;
  readonly receipt: Receipt;
  readonly desk: DeskPublic;
  readonly address: string;
  readonly memory: Memory;
  /** The check code of what it adds to, or empty. That code stays the one to ask with. */
  readonly addTo: string;
}

type Tell = (now: Delivery) => void;

const FIRST_WAIT = 2;
const LONGEST_WAIT = 30;
const ASK_EVERY = 2000;
const AWAY_AFTER = 30_000;
const MOST_BEGINNINGS = 3;
const ENDS: Readonly<Record<string, Ended>> = {
  too_large: "limit", too_often: "often", disk_full: "full", cannot_keep: "full", no_such_code: "code",
};
/** The parcel is lost to the node: another is begun, and the same file sent again. */
const BEGIN_AGAIN: readonly string[] = ["no_such_parcel", "other_part", "whole_damaged", "work_not_done", "work_too_old"];
const ONCE_MORE: readonly string[] = ["part_damaged", "parts_missing"];

/** Until the desk has signed, or it ends otherwise, or ``signal`` aborts. */
export async function deliver(what: Consignment, signal: AbortSignal, tell: Tell): Promise<void> {
  let wait = FIRST_WAIT;
  let beginnings = 0;
  const heard: Tell = (now) => {
    wait = FIRST_WAIT;
    tell(now);
  };
  for (;;) {
    try {
      await attempt(what, signal, heard);
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Cut) {
        await pause(wait, signal, tell);
        if (signal.aborted) return;
        wait = Math.min(wait * 2, LONGEST_WAIT);
        continue;
      }
      beginnings += 1;
      const again = error instanceof Refused && beginnings <= MOST_BEGINNINGS;
      if (again && BEGIN_AGAIN.includes(error.code)) what.memory.begun = null;
      else if (!(again && ONCE_MORE.includes(error.code))) {
        tell({ state: "ended", why: whyEnded(error) });
        return;
      }
    }
  }
}

function whyEnded(error: unknown): Ended {
  if (error instanceof NotAcknowledged) return "wrong";
  return (error instanceof Refused ? ENDS[error.code] : undefined) ?? "failed";
}

async function attempt(what: Consignment, signal: AbortSignal, tell: Tell): Promise<void> {
  const node = new Node(what.address, signal);
  const begun = what.memory.begun ?? (await begin(node, what, signal));
  what.memory.begun = begun;
  let coming = await node.state(begun.parcel, begun.key);
  if (coming.state === "coming") coming = await sendParts(node, begun, what, coming, tell);
  tell({ state: "arrived" });
  const since = Date.now();
  while (coming.acknowledgement === null || coming.signature === null) {
    await sleep(ASK_EVERY, signal);
    signal.throwIfAborted();
    coming = await node.state(begun.parcel, begun.key);
    if (Date.now() - since > AWAY_AFTER) tell({ state: "away" });
  }
  tell({ state: "sent", sent: checked(coming, what, begun) });
}

async function begin(node: Node, what: Consignment, signal: AbortSignal): Promise<Begun> {
  const terms = await node.terms();
  if (what.blob.size > terms.largest) throw new Refused("too_large");
  if (!terms.has_room) throw new Refused("disk_full");
  const { challenge } = await node.work();
  const counter = await doWork(challenge, signal);
  const coming = await node.begin(what.blob.size, challenge, counter, what.addTo);
  return { parcel: coming.parcel, key: coming.key ?? "", checkCode: grouped(coming.check_code ?? what.addTo) };
}

async function sendParts(node: Node, begun: Begun, what: Consignment, coming: Coming, tell: Tell): Promise<Coming> {
  const { blob } = what;
  const have = new Set(coming.have);
  const hashes: string[] = [];
  for (let number = 1; number <= coming.parts; number += 1) {
    const start = (number - 1) * coming.part;
    const part = blob.slice(start, start + coming.part);
    const sha256 = await sha256Of(part);
    hashes.push(sha256);
    if (!have.has(number)) await node.put(begun.parcel, begun.key, number, sha256, part);
    tell({ state: "sending", done: Math.min(start + coming.part, blob.size), total: blob.size });
  }
  return node.finish(begun.parcel, begun.key, hashes, what.receipt.package_sha256);
}

/** "Sent" is said of this file, of this size, in the words of this desk, or not at all. */
function checked(coming: Coming, what: Consignment, begun: Begun): Sent {
  const acknowledgement = readAcknowledgement(coming.acknowledgement);
  const signature = coming.signature ?? "";
  checkAcknowledged(acknowledgement, signature, what.desk.signingKey);
  if (acknowledgement.sha256 !== what.receipt.package_sha256 || acknowledgement.size !== what.blob.size) {
    throw new NotAcknowledged("it is about another file");
  }
  return { acknowledgement, signature, checkCode: begun.checkCode };
}

async function sha256Of(part: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await part.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Wait for another try, telling the seconds; a device that is back online does not wait. */
async function pause(seconds: number, signal: AbortSignal, tell: Tell): Promise<void> {
  let back = false;
  const online = (): void => {
    back = true;
  };
  window.addEventListener("online", online);
  for (let left = seconds; left > 0 && !signal.aborted && !back; left -= 1) {
    tell({ state: "cut", seconds: left });
    await sleep(1000, signal);
  }
  window.removeEventListener("online", online);
}

/** Until then, or until it is all stopped. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(clock);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const clock = setTimeout(wake, milliseconds);
    signal.addEventListener("abort", wake);
  });
}

/** The receipt of what was handed over, in its one spelling (docs/spec/handover.md, "The receipt"). */
export function handedOver(sent: Sent, receipt: Receipt, counts: { files: number; listed: number }, code: string | null): string {
  return formatCanonical({
    schema: "safehand.handed-over/1",
    acknowledgement: { ...sent.acknowledgement },
    signature: sent.signature,
    sent: { files: counts.files, listed: counts.listed },
    receipt: { ...receipt },
    check_code: code,
  });
}
