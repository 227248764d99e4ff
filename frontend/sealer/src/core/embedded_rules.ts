// The published rules for pictures written as text (src/safehand/seal/data/embedded.json), over bytes.
//
// Patterns that run over every byte of a long run are written out as loops: a regular expression over a megabyte would
// need a stack as long. tests/embedded.test.ts holds each loop against its pattern.

import RULES from "../../../../src/safehand/seal/data/embedded.json";

export { RULES };

const SAMPLED = 1; // a run may hold it
const PLAIN = 2; // a unit by itself
const OF_UNIT = 4; // a unit may hold it, but for a backslash
const CLASS = new Uint8Array(256);
const HOLD = new Uint8Array(256);

for (let byte = 0; byte < 256; byte++) {
  const char = String.fromCharCode(byte);
  const plain = /[A-Za-z0-9+/_-]/.test(char);
  CLASS[byte] = (/[A-Za-z0-9+/_\-\\%=\r\n]/.test(char) ? SAMPLED : 0) | (plain ? PLAIN : 0) | (plain || char === "%" ? OF_UNIT : 0);
  const which = RULES.must_hold.findIndex((pattern) => new RegExp(pattern).test(char));
  HOLD[byte] = which < 0 ? 0 : 1 << which;
}

/** All that a run must hold, as holdsIn tells it. */
export const HOLDS = (1 << RULES.must_hold.length) - 1;

const [BACKSLASH, SLASH, PERCENT, EQUALS, CR, LF, U, R, N, ZERO, TWO, THREE] = Array.from('\\/%=\r\nurn023', (char) => char.charCodeAt(0)) as [
  number, number, number, number, number, number, number, number, number, number, number, number,
];
const MARK = Array.from(RULES.mark, (char) => char.charCodeAt(0));

export function isSampled(byte: number): boolean {
  return ((CLASS[byte] as number) & SAMPLED) !== 0;
}

/** Whether the byte at `place` may be of a unit; a backslash only where an escape begins. */
export function isOfUnit(data: Uint8Array, place: number): boolean {
  const byte = data[place] as number;
  return ((CLASS[byte] as number) & OF_UNIT) !== 0 || (byte === BACKSLASH && unitAt(data, place) > 0);
}

/** The length of the unit at `place`; 0 without one. */
function unitAt(data: Uint8Array, place: number): number {
  const byte = data[place];
  if (byte === undefined) return 0;
  if ((CLASS[byte] as number) & PLAIN) return 1;
  if (byte === BACKSLASH) {
    if (data[place + 1] === SLASH) return 2;
    return isEscape(data, place, TWO) && isBOrF(data[place + 5]) ? 6 : 0;
  }
  return byte === PERCENT && data[place + 1] === TWO && isBOrF(data[place + 2]) ? 3 : 0;
}

/** "\u002" or "\u003", by its last digit. */
function isEscape(data: Uint8Array, place: number, digit: number): boolean {
  return data[place] === BACKSLASH && data[place + 1] === U && data[place + 2] === ZERO && data[place + 3] === ZERO && data[place + 4] === digit;
}

function isBOrF(byte: number | undefined): boolean {
  return byte === 0x42 || byte === 0x62 || byte === 0x46 || byte === 0x66;
}

/** Behind as many units as there are. */
export function skipUnits(data: Uint8Array, place: number): number {
  const size = data.length;
  let at = place;
  for (;;) {
    while (at < size && (CLASS[data[at] as number] as number) & PLAIN) at++;
    const unit = at < size ? unitAt(data, at) : 0;
    if (unit === 0) return at;
    at += unit;
  }
}

/** Behind `count` units, or -1. */
function skipCounted(data: Uint8Array, place: number, count: number): number {
  let at = place;
  for (let left = count; left > 0; left--) {
    const unit = unitAt(data, at);
    if (unit === 0) return -1;
    at += unit;
  }
  return at;
}

/** Behind a LINE of just enough units, or -1. */
export function skipFullLine(data: Uint8Array, place: number): number {
  return skipCounted(data, place, RULES.line_least);
}

/** Behind a line break, as it is or escaped, or -1. */
export function skipBreak(data: Uint8Array, place: number): number {
  const byte = data[place];
  if (byte === CR) return data[place + 1] === LF ? place + 2 : place + 1;
  if (byte === LF) return place + 1;
  if (byte !== BACKSLASH) return -1;
  if (data[place + 1] === R) return data[place + 2] === BACKSLASH && data[place + 3] === N ? place + 4 : place + 2;
  return data[place + 1] === N ? place + 2 : -1;
}

function skipPad(data: Uint8Array, place: number): number {
  const byte = data[place];
  if (byte === EQUALS) return place + 1;
  const isD = (one: number | undefined) => one === 0x44 || one === 0x64;
  if (byte === BACKSLASH) return isEscape(data, place, THREE) && isD(data[place + 5]) ? place + 6 : -1;
  return byte === PERCENT && data[place + 1] === THREE && isD(data[place + 2]) ? place + 3 : -1;
}

/** Behind two pads, or one, or none. */
export function skipPads(data: Uint8Array, place: number): number {
  const one = skipPad(data, place);
  if (one < 0) return place;
  const two = skipPad(data, one);
  return two < 0 ? one : two;
}

/** Behind a last line, which may be shorter, or -1. */
export function skipLastLine(data: Uint8Array, place: number): number {
  if (data[place] === 0x2d) return -1;
  // As the pattern has it: up to eight groups of four, as many as there are, then one more group, padded or whole.
  const ends: number[] = [place];
  for (let at = place; ends.length <= 8; ) {
    at = skipCounted(data, at, 4);
    if (at < 0) break;
    ends.push(at);
  }
  for (let groups = ends.length - 1; groups >= 0; groups--) {
    const end = lastGroup(data, ends[groups] as number);
    if (end >= 0) return end;
  }
  return -1;
}

function lastGroup(data: Uint8Array, place: number): number {
  const whole = skipCounted(data, place, 4);
  if (whole >= 0 && endsLine(data, whole)) return whole;
  const three = skipCounted(data, place, 3);
  const oneMore = three < 0 ? -1 : skipPad(data, three);
  if (oneMore >= 0 && endsLine(data, oneMore)) return oneMore;
  const two = skipCounted(data, place, 2);
  const first = two < 0 ? -1 : skipPad(data, two);
  const second = first < 0 ? -1 : skipPad(data, first);
  return second >= 0 && endsLine(data, second) ? second : -1;
}

function endsLine(data: Uint8Array, place: number): boolean {
  const byte = data[place];
  if (byte === undefined) return true;
  if (byte === 0x22 || byte === 0x27 || byte === 0x3c || byte === CR || byte === LF) return true;
  const next = data[place + 1];
  return byte === BACKSLASH && (next === 0x22 || next === R || next === N);
}

/** Whether a run may begin here: not inside of an escape. */
export function mayBegin(data: Uint8Array, place: number): boolean {
  if (data[place - 1] === BACKSLASH) return false;
  for (let back = 2; back <= 5; back++) {
    if (data[place - back] === BACKSLASH && data[place - back + 1] === U && areHex(data, place - back + 2, place)) return false;
  }
  return true;
}

function areHex(data: Uint8Array, begin: number, end: number): boolean {
  for (let at = begin; at < end; at++) {
    const byte = data[at] as number;
    const isHex = (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
    if (!isHex) return false;
  }
  return true;
}

export function startsWithMark(data: Uint8Array, place: number): boolean {
  return MARK.every((byte, offset) => data[place + offset] === byte);
}

/** Which of `must_hold` stand here, besides those that were `held`: as bits. */
export function holdsIn(data: Uint8Array, begin: number, end: number, held: number): number {
  let found = held;
  for (let at = begin; at < end && found !== HOLDS; at++) found |= HOLD[data[at] as number] as number;
  return found;
}
