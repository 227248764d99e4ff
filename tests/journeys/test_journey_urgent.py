"""The urgent path with no evidence: from the first page to the officer who takes it, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk
from journey_eyes import SCREENS, Eyes
from notices import NUMBER
from safehand.seal.notice import LONGEST as MOST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def holder(chromium: Browser, sample_desk: RunningDesk) -> Iterator[Page]:
    context = chromium.new_context(base_url=sample_desk.address)
    yield context.new_page()
    context.close()


def test_a_notice_is_sent_in_one_page_and_can_be_read_out(holder: Page) -> None:
    eyes = Eyes(holder)
    holder.goto("/report/")
    eyes.press(holder.get_by_role("button", name="Start now"))
    holder.get_by_label("Yes, or it could be today").check()
    eyes.press(holder.get_by_role("button", name="Continue"))
    eyes.press(holder.get_by_role("button", name="Send an urgent notice"))
    assert holder.locator("input:checked").count() == 0, "nothing is chosen for a holder"
    for legend in holder.locator("fieldset").all():
        expect(legend.get_by_label("I don’t know", exact=True)).to_be_visible()
    eyes.look("urgent-form", full=True)
    eyes.press(holder.get_by_role("button", name="Send it now"))
    expect(holder.get_by_role("alert")).to_contain_text("Type a phone number")
    eyes.look("urgent-form-no-number", full=True)
    holder.get_by_role("link", name="Type a phone number").click()
    assert holder.evaluate("document.activeElement.name") == "caller_number"
    holder.get_by_role("group", name="Is a meeting with a child planned?").get_by_label("Yes, one is planned").check()
    holder.get_by_label("Tomorrow").check()
    holder.get_by_label("At what time?").fill("3:30")
    holder.get_by_label("Where? How will each of them get there?").fill("The gate of plot 14, on foot")
    holder.get_by_label("A phone number that is safe").fill(NUMBER)
    eyes.press(holder.get_by_role("button", name="Send it now"))
    expect(holder.get_by_text("We go by the earlier one.")).to_be_visible()
    expect(holder.get_by_role("heading", level=1, name="The police have your notice")).to_be_visible(timeout=60_000)
    code = holder.locator(".sh-receipt__code").inner_text()
    holder.get_by_text("I share this computer").click()
    eyes.look("urgent-sent", full=True)
    holder.goto("/report/progress/")
    eyes.look("progress-asked")
    holder.get_by_label("Check code").fill(code)
    eyes.press(holder.get_by_role("button", name="Check"))
    expect(holder.get_by_role("heading", name="What you sent on")).to_be_visible()
    eyes.look("progress-of-notice", full=True)
    assert holder.context.cookies() == []


LONGEST = {
    "as people write": "The gate of plot 14, past the shed with the green door and then left. " * 5,
    "in capitals": "WE MEET AT THE WOODEN GATE AND NOT AT THE SHED " * 7,
}


@pytest.mark.parametrize("how", LONGEST)
def test_the_page_to_read_out_prints_on_one_sheet_however_much_was_written(holder: Page, how: str) -> None:
    holder.goto("/report/urgent/")
    for box in holder.locator("textarea, main input[type=text]:not(.sh-other-day input)").all():
        box.fill(LONGEST[how][:MOST])
    for group in holder.get_by_role("group").all():
        group.get_by_label("I don’t know", exact=True).check()
    for sign in holder.get_by_role("group", name="Is there talk of any of these?").get_by_role("checkbox").all():
        sign.check()
    holder.get_by_label("A phone number that is safe").fill(f"{NUMBER}, or {NUMBER} in the evening")
    holder.get_by_role("button", name="Send it now").click()
    holder.get_by_role("heading", name="To read out on the phone").wait_for()
    assert pages_of(holder.pdf(format="A4")) == 1
    SCREENS.mkdir(parents=True, exist_ok=True)
    holder.emulate_media(media="print")
    holder.set_viewport_size({"width": 703, "height": 1032})  # A4 less its margins, at 96 dots an inch
    holder.screenshot(path=SCREENS / f"urgent-print-{how.replace(' ', '-')}.png", full_page=True)


def test_a_count_of_sheets_can_be_more_than_one(holder: Page) -> None:
    holder.set_content("<p>beans</p>" * 200)
    assert pages_of(holder.pdf(format="A4")) > 1


def pages_of(pdf: bytes) -> int:
    """Its sheets: Chromium writes an object of its own for each."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_it_works_without_scripts(chromium: Browser, sample_desk: RunningDesk) -> None:
    context = chromium.new_context(base_url=sample_desk.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/report/urgent/")
    page.get_by_label("A phone number that is safe").fill(NUMBER)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("button", name="Print this page")).not_to_be_visible()
    reference = page.locator(".sh-receipt__reference").inner_text()
    with context.expect_page() as opened:
        page.get_by_role("link", name="See if the police have taken it").click()
    expect(opened.value.get_by_text(reference)).to_be_visible()
    assert NUMBER not in opened.value.content()
    context.close()


def test_it_tops_the_inbox_with_a_clock_and_an_officer_takes_it(
    chromium: Browser, sample_desk: RunningDesk, signed_in_state: Any, holder: Page
) -> None:
    context = chromium.new_context(base_url=sample_desk.address, storage_state=signed_in_state)
    page = context.new_page()
    eyes = Eyes(page)
    page.goto("/inbox/")
    reference = _send(holder)
    expect(page.get_by_role("status").get_by_text(re.compile("new urgent notices? came in"))).to_be_visible(
        timeout=60_000
    )
    eyes.press(page.get_by_role("link", name="Load the inbox again"))
    table = page.get_by_role("table", name="Urgent notices")
    row = table.get_by_role("row").filter(has_text=reference)
    expect(row.get_by_text("The holder says a meeting is under way")).to_be_visible()
    assert table.bounding_box()["y"] < page.get_by_role("table", name="Reports").bounding_box()["y"]  # type: ignore[index]
    assert NUMBER not in page.content()
    eyes.look("inbox-notices", full=True)
    eyes.press(row.get_by_role("link", name=reference, exact=True))
    expect(page.get_by_text(f"Ring the holder on {NUMBER}")).to_be_visible()
    eyes.look("notice-waiting", full=True)
    eyes.press(page.get_by_role("button", name="Take this notice"))
    expect(page.get_by_text(f"Taken by {sample_desk.officer}")).to_be_visible()
    eyes.look("notice-taken")
    eyes.press(page.get_by_role("button", name="Close this notice"))
    expect(page.get_by_role("table", name="Urgent notices").get_by_text(reference)).to_have_count(0)
    context.close()


def _send(page: Page) -> str:
    page.goto("/report/urgent/")
    page.get_by_label("It is happening now, or someone is on the way").check()
    page.get_by_label("A phone number that is safe").fill(NUMBER)
    page.get_by_role("button", name="Send it now").click()
    return page.locator(".sh-receipt__reference").inner_text()
