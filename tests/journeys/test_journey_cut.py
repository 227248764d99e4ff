"""The line breaks three times while a chat is sent from the page: nothing is lost, nothing is there twice."""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk
from journey_holder import HolderPage, kept_by, unsealed
from wire import Cut, Wire

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WAIT = 180_000
PART = 4 << 20


def a_long_chat(path: Path) -> None:
    """Of more bytes than two parts have."""
    chance = random.Random("rows")
    with path.open("w", encoding="utf-8") as out:
        while out.tell() < 2 * PART + 200_000:
            out.write(f"03/01/2026, 07:12 - Priya: Row {chance.randbytes(400).hex()} is dug\n")


def arrivals(desk: RunningDesk) -> int:
    with closing(sqlite3.connect(desk.state / "desk.sqlite3")) as database:
        (found,) = database.execute("SELECT count(*) FROM intake_arrival").fetchone()
    return int(found)


def test_an_upload_that_is_cut_three_times_arrives_whole_and_once(
    chromium: Browser, sample_desk: RunningDesk, wire: Wire, tmp_path: Path
) -> None:
    packages, came = kept_by(sample_desk), arrivals(sample_desk)
    context = chromium.new_context(proxy=wire.proxy)
    page = context.new_page()
    holder = HolderPage(page)
    holder.begin(sample_desk)
    chat = tmp_path / "WhatsApp Chat.txt"
    a_long_chat(chat)

    def add(holder: HolderPage) -> None:
        holder.page.set_input_files("#file-input", [chat])
        expect(holder.page.get_by_text("1 text will be locked in")).to_be_visible()
        holder.press("Continue")

    holder.answer_up_to("check", {"files": add})
    # In the middle of the first part; after a part, before its answer; after all is here, before that is said.
    wire.cut_at = re.compile(r"^(?:PUT|POST) \S+/report/parcels/[0-9a-f]{32}/(?:\d+/|finish)")
    wire.cuts = {0: Cut.HALF_SENT, 2: Cut.UNANSWERED, 4: Cut.UNANSWERED}
    holder.press("Lock and send")
    expect(page.locator("main").get_by_text("The line is cut. Nothing is lost.")).to_be_visible(timeout=WAIT)
    expect(holder.heading("We have your report")).to_be_visible(timeout=WAIT)
    context.close()
    assert [cut for _, cut in wire.done] == [Cut.HALF_SENT, Cut.UNANSWERED, Cut.UNANSWERED]
    assert "/finish" in wire.done[-1][0]
    begun = [said for said in wire.said if re.match(rb"POST \S+/report/parcels/ ", said)]
    assert len(begun) == 1, "one parcel was begun, and carried on"
    arrived_once(sample_desk, packages, came, chat, tmp_path, wire)


def arrived_once(desk: RunningDesk, packages: set[Path], came: int, chat: Path, where: Path, wire: Wire) -> None:
    (package,) = kept_by(desk) - packages
    assert arrivals(desk) == came + 1
    assert package.stat().st_size > 2 * PART, "of three parts"
    opened = unsealed(package, desk.state / "keys" / "desk.agekey", where / "opened")
    (item,) = (opened / "bag" / "data").iterdir()
    assert item.read_bytes() == chat.read_bytes(), "to the last byte"
    assert list((desk.state / "handover").rglob("*.part")) == []
    sent = [said for said in wire.said if said.startswith(b"PUT ")]
    assert len(sent) <= 5, "what was here was not sent again: three parts, and the two that were cut off at most"
    assert hashlib.sha256(package.read_bytes()).hexdigest() == package.name
