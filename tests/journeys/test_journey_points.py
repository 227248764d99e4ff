"""Points to prove: an offence is chosen, a message of the sample used for a point in six presses, the grid printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk
from journey_eyes import DESKTOP, Eyes

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

MOST = 6
"""Interactions from a message to it being cited for an element (issue 5)."""


def test_an_offence_is_looked_at_a_message_used_for_a_point_and_the_grid_is_printed(
    page: Page, sample_desk: RunningDesk
) -> None:
    eyes = Eyes(page)
    case = f"/cases/{sample_desk.case}/"
    page.goto(f"{case}conversations/1/")
    eyes.press(page.get_by_role("navigation", name="Case").get_by_role("link", name="Points to prove"))
    eyes.look("points-none")
    page.get_by_label("Which offence?").select_option("Section 15, as an attempt")
    page.get_by_label("Why?").fill("A meeting at the allotment is spoken of.")
    eyes.press(page.get_by_role("button", name="Look at it"))
    expect(page.get_by_text("Nobody has looked at this yet")).to_have_count(10)
    _use_in_six(page, eyes, case)
    page.goto(f"{case}points/meeting/")
    expect(page.get_by_text("Nobody has looked at this yet")).to_have_count(9)
    eyes.look("points-grid", full=True)
    supporting, undermining = (page.get_by_role("columnheader", name=name) for name in ("Supporting", "Undermining"))
    boxes = supporting.bounding_box(), undermining.bounding_box()
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert abs(boxes[0]["width"] - boxes[1]["width"]) < 1, "for and against have the same room"
    eyes.press(page.get_by_role("link", name="15.c"))
    eyes.look("points-point")
    eyes.press(page.get_by_role("button", name="Save entry"))
    expect(page.get_by_text("There is a problem")).to_be_visible()
    eyes.look("points-point-wrong")
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("points/", "points/meeting/", "points/meeting/c/", "conversations/1/messages/9/point/"):
        page.goto(f"{case}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.goto(f"{case}points/meeting/")
    _prints(page)


def _use_in_six(page: Page, eyes: Eyes, case: str) -> None:
    page.goto(f"{case}conversations/1/")
    page.locator("#m9 .sh-said").click()  # this is the message; what follows is counted
    page.wait_for_url("**message=9*")
    eyes.look("points-reader", sizes=(DESKTOP,))
    presses = 0

    def pressed() -> None:
        nonlocal presses
        presses += 1

    eyes.press(page.get_by_role("link", name="Use it for a point to prove"))
    pressed()
    assert page.url.endswith("/messages/9/point/"), "it is the message that was selected without asking the desk"
    eyes.look("points-use")
    for choose in (
        lambda: page.get_by_label("For which point?").select_option("15.c Meets, travels or arranges"),
        lambda: page.get_by_label("Cited as").select_option("Meeting"),
        lambda: page.get_by_label("Undermining").check(),
        lambda: page.get_by_label("Why?").fill("It is about seed potatoes."),
        lambda: eyes.press(page.get_by_role("button", name="Save entry")),
    ):
        choose()
        pressed()
    expect(page.get_by_text("Kept for the point to prove")).to_be_visible()
    expect(page.locator("#m9 .sh-gutter__cited")).to_be_visible()
    assert presses <= MOST


def _prints(page: Page) -> None:
    """On A4 across every column is there, nothing of a screen's own, and the grid is told by words and lines alone."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1031, "height": 703})  # 297 by 210 mm less the margins, at 96 dots an inch
    assert page.evaluate("document.documentElement.scrollWidth") <= 1031
    for name in ("Supporting", "Undermining", "Not in this material", "Police enquiry needed"):
        expect(page.get_by_role("columnheader", name=name)).to_be_visible()
    expect(page.get_by_text("Look at it no more")).to_have_count(2)
    expect(page.get_by_text("Look at it no more").first).to_be_hidden()
    expect(page.get_by_role("navigation", name="Case")).to_be_hidden()
    borders = page.locator(".sh-points td").first.evaluate("each => getComputedStyle(each).borderTopStyle")
    assert borders == "solid"
    page.screenshot(path="build/screens/points-printed.png", full_page=True)
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.emulate_media(media="screen")
