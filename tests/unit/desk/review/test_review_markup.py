"""Messages written as markup by us and not by a template: whatever a source says is text there, in every place."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import Client

from desk_cast import Ready
from desk_pointed import talk
from safehand.desk.review.markup import day_markup, row_markup, said_markup
from safehand.desk.review.presenters.marks import Piece
from safehand.desk.review.presenters.panel import BLANK, PARTS, abouts
from safehand.desk.review.presenters.reader import Day
from safehand.desk.review.presenters.said import FileWords, PollWords, ReactionWords, ReplyWords, Said, ShareWords

EVIL = """<img src=x onerror="alert('1')">&amp;</template></script>"""
ESCAPED = "&lt;img src=x onerror=&quot;alert(&#x27;1&#x27;)&quot;&gt;&amp;amp;&lt;/template&gt;&lt;/script&gt;"
READER = "/cases/SH-7K3M9QXA1/conversations/1/"

EVERYTHING = Said(
    pieces=(Piece(EVIL), Piece(EVIL, found=True), Piece(EVIL, cue=True), Piece(EVIL, found=True, cue=True)),
    note=EVIL,
    files=(FileWords(EVIL, EVIL, EVIL),),
    reply=ReplyWords(EVIL, EVIL),
    forwarded=EVIL,
    poll=PollWords(EVIL, (EVIL, EVIL)),
    share=ShareWords(EVIL, EVIL, EVIL),
    reactions=(ReactionWords(EVIL, EVIL),),
    links=(EVIL,),
)
HOSTILE = replace(BLANK, number=7, letter="A", side="even", name=EVIL, doubts=(EVIL,), above=(EVIL,), marks=(EVIL,))
TIMES_SAID = 20
"""How often EVERYTHING holds it."""


def said_of(markup: str) -> str:
    """What is read there."""
    return re.sub(r"<[^>]+>", "", markup)


def test_nothing_of_what_a_message_says_is_markup() -> None:
    markup = said_markup(EVERYTHING)
    assert "<img" not in markup
    assert "</template" not in markup
    assert markup.count(ESCAPED) == TIMES_SAID, "and all of it is there"


@pytest.mark.parametrize("first", [True, False])
def test_nothing_that_stands_about_a_message_is_markup_either(first: bool) -> None:  # noqa: FBT001  a parameter of the test
    markup = row_markup(replace(HOSTILE, said=EVERYTHING, first=first), f"&sort={EVIL}")
    assert "<img" not in markup
    assert markup.count(ESCAPED) == TIMES_SAID + 5, "the name, a doubt, a silence, a mark, the address"


def test_a_day_is_its_heading_its_count_and_its_messages_and_none_of_it_is_markup() -> None:
    row = replace(BLANK, number=7, letter="A", side="even", name="Priya", said=Said((Piece("hi"),)))
    day = Day("day-7", "Monday 4 January 2026", "1 message", ("No messages for 2 days",), (row, replace(row, number=8)))
    markup = day_markup(day, "")
    assert markup.startswith('<p class="sh-gap"><span>No messages for 2 days</span></p><section class="sh-day">')
    assert '<h3 class="sh-day__head" id="day-7">Monday 4 January 2026 <span' in markup
    assert [int(number) for number in re.findall(r'data-number="(\d+)"', markup)] == [7, 8]
    hostile = day_markup(Day(EVIL, EVIL, EVIL, (EVIL,), ()), "")
    assert "<img" not in hostile
    assert hostile.count(ESCAPED) == 4


def test_a_plain_message_is_who_what_when_and_its_number() -> None:
    row = replace(BLANK, number=1_234, letter="A", side="even", name="Priya", time="10:04", said=Said((Piece("hi"),)))
    plain = replace(row, said=replace(row.said, plain=True), machine_time="2026-01-01T10:04:00Z")
    markup = row_markup(plain, "")
    assert said_of(markup) == "APriyahi10:04Message 1,234"
    assert '<time datetime="2026-01-01T10:04:00Z">10:04</time>' in markup
    assert 'href="?message=1234#m1234"' in markup
    assert "sh-gutter" not in markup
    assert said_of(row_markup(replace(plain, first=False), "")) == "A, Priya: hi10:04Message 1,234"
    assert said_of(row_markup(replace(plain, first=False, note=True), "")) == "The platform: hi10:04Message 1,234"


def test_what_is_plain_and_what_is_not_are_written_alike_where_there_are_words_alone() -> None:
    words = Said((Piece("bring gloves"),))
    assert said_markup(words) == said_markup(replace(words, plain=True)) == '<p class="sh-text">bring gloves</p>'
    assert said_markup(Said(())) == ""


def test_the_panel_that_the_script_fills_has_a_place_for_every_part_and_for_nothing_else() -> None:
    blank = render_to_string("review/_quote.html", {"row": BLANK, "empty": True})
    blank += render_to_string("review/_about.html", {"row": BLANK})
    assert {*re.findall(r'data-part="(\w+)"', blank)} == {*PARTS} - {"side"}
    assert {*re.findall(r'data-if="(\w+)"', blank)} <= {*PARTS}
    always = {"name", "side", "sent", "basis", "file", "start", "last", "reference"}
    assert {*re.findall(r'data-if="(\w+)"', blank)} == {*PARTS} - always


def test_what_a_message_does_not_have_is_left_out_of_the_data_and_the_rest_is_there() -> None:
    assert set(abouts([BLANK])["0"]) == {*PARTS}
    bare = replace(BLANK, about=replace(BLANK.about, extra="", revisions=(), raw=""))
    assert set(abouts([bare])["0"]) == {*PARTS} - {"extra", "revisions", "raw"}


def test_words_of_a_source_cannot_end_the_data_of_the_page(ready: Ready, as_alice: Client) -> None:
    talk(ready, (f"Sam {EVIL}", EVIL), ("Kim", "beans"))
    text = as_alice.get(f"{READER}?message=2").content.decode()
    data = text.split('<script id="abouts" type="application/json">')[1].split("</script>")[0]
    assert json.loads(data)["1"]["name"] == f"Sam {EVIL}"
    assert "<" not in data
    assert "<img" not in text


def test_the_page_carries_what_the_panel_says_of_each_message_once(ready: Ready, as_alice: Client) -> None:
    talk(ready, ("Sam", "beans"), ("Sam", "peas"), ("Kim", "im 13 btw"))
    text = as_alice.get(READER).content.decode()
    data = json.loads(text.split('<script id="abouts" type="application/json">')[1].split("</script>")[0])
    assert list(data) == ["1", "2", "3"]
    assert data["3"]["reference"] == "SH-7K3M9QXA1, conversation 1, message 3"
    assert text.count('data-marks-of="3"') == 1
    assert 'data-marks-of="2"' not in text, "nothing points there and nobody cited it"
    assert text.count("peas<") == 1, "the words stand in the list alone"
