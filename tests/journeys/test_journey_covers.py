"""What is hard to read stays covered until somebody asks, by mouse and by key; and the pages of people and welfare."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest
from django.core.cache import cache

from desk_cast import NOW, Ready, hold, signed_in, spelled_rightly
from desk_pointed import talk
from journey_eyes import DESKTOP, Eyes
from journey_pages import show
from safehand.desk.cases.people import put_on, take_off
from safehand.desk.core.clock import moment, system_clock
from safehand.desk.officers.roles import Appointment, Role
from safehand.desk.welfare.models import HardStretch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db

CHAT: Final = (
    ("Kim", "hiya are the beans up"),
    ("Sam", "[sexual-remark]"),
    ("Kim", "im 13 btw"),
    ("Sam", "bring the netting or else"),
    ("Kim", "my football kit is in the wash"),
)


@pytest.fixture(scope="session", autouse=True)
def _beside_a_browser() -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # test_journey_every_page.py says why


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    cache.clear()
    context = chromium.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    yield context.new_page()
    context.close()


def test_a_covered_message_opens_by_enter_and_by_a_click_in_the_list_and_the_panel_together(
    ready: Ready, page: Page
) -> None:
    talk(ready, *CHAT)
    path, eyes = f"/cases/{ready.case.reference}/conversations/1/", Eyes(page)
    show(page, signed_in(ready.cast.alice).get(path), path)
    eyes.look("covers")
    second, fourth = page.locator("#m2"), page.locator("#m4")
    panel = page.locator("[data-about]")
    assert second.get_by_text("Sexual topic: covered until you ask").is_visible()
    assert not second.get_by_text("[sexual-remark]").is_visible()
    page.locator("#m1").focus()
    page.keyboard.press("j")
    assert second.evaluate("each => each === document.activeElement")
    assert not panel.get_by_text("[sexual-remark]").is_visible()
    page.keyboard.press("Enter")
    assert second.get_by_text("[sexual-remark]").is_visible()
    panel.get_by_text("[sexual-remark]").wait_for()
    page.keyboard.press("Enter")
    panel.get_by_text("[sexual-remark]").wait_for(state="hidden")
    assert not second.get_by_text("[sexual-remark]").is_visible()
    fourth.get_by_text("Threat: covered until you ask").click()
    assert fourth.get_by_text("bring the netting or else").is_visible()
    assert fourth.get_attribute("aria-current") == "true", "it is selected with it"
    panel.get_by_text("bring the netting or else").wait_for()
    eyes.look("covers-open")
    # On paper: what was opened is read, the other is a bar.
    page.emulate_media(media="print")
    assert fourth.get_by_text("bring the netting or else").is_visible()
    assert second.get_by_text("Sexual topic: covered until you ask").is_visible()
    assert not second.get_by_text("[sexual-remark]").is_visible()


def test_without_keys_the_bar_is_reached_by_tab(ready: Ready, page: Page) -> None:
    talk(ready, *CHAT)
    path = f"/cases/{ready.case.reference}/conversations/1/"
    for keys, stops in (("on", -1), ("off", 0)):
        show(page, signed_in(ready.cast.alice).get(path, {"keys": keys}), path)
        assert page.locator("#m2 summary").evaluate("each => each.tabIndex") == stops


def test_the_pages_of_people_and_of_welfare_are_as_they_must_be(
    ready: Ready, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safehand.desk.welfare.context.break_due", lambda _: timedelta(minutes=47))
    case, cast, eyes = spelled_rightly(ready).case, ready.cast, Eyes(page)
    now = moment(system_clock())
    HardStretch.objects.create(officer=cast.alice, began_at=now - timedelta(minutes=40), last_at=now)
    put_on(cast.alice, case.reference, cast.charlie, "She knows the allotment, and I am on leave from Monday.")
    take_off(cast.alice, case.reference, cast.bob, "He moved to another unit.")
    hold(cast.charlie, Role.REVIEWER, Appointment.WELFARE_LEAD)
    alice, charlie = signed_in(cast.alice), signed_in(cast.charlie)
    talk(ready, *CHAT)
    states = {
        "people": alice.get(f"/cases/{case.reference}/people/"),
        "people-wrong": alice.post(f"/cases/{case.reference}/people/", {"do": "put_on"}),
        "people-read": charlie.get(f"/cases/{case.reference}/people/"),
        "people-ask": alice.get("/people/"),
        "wellbeing": alice.get("/account/wellbeing/"),
        "welfare": charlie.get("/welfare/"),
        "break": alice.get(f"/cases/{case.reference}/conversations/"),
        "covers-found": alice.post(f"/cases/{case.reference}/search/", {"words": "netting"}),
    }
    for name, answer in states.items():
        show(page, answer, "/somewhere/")
        eyes.look(f"people-{name}", full=True)
    assert NOW
