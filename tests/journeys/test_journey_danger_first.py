"""A holder's first minute: danger before anything, 999 at most two interactions away, and a way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk
from journey_eyes import Eyes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ELSEWHERE = "https://www.bbc.co.uk/weather"
WORDS = ("stay-safe", "this-computer", "young-person", "other-ways", "help", "privacy", "accessibility")


def context_at(chromium: Browser, desk: RunningDesk, *, scripts: bool = True) -> BrowserContext:
    """A holder's browser."""
    return chromium.new_context(base_url=desk.address, java_script_enabled=scripts)


def leaves(page: Page) -> AbstractContextManager[object]:
    """What is done inside asks for the page elsewhere: whether that answers is not ours to test."""
    return page.expect_request(lambda request: request.url == ELSEWHERE and request.is_navigation_request())


@pytest.fixture
def holder(chromium: Browser, new_desk: RunningDesk) -> Iterator[Page]:
    context = context_at(chromium, new_desk)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(chromium: Browser, new_desk: RunningDesk) -> Iterator[Page]:
    context = context_at(chromium, new_desk, scripts=False)
    yield context.new_page()
    context.close()


def test_every_page_of_words_is_as_it_must_be(holder: Page) -> None:
    eyes = Eyes(holder)
    holder.goto("/")
    assert holder.url.endswith("/report/")
    eyes.look("report-start", full=True)
    eyes.press(holder.get_by_role("button", name="Start now"))
    eyes.look("report-danger")
    eyes.press(holder.get_by_role("button", name="Continue"))
    expect(holder.get_by_role("alert")).to_contain_text("Choose an answer")
    eyes.look("report-danger-nothing-chosen")
    holder.get_by_label("Yes, or it could be today").check()
    eyes.press(holder.get_by_role("button", name="Continue"))
    eyes.look("report-now", full=True)
    eyes.press(holder.get_by_role("link", name="Back"))
    holder.get_by_label("I am not sure").check()
    eyes.press(holder.get_by_role("button", name="Continue"))
    eyes.look("report-not-sure")
    eyes.press(holder.get_by_role("link", name="carry on"))
    eyes.look("report-leave", full=True)
    eyes.press(holder.get_by_role("button", name="Continue"))
    eyes.look("report-next", full=True)
    for name in WORDS:
        holder.goto(f"/report/{name}/")
        eyes.look(f"report-{name}", full=True)
    assert set(eyes.statuses) == {200, 400}


def test_999_is_at_most_two_interactions_away(plain: Page) -> None:
    plain.goto("/report/")
    call = plain.get_by_role("link", name="Call 999").first
    assert call.get_attribute("href") == "tel:999"  # one
    plain.get_by_role("link", name="call 999 and press 55").click()  # two: how to, without a word
    expect(plain.locator("#silent")).to_be_in_viewport()
    expect(plain.get_by_text("press 55").first).to_be_visible()
    plain.goto("/report/")
    plain.get_by_role("button", name="Start now").click()  # one
    assert plain.get_by_role("link", name="Call 999").first.get_attribute("href") == "tel:999"  # two


def test_the_questions_work_without_scripts(plain: Page) -> None:
    for answer, title in (
        ("Yes, or it could be today", "Call 999 now"),
        ("I am not sure", "Signs that a child may be in danger now"),
        ("No", "How to leave fast, if someone might see your screen"),
    ):
        plain.goto("/report/danger/")
        assert plain.locator("input:checked").count() == 0
        plain.get_by_label(answer, exact=True).check()
        plain.get_by_role("button", name="Continue").click()
        expect(plain.get_by_role("heading", level=1, name=title)).to_be_visible()


def test_the_way_out_is_told_of_before_it_is_there(holder: Page) -> None:
    for path in ("", "danger/", "danger/now/", "danger/not-sure/", "leave/"):
        holder.goto(f"/report/{path}")
        assert holder.get_by_role("button", name="Exit this page").count() == 0, path
    holder.goto("/report/leave/")
    holder.get_by_role("button", name="Continue").click()
    expect(holder.get_by_role("button", name="Exit this page")).to_be_visible()


def test_the_button_opens_the_weather_and_nothing_of_us_stays(holder: Page) -> None:
    holder.goto("/report/next/")
    with leaves(holder):
        holder.get_by_role("button", name="Exit this page").click()
    assert holder.context.cookies() == []


def test_shift_three_times_opens_the_weather(holder: Page) -> None:
    holder.goto("/report/next/")
    holder.keyboard.press("Shift")
    holder.keyboard.press("Shift")
    expect(holder.get_by_text("Shift, press 1 more time to exit.")).to_be_attached()
    assert holder.url.endswith("/report/next/")
    with leaves(holder):
        holder.keyboard.press("Shift")


def test_the_button_works_without_scripts(plain: Page) -> None:
    plain.goto("/report/next/")
    with leaves(plain):
        plain.get_by_role("button", name="Exit this page").click()
