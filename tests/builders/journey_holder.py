"""A holder in the sealer's page, for the journeys: what they have, how they answer, and what came of it.

    holder = HolderPage(page, eyes)
    holder.begin(desk)                        through the pages before it, to "Who are you?"
    holder.answer_up_to("files")              what is not told is "I don't know"

The pictures that they have are the canary (canary.py).
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import FilePayload, expect

from canary import BACKWARDS, CANARY
from journey_desk import RunningDesk
from journey_eyes import Eyes
from journey_media import media_faults

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WORDS_OF_THE_CHAT: Final = "The gate is open, plot"

A_CHAT: Final[FilePayload] = {
    "name": "WhatsApp Chat.txt",
    "mimeType": "text/plain",
    "buffer": b"03/01/2026, 07:12 - Priya: The gate is open\n",
}

LEAST: Final = {
    "danger": "No",
    "who": "I would rather not say",
    "images": "No",
    "have": "The chat as a file, or I can get it",
    "apps": "WhatsApp",
    "meeting": "No",
    "afterwards": "Yes",
}
"""What is chosen on a page where nothing else is."""

ON: Final = (
    "I don’t know the rest of this page",
    "I don’t know who or when",
    "I have the file",
    "I understand",
    "Carry on here",
    "I have called, carry on",
    "Carry on",
    "Start now",
    "Continue",
)
"""The ways on, those first that answer nothing."""

Deed = Callable[["HolderPage"], None]


def whatsapp_with_media(path: Path) -> None:
    """An iPhone's export that was made with media: the words, three pictures that are the canary, a sound."""
    lines = [f"[03/01/2026, 07:{minute:02}:01] Priya: {WORDS_OF_THE_CHAT} {minute}" for minute in range(60)]
    lines.insert(7, "[03/01/2026, 07:07:30] Sam: \u200e<attached: 00000007-PHOTO-2026-01-03-07-07-30.jpg>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("_chat.txt", "\r\n".join(lines) + "\r\n")
        for number in (7, 8, 9):
            made.writestr(f"{number:08}-PHOTO-2026-01-03-07-07-30.jpg", CANARY)
        made.writestr("00000010-AUDIO-2026-01-03-07-10-00.opus", BACKWARDS)


def unsealed(package: Path, key: Path, where: Path) -> Path:
    """The package, opened with the desk's key by the shell."""
    command = [sys.executable, "-m", "safehand.cli.main", "unseal", str(package), "--key", str(key), "-d", str(where)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return where


def kept_by(desk: RunningDesk) -> set[Path]:
    """The packages in the desk's evidence store."""
    return {path for path in (desk.state / "evidence").rglob("*") if path.is_file()}


def made_for(desk: RunningDesk, where: Path) -> Path:
    """``safehand sealer``, as a unit runs it."""
    page = where / "safehand-sealer.html"
    command = [sys.executable, "-m", "safehand.cli.main", "sealer", "--to", str(desk.key), "-o", str(page)]
    subprocess.run(command, check=True, capture_output=True)
    return page


class HolderPage:
    """The sealer in a browser."""

    def __init__(self, page: Page, eyes: Eyes | None = None, prefix: str = "") -> None:
        self.page = page
        self.eyes = eyes
        self._prefix = prefix

    def begin(self, desk: RunningDesk) -> None:
        """Through the pages before it: no danger, how to leave, a chat to send."""
        self.page.goto(f"{desk.address}/report/danger/")
        self.page.get_by_label("No", exact=True).check()
        self.page.get_by_role("button", name="Continue").click()
        self.page.wait_for_url("**/leave/")
        self.page.get_by_role("button", name="Continue").click()
        self.page.wait_for_url("**/next/")
        self.page.get_by_role("button", name="Lock and send a chat").click()
        expect(self.heading("Who are you?")).to_be_visible()

    @property
    def step(self) -> str:
        """Which page it is on, by its address."""
        return self.page.url.partition("#")[2]

    def heading(self, words: str) -> Locator:
        return self.page.get_by_role("heading", level=1, name=words, exact=True)

    def look(self) -> None:
        """At both sizes, with axe; and on paper, and with colours forced on it."""
        if self.eyes is not None:
            self.eyes.look(f"seal-{self._prefix}{self.step}")
            assert media_faults(self.page) == [], self.step

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def choose(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    def on(self, step: str) -> None:
        """Wait until it is on this page, with the focus on its heading."""
        self.page.wait_for_url(f"**#{step}")
        expect(self.page.locator("main h1")).to_be_focused()

    def answer_up_to(self, last: str, deeds: Mapping[str, Deed] | None = None) -> None:
        """Page after page until ``last``. ``deeds`` are what is done on a page before it goes on."""
        deeds = deeds or {}
        for _ in range(40):
            step = self.step
            if step == last:
                return
            self.look()
            if step in deeds:
                deeds[step](self)
            if self.step == step:
                self._on(step)
            expect(self.page).not_to_have_url(re.compile(f"#{step}$"))
        raise AssertionError(f"{last} was not reached")

    def _on(self, step: str) -> None:
        if step in LEAST and self.page.locator("main fieldset").count() == 1:
            self._if_none(LEAST[step])
        if step == "files":
            self.page.set_input_files("#file-input", [A_CHAT])
            expect(self.page.get_by_text("1 text will be locked in")).to_be_visible()
        if step == "before" and not self.page.locator("[name=declarations-police-asked]:checked").count():
            self.page.locator("#declarations-police-asked-2").check()
        for name in ON:
            found = self.page.get_by_role("button", name=name, exact=True)
            if found.count():
                found.first.click()
                return
        raise AssertionError(f"{step} has no way on")

    def _if_none(self, label: str) -> None:
        if not self.page.locator("main input:checked").count():
            self.choose(label)
