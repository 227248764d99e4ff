"""A holder adds to what they sent, by check code: the two stay together, and the code stays the same."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from desk_packages import chat, sealed
from handing_over import SendingPage, asking_at
from journey_desk import RunningDesk
from journey_eyes import Eyes
from journey_holder import HolderPage
from safehand.desk.core.state import State
from safehand.seal.check_code import format_check_code, new_check_code

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WAIT = 90_000


def test_more_is_added_by_code_and_a_code_that_opens_nothing_stops_nobody(
    chromium: Browser, sample_desk: RunningDesk, tmp_path: Path
) -> None:
    first = SendingPage(asking_at(urlsplit(sample_desk.address).port or 0))
    data = sealed(State(sample_desk.state), tmp_path / "first", chat(5))
    first.begin(len(data))
    first.send(data)
    first.finish(data)
    code = format_check_code(first.told["check_code"])

    context = chromium.new_context(base_url=sample_desk.address)
    page = context.new_page()
    holder = HolderPage(page, Eyes(page), "adding-")
    holder.begin(sample_desk)
    file = tmp_path / "_chat.txt"
    file.write_bytes(chat(7))

    def add(holder: HolderPage) -> None:
        holder.page.set_input_files("#file-input", [file])
        expect(holder.page.get_by_text("1 text will be locked in")).to_be_visible()
        holder.press("Continue")

    holder.answer_up_to("check", {"files": add})
    page.get_by_text("I sent something before").click()
    page.get_by_label("Check code").fill(code[:-1] + ("0" if code[-1] != "0" else "1"))
    holder.press("Lock and send")
    expect(page.get_by_role("alert")).to_contain_text("There is a slip in this code")
    holder.look()
    page.get_by_label("Check code").fill(format_check_code(new_check_code(secrets.randbits)))
    holder.press("Lock and send")
    expect(holder.page.get_by_role("heading", name="This check code opens nothing")).to_be_visible(timeout=WAIT)
    holder.look()
    expect(page.get_by_role("button", name="Send it without the code")).to_be_visible()
    page.go_back()
    holder.on("check")
    expect(page.get_by_label("Check code")).to_be_visible()
    page.get_by_label("Check code").fill(code.lower().replace("-", " "))
    holder.press("Lock and send")
    expect(holder.heading("We have your report")).to_be_visible(timeout=WAIT)
    assert page.locator("#code").inner_text() == code

    page.goto("/report/progress/")
    page.get_by_label("Check code").fill(code)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="What you added")).to_be_visible()
    context.close()
