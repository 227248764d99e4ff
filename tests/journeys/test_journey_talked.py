"""The pictures of when they talked, in a browser: both sizes, axe, paper, forced colours, a press on a bar."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from desk_cast import Ready
from journey_eyes import DESKTOP, SCREENS, Eyes
from journey_media import media_faults
from journey_pages import show
from safehand.desk.review.citing import cite
from talked_made import months, talk

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

PAGE = "/cases/SH-7K3M9QXA1/conversations/1/when/"


@pytest.fixture(scope="session", autouse=True)
def _beside_a_browser() -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # see test_journey_every_page.py


def test_pictures_are_whole_at_every_size_on_paper_and_in_forced_colours(
    chromium: Browser, ready: Ready, as_alice: Client
) -> None:
    talk(ready, months())
    cite(ready.cast.alice, ready.case, 1, 45, "meeting", "away", "")
    page = chromium.new_page()
    eyes = Eyes(page)
    show(page, as_alice.get(PAGE), PAGE)
    eyes.look("talked", full=True)
    assert media_faults(page) == []
    on_paper(page)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    assert page.evaluate("document.querySelectorAll('.sh-picture a:not([tabindex=\"-1\"])').length") == 0
    bar = page.locator("#days .sh-picture--wide .sh-picture__reach").nth(2)
    number = int((bar.get_attribute("href") or "").rpartition("#m")[2])
    bar.click()
    assert page.url.endswith(f"/conversations/1/?message={number}#m{number}")
    page.close()


def on_paper(page: Page) -> None:
    """Tables are printed open, and of the two drawings the wide one: paper is narrower than a screen, and finer."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})
    for figure in page.locator(".sh-figure").all():
        assert figure.locator(".sh-picture--wide").is_visible()
        assert not figure.locator(".sh-picture--narrow").is_visible()
        assert figure.locator("td").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    page.screenshot(path=SCREENS / "talked-on-paper.png", full_page=True)
    page.emulate_media(media="screen")
