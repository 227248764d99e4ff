"""The pictures of when they talked, in a browser: both sizes, axe, paper, forced colours, a press on a bar."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from desk_cast import Ready
from journey_eyes import Eyes
from journey_media import media_faults
from journey_pages import show
from safehand.desk.review.citing import cite
from talked_made import months, talk

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser

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
    page.close()
