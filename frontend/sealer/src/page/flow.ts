// Which pages there are for these answers, in their order, and which of them are done (ux.md 2.7).

import { isIdle, PAGES, question, type PageName } from "./questions.ts";
import type { State } from "./state.ts";
import { isSoon } from "./when.ts";

export type StepName =
  | "start" | "danger" | "danger_call" | "signs" | "leave" | "who" | "young" | "warnings" | "images" | "have"
  | "screenshots" | "no_file" | "apps" | "export" | "files" | "meeting_call" | "periods" | "check" | "sealing" | "saved" | "send"
  | "receipt" | "share" | "finish" | PageName;

export interface Place {
  /** A file of its own on a USB stick: it begins with danger, and ends with a file to save. */
  readonly alone: boolean;
  /** The address of the page before the first one, or null. */
  readonly before: string | null;
}

/** A meeting within two days, or under way, or on a day that nobody knows: the police are rung before anything else is asked. */
export function meetingIsNear(state: State, now: Date): boolean {
  if (state.is("urgent.meeting_under_way", "yes")) return true;
  const when = state.given.get("urgent.meeting_when");
  if (when?.answer === "given") return isSoon(when.value, now);
  return when !== undefined && state.is("urgent.meeting_planned", "yes");
}

/** The pages up to the last check, for what was answered so far. */
export function pages(state: State, place: Place, now: Date): StepName[] {
  const danger = (answer: string): boolean => state.is("urgent.child_in_danger", answer);
  const chat = state.have.has("chat");
  const given: [StepName, boolean][] = [
    ["start", place.alone],
    ["danger", place.alone],
    ["danger_call", place.alone && danger("yes")],
    ["signs", place.alone && danger("dont_know")],
    ["leave", place.alone],
    ["who", true],
    ["young", state.is("holder.role", "young_person")],
    ["warnings", true],
    ["images", true],
    ["images_where", state.mayHaveImages],
    ["have", true],
    ["screenshots", state.have.has("screenshots") && !chat],
    ["apps", chat],
    ["export", chat],
    ["files", chat],
    ["no_file", state.have.size > 0 && !chat],
    ["child", true],
    ["person", true],
    ["meeting", true],
    ["danger_call", !place.alone && danger("yes")],
    ["meeting_more", state.given.has("urgent.meeting_planned") && !state.is("urgent.meeting_planned", "no")],
    ["meeting_call", !state.is("urgent.meeting_planned", "no") && meetingIsNear(state, now)],
    ["now", true],
    ["before", true],
    ["periods", state.is("declarations.typed_by", "several")],
    ["copy", true],
    ["whole", true],
    ["pictures", true],
    ["contact", true],
    ["afterwards", true],
    ["check", true],
  ];
  return given.filter(([, there]) => there).map(([name]) => name);
}

/** Was this page answered, or read where there is nothing to answer? */
export function isDone(name: StepName, state: State): boolean {
  if (name in PAGES) {
    const asked = PAGES[name as PageName](state);
    return asked.every((on) => state.given.has(on.id) || isIdle(question(on.id), state));
  }
  switch (name) {
    case "danger":
      return state.given.has("urgent.child_in_danger");
    case "who":
      return state.given.has("holder.role");
    case "images":
      return state.given.has("images.present");
    case "have":
      return state.have.size > 0;
    case "apps":
      return state.apps.size > 0;
    case "files":
      return state.hasFiles && state.files.every((added) => added.state === "ready");
    case "periods":
      return state.periods !== null;
    case "check":
    case "no_file": // nothing is sealed without a text: this is the end of that way
      return false;
    default:
      return state.seen.has(name);
  }
}

/** The first page that is still open: nobody can be sent past it by an address. */
export function firstOpen(state: State, place: Place, now: Date): StepName {
  return pages(state, place, now).find((name) => !isDone(name, state)) ?? "check";
}

/**
 * The page that is shown when another is asked for by its address, or by going back. None past the first open one; while a
 * file is being sent nothing but that, and nothing but the receipt once it is sent.
 */
export function allowed(asked: StepName, state: State, place: Place, now: Date): StepName {
  if (state.sent !== null) return asked === "share" || asked === "finish" ? asked : "receipt";
  if (state.sealed !== null && asked === "share") return asked;
  // Sealed again, the same report would be sent twice.
  if (state.memory.begun !== null) return "send";
  const ends: readonly StepName[] = ["sealing", "saved", "send"];
  if (ends.includes(asked)) return state.sealed === null ? "check" : place.alone ? "saved" : "send";
  if (isAside(asked, state)) return asked;
  const all = pages(state, place, now);
  const open = firstOpen(state, place, now);
  return all.includes(asked) && all.indexOf(asked) <= all.indexOf(open) ? asked : open;
}

/** Pages beside the way, which a button leads to and another leads away from: whoever was there can go back there. */
function isAside(asked: StepName, state: State): boolean {
  return (asked === "no_file" && state.have.size > 0) || (asked === "screenshots" && state.have.has("screenshots"));
}

export function after(name: StepName, state: State, place: Place, now: Date): StepName {
  const all = pages(state, place, now);
  return all[all.indexOf(name) + 1] ?? "check";
}
