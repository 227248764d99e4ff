"""Indicators in the reader: marks beside messages, words on demand, both ways told, nothing counted up."""

from __future__ import annotations

import json
import re

import pytest
from django.http import Http404
from django.test import Client

from desk_cast import Ready, clock
from desk_pointed import CHAT, POLISH, talk
from safehand.analysis.indicators.age import AGE_STATED
from safehand.analysis.indicators.catalogue import CATALOGUE
from safehand.analysis.indicators.lists import NO_WORDS
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.review import pointing
from safehand.desk.review.actions import read_page

REFERENCE = "SH-7K3M9QXA1"
READER = f"/cases/{REFERENCE}/conversations/1/"
INDICATORS = f"{READER}indicators/"
A_DAY = 24 * 60
"""In minutes."""


def page(browser: Client, path: str = READER) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def row(text: str, number: int) -> str:
    """The row of a message, without what it carries for the panel."""
    whole = text.split(f'id="m{number}"')[1].split("</li>\n", maxsplit=1)[0]
    return re.sub(r"<template>.*?</template>", "", whole, flags=re.DOTALL)


def marks(text: str, number: int) -> list[str]:
    return re.findall(r'sh-gutter__(?:mark|blind)">([^<]+)<', row(text, number))


@pytest.fixture
def pointed(ready: Ready) -> Ready:
    talk(ready, *CHAT)
    return ready


@pytest.mark.usefixtures("pointed")
def test_a_word_stands_beside_a_message_at_which_a_rule_points_and_beside_no_other(as_alice: Client) -> None:
    text = page(as_alice)
    assert marks(text, 3) == ["Age"]
    assert "Meeting" in marks(text, 6)
    assert "Secrecy" in marks(text, 4)
    assert marks(text, 8) == []
    assert marks(text, 1) == [], "who began is not marked unless it is asked for"


@pytest.mark.usefixtures("pointed")
def test_the_panel_says_both_ways_why_where_it_errs_and_which_version(as_alice: Client) -> None:
    panel = page(as_alice, f"{READER}?message=3").split('id="panel"')[1]
    for words in (
        "This message states an age of 13 to 15.",
        "<q>im 13</q>",
        "What it may mean</dt><dd>Whoever read it had been told an age under 16",
        "What else it may mean</dt><dd>The age that is stated is 16 or more",
        "Why it may matter",
        "Known to be wrong about",
        "Age stated",
        f"(age_stated, version {AGE_STATED.version})",
    ):
        assert words in panel
    assert panel.index("What it may mean") < panel.index("What else it may mean")


@pytest.mark.usefixtures("pointed")
def test_the_words_of_a_rule_stand_once_on_a_page_for_the_script(as_alice: Client) -> None:
    text = page(as_alice, f"{READER}?message=8")
    assert text.count('data-rule-words="age_stated"') == 1
    assert text.count("Whoever read it had been told an age under 16") == 1


@pytest.mark.usefixtures("pointed")
def test_the_words_that_matched_are_marked_and_underlined_on_demand(as_alice: Client) -> None:
    text = page(as_alice)
    assert '<span class="sh-words">im 13</span> btw' in row(text, 3)
    assert "sh-messages--words" not in text
    asked = as_alice.get(f"{READER}?marks=on")
    assert "sh-messages--words" in asked.content.decode()
    assert asked.cookies["safehand_marks"].value == "on"


@pytest.mark.usefixtures("pointed")
def test_one_sort_alone_is_marked_when_it_is_asked_for_and_every_link_keeps_it(as_alice: Client) -> None:
    text = page(as_alice, f"{READER}?sort=meeting")
    assert [number for number in range(1, 9) if marks(text, number)] == [6, 7]
    assert set(marks(text, 6)) == {"Meeting"}
    links = re.findall(r'href="(\?message=[^"]+)"', text)
    assert links
    assert not [link for link in links if "sort=" not in link]
    assert "Who began" in marks(page(as_alice, f"{READER}?sort=everything"), 1)


@pytest.mark.usefixtures("pointed")
def test_an_unknown_sort_is_the_usual_and_none_is_remembered(as_alice: Client) -> None:
    answer = as_alice.get(f"{READER}?sort=meeting")
    assert not [name for name in answer.cookies if "sort" in name]
    assert "Age" in marks(page(as_alice), 3)
    assert "Age" in marks(page(as_alice, f"{READER}?sort=upside-down"), 3)


@pytest.mark.usefixtures("pointed")
def test_next_and_previous_lead_to_the_nearest_candidate_on_either_side(as_alice: Client) -> None:
    text = page(as_alice, f"{READER}?message=5&sort=meeting")
    before, after, *docked = re.findall(r'<a class="sh-btn" data-step="(?:before|after)"([^>]*)>', text)
    assert docked == [before, after], "a narrow screen has them at its foot"
    assert 'aria-disabled="true"' in before
    assert "href" not in before
    assert 'href="?message=6&amp;sort=meeting#m6"' in after


def test_the_nearest_off_the_page_is_named_by_the_desk(ready: Ready) -> None:
    first_day: list[tuple[str, str]] = [("Kim", "im 13"), *[("Sam", "the peas are up")] * 150]
    second_day: list[tuple[str, str]] = [("Sam", "weeds")] * 199
    talk(ready, *first_day, ("Sam", "the beans are up", A_DAY), *second_day, ("Kim", "im 13", A_DAY))
    shown = read_page(ready.cast.alice, ready.case, 1, 200, "age")
    assert shown.days is not None
    assert (shown.candidates.before, shown.candidates.after) == (2, 352), "2 goes on after an age was stated"
    assert shown.candidates.found == ()


@pytest.mark.usefixtures("pointed")
def test_that_nothing_was_found_is_said_by_how_much_was_looked_at(ready: Ready, as_alice: Client) -> None:
    assert "No candidate of “Harm” found in 8 messages." in page(as_alice, f"{READER}?sort=harm")
    talk(ready, ("Sam", "the peas are up"))
    assert "No candidate found in 1 message." in page(as_alice)


def test_a_passage_in_another_language_is_said_to_be_not_analysed(ready: Ready, as_alice: Client) -> None:
    talk(ready, ("Sam", "the peas are up"), *POLISH)
    text = page(as_alice)
    assert marks(text, 5) == ["Not analysed"]
    assert marks(text, 1) == []
    assert "Not analysed: 20 of 21 messages" in text
    assert "No candidate found in 1 message." in text


def test_where_no_rule_was_asked_it_is_said(ready: Ready, as_alice: Client) -> None:
    talk(ready, *CHAT, words=None)
    text = page(as_alice)
    assert "No rule was asked about this conversation: no mark here means nothing." in text
    assert "data-step=" not in text
    assert "No rule was asked about this conversation." in page(as_alice, INDICATORS)


@pytest.mark.usefixtures("pointed")
def test_nothing_is_ticked_and_no_mark_is_a_number(as_alice: Client) -> None:
    text = page(as_alice)
    assert " checked" not in text.split("<main")[1]
    assert not [words for number in range(1, 9) for words in marks(text, number) if re.search(r"\d", words)]


@pytest.mark.usefixtures("pointed")
@pytest.mark.parametrize("who", ["as_alice", "as_bob"])
def test_those_on_the_case_see_what_each_rule_points_to(who: str, request: pytest.FixtureRequest) -> None:
    text = page(request.getfixturevalue(who), INDICATORS)
    assert "1 candidate in 8 messages" in text
    assert "no candidate found in 8 messages" in text
    assert text.count("What else it may mean") == text.count("What it may mean") >= 29
    for said in ("Kim", "Sam", "im 13", "dont tell"):
        assert said not in text, "no message and no name stands outside the reader"


@pytest.mark.usefixtures("pointed")
def test_charlie_does_not(as_charlie: Client) -> None:
    assert as_charlie.get(INDICATORS).status_code == 404
    assert not CustodyEntry.objects.filter(case=REFERENCE).exists()


def test_a_rule_that_needs_a_word_list_says_that_it_did_not_look(ready: Ready, as_alice: Client) -> None:
    talk(ready, *CHAT, words=NO_WORDS)
    assert page(as_alice, INDICATORS).count("not looked for: it needs a list of words that is not here") == 2


def test_looking_at_the_rules_is_an_entry(pointed: Ready) -> None:
    pointing.list_indicators(pointed.cast.alice, pointed.case, 1, clock=clock)
    last = CustodyEntry.objects.last()
    assert last is not None
    said = json.loads(bytes(last.canonical))
    assert (said["verb"], said["act"], said["record"]) == ("indicators.listed", "consultation", "conversation:1")
    assert said["details"] == {"rules": len(CATALOGUE)}


@pytest.mark.parametrize("conversation", [0, 2, 10**12])
def test_a_conversation_that_is_not_there_is_404_and_no_entry(pointed: Ready, conversation: int) -> None:
    with pytest.raises(Http404):
        pointing.list_indicators(pointed.cast.alice, pointed.case, conversation)
    with pytest.raises(Http404):
        pointing.list_indicators(pointed.cast.charlie, pointed.case, 1)
    assert not CustodyEntry.objects.exists()
