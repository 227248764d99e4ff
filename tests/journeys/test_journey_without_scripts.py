"""The same desk with JavaScript turned off: everything can still be done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def plain(chromium: Browser, sample_desk: RunningDesk, signed_in_state: Any) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=sample_desk.address, storage_state=signed_in_state, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_reading_searching_and_the_original_need_no_script(plain: Page, sample_desk: RunningDesk) -> None:
    reader = f"/cases/{sample_desk.case}/conversations/1/"
    plain.goto(reader)
    assert plain.locator(".sh-m").count() > 20
    expect(plain.get_by_role("button", name="Copy reference")).not_to_be_visible()
    plain.get_by_role("link", name="Bubbles").click()
    expect(plain.locator("#messages.sh-messages--bubbles")).to_have_count(1)
    plain.get_by_role("link", name="Transcript").click()
    expect(plain.locator("#messages.sh-messages--bubbles")).to_have_count(0)
    plain.locator("#m5 .sh-no a").click()
    expect(plain.locator("#m5[aria-current]")).to_have_count(1)
    expect(plain.locator("#panel-title")).to_have_text("Message 5")
    plain.locator("#panel").get_by_role("link", name="See original").click()
    expect(plain.locator("#cited")).not_to_be_empty()
    plain.get_by_role("link", name="Back to the conversation").click()
    plain.get_by_text("Go to a day").click()
    plain.locator(".sh-menu__list a").last.click()
    expect(plain.locator(".sh-m[aria-current]")).to_be_visible()
    plain.get_by_label("Find in messages").fill("potatoes")
    plain.get_by_role("button", name="Find").click()
    plain.locator(".sh-result button").first.click()
    expect(plain.locator("mark.sh-found").first).to_be_visible()
    plain.get_by_role("navigation", name="Case").get_by_role("link", name="Who saw what").click()
    plain.get_by_label("For criminal proceedings").check()
    plain.get_by_role("button", name="Show the log").click()
    expect(plain.get_by_role("row").filter(has_text="Searched the messages").first).to_be_visible()


def test_handing_in_needs_no_script(plain: Page, tmp_path: Any) -> None:
    wrong = tmp_path / "letter.safehand"
    wrong.write_text("age-encryption.org/v1\nDear desk, the beans are up.")
    plain.goto("/hand-in/")
    plain.get_by_label("Sealed package").set_input_files(wrong)
    plain.get_by_role("button", name="Hand in").click()
    plain.wait_for_url("**/report/")
    # The page loads itself anew until the work is done.
    plain.get_by_role("heading", name="Could not be accepted").wait_for(timeout=60_000)


def test_skip_links_lead_past_the_header_and_past_the_messages(plain: Page, sample_desk: RunningDesk) -> None:
    plain.goto(f"/cases/{sample_desk.case}/conversations/1/")
    for name, target in (("Skip to main content", "main"), ("Skip messages", "panel")):
        link = plain.get_by_role("link", name=name)
        assert link.get_attribute("href") == f"#{target}"
        assert plain.locator(f"#{target}").get_attribute("tabindex") == "-1"
