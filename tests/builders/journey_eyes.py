"""Looking at a page as a journey goes by: at both sizes, with axe-core, and a screenshot kept in build/screens.

    eyes = Eyes(page)
    eyes.look("inbox")       no sideways scroll, nothing for axe, no error in the console, a strict policy; a picture

axe finds under half of what can be wrong (ux.md 5.1): the pictures are there to be looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Locator, Page, Response

ROOT = Path(__file__).parents[2]
SCREENS: Final = ROOT / "build" / "screens"
DESKTOP: Final = (1440, 900)
PHONE: Final = (390, 844)
SIZES: Final = (DESKTOP, PHONE)
RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
POLICY: Final = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")

OUTSIDE: Final = (".govuk-exit-this-page", ".govuk-js-exit-this-page-skiplink")
"""What may stand outside the page's regions: GOV.UK's own button and link for leaving at once (ux.md 4.2)."""

_STAY: Final = ".sh-dock, .sh-bar"
"""What stays where it is while a page scrolls under it. At any height of a page it lies over something, and that is no
fault of the page (that the focus is never under it has a journey of its own): it stands in the flow while axe measures.
"""

_LAID_DOWN: Final = """([stay, rules]) => {
  const bars = [...document.querySelectorAll(stay)];
  bars.forEach((bar) => { bar.style.position = "static"; });
  return axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload: false})
    .finally(() => bars.forEach((bar) => { bar.style.position = ""; }));
}"""
"""Not fetched beforehand: style sheets, for a rule that is off, and films, of which no page has any."""

_ANSWERED = "Failed to load resource: the server responded with a status of"
"""What Chromium says of a page that is meant to be an error page; its status is checked by the journey itself."""


@cache
def axe() -> str:
    """axe-core, from the lock file of frontend/."""
    script = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.fail("axe-core is not installed yet: run scripts/styles, or make test.")
    return script.read_text("utf-8")


def _measured(node: dict[str, Any]) -> list[object]:
    """What axe measured where it found something: the sizes and colours that failed, and beside what."""
    checks = [*node["any"], *node["all"], *node["none"]]
    return [(check["id"], check["data"], [near["target"] for near in check["relatedNodes"]]) for check in checks]


class Eyes:
    """Watches one page from its first answer on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.statuses: list[int] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("response", self._answered)

    def look(self, name: str, *, sizes: Sequence[tuple[int, int]] = SIZES, full: bool = False) -> None:
        """Everything a page in this state must be."""
        before = self.page.viewport_size
        for size in sizes:
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
            where = f"{name} at {size[0]}x{size[1]}"
            self._keep(f"{name}-{size[0]}x{size[1]}", full=full)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size[0], f"{where} scrolls sideways to {wide}"
            found = self.violations()
            assert found == [], f"{where}: {found}"
        if before is not None:
            self.page.set_viewport_size(before)
        assert self.said == [], f"{name}: {self.said}"

    def press(self, what: Locator) -> None:
        """Press what leads to another page, and wait until that is there."""
        with self.page.expect_navigation():
            what.click()

    def violations(self) -> list[str]:
        """What axe finds, a line each."""
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(axe())
        found: dict[str, Any] = self.page.evaluate(_LAID_DOWN, [_STAY, list(RULES)])
        problems = []
        for violation in found["violations"]:
            nodes = violation["nodes"]
            if violation["id"] == "region":
                nodes = [node for node in nodes if not any(allowed in str(node["target"]) for allowed in OUTSIDE)]
            if nodes:
                told = [(node["target"], _measured(node)) for node in nodes[:4]]
                problems.append(f"{violation['id']} ({violation['impact']}): {told}")
        return problems

    def _keep(self, name: str, *, full: bool) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png", full_page=full)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_ANSWERED):
            self.said.append(f"{message.type}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.request.resource_type != "document" or response.status in (301, 302, 303):
            return
        self.statuses.append(response.status)
        policy = response.header_value("content-security-policy") or ""
        missing = [part for part in POLICY if part not in policy]
        if missing or "unsafe" in policy:
            self.said.append(f"policy of {response.url}: {policy}")
