import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../../tests/vectors/package/embedded.json";
import { EmbeddedScan } from "../src/core/embedded.ts";
import { mayBegin, RULES, skipBreak, skipFullLine, skipLastLine, skipPads, skipUnits } from "../src/core/embedded_rules.ts";
import { bytesOf } from "./recipe.ts";

const UNIT = `(?:${RULES.unit})`;
const PAD = `(?:${RULES.pad})`;
const END = `(?:${RULES.end})`;
const LAST = RULES.last_line.replaceAll("UNIT", UNIT).replaceAll("PAD", PAD).replaceAll("END", END);

/** Where a pattern of the published rules ends when it is matched at a place, or -1. */
function matched(pattern: string, data: Uint8Array, place: number): number {
  const found = new RegExp(pattern, "y");
  found.lastIndex = place;
  return found.test(Buffer.from(data).toString("latin1")) ? found.lastIndex : -1;
}

const LOOPS: readonly (readonly [string, string, (data: Uint8Array, place: number) => number])[] = [
  ["units", `${UNIT}*`, skipUnits],
  ["a full line", `${UNIT}{${RULES.line_least}}`, skipFullLine],
  ["a break", `(?:${RULES.break})`, skipBreak],
  ["pads", `${PAD}{0,2}`, skipPads],
  ["the last line", LAST, skipLastLine],
  ["a beginning", RULES.may_begin, (data, place) => (mayBegin(data, place) ? place : -1)],
];

/** The same in every run. */
function* numbers(): Generator<number, never> {
  for (let state = 1; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state >>> 8;
  }
}

const PIECES = ["A", "b", "9", "+", "/", "-", "_", "\\/", "\\u002b", "\\u002F", "%2B", "%2f", "%", "\\", "=", "%3D", "\\u003d", "\n", "\r\n", "\r", "\\n", "\\r\\n", '"', "<", "é", " ", "AbC4", "AbC4/AbC4/AbC4/AbC4/", "u", "0", "002"];

for (const [what, pattern, loop] of LOOPS)
  test(`the loop for ${what} is its published pattern`, () => {
    const random = numbers();
    for (let round = 0; round < 400; round++) {
      const data = Buffer.from(Array.from({ length: 1 + (random.next().value % 30) }, () => PIECES[random.next().value % PIECES.length]).join(""), "latin1");
      for (let place = 0; place <= data.length; place++)
        assert.equal(loop(data, place), matched(pattern, data, place), `${JSON.stringify(data.toString("latin1"))} at ${place}`);
    }
  });

function found(data: Uint8Array, piece: number): number[][] {
  const scan = new EmbeddedScan();
  for (let at = 0; at < data.length; at += piece) scan.feed(data.subarray(at, at + piece));
  return scan.finish().map(({ start, end }) => [start, end]);
}

test("what is left out is what the vectors say, whatever the sizes of the pieces", () => {
  for (const { about, parts, verdict } of vectors) {
    const data = bytesOf(parts);
    for (const piece of [data.length, 1, 7, 512, 1000, 1024]) assert.deepEqual(found(data, piece), verdict, `${about}, in pieces of ${piece}`);
  }
});

test("a run over many pieces is one run", () => {
  const data = Buffer.from(` ${"AbC4/".repeat(900_000)} y`);
  assert.deepEqual(found(data, 1 << 20), [[1, 4_500_001]]);
});
