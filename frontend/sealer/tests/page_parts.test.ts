// What the page reads and checks itself: dates as people type them, who typed when, the desk's word, the work at the door.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import vector from "../../../tests/vectors/handover/acknowledgement.json";
import { checkAcknowledged, NotAcknowledged, readAcknowledgement } from "../src/page/acknowledged.ts";
import { draftOf, limitOf } from "../src/page/steps/limit.ts";
import { isBackwards, overlap } from "../src/page/steps/overlap.ts";
import { readWhen, typedOf } from "../src/page/when.ts";
import { doWork } from "../src/page/work.ts";
import { systemOf } from "../src/page/machine.ts";
import { Cut, Node, Refused } from "../src/page/node.ts";
import { apps, shared, words } from "../src/page/words.ts";

const typed = (day: string, month: string, year: string, time = "") => ({ day, month, year, time });

test("a date comes back in one spelling", () => {
  const good: [ReturnType<typeof typed>, string | null][] = [
    [typed("", "", ""), null],
    [typed("4", "1", "2026"), "2026-01-04"],
    [typed("04", "January", "2026"), "2026-01-04"],
    [typed("24", "nov", "2026", "15:30"), "2026-11-24T15:30:00"],
    [typed("24", "11", "2026", "3.30pm"), "2026-11-24T15:30:00"],
    [typed("24", "11", "2026", "12am"), "2026-11-24T00:00:00"],
    [typed("29", "2", "2028"), "2028-02-29"],
  ];
  for (const [given, value] of good) assert.deepEqual(readWhen(given), { value });
  assert.deepEqual(readWhen(typedOf("2026-11-24T15:30:00")), { value: "2026-11-24T15:30:00" });
});

test("what is no date is told apart from what is half of one", () => {
  const bad: [ReturnType<typeof typed>, string][] = [
    [typed("4", "", "2026"), "whole"],
    [typed("", "", "", "15:30"), "whole"],
    [typed("31", "2", "2026"), "real"],
    [typed("29", "2", "2026"), "real"],
    [typed("1", "13", "2026"), "real"],
    [typed("1", "1", "26"), "years"],
    [typed("1", "1", "2300"), "years"],
    [typed("1", "1", "2026", "25:00"), "real"],
    [typed("1", "1", "2026", "3"), "real"],
    [typed("1", "1", "2026", "13pm"), "real"],
    [typed("x", "1", "2026"), "real"],
  ];
  for (const [given, wrong] of bad) assert.deepEqual(readWhen(given), { wrong });
});

test("two people never type on one account at once, and may touch", () => {
  const period = (account: string, from: string | null, to: string | null) => ({ account, who: "child", from, to });
  assert.equal(overlap([period("a", null, "2026-11-20"), period("a", "2026-11-21", null)]), null);
  assert.equal(overlap([period("a", null, "2026-11-20"), period("a", "2026-11-20", null)]), 2);
  assert.equal(overlap([period("a", null, null), period("b", null, null)]), null);
  assert.equal(overlap([period("a", "2026-01-01T10:00:00", "2026-01-01T12:00:00"), period("a", "2026-01-01T12:00:00", null)]), null);
});

test("what nobody knows of a period clashes with nothing, and what is sure of it does", () => {
  const period = (from: string | null, to: string | null) => ({ account: "a", who: "child", from, to });
  const unknown = "dont_know";
  assert.equal(overlap([period(null, unknown), period(unknown, null)]), null);
  assert.equal(overlap([period(unknown, unknown), period(null, null)]), null);
  assert.equal(overlap([period("2026-01-01", "2026-01-03"), period("2026-01-02", unknown)]), 2);
  assert.equal(overlap([period("2026-01-02", unknown), period("2026-01-01", "2026-01-03")]), 1);
  assert.equal(overlap([period(unknown, "2026-01-02"), period("2026-01-03", null)]), null);
  assert.equal(isBackwards(period("2026-01-03", "2026-01-02")), true);
  assert.equal(isBackwards(period("2026-01-03", unknown)), false);
  assert.equal(isBackwards(period("2026-01-02", "2026-01-02")), false);
});

test("a limit comes back as it was told", () => {
  for (const limit of [null, "dont_know", "2026-01-02", "2026-01-02T10:00:00"]) assert.equal(limitOf(draftOf(limit)), limit);
});

test("the desk's word is good as it was signed, and not with anything changed", () => {
  const said = readAcknowledgement(JSON.parse(vector.canonical));
  checkAcknowledged(said, vector.signature, vector.signing_key);
  const other = vector.signing_key.replace("AAAAIAOh", "AAAAIBOh");
  const bad: [() => void][] = [
    [() => checkAcknowledged({ ...said, size: said.size + 1 }, vector.signature, vector.signing_key)],
    [() => checkAcknowledged({ ...said, sha256: "6".repeat(64) }, vector.signature, vector.signing_key)],
    [() => checkAcknowledged({ ...said, reference: "SH-000000001" }, vector.signature, vector.signing_key)],
    [() => checkAcknowledged(said, vector.signature, other)],
    [() => checkAcknowledged(said, vector.signature.replace("QL8qoK", "QL8qoL"), vector.signing_key)],
    [() => checkAcknowledged(said, vector.signature.slice(0, -10), vector.signing_key)],
    [() => checkAcknowledged(said, "", vector.signing_key)],
  ];
  for (const [attempt] of bad) assert.throws(attempt, NotAcknowledged);
});

test("what is no acknowledgement is refused", () => {
  const said = JSON.parse(vector.canonical) as Record<string, unknown>;
  for (const bad of [null, "x", {}, { ...said, more: 1 }, { ...said, size: 0 }, { ...said, size: "1" }, { ...said, schema: "x" }, { ...said, received: "today" }]) {
    assert.throws(() => readAcknowledgement(bad), NotAcknowledged);
  }
});

test("the work is what the node checks", async () => {
  const challenge = "1700000000.12.nonce:mac";
  const counter = await doWork(challenge, new AbortController().signal);
  const digest = createHash("sha256").update(`${challenge}\n${counter}`).digest();
  assert.equal(digest.readUInt16BE(0) >> 4, 0);
  await assert.rejects(doWork("nothing", new AbortController().signal));
});

test("the machine is named in a few words, and never by more than it says of itself", () => {
  const phone = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";
  assert.equal(systemOf(phone), "Android 15, Chrome 131");
  assert.equal(systemOf("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"), "Linux, Firefox 153");
  assert.equal(systemOf(""), "a browser");
});

test("no sentence that several places say is left as a key", () => {
  assert.doesNotMatch(JSON.stringify([words, shared, apps]), /\{[=~][a-z]/);
  assert.ok(JSON.stringify(words).includes("Give a day, a month and a year."));
  assert.equal(shared.call.heading, "If a child is in danger now, call 999");
  assert.deepEqual(apps["messenger"]?.ways[0]?.steps, apps["instagram"]?.ways[0]?.steps);
});

test("a no of a machine in between that will not pass is told, and any other is a cut", async (context) => {
  const said = (status: number, body: string) => context.mock.method(globalThis, "fetch", async () => new Response(body, { status }));
  const node = new Node("https://report.example/parcels/", new AbortController().signal);
  const refused: [number, string, string][] = [
    [413, "<html>Request Entity Too Large</html>", "too_large"],
    [403, "<html>Forbidden</html>", "forbidden"],
    [507, '{"code":"disk_full"}', "disk_full"],
  ];
  for (const [status, body, code] of refused) {
    said(status, body);
    await assert.rejects(node.terms(), (error) => error instanceof Refused && error.code === code);
  }
  for (const [status, body] of [[502, "<html>Bad Gateway</html>"], [500, "{}"], [200, "<html>Sign in to this network</html>"]] as const) {
    said(status, body);
    await assert.rejects(node.terms(), Cut);
  }
});
