// The order of the holder's pages, and that nothing stays open: no DOM is needed for either.

import assert from "node:assert/strict";
import { test } from "node:test";
import { QUESTIONS } from "../src/core/questions.ts";
import { after, allowed, firstOpen, isDone, pages, type StepName } from "../src/page/flow.ts";
import { finalAnswers, leftEmpty, PAGES, type PageName } from "../src/page/questions.ts";
import type { Sent } from "../src/page/sending.ts";
import { State } from "../src/page/state.ts";
import type { Receipt } from "../src/core/types.ts";
import { labelOf } from "../src/page/words.ts";

const NOW = new Date("2026-11-27T16:00:00Z");
const SERVED = { alone: false, before: "/report/next/" };
const ALONE = { alone: true, before: null };

function withChat(): State {
  const state = new State(true);
  state.have.add("chat");
  return state;
}

test("every question stands on exactly one page, or is asked by a page of its own", () => {
  const own = ["urgent.child_in_danger", "holder.role", "images.present"];
  const state = withChat();
  state.given.set("images.present", { answer: "no" });
  const asked = (Object.keys(PAGES) as PageName[])
    .filter((name) => name !== "images_where")
    .flatMap((name) => PAGES[name](state).flatMap((on: { id: string; then?: readonly string[] }) => [on.id, ...(on.then ?? [])]));
  const all = [...asked.filter((id) => !own.includes(id)), ...own, "images.where"].sort();
  assert.deepEqual(all, QUESTIONS.map(({ id }) => id).sort());
});

test("what nobody answered is not known, and what an earlier no made idle is not asked", () => {
  const state = withChat();
  state.given.set("urgent.meeting_planned", { answer: "no" });
  const { given } = finalAnswers(state);
  assert.equal(given["urgent.meeting_when"], undefined);
  assert.deepEqual(given["urgent.meeting_confirmed"], { answer: "given", value: "no_meeting" });
  assert.deepEqual(given["declarations.deleted_by"], { answer: "dont_know" });
  for (const { id, unlessNo } of QUESTIONS) assert.ok(given[id] !== undefined || unlessNo === "urgent.meeting_planned", id);
});

test("danger comes first in the file of its own, and the warnings before any file everywhere", () => {
  assert.deepEqual(pages(withChat(), ALONE, NOW).slice(0, 3), ["start", "danger", "leave"]);
  for (const place of [ALONE, SERVED]) {
    const all = pages(withChat(), place, NOW);
    assert.ok(all.indexOf("warnings") < all.indexOf("files"));
    assert.ok(all.indexOf("export") < all.indexOf("files"), "how to export without media comes before the files");
  }
});

test("nobody gets past the first open page", () => {
  const state = withChat();
  assert.equal(firstOpen(state, SERVED, NOW), "who");
  state.given.set("holder.role", { answer: "dont_know" });
  assert.equal(firstOpen(state, SERVED, NOW), "warnings");
});

test("without a file the way ends at the phone and the notice, and nothing is sealed", () => {
  const state = new State(true);
  state.have.add("screenshots");
  assert.ok(!pages(state, SERVED, NOW).includes("files"));
  assert.equal(after("screenshots", state, SERVED, NOW), "no_file");
  assert.equal(isDone("no_file", state), false);
});

test("a meeting that is near brings 999 back, and one that is past or far does not", () => {
  const near = (value: string): boolean => {
    const state = withChat();
    state.given.set("urgent.meeting_planned", { answer: "yes" });
    state.given.set("urgent.meeting_when", { answer: "given", value });
    return pages(state, SERVED, NOW).includes("meeting_call");
  };
  assert.equal(near("2026-11-28"), true);
  assert.equal(near("2026-11-29T10:00:00"), true);
  assert.equal(near("2026-12-24"), false);
  assert.equal(near("2026-10-01"), false);
  const under = withChat();
  under.given.set("urgent.meeting_under_way", { answer: "yes" });
  assert.ok(pages(under, SERVED, NOW).includes("meeting_call"));
});

test("a meeting that is planned for a day nobody knows brings 999 and 101 too, once that was asked", () => {
  const state = withChat();
  state.given.set("urgent.meeting_planned", { answer: "yes" });
  assert.ok(!pages(state, SERVED, NOW).includes("meeting_call"), "it was not asked yet");
  for (const answer of ["dont_know", "not_said"] as const) {
    state.given.set("urgent.meeting_when", { answer });
    assert.ok(pages(state, SERVED, NOW).includes("meeting_call"));
  }
  state.given.set("urgent.meeting_planned", { answer: "dont_know" });
  assert.ok(!pages(state, SERVED, NOW).includes("meeting_call"), "nobody says that one is planned");
});

test("where the danger is told otherwise than before, the page that says to ring is shown once more", () => {
  const state = withChat();
  const call = (): boolean => isDone("danger_call", state);
  state.answer("urgent.child_in_danger", { answer: "yes" });
  state.seen.add("danger_call");
  state.answer("urgent.child_in_danger", { answer: "yes" });
  assert.equal(call(), true);
  state.answer("urgent.child_in_danger", { answer: "no" });
  state.answer("urgent.child_in_danger", { answer: "yes" });
  assert.equal(call(), false);
  state.seen.add("danger_call");
  state.answer("holder.role", { answer: "not_said" });
  assert.equal(call(), true);
});

/** Up to the files, with none added. */
function atFiles(): State {
  const state = withChat();
  state.given.set("holder.role", { answer: "not_said" });
  state.given.set("images.present", { answer: "no" });
  state.apps.add("whatsapp");
  for (const page of ["warnings", "export"]) state.seen.add(page);
  return state;
}

const shown = (state: State, asked: StepName): StepName => allowed(asked, state, SERVED, NOW);

test("back from \"I have no file\", and back again, leads a page at a time", () => {
  const state = atFiles();
  assert.equal(firstOpen(state, SERVED, NOW), "files");
  for (const page of ["no_file", "files", "export", "apps", "have"] as const) assert.equal(shown(state, page), page);
  assert.equal(shown(state, "child"), "files");
  state.have.clear();
  assert.equal(shown(state, "no_file"), "have");
});

test("whoever was told about screenshots can go back to that page", () => {
  const state = atFiles();
  assert.equal(shown(state, "screenshots"), "files");
  state.have.add("screenshots");
  assert.equal(shown(state, "screenshots"), "screenshots");
});

test("while a file is being sent nothing else is walked to, and the receipt alone once it is sent", () => {
  const state = atFiles();
  state.sealed = { blob: new Blob(["x"]), receipt: {} as Receipt, name: "safehand.safehand" };
  for (const page of ["files", "have", "send"] as const) assert.equal(shown(state, page), page, "nothing was sent yet");
  state.memory.begun = { parcel: "p", key: "k", checkCode: "c" };
  for (const page of ["files", "check", "no_file", "sealing", "receipt", "finish"] as const) assert.equal(shown(state, page), "send");
  assert.equal(shown(state, "share"), "share");
  state.sent = { acknowledgement: {} as Sent["acknowledgement"], signature: "", checkCode: "c" };
  for (const page of ["files", "send", "sealing"] as const) assert.equal(shown(state, page), "receipt");
  for (const page of ["share", "finish"] as const) assert.equal(shown(state, page), page);
});

test("images that may be there ask where they are, and no says nothing more of it", () => {
  const state = withChat();
  state.given.set("images.present", { answer: "dont_know" });
  assert.ok(pages(state, SERVED, NOW).includes("images_where"));
  state.given.set("images.present", { answer: "no" });
  assert.ok(!pages(state, SERVED, NOW).includes("images_where"));
});

test("leaving forgets everything", () => {
  const state = withChat();
  state.given.set("holder.role", { answer: "dont_know" });
  state.memory.begun = { parcel: "p", key: "k", checkCode: "c" };
  state.forget();
  assert.equal(state.given.size + state.have.size + state.files.length, 0);
  assert.equal(state.memory.begun, null);
});

test("what hangs on a yes is not asked after any other answer, and what a holder keeps to themself is not \"I don't know\"", () => {
  const state = withChat();
  state.given.set("declarations.deleted", { answer: "dont_know" });
  state.given.set("declarations.edited", { answer: "yes" });
  state.given.set("declarations.published", { answer: "no" });
  state.given.set("declarations.published_where", { answer: "given", value: "typed before the answer was changed" });
  state.given.set("declarations.told_police", { answer: "no" });
  state.given.set("holder.role", { answer: "not_said" });
  const { given } = finalAnswers(state);
  for (const id of ["declarations.deleted_by", "declarations.published_where", "declarations.told_police_details", "promptness.told_police"])
    assert.equal(given[id], undefined, id);
  assert.deepEqual(given["declarations.edited_by"], { answer: "dont_know" });
  assert.deepEqual(given["holder.role"], { answer: "not_said" });
  assert.deepEqual(leftEmpty("urgent.caller_name"), { answer: "not_said" });
  assert.deepEqual(leftEmpty("urgent.child_details"), { answer: "dont_know" });
});

test("what stands below a question on a page is what hangs on a yes to it, and on nothing else", () => {
  const state = withChat();
  const below = (Object.keys(PAGES) as PageName[])
    .flatMap((name) => PAGES[name](state))
    .flatMap((on: { id: string; then?: readonly string[] }) => (on.then ?? []).map((id) => [id, on.id]));
  assert.deepEqual(new Map(below as [string, string][]), new Map(QUESTIONS.flatMap(({ id, unlessYes }) => (unlessYes === null ? [] : [[id, unlessYes]]))));
});

test("whether the police asked for anything is asked in the words of the statement", () => {
  const asked = QUESTIONS.find(({ id }) => id === "declarations.police_asked");
  assert.equal(labelOf("declarations.police_asked"), asked?.ask);
});

test("an app that was chosen is not asked for again, and one that is not in the list is", () => {
  const state = withChat();
  const asksIt = (): boolean => PAGES.copy(state).some(({ id }) => id === "capture.app");
  assert.ok(asksIt());
  state.tellApps(["whatsapp", "x"], ["WhatsApp", "X (Twitter)"]);
  assert.ok(!asksIt());
  assert.deepEqual(finalAnswers(state).given["capture.app"], { answer: "given", value: "WhatsApp, X (Twitter)" });
  state.tellApps(["whatsapp", "other"], ["WhatsApp"]);
  assert.ok(asksIt());
  assert.ok(!state.given.has("capture.app"));
  state.given.set("capture.app", { answer: "given", value: "an app of the school" });
  state.tellApps(["other"], []);
  assert.deepEqual(finalAnswers(state).given["capture.app"], { answer: "given", value: "an app of the school" });
});
