// Pictures written as text: where they stand, so that they can be left out (src/safehand/seal/embedded.py).
//
// What counts is published in data/embedded.json. Ordinary text must cost almost nothing: one byte in 32 is looked at,
// and only where 32 of them in a row may belong to a run of 1,024 bytes is it looked at closer. The places are the same
// whatever the sizes of the pieces, and memory stays at one piece.

import { HOLDS, holdsIn, isOfUnit, isSampled, mayBegin, RULES, skipBreak, skipFullLine, skipLastLine, skipPads, skipUnits, startsWithMark } from "./embedded_rules.ts";
import { joined } from "./octets.ts";
import type { Removed } from "./removed.ts";

const AHEAD = 512; // more than a break, forty units at their longest, two pads and what ends a line take together
const KEPT_BEHIND = 640; // the look-back for addresses, an escape before a run, and a line of forty units at their longest
const STRIDE = 32;
const LONGEST_UNIT = 6; // \u002b
const IN_A_ROW = RULES.run_least / STRIDE;

/** The search through one file: feed it the bytes in order, in pieces of any size, then ask for what was found. */
export class EmbeddedScan {
  private kept: Uint8Array = new Uint8Array(0);
  private base = 0;
  private next = 0;
  private open: Run | null = null;
  private readonly found: Removed[] = [];

  /** Whether nothing of what was fed is to be left out, nor may be: no picture has begun. */
  get isClear(): boolean {
    return this.found.length === 0 && this.open === null;
  }

  feed(piece: Uint8Array): void {
    this.work(joined(this.kept, piece), false);
  }

  /** Everything to leave out, in order. Once, after the last piece. */
  finish(): readonly Removed[] {
    this.work(this.kept, true);
    return this.found;
  }

  private work(data: Uint8Array, last: boolean): void {
    const window = new Window(data, this.base, this.next - this.base, last);
    let run = this.open ?? window.nextRun();
    while (run !== null) {
      const end = run.walk(window);
      if (end === null) {
        window.position = run.at - this.base;
        break;
      }
      if (run.isLeftOut(end)) this.found.push({ start: run.start, end, why: "embedded" });
      window.position = end - this.base;
      run = window.nextRun();
    }
    this.open = run;
    const keep = Math.max(0, window.position - KEPT_BEHIND);
    this.next = this.base + window.position;
    this.base += keep;
    this.kept = data.slice(keep);
  }
}

/** A piece of the file. `position` is how far it was decided; it starts at `base` in the file. */
class Window {
  private nextMark = -2; // not looked for yet
  private stretchEnd: number;

  constructor(
    readonly data: Uint8Array,
    readonly base: number,
    public position: number,
    readonly last: boolean,
  ) {
    this.stretchEnd = position;
  }

  /** The next run that begins here. Without one `position` stands where the next window must begin. */
  nextRun(): Run | null {
    const marked = this.marked();
    const unmarked = this.unmarked(marked < 0 ? this.data.length : marked);
    if (unmarked >= 0) return new Run(this.base + unmarked, false, this.isInAddress(unmarked));
    if (marked >= 0) return new Run(this.base + marked + RULES.mark.length, true, false);
    if (!this.last) this.position = Math.max(this.position, this.undecided());
    return null;
  }

  private marked(): number {
    if (this.nextMark === -2 || (this.nextMark >= 0 && this.nextMark < this.position)) {
      let place = this.data.indexOf(SEMICOLON, this.position);
      while (place >= 0 && !startsWithMark(this.data, place)) place = this.data.indexOf(SEMICOLON, place + 1);
      this.nextMark = place;
    }
    return this.nextMark;
  }

  /** Where the next run without a mark begins that may be long enough, or -1. */
  private unmarked(before: number): number {
    let place = this.position;
    for (;;) {
      const hit = this.sampledFrom(place);
      if (hit < 0 || hit >= before) return -1;
      let begin = hit;
      while (begin > place && begin > hit - STRIDE && isSampled(this.data[begin - 1] as number)) begin--;
      if (hit >= this.stretchEnd) {
        let end = hit;
        while (end < this.data.length && isSampled(this.data[end] as number)) end++;
        this.stretchEnd = end;
      }
      const line = this.firstLine(begin, this.stretchEnd);
      if (line >= 0) return line;
      if (this.stretchEnd === this.data.length) return -1;
      place = this.stretchEnd;
    }
  }

  /** The first of 32 samples in a row, all of bytes that a run may hold; at or after `place`, or -1. */
  private sampledFrom(place: number): number {
    const data = this.data;
    const size = data.length;
    let at = place;
    let first = place;
    for (let count = 0; at < size; at += STRIDE) {
      if (!isSampled(data[at] as number)) {
        count = 0;
        first = at + STRIDE;
      } else if (++count === IN_A_ROW) return first;
    }
    return -1;
  }

  /** Where the first line of a run begins, within a stretch, or -1. */
  private firstLine(begin: number, end: number): number {
    const data = this.data;
    let at = begin;
    while (at < end) {
      // Words one to a line are long stretches too: forty bytes of units in a row are looked for first.
      let stop = at;
      while (stop < end && isOfUnit(data, stop)) stop++;
      if (stop - at >= RULES.line_least)
        for (let start = at; start + RULES.line_least <= stop; start++)
          if (mayBegin(data, start) && skipFullLine(data, start) >= 0) return start;
      at = stop + 1;
    }
    return -1;
  }

  private isInAddress(start: number): boolean {
    let begin = start;
    const least = Math.max(0, start - RULES.address_look_back);
    while (begin > least && !ADDRESS_STOPS.has(this.data[begin - 1] as number)) begin--;
    const word = String.fromCharCode(...this.data.subarray(begin, start + RULES.address_into_run));
    return ADDRESS.test(word);
  }

  /** Where a run may begin that this window does not hold enough of. */
  private undecided(): number {
    const size = this.data.length;
    const begin = size - (RULES.run_least + STRIDE);
    const from = Math.max(begin, this.position, 0);
    let at = size;
    while (at > from && isSampled(this.data[at - 1] as number)) at--;
    let stretch = size - at;
    // Sampling has seen so long a stretch, and no line of forty units is in it but perhaps at its very end.
    if (at === from && begin >= this.position) stretch = (RULES.line_least + 1) * LONGEST_UNIT;
    return size - Math.max(stretch, RULES.mark.length - 1);
  }
}

/** A run whose end is being looked for. All places count from the start of the file. */
class Run {
  /** How far it was followed: the end of a unit, or the beginning of a line. */
  at: number;
  private lineStart: number;
  private wrapped = false;
  private held = 0;

  constructor(
    readonly start: number,
    private readonly marked: boolean,
    private readonly inAddress: boolean,
  ) {
    this.at = start;
    this.lineStart = start;
  }

  /** Follows the run to its end in the file, or to the end of what the window can decide: then null. */
  walk({ data, base, last }: Window): number | null {
    for (;;) {
      const begin = this.at - base;
      const place = skipUnits(data, begin);
      if (!last && data.length - place < AHEAD) {
        this.reach(data, begin, place, base);
        return null;
      }
      const gap = skipBreak(data, place);
      const goesOn = gap >= 0 && this.isFull(data, base, place);
      if (!goesOn || skipFullLine(data, gap) < 0) {
        const lastLine = goesOn && this.wrapped ? skipLastLine(data, gap) : -1;
        const end = lastLine >= 0 ? lastLine : skipPads(data, place);
        this.reach(data, begin, end, base);
        return base + end;
      }
      this.reach(data, begin, gap, base);
      this.wrapped = true;
      this.lineStart = base + gap;
    }
  }

  isLeftOut(end: number): boolean {
    const size = end - this.start;
    if (this.marked) return size >= RULES.marked_run_least;
    return size >= RULES.run_least && this.held === HOLDS && !this.inAddress;
  }

  private isFull(data: Uint8Array, base: number, place: number): boolean {
    // A line longer than forty of the longest units is full whatever it holds: its start may lie windows behind.
    const begin = this.lineStart - base;
    return place - begin >= RULES.line_least * LONGEST_UNIT || skipFullLine(data, begin) >= 0;
  }

  private reach(data: Uint8Array, begin: number, end: number, base: number): void {
    if (this.held !== HOLDS) this.held |= holdsIn(data, begin, end, this.held);
    this.at = base + end;
  }
}

const SEMICOLON = RULES.mark.charCodeAt(0);
const ADDRESS = new RegExp(RULES.address);
const ADDRESS_STOPS = new Set(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => new RegExp(RULES.address_stop).test(String.fromCharCode(byte))));
