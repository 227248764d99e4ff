"""What must reach a supervisor stands on top of an officer's page, and axe finds nothing in it at either size."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from desk_cast import NOW, Cast, keep, make_notice, signed_in
from journey_eyes import PHONE, Eyes
from journey_pages import show
from notices import notice
from safehand.desk.core.state import State
from safehand.desk.intake.alarms import raise_alarms
from safehand.model.instant import MICRO
from safehand.seal.notice_sealed import seal_notice
from safehand.signing.keys import load_desk_public

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

REFERENCE = "SH-8Q2V5TR41"
LATE = NOW + 24 * 60 * 60 * MICRO
"""The notice is unread by then, and the time of its meeting has passed."""


@pytest.fixture(scope="session", autouse=True)
def _beside_a_browser() -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # as in test_journey_every_page.py, and for as long


def test_an_alarm_stands_on_top_of_the_inbox(chromium: Browser, desk_state: State, cast: Cast) -> None:
    sealed = seal_notice(notice(), load_desk_public(desk_state.desk_public))
    make_notice(desk_state, keep(desk_state, sealed), REFERENCE)
    assert raise_alarms(lambda: LATE) == 2
    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    eyes = Eyes(page)
    show(page, signed_in(cast.alice).get("/inbox/"), "/inbox/")
    alarm = page.locator(".sh-alarm")
    assert alarm.count() == 2
    first, heading = alarm.first.bounding_box(), page.get_by_role("heading", level=1).bounding_box()
    assert first is not None
    assert heading is not None
    assert first["y"] < heading["y"], "on top"
    eyes.look("inbox-alarm", full=True)
    context.close()
