// The sealer's page, from here on: what it was made for, then one page after another.
//
// The worker comes along as text, and runs from a blob: so it is under this document's own policy, which forbids every
// connection but the upload, and it also starts from a file on a USB stick.

import workerText from "safehand:worker";
import { parseDeskPublic } from "../core/desk_public.ts";
import { supported } from "../core/supported.ts";
import { startSealer } from "../sealer.ts";
import type { Place, StepName } from "./flow.ts";
import { PAGES, type PageName } from "./questions.ts";
import { openBeside } from "./beside.ts";
import { h, paragraph } from "./dom.ts";
import { readSetting, type Setting } from "./setting.ts";
import { App, type Draw } from "./shell.ts";
import { State } from "./state.ts";
import { asking } from "./steps/asking.ts";
import { check } from "./steps/check.ts";
import { files } from "./steps/files.ts";
import * as opening from "./steps/opening.ts";
import { periods } from "./steps/periods.ts";
import { finish, receipt, share } from "./steps/receipt.ts";
import { saved } from "./steps/saved.ts";
import { sealing } from "./steps/sealing.ts";
import { send } from "./steps/send.ts";
import { words } from "./words.ts";

/** A browser that lacks what sealing needs is told so, and never gets a plain upload. Hashes of parts need https. */
function canSeal(sends: boolean): boolean {
  return supported().length === 0 && (!sends || typeof crypto.subtle === "object");
}

function begin(setting: Setting, main: HTMLElement, live: HTMLElement): void {
  const sealer = startSealer(URL.createObjectURL(new Blob([workerText], { type: "text/javascript" })));
  const place: Place = { alone: setting.sendTo === null, before: setting.before };
  const asked = Object.fromEntries((Object.keys(PAGES) as PageName[]).map((name) => [name, asking(name)])) as Record<PageName, Draw>;
  const draw: Record<StepName, Draw> = {
    ...asked,
    start: opening.start(setting),
    danger: opening.danger,
    danger_call: opening.dangerCall,
    meeting_call: opening.meetingCall,
    signs: opening.signs,
    leave: opening.leave,
    who: opening.who,
    young: opening.young,
    warnings: opening.warnings,
    images: opening.images,
    have: opening.have,
    screenshots: opening.screenshots,
    no_file: opening.noFile(setting),
    apps: opening.whichApps,
    export: opening.howToExport,
    files: files(sealer, setting),
    periods,
    check: check(setting),
    sealing: sealing(sealer, setting),
    saved: saved(setting),
    send: send(setting),
    receipt,
    share,
    finish,
  };
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  openBeside(document);
  new App(new State(!place.alone), place, main, live, draw, () => sealer.close()).begin();
}

const main = document.getElementById("main");
const live = document.getElementById("live");
if (main !== null && live !== null) {
  try {
    const setting = readSetting(parseDeskPublic);
    if (canSeal(setting.sendTo !== null)) begin(setting, main, live);
    else tooOld(main);
  } catch (error) {
    lost(main);
    throw error;
  }
}

/** What stands there already says what to do instead: it waited for this script (styles/holder/_words.scss). */
function tooOld(place: HTMLElement): void {
  place.querySelector(".sh-getting-ready")?.remove();
  place.querySelector(".sh-too-old")?.classList.remove("sh-too-old");
}

/** The page cannot go on. Nothing that was typed is in the words. */
function lost(place: HTMLElement): void {
  place.replaceChildren(h("h1", { class: "govuk-heading-l" }, words.common.lost_heading), paragraph(words.common.lost));
}
