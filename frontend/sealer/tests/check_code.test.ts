import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../../tests/vectors/handover/check-codes.json";
import { grouped, readCheckCode } from "../src/page/check_code.ts";

test("a code is read as the vectors say, in whatever spelling", () => {
  assert.ok(vectors.good.length >= 10);
  for (const { written, code } of vectors.good) {
    assert.equal(readCheckCode(written), code, written);
    assert.equal(readCheckCode(grouped(code)), code);
  }
});

test("what the vectors call no code is none", () => {
  for (const [fault, written] of Object.entries(vectors.bad)) assert.equal(readCheckCode(written), null, fault);
});
