"""The first-mention table: what people tagged, reproduced exactly, for both sides and both ways; rules only offer."""

from __future__ import annotations

import json

import pytest
from django.http import Http404
from django.test import Client

from desk_cast import Ready, clock
from desk_pointed import CHAT, POLISH, talk
from safehand.analysis.indicators.catalogue import rule_of
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.review.actions import read_page
from safehand.desk.review.citing import cite, take_back
from safehand.desk.review.mentions import list_mentions
from safehand.desk.review.presenters.mentions import Cell, MentionRow, mentions_page
from safehand.desk.review.presenters.no_offer import no_offer
from safehand.desk.review.tags import TAGS, Tag, tag_of

REFERENCE = "SH-7K3M9QXA1"
TABLE = f"/cases/{REFERENCE}/first-mentions/"

ASKED_FOR = {
    *("Age", "Sexual topic", "Picture or video", "Meeting", "Place", "Time", "Secrecy", "Another platform"),
    *("Inducement", "Pressure", "Hesitation", "Withdrawal", "Fantasy or play", "Doubt of age", "Police"),
}
"""Rows that issue 5 names."""


@pytest.fixture
def pointed(ready: Ready) -> Ready:
    talk(ready, *CHAT)
    return ready


def rows(ready: Ready) -> dict[str, MentionRow]:
    page = mentions_page(list_mentions(ready.cast.alice, ready.case, 1, clock=clock))
    return {row.title: row for row in page.rows}


def told(cell: Cell) -> tuple[int | None, str]:
    """The first message of a cell, and its counts."""
    counts = " ".join(f"{one.chip.letter if one.chip else '-'}{one.count}" for one in cell.counts)
    return cell.first.number if cell.first is not None else None, counts


def test_every_row_that_was_asked_for_is_there_and_each_tag_once() -> None:
    assert {tag.title for tag in TAGS} >= ASKED_FOR
    assert len({tag.code for tag in TAGS}) == len({tag.title for tag in TAGS}) == len(TAGS)
    for tag in TAGS:
        for rule, kinds in tag.kinds.items():
            assert kinds <= {kind.code for kind in rule_of(rule).kinds}


def test_a_log_with_known_tags_gives_the_table_exactly(pointed: Ready) -> None:
    alice, case = pointed.cast.alice, pointed.case
    for number, tag, points in (
        (6, "meeting", "towards"), (7, "meeting", "away"), (7, "withdrawal", "away"), (3, "age", "both"),
        (2, "age", "away"), (4, "secrecy", "towards"), (6, "secrecy", "towards"),
    ):  # fmt: skip
        cite(alice, case, 1, number, tag, points)
    table = rows(pointed)
    expected = {
        "Meeting": ((6, "A1 B1"), (6, "A0 B1"), (7, "A1 B0")),
        "Withdrawal": ((7, "A1 B0"), (None, ""), (7, "A1 B0")),
        "Age": ((2, "A1 B1"), (3, "A1 B0"), (2, "A1 B1")),
        "Secrecy": ((4, "A0 B2"), (4, "A0 B2"), (None, "")),
    }
    nothing = ((None, ""), (None, ""), (None, ""))
    for title, row in table.items():
        assert (told(row.whole), told(row.towards), told(row.away)) == expected.get(title, nothing), title


def test_a_citation_that_was_followed_or_taken_back_fills_no_cell(pointed: Ready) -> None:
    alice, case = pointed.cast.alice, pointed.case
    first = cite(alice, case, 1, 3, "age", "towards")
    second = cite(alice, case, 1, 3, "age", "away", "read again", follows=first.pk)
    assert told(rows(pointed)["Age"].towards) == (None, "")
    assert told(rows(pointed)["Age"].away) == (3, "A1 B0")
    take_back(alice, case, 1, 3, second.pk, "the wrong message")
    assert told(rows(pointed)["Age"].whole) == (None, "")


def test_rules_offer_the_first_of_each_side_and_fill_no_cell(pointed: Ready) -> None:
    table = rows(pointed)
    age = table["Age"]
    assert told(age.whole) == (None, "")
    assert [(one.chip.letter if one.chip else "", one.number) for one in age.offers] == [("B", 2), ("A", 3)]
    assert table["Hesitation"].no_offer == table["Vulnerability"].no_offer == "No candidate found"
    assert table["Inducement"].no_offer == table["Fantasy or play"].no_offer == "No candidate found"


def test_what_was_not_looked_for_is_not_said_to_be_not_found() -> None:
    sexual, vulnerable, hesitation, age = map(tag_of, ("sexual_topic", "vulnerability", "hesitation", "age"))
    assert no_offer(sexual, asked=True, has_words=False) == "Not looked for: a list of words is not here"
    assert no_offer(sexual, asked=True, has_words=True) == "No candidate found"
    assert no_offer(age, asked=True, has_words=False) == "No candidate found"
    assert no_offer(vulnerable, asked=True, has_words=True) == "No candidate found"
    assert no_offer(vulnerable, asked=False, has_words=True) == "No rule was asked"
    assert no_offer(hesitation, asked=True, has_words=False) == "No candidate found"
    assert no_offer(hesitation, asked=False, has_words=False) == "No rule was asked"


def test_words_that_say_it_is_play_are_offered_as_what_points_to_a_meeting_is(ready: Ready) -> None:
    talk(ready, ("Kim", "wanna meet up saturday"), ("Sam", "its only role play, just a story"))
    table = rows(ready)
    assert [one.number for one in table["Fantasy or play"].offers] == [2]
    assert [one.number for one in table["Meeting"].offers] == [1]


@pytest.mark.parametrize("tag", TAGS, ids=lambda tag: tag.code)
def test_some_rule_looks_for_every_tag_and_sees_what_is_offered(tag: Tag) -> None:
    assert tag.kinds, "else “No candidate found” would be said of what nothing looked for"
    for rule, kinds in tag.kinds.items():
        assert kinds
        assert kinds <= {kind.code for kind in rule_of(rule).kinds}


def test_what_could_not_be_looked_at_is_said(ready: Ready) -> None:
    talk(ready, ("Sam", "the peas are up"), *POLISH)
    page = mentions_page(list_mentions(ready.cast.alice, ready.case))
    assert page.looked == "Rules looked at 1 message; 20 more are in passages that do not look like English."
    talk(ready, *CHAT, words=None)
    page = mentions_page(list_mentions(ready.cast.alice, ready.case))
    assert page.looked == "No rule was asked about this conversation."
    assert {row.no_offer for row in page.rows} == {"No rule was asked"}


def test_looking_at_it_is_an_entry_and_what_is_not_there_is_none(pointed: Ready) -> None:
    list_mentions(pointed.cast.alice, pointed.case, clock=clock)
    last = CustodyEntry.objects.last()
    assert last is not None
    said = json.loads(bytes(last.canonical))
    assert (said["verb"], said["record"], said["details"]) == ("mentions.listed", "conversation:1", {"citations": 0})
    for conversation in (0, 2, 10**12):
        with pytest.raises(Http404):
            list_mentions(pointed.cast.alice, pointed.case, conversation)
    assert CustodyEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["as_alice", "as_bob"])
def test_those_on_the_case_see_numbers_and_times_and_no_message(
    who: str, pointed: Ready, request: pytest.FixtureRequest
) -> None:
    cite(pointed.cast.alice, pointed.case, 1, 3, "age", "towards", "the second row")
    browser: Client = request.getfixturevalue(who)
    text = browser.get(TABLE).content.decode()
    assert "conversations/1/?message=3#m3" in text
    assert "18 November 2025, 16:23:00 UK time" in text
    for said in ("Kim", "Sam", "im 13", "the second row"):
        assert said not in text
    assert text.count("None tagged") == 3 * len(TAGS) - 2
    assert text.count('data-label="May point towards"') == text.count('data-label="May point away"') == len(TAGS)


@pytest.mark.usefixtures("pointed")
def test_charlie_does_not(as_charlie: Client) -> None:
    assert as_charlie.get(TABLE).status_code == 404
    assert not CustodyEntry.objects.exists()


@pytest.mark.usefixtures("pointed")
@pytest.mark.parametrize("query", ["?conversation=9", "?conversation=one", "?conversation=-1"])
def test_a_conversation_that_is_not_there_is_404(query: str, as_alice: Client) -> None:
    assert as_alice.get(TABLE + query).status_code == 404


def test_the_reader_leads_to_the_first_that_was_tagged_or_else_to_what_a_rule_offers(pointed: Ready) -> None:
    cite(pointed.cast.alice, pointed.case, 1, 7, "meeting", "away")
    firsts = {one.tag.code: (one.number, one.tagged) for one in read_page(pointed.cast.alice, pointed.case, 1).firsts}
    assert firsts["meeting"] == (7, True), "rule 11 points to 6, and a person's tag decides"
    assert firsts["age"] == (2, False)
    assert "hesitation" not in firsts
