"""An officer's first day at a new desk, from the first password to the next sign-in; every page is looked at."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk, code_of, telegram_export
from journey_eyes import Eyes
from safehand.desk.sample.chat import write_export
from safehand.seal.answers import dont_know_the_rest, parse_answers
from safehand.seal.write import seal
from safehand.signing.clock import system_clock
from safehand.signing.holder import new_holder_key
from safehand.signing.keys import load_desk_public

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ANSWERS = b"""
[urgent]
meeting_planned = true
meeting_when = 2026-11-28T15:30:00
meeting_where = "The gate of plot 14"
[images]
present = "no"
"""


def test_an_officer_comes_in_hands_in_reads_and_leaves(
    chromium: Browser, new_desk: RunningDesk, tmp_path: Path
) -> None:
    context = chromium.new_context(base_url=new_desk.address)
    page = context.new_page()
    eyes = Eyes(page)
    secret, recovery = _come_in(page, eyes, new_desk)
    reference = _hand_in(page, eyes, _sealed(new_desk, tmp_path))
    _see_what_came(page, eyes, reference)
    _hand_in_what_cannot_be_accepted(page, eyes, tmp_path, _sealed(new_desk, tmp_path, "second"))
    _own_account(page, eyes, new_desk)
    _leave_and_come_back(page, eyes, new_desk, secret, recovery)
    context.close()


def _sealed(desk: RunningDesk, where: Path, name: str = "allotment") -> Path:
    """A holder's part: two exports, sealed on their own machine to the desk's key."""
    whatsapp, telegram = where / f"{name}.zip", where / "result.json"
    write_export(whatsapp)
    telegram_export(telegram)
    package = where / f"{name}.safehand"
    seal(
        [whatsapp, telegram],
        dont_know_the_rest(parse_answers(ANSWERS)),
        load_desk_public(desk.key),
        package,
        clock=system_clock,
        signer=new_holder_key(secrets.token_bytes),
    )
    return package


def _come_in(page: Page, eyes: Eyes, desk: RunningDesk) -> tuple[str, str]:
    page.goto("/")
    page.wait_for_url("**/report/")
    eyes.press(page.get_by_role("link", name="Sign in for officers"))
    eyes.look("sign-in")
    eyes.press(page.get_by_role("button", name="Sign in"))
    eyes.look("sign-in-empty")
    page.get_by_label("Officer reference").fill(desk.officer)
    page.get_by_label("Password", exact=True).fill("not the password at all")
    eyes.press(page.get_by_role("button", name="Sign in"))
    expect(page.get_by_role("alert").get_by_text("is not right")).to_be_visible()
    eyes.look("sign-in-wrong")
    page.get_by_label("Officer reference").fill(desk.officer)
    page.get_by_label("Password", exact=True).fill(desk.password)
    eyes.press(page.get_by_role("button", name="Sign in"))
    page.wait_for_url("**/account/second-factor/")
    eyes.look("second-factor-set-up")
    page.get_by_label("Code", exact=True).fill("000000")
    eyes.press(page.get_by_role("button", name="Continue"))
    eyes.look("second-factor-set-up-wrong")
    secret = page.locator("dd strong").inner_text()
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    eyes.press(page.get_by_role("button", name="Continue"))
    page.wait_for_url("**/account/recovery-codes/")
    codes = page.locator(".sh-codes li").all_inner_texts()
    assert len(codes) == 10
    eyes.look("recovery-codes")
    eyes.press(page.get_by_role("link", name="I have kept them"))
    page.wait_for_url("**/inbox/")
    expect(page.get_by_text("No packages yet.")).to_be_visible()
    eyes.look("inbox-empty")
    return secret, codes[0]


def _hand_in(page: Page, eyes: Eyes, package: Path) -> str:
    eyes.press(page.get_by_role("main").get_by_role("link", name="Hand in a package"))
    eyes.look("hand-in")
    eyes.press(page.get_by_role("button", name="Hand in"))
    expect(page.get_by_role("alert").get_by_text("Choose the .safehand file")).to_be_visible()
    eyes.look("hand-in-nothing-chosen")
    page.get_by_label("Sealed package").set_input_files(package)
    eyes.press(page.get_by_role("button", name="Hand in"))
    page.wait_for_url("**/report/")
    reference = page.url.split("/")[-3]
    page.get_by_role("link", name="Read the conversations").wait_for(timeout=60_000)
    eyes.look("report-ready")
    return reference


def _see_what_came(page: Page, eyes: Eyes, reference: str) -> None:
    eyes.press(page.get_by_role("navigation", name="Main").get_by_role("link", name="Inbox"))
    row = page.get_by_role("row").filter(has_text=reference)
    expect(row).to_contain_text(re.compile("meeting", re.IGNORECASE))
    expect(row.get_by_text("Ready to read")).to_be_visible()
    eyes.look("inbox")
    eyes.press(row.get_by_role("link", name="Read"))
    assert page.get_by_role("heading", level=1).inner_text() == "Conversations"
    assert page.get_by_role("main").get_by_text("Rowan T").count() == 0
    page.get_by_text("What is not sure about conversation 1").click()
    eyes.look("conversations")
    eyes.press(page.get_by_role("link", name="Evidence", exact=True))
    assert page.locator(".sh-outcome--passed").count() >= 6
    assert page.locator(".sh-outcome--failed").count() == 0
    page.evaluate("document.querySelectorAll('details').forEach(more => { more.open = true; })")
    eyes.look("evidence", full=True)
    assert page.get_by_text("plot 14").count() == 0


def _hand_in_what_cannot_be_accepted(page: Page, eyes: Eyes, where: Path, package: Path) -> None:
    cut = where / "cut.safehand"
    cut.write_bytes(package.read_bytes()[:-700])
    page.goto("/hand-in/")
    page.get_by_label("Sealed package").set_input_files(cut)
    eyes.press(page.get_by_role("button", name="Hand in"))
    page.get_by_role("heading", name="Could not be accepted").wait_for(timeout=60_000)
    expect(page.get_by_text("The package is kept exactly as it came.")).to_be_visible()
    eyes.look("report-refused")
    page.goto("/hand-in/")
    page.get_by_label("Sealed package").set_input_files(cut)
    eyes.press(page.get_by_role("button", name="Hand in"))
    expect(page.get_by_text("Nothing was stored twice")).to_be_visible()
    eyes.look("hand-in-already-here")


def _own_account(page: Page, eyes: Eyes, desk: RunningDesk) -> None:
    page.goto("/account/")
    eyes.look("account")
    eyes.press(page.get_by_role("link", name="Change your password"))
    eyes.look("password")
    page.get_by_label("Old password", exact=True).fill(desk.password)
    page.get_by_label("New password", exact=True).fill("beans")
    page.get_by_label("New password confirmation", exact=True).fill("peas")
    eyes.press(page.get_by_role("button", name="Change password"))
    expect(page.get_by_role("alert")).to_be_visible()
    eyes.look("password-wrong")
    for path, name, status in (
        ("/cases/SH-000000000/conversations/", "page-not-found", 404),
        ("/cases/SH-000000000/conversations/1/", "page-not-found-reader", 404),
    ):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == status
        eyes.look(name)


def _leave_and_come_back(page: Page, eyes: Eyes, desk: RunningDesk, secret: str, recovery: str) -> None:
    page.goto("/sign-out/")
    eyes.look("sign-out")
    eyes.press(page.get_by_role("main").get_by_role("button", name="Sign out"))
    page.wait_for_url("**/sign-in/**")
    for code, look in ((code_of(secret, steps_ahead=1), "second-factor"), (recovery, "")):
        page.get_by_label("Officer reference").fill(desk.officer)
        page.get_by_label("Password", exact=True).fill(desk.password)
        eyes.press(page.get_by_role("button", name="Sign in"))
        page.wait_for_url("**/sign-in/code/**")
        if look:
            eyes.look(look)
            page.get_by_label("Code", exact=True).fill("123456")
            page.get_by_role("button", name="Continue").click()
            eyes.look(f"{look}-wrong")
        page.get_by_label("Code", exact=True).fill(code)
        eyes.press(page.get_by_role("button", name="Continue"))
        page.wait_for_url("**/inbox/")
        eyes.press(page.get_by_role("banner").get_by_role("button", name="Sign out"))
        page.wait_for_url("**/sign-in/**")
    page.goto("/inbox/")
    assert "/sign-in/" in page.url


def test_too_many_wrong_passwords_close_the_door_for_a_while(chromium: Browser, new_desk: RunningDesk) -> None:
    context = chromium.new_context(base_url=new_desk.address)
    page = context.new_page()
    eyes = Eyes(page)
    page.goto("/sign-in/")
    for _ in range(6):
        if page.get_by_label("Officer reference").count() == 0:
            break
        page.get_by_label("Officer reference").fill("NOBODY9")
        page.get_by_label("Password", exact=True).fill("not the password at all")
        eyes.press(page.get_by_role("button", name="Sign in"))
        page.wait_for_load_state()
    expect(page.get_by_role("heading", name="Too many tries")).to_be_visible()
    assert eyes.statuses[-1] == 429
    eyes.look("too-many-tries")
    context.close()


def test_a_form_that_is_too_old_says_so(chromium: Browser, new_desk: RunningDesk) -> None:
    context = chromium.new_context(base_url=new_desk.address)
    page = context.new_page()
    eyes = Eyes(page)
    page.goto("/sign-in/")
    context.clear_cookies()
    page.get_by_label("Officer reference").fill("NOBODY8")
    page.get_by_label("Password", exact=True).fill("whatever it is")
    eyes.press(page.get_by_role("button", name="Sign in"))
    expect(page.get_by_role("heading", name="This form has expired")).to_be_visible()
    assert eyes.statuses[-1] == 403
    eyes.look("form-expired")
    context.close()
