"""The one file from a USB stick: opened with the network off, saved as a package, and handed in at the desk."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import FilePayload, expect

from canary import CANARY, forms_in
from journey_desk import RunningDesk
from journey_eyes import Eyes
from journey_holder import HolderPage, made_for, whatsapp_with_media

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WAIT = 60_000

STOP_WHEN = """
pattern => {
    delete document.documentElement.dataset.stopped;
    new MutationObserver((_, looking) => {
        const line = document.querySelector("[data-progress]");
        if (line === null || !new RegExp(pattern).test(line.textContent)) return;
        looking.disconnect();
        [...document.querySelectorAll("main button")].find(one => one.textContent === "Stop").click();
        document.documentElement.dataset.stopped = "yes";
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
}
"""
"""Presses Stop as soon as the page tells of this: a person's finger would come too late to be tried twice alike."""


def test_a_chat_is_locked_with_the_network_off_and_handed_in_at_the_desk(
    chromium: Browser, sample_desk: RunningDesk, signed_in_state: Any, tmp_path: Path
) -> None:
    context = chromium.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    eyes = _Alone(page)
    page.goto(made_for(sample_desk, tmp_path).as_uri())
    holder = HolderPage(page, eyes, "file-")
    chat = tmp_path / "WhatsApp Chat - Priya.zip"
    whatsapp_with_media(chat)

    def add(holder: HolderPage) -> None:
        holder.page.set_input_files("#file-input", [chat])
        expect(holder.page.get_by_text("1 text will be locked in")).to_be_visible()
        holder.press("Continue")

    def several(holder: HolderPage) -> None:
        holder.page.locator("#declarations-typed-by-2").check()

    holder.answer_up_to("check", {"files": add, "before": several, "meeting": _planned, "periods": _periods})
    holder.look()
    _danger_can_be_changed(holder)
    main = page.locator("main")
    for words in ("From the first message", "To 20 November 2026", "I don’t know from when", "To the last message"):
        expect(main.get_by_text(words)).to_be_visible()
    holder.press("Lock and save")
    expect(holder.heading("Your locked file is ready")).to_be_visible(timeout=WAIT)
    holder.look()
    package = tmp_path / "brought.safehand"
    with page.expect_download() as download:
        holder.press("Save the locked file")
    download.value.save_as(package)
    assert download.value.suggested_filename.startswith("safehand-2")
    assert "Priya" not in download.value.suggested_filename
    assert not forms_in(package.read_bytes())
    outside = [url for url in asked if not url.startswith(("file:", "blob:", "data:"))]
    assert outside == [], "the page asked for something"
    context.close()
    _hand_in(chromium, sample_desk, signed_in_state, package)


def _planned(holder: HolderPage) -> None:
    """A meeting on a day that nobody knows: the page that says to ring comes next but one."""
    holder.page.locator("#urgent-meeting-planned").check()
    holder.press("Continue")
    holder.on("meeting_more")
    holder.press("I don’t know the rest of this page")
    holder.on("meeting_call")
    expect(holder.page.get_by_role("link", name="101")).to_be_visible()


def _periods(holder: HolderPage) -> None:
    page = holder.page
    holder.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("Choose who typed")
    holder.look()
    page.locator("#period-1-who").check()
    page.locator("#period-2-who-3").check()
    for number in (1, 2):
        page.locator(f"#period-{number}-account").fill("the child's account")
    page.locator("#period-1-from").check()
    page.locator("#period-1-to-2").check()
    page.locator("#period-2-from").check()
    page.locator("#period-2-to").check()
    holder.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("Person 1: Give a day, a month and a year.")
    for part, typed in (("", "20"), ("-month", "11"), ("-year", "2026")):
        page.locator(f"#period-1-to-date{part}").fill(typed)
    holder.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("Two people cannot type on one account at the same time.")
    page.locator("#period-2-from-3").check()
    holder.press("Continue")


def _danger_can_be_changed(holder: HolderPage) -> None:
    page = holder.page
    card = page.locator(".govuk-summary-card", has=page.get_by_role("heading", name="Danger now"))
    expect(card.get_by_text("No", exact=True)).to_be_visible()
    card.get_by_role("link", name="Change danger now").click()
    holder.on("danger")
    holder.choose("Yes, or it could be today")
    holder.press("Continue")
    holder.on("danger_call")
    holder.press("I have called, carry on")
    holder.on("check")
    expect(card.get_by_text("Yes, or it could be today", exact=True)).to_be_visible()


def _hand_in(chromium: Browser, desk: RunningDesk, state: Any, package: Path) -> None:
    context = chromium.new_context(base_url=desk.address, storage_state=state)
    page = context.new_page()
    page.goto("/hand-in/")
    page.get_by_label("Sealed package").set_input_files(package)
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/report/")
    page.get_by_role("link", name="Read the conversations").wait_for(timeout=WAIT)
    page.goto(page.url.removesuffix("report/") + "evidence/")
    expect(page.get_by_text("Account 1: the person who seals this")).to_be_visible()
    expect(page.get_by_text("From a time that the holder does not know, to the last message")).to_be_visible()
    Eyes(page).look("evidence-periods", full=True)
    context.close()


def test_the_wrong_pieces_are_refused_with_what_to_do(
    chromium: Browser, sample_desk: RunningDesk, tmp_path: Path
) -> None:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto(made_for(sample_desk, tmp_path).as_uri())
    holder = HolderPage(page)
    holder.answer_up_to("files")
    given: list[FilePayload] = [
        {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        {"name": "clip.mp4", "mimeType": "video/mp4", "buffer": CANARY},
        {"name": "really-a-picture.txt", "mimeType": "text/plain", "buffer": CANARY},
        {"name": "notes.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04" + CANARY},
        {"name": "broken.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04" + CANARY},
    ]
    for one in given:
        page.set_input_files("#file-input", [one])
    expect(page.locator(".sh-files__row--refused")).to_have_count(len(given))
    expect(page.locator(".sh-files__row--checking")).to_have_count(0)
    for row in page.locator(".sh-files__row").all():
        assert len(row.locator(".govuk-error-message").inner_text()) > 20
    page.get_by_role("button", name="Remove empty.txt").click()
    expect(page.locator("#live")).to_contain_text("empty.txt was removed")
    expect(page.get_by_role("button", name="Remove clip.mp4")).to_be_focused()
    context.close()


def test_locking_tells_how_far_it_is_and_when_it_is_stopped_nothing_is_left(
    chromium: Browser, sample_desk: RunningDesk, tmp_path: Path
) -> None:
    context = chromium.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    page.goto(made_for(sample_desk, tmp_path).as_uri())
    holder = HolderPage(page)
    chat = tmp_path / "_chat.txt"
    chat.write_bytes(b"[03/01/2026, 07:12:01] Priya: The gate is open, plot 14\r\n" * 2_000_000)

    def add(holder: HolderPage) -> None:
        holder.page.set_input_files("#file-input", [chat])
        expect(holder.page.get_by_text("1 text will be locked in")).to_be_visible(timeout=WAIT)
        holder.press("Continue")

    holder.answer_up_to("check", {"files": add})
    for told in ("^Starting$", "done$", r"^[6-9]\d.* of"):
        page.evaluate(STOP_WHEN, told)
        holder.press("Lock and save")
        expect(page.locator("html[data-stopped=yes]")).to_be_attached(timeout=2 * WAIT)
        holder.on("check")
        for past in ("saved", "sealing"):
            page.evaluate("step => { window.location.hash = step; }", past)
            expect(page).to_have_url(re.compile("#check$"))
        assert page.get_by_role("button", name="Save the locked file").count() == 0
    holder.press("Lock and save")
    expect(holder.heading("Your locked file is ready")).to_be_visible(timeout=4 * WAIT)
    context.close()


class _Alone(Eyes):
    """A page without a server: its policy stands in itself."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.began = time.monotonic()

    def _answered(self, response: Any) -> None:
        """There is no answer of a server to look at."""
