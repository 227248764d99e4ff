"""A trained officer and twenty reports: how many steps it takes from the inbox until each is graded.

    .venv/bin/python benchmarks/officer_steps.py

A real desk, a real browser; twenty reports of five sorts that holders sent (make_reports.py). A **step** is one thing
an officer does: a press of a button, a link or a key, a choice, a field that is filled in. Counted are the steps from
the inbox until the report is graded with a reason, and on until it has left triage with its THRIVE and Decision Model
entries; and from a message that is selected in the reader until it is cited for an element of an offence. The most of
any report counts.

Nobody was timed. The minutes are reckoned by the keystroke-level model (Card, Moran and Newell, CACM 23:7, 1980: 1.35 s
to think before each step, 1.1 s to point, 0.2 s to press, 0.28 s a letter typed) and by reading, at 238 words a minute,
every word that each page shows (Brysbaert, Journal of Memory and Language 109, 2019). What an officer thinks over, or
asks others, is in no such figure.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from measure import Figure, arguments, say, scratch_of, tell
from safehand.desk.core.state import State
from safehand.desk.prepare import set_up
from sealer_browser import ROOT

if TYPE_CHECKING:
    from make_reports import Report

sys.path.append(str(ROOT / "tests" / "builders"))

from journey_desk import RunningDesk, code_of, running_desk

THINK, POINT, PRESS, LETTER = 1.35, 1.1, 0.2, 0.28
"""Seconds."""
WORDS_A_SECOND = 238 / 60
PATIENCE = 60_000
STEPS, MINUTES, TO_CITE = 25, 15, 6
"""The bounds of issue 5."""


@dataclass
class Officer:
    """Who does one thing after the other, and counts."""

    page: Page
    steps: int = 0
    seconds: float = 0.0
    _read: set[str] = field(default_factory=set)

    def reads(self) -> None:
        """Every line of the page that was not read before."""
        lines = {line.strip() for line in self.page.locator("main").inner_text().splitlines()} - self._read
        self._read |= lines
        self.seconds += sum(len(line.split()) for line in lines) / WORDS_A_SECOND

    def press(self, what: Locator) -> None:
        """A button or a link, and what then stands there is read."""
        what.click()
        self._step(POINT + PRESS)
        self.page.wait_for_load_state()
        self.reads()

    def choose(self, what: Locator) -> None:
        """One of several."""
        what.check()
        self._step(POINT + PRESS)

    def select(self, what: Locator, value: str) -> None:
        """One of a list that has to be opened first: one step, two presses."""
        what.select_option(value)
        self._step(2 * (POINT + PRESS))

    def write(self, what: Locator, words: str) -> None:
        """A field, however much is written."""
        what.fill(words)
        self._step(POINT + PRESS + LETTER * len(words))

    def _step(self, seconds: float) -> None:
        self.steps += 1
        self.seconds += THINK + seconds


def grade(officer: Officer, reference: str, report: Report) -> None:
    """From the inbox until it is graded with a reason."""
    page = officer.page
    officer.press(page.get_by_role("row").filter(has_text=reference).get_by_role("button", name="Take this report"))
    officer.choose(page.get_by_role("radio", name=report.meant))
    officer.write(page.get_by_label("Why?"), f"As the holder declares it: {report.what}. Nothing else is known yet.")
    officer.press(page.get_by_role("button", name="Grade this report"))
    expect(page.get_by_role("alert")).to_contain_text(f"Graded {report.meant}")


def leave_triage(officer: Officer, name: str) -> None:
    """Both entries, and out of triage."""
    page = officer.page
    officer.press(page.locator("dt", has_text="THRIVE").locator("xpath=../dd//a"))
    for entry in ("THRIVE", "National Decision Model"):  # the second follows the first by itself
        expect(page.get_by_role("heading", name=f"{entry} entry")).to_be_visible()
        for box in page.locator("main textarea").all():
            officer.write(box, "Nothing beyond what the holder declared is known yet.")
        officer.write(page.get_by_label("Who decides?"), name)
        officer.press(page.get_by_role("button", name="Keep this entry"))
    officer.press(page.get_by_role("button", name="Let it leave triage"))
    expect(page.get_by_role("alert")).to_contain_text("left triage")


def choose_an_offence(page: Page, reference: str) -> None:
    """Not counted: it is done once in a case, and every message can then be used."""
    page.goto(f"/cases/{reference}/points/")
    page.get_by_label("Which offence?").select_option("meeting")
    page.get_by_label("Why?").fill("To see what is here and what is not.")
    page.get_by_role("button", name="Look at it").click()
    page.goto(f"/cases/{reference}/conversations/1/?message=5")


def use_for_a_point(officer: Officer) -> None:
    """From a message that is selected in the reader until it is cited for a point."""
    page = officer.page
    officer.press(page.get_by_role("link", name="Use it for a point to prove"))
    officer.select(page.get_by_label("For which point?"), "meeting/c")
    officer.select(page.get_by_label("Cited as"), "meeting")
    officer.choose(page.get_by_role("radio", name="Undermining"))
    officer.write(page.get_by_label("Why?"), "It is about peas, and nobody means to meet.")
    officer.press(page.get_by_role("button", name="Save entry"))
    expect(page.get_by_text("Kept for the point to prove")).to_be_visible()


def sign_in(browser: Browser, desk: RunningDesk) -> Page:
    """As the sample's officer."""
    page = browser.new_context(base_url=desk.address, viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/sign-in/")
    page.get_by_label("Officer reference").fill(desk.officer)
    page.get_by_label("Password", exact=True).fill(desk.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code", exact=True).fill(code_of(desk.secret))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/inbox/")
    return page


def wait_for(page: Page, references: list[str]) -> None:
    """Until the desk has collected and suggested a grade for every one of them."""
    for _ in range(PATIENCE // 500):
        page.goto("/inbox/")
        rows = page.get_by_role("row").filter(has_text="Ready to read")
        if all(rows.filter(has_text=reference).count() for reference in references):
            return
        time.sleep(0.5)
    raise SystemExit("The desk did not get there.")


def main() -> None:
    options = arguments(__doc__.splitlines()[0]).parse_args()
    scratch = scratch_of(options)
    set_up(scratch / "holder")
    from make_reports import reports, send_all  # noqa: PLC0415  asks Django, which has to know of a desk first

    made = reports(datetime.now(ZoneInfo("Europe/London")))
    chromium = (ROOT / "build" / "browser").read_text().strip()
    graded: list[tuple[int, float]] = []
    left: list[tuple[int, float]] = []
    cited: list[int] = []
    with running_desk(scratch / "desk", "--sample") as desk, sync_playwright() as player:
        port = int(desk.address.rpartition(":")[2])
        references = send_all(State(desk.state), port, scratch, made)
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = sign_in(browser, desk)
        wait_for(page, references)
        for reference, report in zip(references, made, strict=True):
            page.goto("/inbox/")
            officer = Officer(page)
            officer.reads()
            grade(officer, reference, report)
            graded.append((officer.steps, officer.seconds))
            leave_triage(officer, desk.officer)
            left.append((officer.steps, officer.seconds))
            choose_an_offence(page, reference)
            officer = Officer(page)
            use_for_a_point(officer)
            cited.append(officer.steps)
            say(f"{reference}: {graded[-1][0]}, {left[-1][0]} and {cited[-1]} steps")
        browser.close()
    for until, ends, what in (
        ("graded", graded, "until it is graded with a reason"),
        ("left", left, "until it has left triage with both entries"),
    ):
        steps, seconds = (max(ended) for ended in zip(*ends, strict=True))
        of = f"of {len(ends)} reports, the most"
        tell(Figure(f"officer.{until}.steps", f"steps from the inbox {what}: {of}", steps, "steps", "less", STEPS))
        tell(
            Figure(
                f"officer.{until}.minutes", f"the same, reckoned and not timed: {of}", round(seconds / 60, 1), "min",
                "less", MINUTES, note="every word of each page is read, and nothing is thought over",
            )
        )  # fmt: skip
    what = f"steps from a selected message until it is cited for an element of an offence: of {len(cited)}, the most"
    tell(Figure("officer.cited.steps", what, max(cited), "steps", "less", TO_CITE))


if __name__ == "__main__":
    main()
