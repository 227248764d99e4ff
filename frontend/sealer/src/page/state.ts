// Everything that was answered and added: in this tab's memory and nowhere else. forget() is all it takes to leave.

import type { Answer, Handed, OperatorPeriod, Receipt, Row } from "../core/types.ts";
import type { Memory, Sent } from "./sending.ts";

export interface Added {
  readonly number: number;
  /** Of the file, or of the folder. */
  readonly name: string;
  readonly size: number;
  /** The one file, or all that is in the folder. */
  readonly handed: readonly Handed[];
  state: "checking" | "ready" | "refused";
  /** Of "refused": what is wrong and what to do, in the words of the page. */
  why: string;
  rows: Row[];
}

export interface Sealed {
  readonly blob: Blob;
  readonly receipt: Receipt;
  readonly name: string;
}

/** The pages that say to ring, by what leads to them. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  "urgent.child_in_danger": ["danger_call", "signs"],
  "urgent.meeting_planned": ["meeting_call"],
  "urgent.meeting_under_way": ["meeting_call"],
  "urgent.meeting_when": ["meeting_call"],
};

export class State {
  readonly given = new Map<string, Answer>();
  readonly seen = new Set<string>();
  readonly have = new Set<string>();
  readonly apps = new Set<string>();
  files: Added[] = [];
  /** null: not told yet. */
  periods: OperatorPeriod[] | null = null;
  sealed: Sealed | null = null;
  sent: Sent | null = null;
  /** The check code of what was sent before and this adds to; empty where it adds to nothing. */
  addTo = "";
  /** The parcel that was begun, so that a cut costs nothing. */
  readonly memory: Memory = { begun: null };

  /** ``asksDanger``: the page before this one did not ask whether a child is in danger, or cannot tell us. */
  constructor(readonly asksDanger: boolean) {}

  /** An answer, given or changed. Where the danger is told otherwise than before, 999 is shown once more. */
  answer(id: string, answer: Answer): void {
    const isOther = JSON.stringify(this.given.get(id)) !== JSON.stringify(answer);
    for (const page of (isOther ? CALLS[id] : undefined) ?? []) this.seen.delete(page);
    this.given.set(id, answer);
  }

  get hasFiles(): boolean {
    return this.files.some((added) => added.state === "ready");
  }

  /** Was it answered so: "yes", "no", "dont_know", or the id of a choice? */
  is(id: string, answer: string): boolean {
    const found = this.given.get(id);
    if (found === undefined) return false;
    return found.answer === "given" ? found.value === answer : found.answer === answer;
  }

  /** Apps that were chosen from the list are not asked for again. Another one is: its name is not known. */
  get knowsApp(): boolean {
    return this.apps.size > 0 && !this.apps.has("other");
  }

  /** The apps that the chat is in, by their ids, with the names of those that have one. */
  tellApps(ids: readonly string[], names: readonly string[]): void {
    const fromList = this.knowsApp;
    this.apps.clear();
    for (const id of ids) this.apps.add(id);
    if (this.knowsApp) this.given.set("capture.app", { answer: "given", value: names.join(", ") });
    else if (fromList) this.given.delete("capture.app");
  }

  get mayHaveImages(): boolean {
    return this.given.has("images.present") && !this.is("images.present", "no");
  }

  forget(): void {
    for (const kept of [this.given, this.seen, this.have, this.apps]) kept.clear();
    this.files = [];
    this.periods = null;
    this.sealed = null;
    this.sent = null;
    this.memory.begun = null;
    this.addTo = "";
  }
}
