import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCanonical } from "../src/core/canonical.ts";

test("keys stand in the order of their UTF-16 code units", () => {
  assert.equal(formatCanonical({ "\u{1f600}": 1, "\ufb33": 2, b: [true, null], a: "é" }), '{"a":"é","b":[true,null],"\u{1f600}":1,"\ufb33":2}');
});

test("control characters are escaped as RFC 8785 has it", () => {
  assert.equal(formatCanonical('\b\f\n\r\t\u0001\u007f"\\/\u2028'), '"\\b\\f\\n\\r\\t\\u0001\u007f\\"\\\\/\u2028"');
});

test("what has no canonical form is refused", () => {
  for (const bad of [0.5, 2 ** 53, Number.NaN, "\ud800", "a\udc00"]) assert.throws(() => formatCanonical(bad));
});
