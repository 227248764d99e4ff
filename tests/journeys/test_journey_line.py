"""The pages over a whole case in a browser: the keys of the time line; the others at both sizes, with axe."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from casefile_builders import DAY, START, device, known
from desk_cast import Ready
from desk_several import case_of
from journey_eyes import Eyes
from journey_pages import show
from safehand.desk.review.citing import cite
from talked_made import MINUTE

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

LINE = "/cases/SH-7K3M9QXA1/time-line/"
CASE = "/cases/SH-7K3M9QXA1/conversations/"


@pytest.fixture(scope="session", autouse=True)
def _beside_a_browser() -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # see test_journey_every_page.py


def test_pictures_and_first_mentions_of_a_case_are_whole_at_every_size(
    chromium: Browser, ready: Ready, as_alice: Client
) -> None:
    case_of(
        ready,
        [(who, known(START + at * MINUTE), "wanna meet up") for at in range(12) for who in ("Priya", "Tom")],
        [(who, device(START + at * MINUTE), "im 13 btw") for at in range(12) for who in ("Priya", "Tom")],
    )
    for conversation in (1, 2):
        cite(ready.cast.alice, ready.case, conversation, 3, "meeting", "both")
    page = chromium.new_page()
    eyes = Eyes(page)
    for name, path in (("when-in-a-case", "when/"), ("first-mentions-of-a-case", "first-mentions/")):
        address = f"/cases/SH-7K3M9QXA1/{path}"
        show(page, as_alice.get(address), address)
        eyes.look(name, full=True)
    assert page.get_by_text("It cannot be said which came first").count() == 3
    page.close()


def test_the_keys_of_the_reader_move_on_the_time_line_and_lead_to_a_message_in_its_conversation(
    chromium: Browser, ready: Ready, as_alice: Client
) -> None:
    said = {3: "wanna meet up saturday", 7: "im 13 btw"}
    case_of(
        ready,
        *(
            [
                (who, known(START + day * DAY + (2 * at + chat) * MINUTE), said.get(at, "the beans are up"))
                for day in range(2)
                for at in range(10)
            ]
            for chat, who in enumerate(("Priya", "Tom"))
        ),
    )
    page = chromium.new_page()
    show(page, as_alice.get(f"{LINE}?at=2-2"), f"{LINE}?at=2-2#m2-2")

    def pressed(key: str) -> str:
        page.keyboard.press(key)
        return str(page.evaluate("document.activeElement.id"))

    assert [pressed(key) for key in "jjkn"] == ["m1-3", "m2-3", "m1-3", "m1-4"]
    assert [pressed(key) for key in "npp"] == ["m2-4", "m1-4", "m1-4"]
    assert page.locator("[data-stepped]").inner_text() == "No candidate before this message on this page"
    assert page.evaluate("document.querySelectorAll('#messages .sh-m[tabindex=\"0\"]').length") == 1
    assert pressed("/") == "words"
    assert pressed("j") == "words", "letters are written there, and move nothing"
    page.locator("#m1-4").focus()
    pressed("?")
    assert page.evaluate("document.activeElement.closest('details').id") == "keys"
    page.locator("#m1-4").focus()
    with page.expect_navigation():
        page.keyboard.press("o")
    assert page.url.endswith(f"{CASE}1/messages/4/original/#cited")
    show(page, as_alice.get(f"{LINE}?at=2-2"), f"{LINE}?at=2-2#m2-2")
    with page.expect_navigation():
        page.keyboard.press("c")
    assert page.url.endswith(f"{CASE}2/messages/2/cite/")
    show(page, as_alice.get(f"{LINE}?at=2-2&keys=off"), f"{LINE}?at=2-2&keys=off#m2-2")
    assert page.evaluate("document.querySelectorAll('#messages .sh-m[tabindex]').length") == 0
    page.close()
