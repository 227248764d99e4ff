"""When they talked in a whole case: pictures and tables say the same, conversations are apart, nobody is guessed."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import Client

from casefile_builders import DAY, START, device, either, known
from desk_cast import NAMES, Ready, clock
from desk_several import Chat, case_of
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.review.case_talking import show_case_talked
from safehand.desk.review.presenters.case_talked import CaseTalkedPage, case_talked_page
from safehand.desk.review.presenters.figures import Figure
from safehand.desk.review.presenters.talked import FEWEST
from safehand.model.instant import unknown_instant
from talked_made import MINUTE, rhythm

PAGE = "/cases/SH-7K3M9QXA1/when/"
ONE = "/cases/SH-7K3M9QXA1/conversations/1/when/"
LINE = "/cases/SH-7K3M9QXA1/time-line/"


def chat(days: int, *, later: int = 0, seed: int = 5) -> Chat:
    return [(who, known(at + later * DAY), "the beans are up") for at, who in rhythm(days, seed=seed)]


@pytest.fixture
def moved(ready: Ready) -> Ready:
    """They go on elsewhere after three weeks."""
    return case_of(ready, chat(22), chat(30, later=20, seed=6))


def page_of(ready: Ready, begin: date | None = None) -> CaseTalkedPage:
    return case_talked_page(show_case_talked(ready.cast.alice, ready.case, begin=begin, clock=clock))


def figures(ready: Ready, begin: date | None = None) -> dict[str, Figure]:
    return {one.id: one for one in page_of(ready, begin).figures}


def number(words: str) -> int:
    return int(words.replace(",", ""))


def columns(figure: Figure) -> list[int]:
    return [sum(number(row.cells[at]) for row in figure.table.rows) for at in range(len(figure.table.foot))]


def test_each_picture_is_of_every_message_and_each_conversation_has_its_own(moved: Ready) -> None:
    sizes = [len(chat(22)), len(chat(30, seed=6))]
    found = figures(moved)
    assert list(found) == ["hours", "sides", "days", "wrote", "starts", "cadence"]
    for id_ in ("hours", "sides", "days", "wrote", "starts"):
        assert columns(found[id_]) == [number(cell) for cell in found[id_].table.foot], id_
    assert columns(found["sides"]) == columns(found["days"]) == sizes
    assert [head.words for head in found["days"].table.heads] == ["When", "Conversation 1", "Conversation 2"]
    wrote = {row.head: [number(cell) for cell in row.cells] for row in found["wrote"].table.rows}
    assert [sum(cells) for cells in wrote.values()] == sizes
    assert found["days"].counted.startswith(f"{sum(sizes):,} of {sum(sizes):,} messages; UK time.")


def test_the_same_name_in_two_conversations_is_not_the_same_account(moved: Ready) -> None:
    found = figures(moved)["wrote"]
    assert [head.chip.letter for head in found.table.heads[1:] if head.chip] == ["A", "B", "C", "D"]
    first, second = ([number(cell) > 0 for cell in row.cells] for row in found.table.rows)
    assert (first, second) == ([True, True, False, False], [False, False, True, True])


def test_a_picture_has_as_many_bars_as_its_table_has_counts_and_a_bar_leads_to_the_time_line(moved: Ready) -> None:
    found = figures(moved)["days"]
    counts = [number(cell) for row in found.table.rows for cell in row.cells]
    for drawing, reach in ((found.wide, found.wide_reach), (found.narrow, found.narrow_reach)):
        assert len(re.findall("sh-bar-(?:solid|hatched)", drawing)) == sum(count > 0 for count in counts)
        assert len(re.findall(rf'href="{LINE}\?at=(\d+-\d+)#m\1"', reach)) == len(found.table.rows)


@pytest.mark.usefixtures("moved")
def test_every_link_of_the_page_leads_to_a_message_that_stands_there(as_alice: Client) -> None:
    text = as_alice.get(PAGE).content.decode()
    leads = dict.fromkeys(re.findall(rf'href="{LINE}\?at=([\d-]+)#m', text))
    assert len(leads) > 5
    for at in list(leads)[:3] + list(leads)[-3:]:
        assert f'id="m{at}" aria-current="true"' in as_alice.get(f"{LINE}?at={at}").content.decode()


def test_what_is_by_another_clock_or_in_no_picture_is_said_with_its_conversations(ready: Ready) -> None:
    other = [("Priya", device(START + DAY), "peas"), ("Tom", either(START, START + 31 * DAY), "leeks")]
    case_of(ready, chat(10), other, [("Tom", unknown_instant("?"), "kale")])
    page = page_of(ready)
    assert page.zone == (
        f"{len(chat(10))} messages by UK time, in conversation 1.",
        "1 message by clocks whose zone the sources do not name, as they read, in conversation 2.",
        "1 message on a day of two readings, drawn by the first, in conversation 2.",
        "1 message without a time that can be read, and so in no picture of time, in conversation 3.",
    )
    assert page.other_reading == "?reading=second"


def test_two_exports_of_one_conversation_are_said_to_be_counted_twice(ready: Ready) -> None:
    said = ["the beans are up", "so are the peas", "bring the blue watering can", "and the twine from the shed"] * 8
    twice = [("Priya", known(START + at * MINUTE), f"{words} {at}") for at, words in enumerate(said)]
    case_of(ready, twice, twice)
    assert page_of(ready).zone[-1] == (
        "Conversations 1 and 2 are one in two exports, with 32 messages the same: they are counted in both."
    )
    case_of(ready, twice)
    assert "counted in both" not in " ".join(page_of(ready).zone)


@pytest.mark.parametrize(("messages", "drawn"), [(FEWEST - 2, 0), (FEWEST, 6)])
def test_under_twenty_messages_in_all_no_picture_is_drawn(ready: Ready, messages: int, drawn: int) -> None:
    half = [("Priya", known(START + at * MINUTE), "beans") for at in range(messages // 2)]
    case_of(ready, half, half[: messages // 2])
    assert len(page_of(ready).figures) == drawn


def test_many_conversations_and_accounts_have_pictures_too(ready: Ready) -> None:
    case_of(ready, *(chat(3, later=at, seed=at + 1) for at in range(9)))
    found = figures(ready)
    for id_ in ("days", "wrote", "starts"):
        assert columns(found[id_]) == [number(cell) for cell in found[id_].table.foot], id_
    assert len(found["days"].table.heads) == 1 + 6 + 1
    assert [row.head for row in found["wrote"].table.rows][-1] == "Others (+)"


def test_the_cadence_goes_on_by_four_weeks(moved: Ready) -> None:
    first = figures(moved)["cadence"]
    assert (first.earlier, first.later) == ("", "?from=2026-01-29#cadence")
    second = figures(moved, date(2026, 1, 29))["cadence"]
    assert second.earlier == "?from=2026-01-01#cadence"
    total = sum(number(cell) for one in (first, second) for row in one.table.rows for cell in row.cells)
    assert total == len(chat(22)) + len(chat(30, seed=6))
    assert "conversation\u00a01:\u00a0" in first.table.rows[0].words
    assert "conversation 1 above the line, conversation 2 below it" in first.rule


def test_looking_at_it_is_an_entry_of_the_whole_case(moved: Ready) -> None:
    show_case_talked(moved.cast.alice, moved.case, clock=clock)
    entry = json.loads(bytes(CustodyEntry.objects.latest("sequence").canonical))
    assert (entry["verb"], entry["record"]) == ("pictures.shown", "case")
    assert entry["details"] == {"people": len(chat(22)) + len(chat(30, seed=6))}


@pytest.mark.parametrize("who", ["as_alice", "as_bob"])
@pytest.mark.usefixtures("moved")
def test_those_on_the_case_see_numbers_and_sums_and_no_message(who: str, request: pytest.FixtureRequest) -> None:
    browser: Client = request.getfixturevalue(who)
    text = browser.get(PAGE).content.decode()
    for said in ("Priya", "Tom", "beans", *NAMES):
        assert said not in text
    assert text.count("<svg") >= 6 * 2
    assert " style=" not in text
    assert "all conversations; package SHA-256" in text


@pytest.mark.usefixtures("moved")
def test_charlie_does_not(as_charlie: Client) -> None:
    assert as_charlie.get(PAGE).status_code == 404
    assert not CustodyEntry.objects.exists()


@pytest.mark.parametrize("begin", ["2026-02-30", "yesterday", "%00"])
def test_what_is_no_day_is_404(begin: str, ready: Ready, as_alice: Client) -> None:
    case_of(ready, chat(3))
    assert as_alice.get(f"{PAGE}?from={begin}").status_code == 404


def test_the_list_of_conversations_and_the_pictures_of_one_lead_there_where_there_are_several(
    moved: Ready, as_alice: Client
) -> None:
    for path in ("/cases/SH-7K3M9QXA1/conversations/", ONE):
        assert f'href="{PAGE}"' in as_alice.get(path).content.decode()
    case_of(moved, chat(10))
    for path in ("/cases/SH-7K3M9QXA1/conversations/", ONE):
        assert f'href="{PAGE}"' not in as_alice.get(path).content.decode()


def test_a_case_without_conversations_has_the_page_too(ready: Ready, as_alice: Client) -> None:
    case_of(ready)
    assert "a picture would mislead" in as_alice.get(PAGE).content.decode()
