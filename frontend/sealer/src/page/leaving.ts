// Exit this page (ux.md 2.1): the red button, the hidden link and three presses of Shift within five seconds.
//
// First everything that was typed and added is forgotten and the page is emptied, then the weather takes its place in
// the history. Escape does nothing: it has other uses.

import { words } from "./words.ts";

const WITHIN = 5000;
const PRESSES = 3;

export class Leaving {
  isLeaving = false;
  private armed = false;
  private presses = 0;
  private first = 0;

  constructor(private readonly forget: () => void) {
    for (const link of this.links()) link.addEventListener("click", (event) => this.leave(event));
    document.addEventListener("keyup", (event) => this.pressed(event));
  }

  /** The button is there from the page on that tells of it. */
  arm(there: boolean): void {
    this.armed = there;
    for (const link of this.links()) {
      const holder = link.closest<HTMLElement>(".govuk-exit-this-page") ?? link;
      holder.hidden = !there;
    }
  }

  private links(): HTMLAnchorElement[] {
    return [...document.querySelectorAll<HTMLAnchorElement>("a[data-leave]")];
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key !== "Shift" || !this.armed) {
      this.presses = 0;
      return;
    }
    if (event.timeStamp - this.first > WITHIN) this.presses = 0;
    if (this.presses === 0) this.first = event.timeStamp;
    this.presses += 1;
    const said = document.getElementById("leave-said");
    if (this.presses >= PRESSES) this.leave(event);
    else if (said !== null) said.textContent = words.common.exit_pressed[this.presses - 1] ?? "";
  }

  private leave(event: Event): void {
    event.preventDefault();
    if (this.isLeaving) return;
    this.isLeaving = true;
    const to = this.links()[0]?.href ?? "about:blank";
    this.forget();
    document.title = words.common.leaving;
    document.body.replaceChildren(document.createTextNode(words.common.leaving));
    window.location.replace(to);
  }
}
