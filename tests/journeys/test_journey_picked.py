"""A download of three conversations, two of them picked: what the desk shows of the one that is not there."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk
from journey_eyes import Eyes
from safehand.seal.answers import dont_know_the_rest, parse_answers
from safehand.seal.write import seal
from safehand.signing.clock import system_clock
from safehand.signing.holder import new_holder_key
from safehand.signing.keys import load_desk_public
from telegram_chat import PRIYA, START, TOM, Who, account, chat, said, spelled

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ONLY = b'[only]\nconversations = [1, 3]\nreason = "The other one is with my sister."\n'


def package(desk: RunningDesk, folder: Path) -> Path:
    sister: Who = ("Lin", "user300000009")
    chats = [
        chat("Allotment", "private_group", 7, [said(n, PRIYA, START + n * 60, f"Row {n} is dug") for n in range(1, 9)]),
        chat("Lin", "personal_chat", 8, [said(n, sister, START + n * 90, "Sunday lunch?") for n in range(1, 5)]),
        chat("Greenhouse", "private_group", 9, [said(1, TOM, START + 7200, "The panes are in")]),
    ]
    (folder / "result.json").write_bytes(spelled(account(chats)))
    out = folder / "picked.safehand"
    seal(
        [folder / "result.json"],
        dont_know_the_rest(parse_answers(ONLY)),
        load_desk_public(desk.key),
        out,
        clock=system_clock,
        signer=new_holder_key(secrets.token_bytes),
    )
    return out


def test_the_desk_says_what_was_not_handed_over_and_names_nobody(
    page: Page, sample_desk: RunningDesk, tmp_path: Path
) -> None:
    eyes = Eyes(page)
    page.goto("/hand-in/")
    page.get_by_label("Sealed package").set_input_files(package(sample_desk, tmp_path))
    eyes.press(page.get_by_role("button", name="Hand in"))
    page.wait_for_url("**/report/")
    read = page.get_by_role("link", name="Read the conversations")
    read.wait_for(timeout=60_000)
    eyes.press(read)
    eyes.look("picked-conversations")
    expect(page.get_by_text("Lin", exact=True)).to_have_count(0)
    eyes.press(page.get_by_role("link", name="Evidence", exact=True))
    told = "The holder left out 1 of 3 conversations, 4 messages (1 January 2026)"
    expect(page.get_by_text(told)).to_be_visible()
    eyes.look("picked-evidence", full=True)
    page.goto(page.url.replace("evidence/", "whole/"))
    expect(page.get_by_text("Left out by the holder").first).to_be_visible()
    eyes.look("picked-whole", full=True)
