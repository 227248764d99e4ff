"""Every page of the sealer in the states that a smooth way never shows: what is missing, wrong, cut or changed.

A test asks that no page of its flow was left out. The smooth ways are test_journey_seal.py and its neighbours.
"""

from __future__ import annotations

import base64
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import FilePayload, expect

from canary import CANARY
from journey_desk import RunningDesk
from journey_eyes import PHONE, ROOT, Eyes
from journey_holder import Deed, HolderPage, made_for
from journey_pages import faults

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Route

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WAIT: Final = 60_000
PARTS: Final = re.compile(r"/report/parcels/[0-9a-f]{32}/\d+/")
FLOW: Final = ROOT / "frontend" / "sealer" / "src" / "page"
WORDS: Final = "03/01/2026, 07:12 - Priya: The gate is open\n" * 20

SMOOTH: Final = {
    "who", "warnings", "images", "have", "apps", "export", "files", "child", "person", "meeting", "now", "before",
    "copy", "whole", "pictures", "contact", "afterwards", "check", "receipt", "share", "finish",
}  # fmt: skip
"""The pages at which axe looks on a smooth way, while nothing is wrong on them."""


def every_step() -> set[str]:
    """As the page's own script names them: type StepName of flow.ts, and the pages of questions."""
    named = re.search(r"export type StepName =(.+?);", (FLOW / "flow.ts").read_text("utf-8"), re.DOTALL)
    pages = re.search(
        r"export const PAGES = \{(.+?)\n\} satisfies", (FLOW / "questions.ts").read_text("utf-8"), re.DOTALL
    )
    assert named is not None
    assert pages is not None
    return set(re.findall(r'"(\w+)"', named[1])) | set(re.findall(r"^  (\w+): \(", pages[1], re.MULTILINE))


class Looked(HolderPage):
    """Looks at every page it comes through, and at what the page says when nothing was answered."""

    def __init__(self, page: Page, prefix: str, eyes: Eyes) -> None:
        super().__init__(page, eyes, prefix)
        self.seen: set[str] = set()

    def look(self, state: str = "") -> None:
        """A thumb, a key and 320 pixels; axe at both sizes, where no smooth way brings it."""
        where = f"{self.step}{'-' if state else ''}{state}"
        assert faults(self.page) == [], where
        is_smooth = self.step in SMOOTH and self.step not in self.seen and state == ""
        self.seen.add(self.step)
        if is_smooth:
            return
        assert self.eyes is not None
        self.eyes.look(f"states-{self._prefix}{where}", full=True)

    def unanswered(self) -> None:
        """Continue without a word: what is needed is said, and nothing is lost."""
        step = self.step
        on = self.page.get_by_role("button", name="Continue", exact=True)
        if on.count():
            on.click()
        if self.step == step and self.page.get_by_role("alert").count():
            assert self.page.title().startswith("Error: ")
            self.look("unanswered")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, accept_downloads=True)
    yield context.new_page()
    context.close()


def all_of_it(chat: Path) -> dict[str, Deed]:
    """The longest way there is: the young person, images, a meeting that is near, several who typed."""

    def have(holder: HolderPage) -> None:
        holder.choose("Nothing yet")
        holder.choose("Screenshots")
        holder.press("Continue")
        holder.look()
        holder.page.get_by_label("Nothing yet").uncheck()
        if isinstance(holder, Looked) and "screenshots" not in holder.seen:
            holder.press("Continue")
            holder.on("screenshots")
            holder.look()
            holder.press("I cannot get the chat")
            holder.on("no_file")
            holder.look()
            holder.page.go_back()
            holder.page.go_back()
            holder.on("have")
        holder.choose("The chat as a file, or I can get it")

    def apps(holder: HolderPage) -> None:
        for name in ("WhatsApp", "Snapchat", "Another app, or I have the file already"):
            holder.choose(name)

    def meeting(holder: HolderPage) -> None:
        holder.page.get_by_role("group", name="Is a meeting with a child planned?").get_by_label("Yes").check()

    def more(holder: HolderPage) -> None:
        holder.page.locator("#urgent-meeting-under-way").check()
        holder.page.locator("#urgent-meeting-when").fill("99")
        holder.press("I don’t know the rest of this page")
        holder.look()
        holder.page.locator("#urgent-meeting-when").fill("")

    def before(holder: HolderPage) -> None:
        holder.page.locator("#declarations-typed-by-2").check()
        holder.page.locator("#declarations-told-police").check()
        holder.page.locator("#declarations-published").check()
        holder.look()

    return {
        "who": lambda holder: holder.choose("The young person in the chat"),
        "images": lambda holder: holder.choose("Yes"),
        "have": have,
        "apps": apps,
        "files": lambda holder: add_files(holder, chat),
        "meeting": meeting,
        "meeting_more": more,
        "before": before,
        "periods": periods,
    }


def add_files(holder: HolderPage, chat: Path) -> None:
    picture = base64.b64encode(CANARY)
    given: list[FilePayload] = [
        {"name": "Screenshot.png", "mimeType": "image/png", "buffer": CANARY},
        {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        {
            "name": f"{'long-' * 30}.html",
            "mimeType": "text/html",
            "buffer": b"<img src='data:image/png;base64," + picture,
        },
    ]
    holder.page.set_input_files("#file-input", [chat])
    holder.page.set_input_files("#file-input", given)
    expect(holder.page.locator(".sh-files__row--checking")).to_have_count(0)
    holder.press("Continue")
    holder.look()
    for name in ("Screenshot.png", "empty.txt"):
        holder.press(f"Remove {name}")
    holder.look()
    holder.press("Continue")


def periods(holder: HolderPage) -> None:
    for number in (1, 2):
        holder.page.locator(f"#period-{number}-who").check()
        holder.page.locator(f"#period-{number}-account").fill("the child's account")
        for limit in ("from", "to"):
            holder.page.locator(f"#period-{number}-{limit}").check()
    holder.press("Continue")
    expect(holder.page.get_by_role("alert")).to_contain_text("Two people cannot type on one account at the same time")
    holder.look()
    for field, day in (("1-to", "1"), ("2-from", "2")):
        holder.page.locator(f"#period-{field}-2").check()
        for part, value in (("", day), ("-month", "11"), ("-year", "2026")):
            holder.page.locator(f"#period-{field}-date{part}").fill(value)
    holder.press("Continue")


def through(holder: Looked, chat: Path) -> None:
    """To the last check."""
    deeds = all_of_it(chat)

    def with_errors(step: str) -> Deed:
        def deed(_: HolderPage) -> None:
            holder.unanswered()
            if holder.step == step and step in deeds:
                deeds[step](holder)

        return deed

    holder.answer_up_to("check", {step: with_errors(step) for step in every_step()})
    holder.look()


def test_no_page_of_the_sealer_is_left_out(
    page: Page, sample_desk: RunningDesk, tmp_path: Path, chromium: Browser
) -> None:
    chat = tmp_path / "WhatsApp Chat.txt"
    chat.write_text(WORDS, "utf-8")
    page.goto(f"{sample_desk.address}/report/seal/")
    holder = Looked(page, "", Cut(page))
    through(holder, chat)
    wrong_code(holder)
    changed_while_locked(holder, chat)
    cut_off(holder)
    to_the_end(holder)
    alone = file_of_its_own(chromium, sample_desk, tmp_path)
    assert every_step() - holder.seen - alone.seen == set()


def wrong_code(holder: Looked) -> None:
    holder.page.get_by_text("I sent something before").click()
    holder.page.locator("#add-to").fill("K7QM-2D9X-TR4B-08H1")
    holder.press("Lock and send")
    expect(holder.page.get_by_role("alert")).to_contain_text("There is a slip in this code")
    holder.look("wrong-code")
    holder.page.locator("#add-to").fill("")


def changed_while_locked(holder: Looked, chat: Path) -> None:
    was = chat.stat()
    chat.write_text(WORDS * 2, "utf-8")
    os.utime(chat, (was.st_atime, was.st_mtime + 60))
    holder.press("Lock and send")
    expect(holder.page.get_by_role("heading", name="It could not be locked")).to_be_visible()
    holder.look("changed")
    chat.write_text(WORDS, "utf-8")
    os.utime(chat, (was.st_atime, was.st_mtime))


def cut_off(holder: Looked) -> None:
    hold = [True]

    def cut(route: Route) -> None:
        route.abort("connectionreset") if hold else route.fallback()

    holder.page.route(PARTS, cut)
    holder.press("Try again")
    expect(holder.page.locator("main").get_by_text("The line is cut.")).to_be_visible(timeout=WAIT)
    holder.look("cut")
    hold.clear()
    expect(holder.heading("We have your report")).to_be_visible(timeout=WAIT)


def to_the_end(holder: Looked) -> None:
    page = holder.page
    with page.expect_download():
        holder.press("Save receipt")
    page.get_by_text("Proof, for later").click()
    holder.look("saved-and-open")
    page.get_by_role("link", name="I share this computer").click()
    holder.on("share")
    holder.look()
    holder.press("Back to the receipt")
    holder.on("receipt")
    holder.press("Finish")
    holder.on("finish")
    page.get_by_label("Last 4 of your code").fill("0000")
    holder.press("Continue")
    holder.look("wrong-end")
    holder.press("I leave without it")
    holder.look("done")


def file_of_its_own(chromium: Browser, desk: RunningDesk, where: Path) -> Looked:
    """The pages that the file alone has: danger first, how to leave, the file to save."""
    context = chromium.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    page.goto(made_for(desk, where).as_uri())
    holder = Looked(page, "file-", Alone(page))
    for name in ("Check that this page is from the police", "How to call without speaking, or by text"):
        page.get_by_text(name).click()
    holder.look("open")
    holder.press("Start now")
    holder.on("danger")
    holder.unanswered()
    for answer, step in (("Yes, or it could be today", "danger_call"), ("I am not sure", "signs")):
        holder.choose(answer)
        holder.press("Continue")
        holder.on(step)
        holder.look()
        page.go_back()
        holder.on("danger")
    holder.choose("No")
    holder.press("Continue")
    holder.on("leave")
    holder.look()
    page.evaluate("document.querySelector('.sh-interruption details')?.setAttribute('open', '')")
    holder.look("open")
    HolderPage(page).answer_up_to("check")
    holder.press("Lock and save")
    expect(holder.heading("Your locked file is ready")).to_be_visible(timeout=WAIT)
    with page.expect_download():
        holder.press("Save the locked file")
    holder.look("saved")
    holder.press("I share this computer")
    holder.on("share")
    holder.look()
    context.close()
    return holder


def test_while_the_script_is_on_its_way_nobody_is_told_that_their_browser_is_too_old(
    page: Page, sample_desk: RunningDesk
) -> None:

    def slow(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    page.route("**/sealer*.js", slow)
    page.goto(f"{sample_desk.address}/report/seal/", wait_until="commit")
    expect(page.get_by_text("Getting this page ready.")).to_be_visible()
    expect(page.get_by_text("This browser cannot lock files safely")).not_to_be_visible()
    expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()


def test_a_script_that_never_comes_leaves_what_to_do_instead(page: Page, sample_desk: RunningDesk) -> None:
    page.route("**/sealer*.js", lambda route: route.abort())
    page.goto(f"{sample_desk.address}/report/seal/")
    expect(page.get_by_role("heading", name="This browser cannot lock files safely")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Getting this page ready.")).not_to_be_visible()


def test_without_scripts_it_is_said_at_once(chromium: Browser, sample_desk: RunningDesk) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sample_desk.address}/report/seal/")
    expect(page.get_by_role("heading", name="This browser cannot lock files safely")).to_be_visible()
    expect(page.get_by_text("Getting this page ready.")).not_to_be_visible()
    context.close()


class Cut(Eyes):
    """A page whose line is cut on purpose: what the browser says of that is no fault of the page."""

    def _heard(self, message: ConsoleMessage) -> None:
        if "net::ERR_CONNECTION_RESET" not in message.text:
            super()._heard(message)


class Alone(Eyes):
    """A page without a server: its policy stands in itself."""

    def _answered(self, response: object) -> None:
        """There is no answer of a server to look at."""
