"""The pages of a conduct review, in the states they can be in: axe at both sizes, 320 pixels, and on paper."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from desk_cast import Ready, signed_in
from desk_conduct import record, reviewed
from journey_eyes import DESKTOP, PHONE, SCREENS, Eyes
from journey_pages import show
from safehand.desk.conduct.answering import answer_item
from safehand.desk.conduct.concluding import write_step
from safehand.desk.conduct.models import Answered, RecordedAs, Stage
from safehand.desk.conduct.rests import on_message

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

PAGE = "/cases/SH-7K3M9QXA1/conduct/"
CHECKLIST = "/cases/SH-7K3M9QXA1/checklist/"
WORDS = "B wrote again after two days and after one more; see messages 8 and 9 of conversation 1.\n\nA refused at 6."
NARROW = 320
"""What is left of 1280 pixels at 400 per cent (WCAG 2.2, 1.4.10)."""


@pytest.fixture(scope="session", autouse=True)
def _beside_a_browser() -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # as in test_journey_every_page.py, and for as long


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    page = context.new_page()
    yield page
    context.close()


def looked_at(eyes: Eyes, browser: Client, path: str, name: str, given: dict[str, str] | None = None) -> None:
    answer = browser.get(path) if given is None else browser.post(path, given)
    show(eyes.page, answer, path)
    eyes.look(name, full=True)
    eyes.page.set_viewport_size({"width": NARROW, "height": PHONE[1]})
    assert eyes.page.evaluate("document.documentElement.scrollWidth") <= NARROW, name
    eyes.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def test_every_page_of_a_review_can_be_read_by_everybody(page: Page, ready: Ready) -> None:
    made, eyes = reviewed(ready), Eyes(page)
    browser = signed_in(made.cast.alice)
    looked_at(eyes, browser, PAGE, "conduct-nothing")
    looked_at(eyes, browser, f"{PAGE}accounts/", "conduct-record-errors", {"account": "A"})
    record(made, "A", RecordedAs.NOT_KNOWN)
    made.package.summary["periods"] = [
        [1, "child", None, "2025-11-18T16:24:00"],
        [1, "parent_or_carer", "2025-11-18T16:24:00", "dont_know"],
        [1, "holder", "2025-11-20T09:00:00", None],
    ]
    made.package.save()
    made.case.refresh_from_db()
    record(made, "A", RecordedAs.CITIZEN, declared=1)
    first = write_step(made.cast.alice, made.case, Stage.CONCLUSION, WORDS, after=None)
    write_step(made.cast.bob, made.case, Stage.SECOND, WORDS, after=first.pk)
    looked_at(eyes, browser, f"{PAGE}write/", "conduct-write")
    looked_at(eyes, browser, PAGE, "conduct")
    said = "At the start, and never again."
    answer_item(made.cast.alice, made.case, 5, Answered.PACKAGE, said, rests=on_message(1, 3))
    looked_at(eyes, browser, CHECKLIST, "checklist")
    looked_at(eyes, browser, f"{CHECKLIST}5/", "checklist-errors", {"number": "3"})
    show(page, browser.get(PAGE), PAGE)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dots an inch
    Path(SCREENS).mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / "conduct-print.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    assert page.get_by_role("link", name="Write a conclusion").count() == 0
    assert page.get_by_role("heading", name="Where the questions are from").is_visible()
