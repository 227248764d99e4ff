"""From a parcel to its holder's progress page and back: not taken yet, taken, told; without scripts for the holder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from desk_cast import LOOKS_SEALED
from desk_packages import chat, sealed
from handing_over import SendingPage, asking_at
from journey_desk import RunningDesk
from journey_eyes import Eyes
from running_roles import wait_for
from safehand.desk.core.state import State

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PATIENCE = 40_000
"""Milliseconds: the desk tells the node every ten seconds."""


@pytest.fixture
def holder(chromium: Browser, sample_desk: RunningDesk) -> Iterator[Page]:
    context = chromium.new_context(base_url=sample_desk.address, java_script_enabled=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(chromium: Browser, sample_desk: RunningDesk) -> Iterator[Page]:
    context = chromium.new_context(base_url=sample_desk.address, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def officer(chromium: Browser, sample_desk: RunningDesk, signed_in_state: Any) -> Iterator[Page]:
    context = chromium.new_context(base_url=sample_desk.address, storage_state=signed_in_state)
    yield context.new_page()
    context.close()


def send(desk: RunningDesk, folder: Path, data: bytes | None = None, **more: object) -> SendingPage:
    page = SendingPage(asking_at(urlsplit(desk.address).port or 0))
    data = data or sealed(State(desk.state), folder, chat(30))
    page.begin(len(data), **more)
    page.send(data)
    page.finish(data)
    assert wait_for(lambda: page.state()["state"] == "collected")
    return page


def ask(page: Page, code: str) -> None:
    page.goto("/report/progress/")
    page.get_by_label("Check code").fill(code)
    with page.expect_navigation():
        page.get_by_role("button", name="Check").click()


def test_a_report_is_taken_and_its_holder_sees_it(
    holder: Page, plain: Page, officer: Page, sample_desk: RunningDesk, tmp_path: Path
) -> None:
    sent = send(sample_desk, tmp_path)
    send(sample_desk, tmp_path, LOOKS_SEALED + b"and is not")
    code, reference = sent.told["check_code"], sent.state()["acknowledgement"]["reference"]

    eyes = Eyes(holder)
    holder.goto("/report/progress/")
    eyes.look("progress-ask")
    ask(holder, "K7QM-2D9X-TR4B-08H1")
    expect(holder.get_by_role("alert")).to_contain_text("This code opens nothing")
    eyes.look("progress-wrong", full=True)
    ask(holder, code.lower())
    expect(holder.get_by_text(reference)).to_be_visible()

    desk = Eyes(officer)
    officer.goto("/inbox/")
    row = officer.get_by_role("row", name=reference)
    assert wait_for(lambda: bool(officer.reload()) and "eeting" in row.inner_text())
    aside = officer.get_by_text("1 parcel set aside")
    assert wait_for(lambda: bool(officer.reload()) and aside.count() == 1)
    desk.look("inbox-not-taken", full=True)
    aside.click()
    desk.look("inbox-set-aside", full=True)
    desk.press(row.get_by_role("button", name="Take this report"))
    expect(officer.get_by_role("heading", level=1, name="Triage")).to_be_visible()
    officer.goto(f"/cases/{reference}/report/")
    expect(officer.get_by_role("heading", name=f"Package of case {reference}")).to_be_visible()
    desk.press(officer.get_by_role("link", name="What the holder was told"))
    desk.look("holder-told", full=True)
    desk.press(officer.get_by_role("button", name=re.compile("Tell them this.*An officer will ring you")))
    expect(officer.get_by_role("definition").filter(has_text="An officer will ring you")).to_be_visible()

    def is_told() -> bool:
        ask(plain, code)
        return plain.get_by_text("An officer will ring you on the number").count() == 1

    assert wait_for(is_told), "without scripts"
    expect(plain.locator("[aria-current=step]")).to_contain_text("With an officer")
    send(sample_desk, tmp_path / "more", check_code=code)
    ask(holder, code)
    expect(holder.get_by_role("heading", name="What you added")).to_be_visible()
    eyes.look("progress", full=True)
