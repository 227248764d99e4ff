"""Some messages of a conversation alone: the keys stay among those that fit, over the end of a page too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WIDER_THAN_ITS_ROW = (
    "(() => { const bar = document.querySelector('.sh-bar'); return bar.scrollWidth - bar.clientWidth; })()"
)


def selected(page: Page) -> int:
    return int(page.locator(".sh-m[aria-current]").get_attribute("data-number") or "0")


def test_n_and_p_go_on_over_the_end_of_a_page_among_the_messages_that_fit(page: Page, sample_desk: RunningDesk) -> None:
    page.goto(f"/cases/{sample_desk.case}/conversations/1/?what=words&sort=everything")
    last = int(page.locator(".sh-m").last.get_attribute("data-number") or "0")
    page.locator(".sh-m[aria-current]").focus()
    steps = [selected(page)]
    while steps[-1] <= last:
        page.keyboard.press("n")
        page.wait_for_load_state()
        steps.append(selected(page))
        assert steps[-1] > steps[-2], "there is a candidate on the next page of the sample"
    assert "what=words" in page.url
    assert "sort=everything" in page.url
    assert page.locator(f"#m{steps[-1]} .sh-gutter__mark").count() > 0
    expect(page.locator(".sh-bar")).to_contain_text("Candidates: Everything")
    assert page.evaluate(WIDER_THAN_ITS_ROW) <= 0, "no tool stands beyond the bar"
    assert page.evaluate("document.activeElement.id") == f"m{steps[-1]}"
    page.keyboard.press("p")
    page.wait_for_url(f"**message={steps[-2]}*")
    assert selected(page) == steps[-2]
    page.goto(f"/cases/{sample_desk.case}/conversations/1/?what=words&message=245")
    page.locator(".sh-m[aria-current]").focus()
    page.keyboard.press("n")
    expect(page.locator("[data-stepped]")).to_have_text("No candidate after this message among those that fit")
