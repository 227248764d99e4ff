"""When sending does not go as it should: each state is said as it is, and the locked file can always be saved."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk
from journey_eyes import Eyes
from journey_holder import HolderPage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WAIT = 60_000
STATE = re.compile(r"/report/parcels/[0-9a-f]{32}/$")


def _refused(code: str, status: int) -> Callable[[Route], None]:
    said = {"schema": "safehand.refusal/1", "code": code, "found": "", "todo": ""}
    return lambda route: route.fulfill(status=status, json=said)


def _changed(**more: Any) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        got = route.fetch()
        route.fulfill(response=got, body=json.dumps({**got.json(), **more}))

    return answer


HALF_A_MINUTE = "(now => { Date.now = () => now() + 30_000; })(Date.now)"
"""Passes at once. A desk is said to be away after that (page/sending.ts, AWAY_AFTER)."""

FORGED = {
    "schema": "safehand.acknowledgement/1",
    "sha256": "0" * 64,
    "size": 1,
    "reference": "SH-000000000",
    "received": "2026-11-22T10:00:00Z",
}
TROUBLES = {
    "too-large": (re.compile(r"/report/parcels/$"), _refused("too_large", 413), "The unit cannot take this now"),
    "too-often": (re.compile(r"/report/parcels/$"), _refused("too_often", 429), "The unit cannot take this now"),
    "full": (re.compile(r"/report/parcels/$"), _changed(has_room=False), "The unit cannot take this now"),
    "forged": (
        STATE,
        _changed(
            acknowledgement=FORGED, signature="-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"
        ),
        "We cannot be sure that the police have it",
    ),
    "fault": (re.compile(r"/report/parcels/work$"), _refused("not_understood", 400), "It could not be sent"),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_what_cannot_be_sent_is_said_and_can_be_saved(chromium: Browser, sample_desk: RunningDesk, name: str) -> None:
    address, answer, heading = TROUBLES[name]
    context = chromium.new_context(accept_downloads=True)
    page = context.new_page()
    eyes = Eyes(page)
    page.goto(f"{sample_desk.address}/report/seal/")
    holder = HolderPage(page)
    holder.answer_up_to("check")
    page.route(address, answer)
    holder.press("Lock and send")
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=WAIT)
    assert page.title().startswith(heading)
    assert page.get_by_text("it carries on by itself").count() == 0
    assert page.get_by_role("heading", name="We have your report").count() == 0
    eyes.look(f"seal-{name}")
    with page.expect_download() as download:
        holder.press("Save the locked file")
    assert download.value.suggested_filename.endswith(".safehand")
    expect(page.get_by_text("The locked file was saved.")).to_be_visible()
    context.close()


def test_a_desk_that_has_not_signed_yet_is_said_to_be_away_and_its_word_still_counts(
    chromium: Browser, sample_desk: RunningDesk
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    eyes = Eyes(page)
    page.goto(f"{sample_desk.address}/report/seal/")
    holder = HolderPage(page)
    holder.answer_up_to("check")
    silent = _changed(acknowledgement=None, signature=None)
    quiet = [True]
    page.route(STATE, lambda route: silent(route) if quiet else route.fallback())
    holder.press("Lock and send")
    expect(page.locator("main").get_by_text("All of it has arrived.")).to_be_visible(timeout=WAIT)
    page.go_back()
    page.wait_for_url("**#send")
    page.evaluate("window.location.hash = '#files'")
    page.wait_for_url("**#send")
    expect(holder.heading("Sending")).to_be_visible()
    expect(page.locator("main").get_by_text("All of it has arrived.")).to_be_visible(timeout=WAIT)
    page.evaluate(HALF_A_MINUTE)
    away = page.get_by_role("heading", name="It has arrived, but the unit has not confirmed it yet")
    expect(away).to_be_visible(timeout=WAIT)
    eyes.look("seal-away")
    quiet.clear()
    expect(holder.heading("We have your report")).to_be_visible(timeout=WAIT)
    context.close()


def test_an_answer_can_be_changed_from_the_last_page_and_leads_back_to_it(
    chromium: Browser, sample_desk: RunningDesk
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{sample_desk.address}/report/seal/")
    holder = HolderPage(page)
    holder.answer_up_to("check")
    page.get_by_role("link", name="Change about the other person").click()
    holder.on("person")
    page.locator("#urgent-subject-claims").fill("Has plot 14")
    holder.press("I don’t know the rest of this page")
    holder.on("check")
    expect(page.get_by_text("Has plot 14")).to_be_visible()
    page.get_by_role("link", name="Change who are you?").click()
    holder.on("who")
    holder.choose("The young person in the chat")
    holder.press("Continue")
    holder.on("young")
    holder.press("Carry on here")
    holder.on("check")
    context.close()
