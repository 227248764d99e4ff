// The links around this page open beside it: over it, they would take away what was typed, and the check code.

import { h, hidden } from "./dom.ts";
import { words } from "./words.ts";

const W = words.common;

/** Every link of the desk's header and footer, and a line in the footer that says so. A file of its own has none. */
export function openBeside(page: ParentNode): void {
  const links = [...page.querySelectorAll<HTMLAnchorElement>("header a[href], footer a[href]")];
  for (const link of links) {
    link.target = "_blank";
    link.rel = "noopener";
    link.append(hidden(` ${W.beside}`));
  }
  page.querySelector("footer ul")?.after(h("p", { class: "govuk-body-s" }, W.beside_all));
}
