"""A page as the desk answers it, shown in a browser without a server: for states that a running desk is seldom in.

    show(page, answer, "/report/urgent/")      an answer of Django's test client, with its headers and its styles
    faults(page)                               what is wrong with it beside what axe finds

A browser that is shown these cannot go on from them: nothing answers but the styles and the scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from journey_eyes import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

WHERE: Final = "http://localhost"
THUMB: Final = 44
"""Pixels of what a thumb has to meet, each way (WCAG 2.2, 2.5.5). A link in running text is as high as its line."""

NARROW: Final = (320, 640)
"""What is left of 1280 pixels at 400 per cent (WCAG 2.2, 1.4.10)."""

_STATIC: Final = ROOT / "src" / "safehand" / "desk" / "core" / "static"
_KINDS: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}

_SMALL: Final = """least => [...document.querySelectorAll("a, button, summary, input, select, textarea")]
  .filter(each => {
    const box = each.getBoundingClientRect();
    const isSeen = box.width > 1 && box.height > 1 && each.checkVisibility();
    const inText = each.matches("a") && getComputedStyle(each).display === "inline";
    return isSeen && !inText && (box.height < least - 0.5 || box.width < least - 0.5);
  })
  .map(each => `too small to touch: ${each.tagName} ${each.textContent.trim() || each.id}`)"""

_UNMARKED: Final = """() => {
  // An outline of no style has a colour all the same, and where colours are forced that changes with the focus.
  const outline = style => (style.outlineStyle === "none" ? "none" : style.outline);
  const look = style => [outline(style), style.boxShadow, style.backgroundColor, style.borderTopColor, style.position];
  const isChoice = each => each.matches("[type=radio], [type=checkbox]");
  const looks = each => [
    ...look(getComputedStyle(each)),
    ...(isChoice(each) ? look(getComputedStyle(each.nextElementSibling, "::before")) : []),
  ].join();
  const found = [];
  const was = document.activeElement;
  for (const each of document.querySelectorAll("a[href], button, summary, input, select, textarea")) {
    if (!each.checkVisibility() || each.type === "hidden") continue;
    document.activeElement?.blur();
    const before = looks(each);
    each.focus({ focusVisible: true, preventScroll: true });
    const name = `${each.tagName} ${each.textContent.trim() || each.id}`;
    if (looks(each) === before) found.push(`focus is not shown on: ${name}`);
  }
  document.activeElement?.blur();
  was.focus({ preventScroll: true });
  return found;
}"""

_HEADINGS: Final = """() => {
  const found = [...document.querySelectorAll("h1, h2, h3, h4")].filter(each => each.checkVisibility());
  const own = found.filter(each => each.closest("main") && !each.closest(".govuk-error-summary"));
  return [found.filter(each => each.matches("h1")).length, own[0]?.tagName ?? "none"];
}"""


def show(page: Page, answer: Any, path: str) -> None:
    """Put it into the browser."""
    page.unroute_all()
    headers = {name: str(value) for name, value in answer.headers.items() if name != "Content-Length"}

    def fulfil(route: Route) -> None:
        asked = urlsplit(route.request.url)
        file = _STATIC / asked.path.removeprefix("/static/")
        if route.request.resource_type == "document":
            route.fulfill(status=answer.status_code, headers=headers, body=answer.content)
        elif asked.path.startswith("/static/") and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=_KINDS.get(file.suffix, "application/octet-stream"))
        else:
            route.fulfill(status=503)  # a page that asks again by itself may, however slow this machine is

    page.route("**/*", fulfil)
    page.goto(f"{WHERE}{path}")


def unmarked(page: Page) -> list[str]:
    """What looks the same with the focus on it as without."""
    found: list[str] = page.evaluate(_UNMARKED)
    return found


def faults(page: Page) -> list[str]:
    """At the phone's size, and once as narrow as can be; what is smaller, unmarked, out of order or too wide."""
    before = page.viewport_size
    headings, first = page.evaluate(_HEADINGS)
    found: list[str] = page.evaluate(_SMALL, THUMB) + unmarked(page)
    if (headings, first) != (1, "H1"):
        found.append(f"{headings} headings of the first rank; the first heading is {first}")
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > NARROW[0]:
        found.append(f"scrolls sideways to {wide} where {NARROW[0]} are there")
    if before is not None:
        page.set_viewport_size(before)
    return found
