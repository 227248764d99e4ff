"""A picture lies in the ZIP that a parent chooses, and is nowhere afterwards: in no form, in nothing that was sent,
sealed, kept, logged or held in memory, on either side (issue 4, "Proof").
"""

from __future__ import annotations

import http.client
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pyrage
import pytest
from playwright.sync_api import expect

from browser_memory import memory_of, pages_of
from canary import SPARSE, forms_in
from journey_desk import RunningDesk
from journey_holder import WORDS_OF_THE_CHAT, HolderPage, kept_by, unsealed, whatsapp_with_media
from wire import Wire

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WAIT = 90_000
SMALL = 4 << 20
"""Bytes up to which every form is looked for; of more, what it is as it is."""


@pytest.fixture
def near() -> Iterator[Path]:
    """A folder with a short name: the path of a socket that Chromium makes may have 107 characters."""
    with tempfile.TemporaryDirectory(prefix="canary-") as folder:
        yield Path(folder)


def test_nothing_of_a_picture_in_the_zip_is_sent_sealed_kept_logged_or_held_in_memory(
    chromium: Browser, sample_desk: RunningDesk, tmp_path: Path, near: Path, wire: Wire
) -> None:
    before = kept_by(sample_desk)
    context = own_browser(chromium, near, wire)
    page = context.new_page()
    chat = tmp_path / "WhatsApp Chat - Priya.zip"
    whatsapp_with_media(chat)
    assert forms_in(chat.read_bytes()), "what looks for it finds it where it is"
    send(page, sample_desk, chat)
    (package,) = kept_by(sample_desk) - before
    in_memory(near / "profile")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save receipt", exact=True).click()
    download.value.save_as(tmp_path / "receipt.html")
    context.close()
    assert any(package.read_bytes() in said for said in wire.said), "what was sent was seen, to its last byte"
    nowhere("what was sent", wire.said)
    nowhere("the package as it was sealed", [package.read_bytes(), opened(package, sample_desk)])
    unsealed(package, sample_desk.state / "keys" / "desk.agekey", tmp_path / "unsealed")
    for place in (tmp_path / "unsealed", near / "profile", near / "tmp"):
        nowhere(place.name, contents_of(place))
    nowhere("the receipt", [(tmp_path / "receipt.html").read_bytes()])
    nowhere("the desk's files", (path.read_bytes() for path in files_of(sample_desk)))
    nowhere("what the desk kept for a moment", contents_of(sample_desk.temporary))
    log = said_by(sample_desk)
    nowhere("the desk's log", [log.encode()])
    for word in ("PHOTO-2026", WORDS_OF_THE_CHAT, "Priya"):
        assert word not in log


def own_browser(chromium: Browser, where: Path, wire: Wire) -> BrowserContext:
    """A browser whose profile and temporary files are this test's own, to be looked through."""
    (where / "tmp").mkdir()
    found = (Path(__file__).parents[2] / "build" / "browser").read_text().strip()
    return chromium.browser_type.launch_persistent_context(
        where / "profile",
        executable_path=found,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        env={**os.environ, "TMPDIR": str(where / "tmp")},
        accept_downloads=True,
        proxy=wire.proxy,
    )


def send(page: Page, desk: RunningDesk, chat: Path) -> None:
    holder = HolderPage(page)
    holder.begin(desk)

    def add(holder: HolderPage) -> None:
        holder.page.set_input_files("#file-input", [chat])
        expect(holder.page.get_by_text("4 other files are listed by name and stay closed")).to_be_visible()
        holder.press("Continue")

    holder.answer_up_to("check", {"files": add})
    holder.press("Lock and send")
    expect(holder.heading("We have your report")).to_be_visible(timeout=WAIT)


def in_memory(profile: Path) -> None:
    """The page held the words of the chat, and nothing of the picture."""
    if not sys.platform.startswith("linux"):
        return
    pages = pages_of(profile)
    assert pages, "its pages are found"
    words = (WORDS_OF_THE_CHAT.encode(), WORDS_OF_THE_CHAT.encode("utf-16-le"))
    heard = False
    for stretch in memory_of(pages):
        heard = heard or any(each in stretch for each in words)
        assert [each for each in SPARSE if each in stretch] == []
    assert heard, "what looks through the memory sees what is there"


def opened(package: Path, desk: RunningDesk) -> bytes:
    """The bag inside, as the desk's key opens it."""
    key = re.search(r"^AGE-SECRET-KEY-\S+$", (desk.state / "keys" / "desk.agekey").read_text(), re.MULTILINE)
    assert key is not None
    tar: bytes = pyrage.decrypt(package.read_bytes(), [pyrage.x25519.Identity.from_str(key[0])])
    assert WORDS_OF_THE_CHAT.encode() in tar, "it is the chat"
    return tar


def files_of(desk: RunningDesk) -> list[Path]:
    return [path for path in desk.state.rglob("*") if path.is_file()]


def said_by(desk: RunningDesk) -> str:
    """Its log up to now: up to the line of an address that it does not have."""
    with closing(http.client.HTTPConnection("127.0.0.1", int(desk.address.rpartition(":")[2]), timeout=30)) as asked:
        asked.request("GET", "/report/no-such-plot/")
        assert asked.getresponse().status == 404
    until = time.monotonic() + 30
    while "no-such-plot" not in "".join(desk.log):
        assert time.monotonic() < until, "the desk says what it does"
        time.sleep(0.2)
    return "".join(desk.log)


def contents_of(folder: Path) -> Iterable[bytes]:
    return (path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def nowhere(what: str, all_of_it: Iterable[bytes]) -> None:
    for data in all_of_it:
        found = forms_in(data) if len(data) <= SMALL else {"as it is" for each in SPARSE if each in data}
        assert found == set(), what
