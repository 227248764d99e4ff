"""First mentions of a whole case: over all conversations, in no order that times do not show, and no message there."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from casefile_builders import DAY, HOUR, START, device, either, known
from desk_cast import PRIYA, SAM, Ready, clock
from desk_several import case_of
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.review.case_mentions import list_case_mentions
from safehand.desk.review.citing import cite, take_back
from safehand.desk.review.mentions import list_mentions
from safehand.desk.review.presenters.case_mentions import (
    CaseCell,
    CaseMentionRow,
    CaseMentionsPage,
    case_mentions_page,
)
from safehand.desk.review.presenters.conversation_words import conversations_words
from safehand.desk.review.presenters.mentions import mentions_page
from safehand.desk.review.tags import TAGS
from safehand.model.instant import unknown_instant

TABLE = "/cases/SH-7K3M9QXA1/first-mentions/"


@pytest.fixture
def moved(ready: Ready) -> Ready:
    """They begin on one platform and go on upon another: the second was read first. Accounts A, B and C, D."""
    return case_of(
        ready,
        (
            (PRIYA, known(START + 2 * DAY), "are the peas up"),
            (SAM, known(START + 2 * DAY + HOUR), "wanna meet up saturday"),
            (PRIYA, known(START + 2 * DAY + 2 * HOUR), "no i dont want to"),
        ),
        (
            (PRIYA, known(START), "im 13 btw"),
            (SAM, known(START + HOUR), "what about the beans"),
        ),
    )


def page_of(ready: Ready) -> CaseMentionsPage:
    return case_mentions_page(list_case_mentions(ready.cast.alice, ready.case, clock=clock))


def rows(ready: Ready) -> dict[str, CaseMentionRow]:
    return {row.title: row for row in page_of(ready).rows}


def told(cell: CaseCell) -> tuple[list[tuple[int, int]], str, str]:
    """The messages that may be the first, the counts, and where they are."""
    counts = " ".join(f"{one.chip.letter if one.chip else '-'}{one.count}" for one in cell.counts)
    return [(one.conversation, one.place.number) for one in cell.firsts], counts, cell.where


def tag(ready: Ready, *cited: tuple[int, int, str, str]) -> None:
    for conversation, number, name, points in cited:
        cite(ready.cast.alice, ready.case, conversation, number, name, points)


def test_the_first_of_the_case_is_by_time_over_all_conversations_for_both_ways_and_every_side(moved: Ready) -> None:
    tag(
        moved,
        *((1, 2, "meeting", "towards"), (2, 2, "meeting", "towards"), (1, 3, "meeting", "away")),
        *((2, 1, "age", "both"), (1, 1, "age", "away")),
    )
    table = rows(moved)
    assert told(table["Meeting"].whole) == ([(2, 2)], "A1 B1 C0 D1", "2 in conversation 1, 1 in conversation 2")
    assert told(table["Meeting"].towards) == ([(2, 2)], "A0 B1 C0 D1", "1 in conversation 1, 1 in conversation 2")
    assert told(table["Meeting"].away) == ([(1, 3)], "A1 B0 C0 D0", "")
    assert told(table["Age"].towards) == ([(2, 1)], "A0 B0 C1 D0", "")
    assert told(table["Age"].away) == ([(2, 1)], "A1 B0 C1 D0", "1 in conversation 1, 1 in conversation 2")
    assert told(table["Secrecy"].whole) == ([], "", "")


def test_where_times_cannot_say_it_each_that_may_be_first_is_shown_and_the_page_says_so(
    ready: Ready, as_alice: Client
) -> None:
    case_of(
        ready,
        ((PRIYA, device(START), "beans"), (PRIYA, device(START + HOUR), "peas")),
        ((PRIYA, known(START + 3 * HOUR), "leeks"),),
        ((SAM, unknown_instant("?"), "kale"), (SAM, either(START, START + 31 * DAY), "chard")),
        ((SAM, known(START + 9 * DAY), "much later"),),
    )
    tag(ready, *((at, 1, "meeting", "towards") for at in (1, 2, 3, 4)), (1, 2, "meeting", "towards"))
    tag(ready, (2, 1, "age", "both"), (4, 1, "age", "both"))
    table = rows(ready)
    assert told(table["Meeting"].towards)[0] == [(1, 1), (2, 1), (3, 1)], "and not 4, nine days later"
    assert told(table["Age"].towards)[0] == [(2, 1)], "where it can be said, it is"
    text = as_alice.get(TABLE).content.decode()
    assert text.count("It cannot be said which came first") == 2, "of all, and towards"
    assert page_of(ready).doubts == (
        "2 messages by a clock whose zone the source does not name, in conversation 1.",
        "1 message on a day that can be read two ways, in conversation 3.",
        "1 message without a time that can be read, in conversation 3.",
    )


def test_of_one_conversation_the_table_says_what_the_table_of_that_conversation_says(ready: Ready) -> None:
    case_of(ready, ((PRIYA, unknown_instant("?"), "im 13 btw"), (SAM, device(START), "ok"), (SAM, device(0), "beans")))
    tag(ready, (1, 3, "age", "towards"), (1, 2, "age", "both"), (1, 1, "meeting", "away"))
    alone = {row.title: row for row in mentions_page(list_mentions(ready.cast.alice, ready.case, 1)).rows}
    page = page_of(ready)
    assert page.doubts == (), "there is no other to be put in order with"
    for row in page.rows:
        other = alone[row.title]
        for cell, same in ((row.whole, other.whole), (row.towards, other.towards), (row.away, other.away)):
            assert [one.place for one in cell.firsts] == ([same.first] if same.first else [])
            assert cell.counts == same.counts
        assert [one.offers for one in row.offers] == ([other.offers] if other.offers else [])
        assert row.no_offer == other.no_offer


def test_rules_offer_by_conversation_and_fill_no_cell(moved: Ready) -> None:
    table = rows(moved)
    assert told(table["Meeting"].whole) == ([], "", "")
    offered = {
        title: [
            (here.conversation, one.chip.letter if one.chip else "-", one.number)
            for here in row.offers
            for one in here.offers
        ]
        for title, row in table.items()
        if row.offers
    }
    assert offered["Meeting"] == [(1, "B", 2)]
    assert offered["Age"] == [(2, "C", 1)]
    assert table["Hesitation"].no_offer == "No candidate found"
    assert table["Inducement"].no_offer == "No candidate found"


def test_candidates_of_many_conversations_are_behind_a_press(ready: Ready, as_alice: Client) -> None:
    case_of(ready, *(((PRIYA, known(START + at * DAY), "im 13 btw"),) for at in range(4)))
    age = rows(ready)["Age"]
    assert (age.folded, [one.conversation for one in age.offers]) == (True, [1, 2, 3, 4])
    text = as_alice.get(TABLE).content.decode()
    assert "<summary>In 4 conversations</summary>" in text
    assert text.count('conversations/4/?message=1&amp;sort=everything#m1"') == 1
    case_of(ready, *(((PRIYA, known(START + at * DAY), "im 13 btw"),) for at in range(3)))
    assert not rows(ready)["Age"].folded


def test_a_citation_that_was_taken_back_fills_no_cell_and_one_without_its_conversation_is_shown(moved: Ready) -> None:
    made = cite(moved.cast.alice, moved.case, 2, 1, "age", "towards")
    take_back(moved.cast.alice, moved.case, 2, 1, made.pk, "the wrong message")
    assert told(rows(moved)["Age"].whole) == ([], "", "")
    tag(moved, (2, 2, "meeting", "towards"))
    case_of(moved, ((PRIYA, known(START), "alone"),))
    (first,) = rows(moved)["Meeting"].towards.firsts
    assert (first.conversation, first.there, first.place.still_there, first.place.when) == (2, False, False, "")


def test_two_exports_of_one_conversation_are_said_to_stand_there_twice(ready: Ready) -> None:
    words = ["the beans are up", "so are the peas", "bring the blue watering can", "and the twine from the shed"] * 8
    chat = tuple((PRIYA, known(START + at * HOUR), f"{said} {at}") for at, said in enumerate(words))
    case_of(ready, chat, chat)
    (twice,) = page_of(ready).doubts
    assert twice.startswith("Conversations 1 and 2 are one in two exports, with 32 messages the same")


def test_looking_at_it_is_an_entry_of_the_whole_case(moved: Ready) -> None:
    tag(moved, (2, 1, "age", "both"))
    list_case_mentions(moved.cast.alice, moved.case, clock=clock)
    said = json.loads(bytes(CustodyEntry.objects.latest("sequence").canonical))
    assert (said["verb"], said["record"], said["details"]) == ("mentions.listed", "case", {"citations": 1})


@pytest.mark.parametrize("who", ["as_alice", "as_bob"])
def test_those_on_the_case_see_numbers_and_times_and_no_message(
    who: str, moved: Ready, request: pytest.FixtureRequest
) -> None:
    tag(moved, (2, 1, "age", "towards"), (1, 2, "meeting", "away"))
    browser: Client = request.getfixturevalue(who)
    text = browser.get(TABLE).content.decode()
    assert "conversations/2/?message=1#m1" in text
    assert "1 January 2026, 00:00:00 UK time" in text
    for said in (PRIYA, SAM, "im 13", "saturday"):
        assert said not in text
    assert text.count("None tagged") == 3 * len(TAGS) - 4
    assert text.count('data-label="May point towards"') == text.count('data-label="May point away"') == len(TAGS)
    assert re.findall(r'href="\?conversation=(\d)"', text) == ["1", "2"]
    assert f'href="{TABLE}"' in browser.get(f"{TABLE}?conversation=2").content.decode()


@pytest.mark.usefixtures("moved")
def test_charlie_does_not(as_charlie: Client) -> None:
    assert as_charlie.get(TABLE).status_code == 404
    assert not CustodyEntry.objects.exists()


def test_a_case_in_which_nothing_could_be_read_has_a_table_that_says_so(ready: Ready, as_alice: Client) -> None:
    case_of(ready)
    text = as_alice.get(TABLE).content.decode()
    assert "No conversation of this case could be read." in text
    assert "No rule was asked about these conversations." in text


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([2], "conversation 2"),
        ([1, 3], "conversations 1 and 3"),
        ([1, 2, 3], "conversations 1, 2 and 3"),
        (list(range(1, 9)), "conversations 1, 2, 3, 4, 5, 6, 7 and 8"),
        (list(range(1, 12)), "conversations 1, 2, 3, 4, 5, 6, 7, 8 and 3 more"),
    ],
)
def test_conversations_are_named_in_words(numbers: list[int], words: str) -> None:
    assert conversations_words(numbers) == words
