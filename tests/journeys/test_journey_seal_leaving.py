"""What a holder cannot get back is not lost to a stray press: leaving is asked about, links open beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk
from journey_eyes import Eyes
from journey_holder import HolderPage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WAIT = 60_000
LEAVE = "setTimeout(() => location.assign('/report/'))"


def _stays(page: Page) -> None:
    """Going elsewhere is asked about; the holder says that they stay."""
    with page.expect_event("dialog") as asked:
        page.evaluate(LEAVE)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()


def test_the_check_code_is_not_lost_by_leaving_the_receipt(chromium: Browser, sample_desk: RunningDesk) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/report/exit/", lambda route: route.fulfill(status=200, body="<h1>Weather</h1>"))
    eyes = Eyes(page)
    page.goto(f"{sample_desk.address}/report/seal/")
    holder = HolderPage(page)
    holder.answer_up_to("check")
    _stays(page)
    holder.press("Lock and send")
    expect(holder.heading("We have your report")).to_be_visible(timeout=WAIT)
    code = page.locator("#code").inner_text()
    _stays(page)
    page.get_by_role("link", name="I share this computer").click()
    holder.on("share")
    _stays(page)
    page.get_by_role("button", name="Back to the receipt").click()
    expect(page.locator("#code")).to_have_text(code)
    _the_footer_opens_beside(page, eyes)
    expect(page.locator("#code")).to_have_text(code)
    page.get_by_role("button", name="Exit this page").click()  # asks nothing: a dialog would hold it up
    page.wait_for_url("**/report/exit/")
    context.close()


def _the_footer_opens_beside(page: Page, eyes: Eyes) -> None:
    links = page.locator("footer a, header a")
    assert links.count() >= 5
    for link in links.all():
        assert link.get_attribute("target") == "_blank", link.inner_text()
        assert "(opens in a new tab)" in link.inner_text()
    eyes.look("seal-receipt-footer", full=True)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="How far is my report?").click()
    opened.value.wait_for_url("**/report/progress/")
    opened.value.close()


def test_once_the_holder_has_finished_nothing_is_asked(chromium: Browser, sample_desk: RunningDesk) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{sample_desk.address}/report/seal/")
    holder = HolderPage(page)
    holder.answer_up_to("check")
    holder.press("Lock and send")
    expect(holder.heading("We have your report")).to_be_visible(timeout=WAIT)
    holder.press("Finish")
    holder.on("finish")
    holder.press("I leave without it")
    expect(holder.heading("You can close this page")).to_be_visible()
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))  # unanswered, it would hold up what follows
    page.goto(f"{sample_desk.address}/report/")
    assert asked == []
    context.close()
