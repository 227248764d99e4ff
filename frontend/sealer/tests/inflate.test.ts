import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, deflateRawSync } from "node:zlib";
import { CarefulInflate } from "../src/core/inflate.ts";

const TEXT = Buffer.from("04/01/2026, 19:02 - Priya: the seed potatoes are in\n".repeat(400) + "football, homework, allotment: ".repeat(9));

function unpacked(packed: Uint8Array, piece: number): { out: Buffer; inflate: CarefulInflate } {
  const inflate = new CarefulInflate();
  const out: Uint8Array[] = [];
  for (let at = 0; at < packed.length && !inflate.ended; at += piece) out.push(inflate.push(packed.subarray(at, at + piece), true));
  out.push(inflate.push(new Uint8Array(0), false));
  return { out: Buffer.concat(out), inflate };
}

const WAYS = {
  "in codes of its own": deflateRawSync(TEXT, { level: 9 }),
  "in fixed codes": deflateRawSync(TEXT, { strategy: constants.Z_FIXED }),
  "not packed": deflateRawSync(TEXT, { level: 0 }),
  "of single letters": deflateRawSync(TEXT, { strategy: constants.Z_HUFFMAN_ONLY }),
};

for (const [how, packed] of Object.entries(WAYS))
  test(`what is whole is unpacked whole: ${how}`, () => {
    for (const piece of [packed.length, 1, 100]) {
      const { out, inflate } = unpacked(packed, piece);
      assert.deepEqual(out, TEXT);
      assert.ok(inflate.ended && !inflate.broken);
    }
  });

test("of what was cut, what stands before the cut is unpacked", () => {
  const { out, inflate } = unpacked(WAYS["in codes of its own"].subarray(0, 60), 7);
  assert.ok(out.length > 20 && TEXT.subarray(0, out.length).equals(out));
  assert.ok(inflate.isCut);
});

test("pieces make no difference to what is broken", () => {
  for (let place = 0; place < 300; place++) {
    const packed = Buffer.from(WAYS["in fixed codes"]);
    packed[place % packed.length] = (packed[place % packed.length] as number) ^ (1 << (place % 8));
    const whole = unpacked(packed, packed.length);
    for (const piece of [1, 13]) {
      const again = unpacked(packed, piece);
      assert.deepEqual(again.out, whole.out);
      assert.equal(again.inflate.broken, whole.inflate.broken);
    }
  }
});
