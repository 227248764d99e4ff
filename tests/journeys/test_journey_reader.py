"""Reading the sample case: two layouts, keys, search, the original alongside, who saw what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk
from journey_eyes import DESKTOP, PHONE, Eyes

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def eyes(page: Page) -> Eyes:
    return Eyes(page)


@pytest.fixture
def reader(sample_desk: RunningDesk) -> str:
    return f"/cases/{sample_desk.case}/conversations/1/"


PANEL_AS_TEXT: Final = """(panel) => {
  panel.querySelectorAll(".govuk-visually-hidden").forEach((aside) => aside.remove());
  return panel.innerHTML.replace(/\\s+/g, " ").replaceAll("> <", "><");
}"""
"""Its markup, without the name that stands for the ear beside words which are repeated."""


def selected(page: Page) -> int:
    found = page.locator(".sh-m[aria-current]")
    assert found.count() == 1
    return int(found.get_attribute("data-number") or "0")


def panel(page: Page) -> str:
    return page.locator("#panel-title").inner_text()


def test_the_transcript_comes_first_and_bubbles_and_grid_are_one_press_away(
    page: Page, eyes: Eyes, reader: str
) -> None:
    page.goto(reader)
    eyes.look("reader-transcript")
    page.get_by_role("link", name="Bubbles").click()
    expect(page.locator("#messages.sh-messages--bubbles")).to_have_count(1)
    assert page.url.endswith(reader), "the layout changed without asking the desk"
    eyes.look("reader-bubbles")
    page.reload()
    assert page.locator("#messages.sh-messages--bubbles").count() == 1, "it is remembered"
    page.get_by_role("link", name="Grid").click()
    expect(page.locator("#messages.sh-messages--bubbles")).to_have_count(0)
    row = page.locator("#m6")
    places = [row.locator(part).bounding_box() for part in (".sh-no", ".sh-at", ".sh-said")]
    assert len({round(place["y"] // 20) for place in places if place}) == 1, "a message is a row"
    who = row.locator(".sh-said > .govuk-visually-hidden").first.bounding_box()
    assert who, "nobody is named in its row"
    assert who["width"] > 100, "who wrote it stands in every row"
    eyes.look("reader-grid")
    page.get_by_role("link", name="Transcript").click()
    expect(page.locator("#messages.sh-messages--grid")).to_have_count(0)


def test_one_tab_stop_in_the_list_and_keys_only_while_it_has_the_focus(page: Page, reader: str) -> None:
    page.goto(reader)
    assert page.locator("#messages [tabindex='0']").count() == 1
    first = selected(page)
    page.keyboard.press("j")
    assert selected(page) == first, "the list does not have the focus yet"
    page.locator(".sh-m[aria-current]").focus()
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("k")
    assert selected(page) == first + 2
    assert panel(page) == f"Message {first + 2}"
    focused = page.evaluate("document.activeElement.dataset.number")
    assert focused == str(first + 2), "moving the selection does not move the focus away"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type("jjkk")
    assert selected(page) == first + 2, "letters typed elsewhere are letters"


def test_the_panel_says_of_a_message_chosen_by_a_key_what_the_desk_says_of_it(page: Page, reader: str) -> None:
    page.goto(f"{reader}?sort=everything")
    page.locator(".sh-m[aria-current]").focus()
    for _ in range(12):
        page.keyboard.press("j")
        ours = page.locator("[data-about]").evaluate(PANEL_AS_TEXT)
        theirs = page.request.get(f"{reader}?sort=everything&message={selected(page)}").text()
        assert ours == page.evaluate(
            f"(text) => ({PANEL_AS_TEXT})(new DOMParser().parseFromString(text, 'text/html')"
            ".querySelector('[data-about]'))",
            theirs,
        )


def test_the_question_mark_tells_the_keys(page: Page, reader: str) -> None:
    page.goto(reader)
    page.locator("#keys summary").click()
    expect(page.get_by_text("While a message has the focus")).not_to_be_visible()
    page.locator(".sh-m[aria-current]").focus()
    page.keyboard.press("?")
    expect(page.get_by_text("While a message has the focus")).to_be_visible()
    assert page.evaluate("document.activeElement.textContent") == "Keys"


def test_the_focus_is_never_under_the_bar(page: Page, reader: str) -> None:
    page.goto(reader)
    page.locator(".sh-m[aria-current]").focus()
    for press in range(42):
        page.keyboard.press("k" if press % 6 == 5 else "j")
        row = page.locator(".sh-m[aria-current]").bounding_box()
        bar = page.locator(".sh-bar").bounding_box()
        assert row is not None
        assert bar is not None
        assert row["y"] >= bar["y"] + bar["height"] - 1
        assert row["y"] + min(row["height"], 300) <= DESKTOP[1]


def test_the_bar_that_stays_is_one_row_of_48_pixels(page: Page, reader: str) -> None:
    page.goto(reader)
    page.mouse.wheel(0, 2400)
    page.wait_for_function("window.scrollY > 1000")
    bar = page.locator(".sh-bar").bounding_box()
    assert bar is not None
    assert (bar["y"], bar["height"]) == (0, 48)


def test_the_keys_can_be_turned_off(page: Page, eyes: Eyes, reader: str) -> None:
    page.goto(reader)
    eyes.press(page.get_by_role("link", name="Turn the keys off"))
    first = selected(page)
    page.locator(".sh-m[aria-current]").focus()
    page.keyboard.press("j")
    assert selected(page) == first


def test_a_message_is_chosen_by_a_press_and_its_reference_copied(
    page: Page, reader: str, sample_desk: RunningDesk
) -> None:
    # The desk's own policy lets no page read the clipboard, so what is written to it is listened to.
    page.add_init_script("navigator.clipboard.writeText = async (text) => { window.copied = text; };")
    page.goto(reader)
    page.locator("#m4 .sh-said").click()
    page.wait_for_url("**message=4*")
    assert selected(page) == 4
    page.get_by_role("button", name="Copy reference").click()
    page.get_by_text("Reference copied").wait_for(state="attached")
    copied = page.evaluate("window.copied")
    assert copied == f"{sample_desk.case}, conversation 1, message 4"


def test_pages_are_whole_days_and_plain_links(page: Page, eyes: Eyes, reader: str) -> None:
    page.goto(reader)
    days = page.locator(".sh-day__head").all_text_contents()
    eyes.press(page.locator("#later"))
    assert not set(days) & set(page.locator(".sh-day__head").all_text_contents())
    assert "message=" in page.url
    eyes.look("reader-later")
    page.go_back()
    expect(page.locator(".sh-day__head")).to_have_text(days)


def test_a_day_can_be_gone_to(page: Page, eyes: Eyes, reader: str) -> None:
    page.goto(reader)
    page.get_by_text("Go to a day").click()
    eyes.look("reader-days")
    page.keyboard.press("Escape")
    page.get_by_text("Go to a day").click()
    link = page.locator(".sh-menu__list a").last
    day = link.inner_text().split(",")[0]
    eyes.press(link)
    row = page.locator(".sh-m[aria-current]")
    heading = row.locator("xpath=ancestor::section[1]").locator(".sh-day__head")
    assert day in heading.inner_text()
    expect(row).to_be_visible()


def test_words_are_found_marked_and_kept_out_of_every_address(page: Page, eyes: Eyes, reader: str) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(reader)
    page.get_by_label("Find in messages").fill("potatoes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")
    count = page.locator(".sh-result").count()
    assert count > 0
    assert page.locator(".sh-result .sh-found").first.inner_text().lower().startswith("potato")
    eyes.look("search-found")
    page.get_by_role("button", name=re.compile("^Open message")).first.click()
    page.wait_for_url("**/conversations/**")
    expect(page.locator("#messages mark.sh-found").first).to_be_visible()
    eyes.look("reader-marked")
    eyes.press(page.get_by_role("button", name="All results"))
    assert page.locator(".sh-result").count() == count
    assert not [address for address in addresses if "potato" in address]


def test_a_search_that_finds_nothing_says_what_to_do(page: Page, eyes: Eyes, sample_desk: RunningDesk) -> None:
    page.goto(f"/cases/{sample_desk.case}/search/")
    eyes.look("search")
    page.get_by_label("Words").fill("rhubarbarella")
    eyes.press(page.get_by_role("button", name="Find"))
    expect(page.get_by_text("No message with")).to_be_visible()
    eyes.look("search-nothing")
    page.get_by_label("Words").fill("?!")
    eyes.press(page.get_by_role("button", name="Find"))
    expect(page.get_by_role("alert")).to_be_visible()
    eyes.look("search-wrong")


def test_the_original_stands_alongside_with_its_bytes_marked(page: Page, eyes: Eyes, reader: str) -> None:
    page.goto(f"{reader}?message=9")
    said = page.locator("#m9 .sh-text").first.inner_text()
    page.locator(".sh-m[aria-current]").focus()
    page.keyboard.press("o")
    page.wait_for_url("**/original/**")
    cited = page.locator("#cited")
    assert said in cited.inner_text()
    box = page.locator(".sh-bytes").bounding_box()
    mark = cited.bounding_box()
    assert box is not None
    assert mark is not None
    assert box["y"] <= mark["y"] <= box["y"] + box["height"], "the cited bytes are in view"
    eyes.look("original")
    eyes.press(page.get_by_role("link", name="Back to the conversation"))
    assert selected(page) == 9


def test_who_saw_what_asks_why_and_says_it_all(page: Page, eyes: Eyes, reader: str, sample_desk: RunningDesk) -> None:
    page.goto(reader)
    eyes.press(page.get_by_role("navigation", name="Case").get_by_role("link", name="Who saw what"))
    eyes.look("who-saw-what-why")
    eyes.press(page.get_by_role("button", name="Show the log"))
    expect(page.get_by_role("alert")).to_be_visible()
    eyes.look("who-saw-what-no-reason")
    page.get_by_label("For criminal proceedings").check()
    eyes.press(page.get_by_role("button", name="Show the log"))
    assert page.get_by_role("row").filter(has_text="Read messages").count() > 0
    assert page.get_by_role("row").filter(has_text=sample_desk.officer).count() > 0
    eyes.look("who-saw-what")


def test_the_names_of_listed_files_are_one_press_from_the_conversations(
    page: Page, eyes: Eyes, sample_desk: RunningDesk
) -> None:
    page.goto(f"/cases/{sample_desk.case}/conversations/")
    eyes.press(page.get_by_role("link", name="by name"))
    assert page.get_by_role("row").count() > 1
    eyes.look("listed-files")


def test_at_320_pixels_nothing_scrolls_sideways(page: Page, reader: str, sample_desk: RunningDesk) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    case = f"/cases/{sample_desk.case}"
    for path in (
        "/inbox/", "/hand-in/", "/account/", f"{case}/report/", f"{case}/conversations/", reader,
        f"{reader}?layout=bubbles", f"{reader}messages/1/original/", f"{case}/evidence/", f"{case}/search/",
        f"{case}/conversations/files/", f"{case}/time-line/", f"{case}/whole/", f"{case}/whole/1/",
        f"{case}/who-saw-what/?purpose=lawfulness", f"{case}/triage/", f"{case}/triage/thrive/",
    ):  # fmt: skip
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_a_report_is_graded_with_a_reason(page: Page, eyes: Eyes, sample_desk: RunningDesk) -> None:
    page.goto(f"/cases/{sample_desk.case}/triage/")
    eyes.look("triage")
    eyes.press(page.get_by_role("button", name="Grade this report"))
    eyes.look("triage-no-reason")
    page.get_by_label("Scheduled").check()
    page.get_by_label("Why?").fill("It is an allotment.")
    eyes.press(page.get_by_role("button", name="Grade this report"))
    expect(page.get_by_role("alert")).to_contain_text("Graded Scheduled")
    eyes.look("triage-graded")
    page.goto(f"/cases/{sample_desk.case}/triage/thrive/")
    eyes.look("thrive")


def test_on_a_phone_the_selected_message_is_one_press_away(page: Page, reader: str) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{reader}?layout=transcript")
    page.locator("#m3 .sh-said").click()
    dock = page.get_by_role("navigation", name="Selected message")
    assert "Message 3" in dock.inner_text()
    dock.get_by_role("link", name="Where it stands").click()
    page.wait_for_function("document.querySelector('#panel').getBoundingClientRect().top < 500")
    assert panel(page) == "Message 3"


def test_names_stand_in_the_reader_alone(page: Page, reader: str, sample_desk: RunningDesk) -> None:
    page.goto(reader)
    names = {name.strip() for name in page.locator(".sh-who bdi").all_inner_texts() if name.strip()}
    assert len(names) >= 2
    case = f"/cases/{sample_desk.case}"
    for path in (
        "/inbox/",
        f"{case}/report/",
        f"{case}/conversations/",
        f"{case}/evidence/",
        f"{case}/search/",
        f"{case}/triage/",
        f"{case}/whole/",
    ):
        page.goto(path)
        shown = re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content())  # a form's random token may hold any letters
        assert [name for name in names if name in shown] == [], path


def test_where_it_may_not_be_whole_is_shown_and_leads_to_the_message(
    page: Page, eyes: Eyes, sample_desk: RunningDesk
) -> None:
    page.goto(f"/cases/{sample_desk.case}/whole/")
    eyes.look("is-it-whole")
    place = page.get_by_role("row").filter(has_text="a mark that a message was deleted").first
    place.get_by_role("link").click()
    page.wait_for_url("**/?message=41*")
    expect(page.locator("#m41")).to_be_visible()


def test_two_exports_lie_side_by_side_and_the_deleted_words_stand_beside_the_mark(
    page: Page, eyes: Eyes, sample_desk: RunningDesk
) -> None:
    page.goto(f"/cases/{sample_desk.case}/whole/")
    page.get_by_role("link", name="1 and 2, side by side").click()
    eyes.look("side-by-side")
    stretch = page.get_by_role("listitem").filter(has_text="One message differs").first
    left, right = stretch.get_by_role("group").all()
    assert "Shown as deleted in the source" in left.inner_text()
    assert "are they beside the compost or the other end" in right.inner_text()


def test_the_time_line_leads_from_a_message_to_all_conversations_and_back(page: Page, eyes: Eyes, reader: str) -> None:
    page.goto(reader)
    page.locator(".sh-m[aria-current]").focus()
    page.keyboard.press("j")
    number = selected(page)
    eyes.press(page.get_by_role("link", name="On the time line of the case"))
    row = page.locator(".sh-m[aria-current]")
    assert row.get_attribute("id") == f"m1-{number}"
    eyes.look("time-line")
    row.locator(".sh-no a").click()
    page.wait_for_url(f"**/conversations/1/?message={number}*")
    assert selected(page) == number


def test_candidates_first_mentions_and_citing_are_a_key_away(page: Page, eyes: Eyes, reader: str) -> None:
    page.goto(f"{reader}?sort=everything")
    page.locator(".sh-m[aria-current]").focus()
    first = selected(page)
    page.keyboard.press("n")
    candidate = selected(page)
    assert candidate > first
    assert page.locator(f"#m{candidate} .sh-gutter__mark").count() > 0
    expect(page.get_by_text("Candidates: a prompt to look")).to_be_visible()
    page.keyboard.press("n")
    assert selected(page) > candidate
    page.keyboard.press("p")
    assert selected(page) == candidate
    page.keyboard.press("f")
    expect(page.locator("#firsts")).to_have_attribute("open", "")
    page.locator(".sh-m[aria-current]").focus()
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.id") == "id_tag"
    page.get_by_label("What is it about?").select_option("Meeting")
    page.get_by_label("May be read both ways").check()
    eyes.press(page.get_by_role("button", name="Save citation"))
    assert selected(page) == candidate
    expect(page.locator(f"#m{candidate} .sh-gutter__cited")).to_be_visible()
    eyes.look("reader-cited")
