"""Pictures: counts in are bars out, words are escaped, and the two sides stay apart on a printer without colours."""

from __future__ import annotations

import html
import itertools
import re
from datetime import date, timedelta
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.casefile.talked import Unit
from safehand.desk.review.markup_table import table_rows_markup
from safehand.desk.review.pictures import heat, ink
from safehand.desk.review.pictures.bars import LEAST, TALL, Bars, bar_chart, bar_reach, boxes, has_room_for_numbers
from safehand.desk.review.pictures.cadence import Cadence, cadence_chart, height_for
from safehand.desk.review.pictures.firsts import FirstRow, Firsts, Mark, first_chart, first_reach
from safehand.desk.review.pictures.frame import Lane, Words, in_reader
from safehand.desk.review.pictures.rows import Block, block_chart, lengths
from safehand.desk.review.pictures.scale import MOST, TimeLine, begin_of, labels, round_up, unit_for, unit_words, units
from safehand.desk.review.pictures.svg import Drawn, drawn, said
from safehand.desk.review.presenters.figures import OTHERS, Table, TableRow, lanes_of

WORDS: Final = Words("p", "Beans", "Beans and peas.")
A, B = Lane("A", hatched=False), Lane("B", hatched=True)
SVG: Final = "{http://www.w3.org/2000/svg}"
FIRST: Final = date(2026, 1, 5)

NEAR_MISSES: Final = {
    "a tag": "<script>beans()</script>",
    "an end of a title": "</title><a href='//example.org'>",
    "an entity": "Tom &amp; Priya",
    "an end of an attribute": '" onload="beans()',
    "the other quotation mark": "' onload='beans()",
    "a CDATA section": "]]><![CDATA[",
    "a control character": "beans\x00\x0b",
    "half a character": "beans\ud800",
    "no character": "beans\uffff",
    "turned around": "beans\u202e",
    "an emoji": "🌱",
}


def bars(*counts: tuple[int, ...], lanes: tuple[Lane, ...] = (A, B), unit: Unit = Unit.DAY) -> Bars:
    """A tuple of counts a unit."""
    begins = tuple(FIRST + timedelta(days=at) for at in range(len(counts)))
    return Bars(
        TimeLine(begins, unit), lanes, {(at, lane): n for at, one in enumerate(counts) for lane, n in enumerate(one)}
    )


def parsed(picture: Drawn) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314  our own


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


@pytest.mark.parametrize("text", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_words_come_out_as_words_wherever_they_stand(text: str) -> None:
    made = drawn("svg", drawn("text", said(text), label=text), xmlns=SVG.strip("{}"))
    root = parsed(made)
    assert [each.tag for each in root.iter()] == [f"{SVG}svg", f"{SVG}text"]
    inside = root[0]
    assert list(inside.attrib) == ["label"]
    readable = re.sub("[\x00\x0b\ud800\uffff]", "�", text)
    assert (inside.text, inside.get("label")) == (readable, readable)


@pytest.mark.parametrize("inside", ["<b>", "beans", None, 5])
def test_nothing_stands_inside_an_element_that_was_not_drawn_or_said(inside: Any) -> None:
    with pytest.raises(TypeError, match="drawn or said"):
        drawn("text", inside)


@pytest.mark.parametrize("wide", [True, False])
def test_a_picture_has_a_title_and_a_description_that_a_screen_reader_finds(*, wide: bool) -> None:
    for made in (bar_chart(bars((1, 2), (3, 4)), WORDS, wide=wide), heat.heat({(0, 0): 1}, WORDS, wide=wide)):
        root = parsed(made)
        assert root.get("role") == "img"
        told = {each.get("id"): each.text for each in root if each.tag in (f"{SVG}title", f"{SVG}desc")}
        assert [told[id_] for id_ in (root.get("aria-labelledby") or "").split()] == ["Beans", "Beans and peas."]
        assert "style" not in made
        assert not [each for each in root.iter() if each.tag == f"{SVG}a"], "an image has nothing inside to be reached"


@pytest.mark.parametrize("wide", [True, False])
def test_a_bar_for_each_count_and_none_for_none_and_their_heights_are_their_counts(*, wide: bool) -> None:
    made = bars((10, 0), (5, 20), (0, 0), (1, 1))
    found = boxes(made, wide=wide)
    assert set(found) == {(0, 0), (1, 0), (1, 1), (3, 0), (3, 1)}
    assert {key: box.height for key, box in found.items()} == {
        (0, 0): TALL / 2, (1, 0): TALL / 4, (1, 1): TALL, (3, 0): TALL / 20, (3, 1): TALL / 20,
    }  # fmt: skip
    root = parsed(bar_chart(made, WORDS, wide=wide))
    assert len(of_class(root, "sh-bar-solid")) == 3
    assert len(of_class(root, "sh-bar-hatched")) == 2
    numbers = [each.text for each in of_class(root, "sh-picture__words") if each.text and each.text.isdigit()]
    assert sorted(numbers) == sorted(["10", "5", "20", "1", "1"])


def test_two_accounts_face_each_other_with_the_same_room_and_more_stand_above_one_another() -> None:
    up, down = (boxes(bars((7, 7)), wide=True)[0, lane] for lane in (0, 1))
    assert up.y + up.height == down.y
    assert (up.height, up.width, up.x) == (down.height, down.width, down.x)
    three = boxes(bars((7, 7, 7), lanes=(A, B, Lane("C", hatched=False))), wide=True)
    assert len({box.height for box in three.values()}) == 1
    assert len({box.y for box in three.values()}) == 3


def test_one_beside_a_million_is_still_seen() -> None:
    assert boxes(bars((1, 1_000_000)), wide=True)[0, 0].height == LEAST


def test_where_numbers_would_run_into_each_other_there_is_a_scale_instead() -> None:
    many = bars(*[(100_000, 1)] * MOST)
    assert not has_room_for_numbers(many, wide=True)
    shown = [each.text for each in of_class(parsed(bar_chart(many, WORDS, wide=True)), "sh-picture__words")]
    assert shown.count("100,000") == 2, "once a side"
    assert "100000" not in shown


def test_each_unit_with_messages_leads_to_its_first_and_the_links_are_no_part_of_the_picture() -> None:
    made = bar_reach(
        bars((1, 2), (0, 0), (0, 1)), {0: 1, 2: 4}, {0: "Monday <b>", 2: "Wednesday"}, in_reader("/x/"), wide=True
    )
    root = parsed(made)
    assert root.get("aria-hidden") == "true"
    links = [(each.get("href"), each.get("tabindex"), each[0].text) for each in root]
    assert links == [("/x/?message=1#m1", "-1", "Monday <b>"), ("/x/?message=4#m4", "-1", "Wednesday")]


@given(
    counts=st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), min_size=1, max_size=MOST),
    wide=st.booleans(),
)
def test_nothing_is_drawn_outside_a_picture(counts: list[tuple[int, int]], *, wide: bool) -> None:
    made = bars(*counts)
    width, height = (
        float(side) for side in (parsed(bar_chart(made, WORDS, wide=wide)).get("viewBox") or "").split()[2:]
    )
    found = boxes(made, wide=wide)
    assert len(found) == sum(count > 0 for one in counts for count in one)
    for box in found.values():
        assert box.x >= 0
        assert box.x + box.width <= width
        assert box.y >= 0
        assert box.y + box.height <= height


@pytest.mark.parametrize("wide", [True, False])
def test_every_hour_of_the_week_has_a_cell_and_its_number_stands_in_it(*, wide: bool) -> None:
    counts = {(0, 0): 1, (6, 23): 40, (2, 12): 12_345}
    root = parsed(heat.heat(counts, WORDS, wide=wide))
    assert len(of_class(root, "sh-heat")) == 7 * 24
    assert [each.text for each in of_class(root, "sh-heat__count")].__len__() == 3
    assert {each.text for each in of_class(root, "sh-heat__count")} == {"1", "40", "12k"}


def test_a_cell_with_one_message_is_not_as_pale_as_an_empty_one_and_the_most_is_darkest() -> None:
    assert [heat.step_of(count, 1_000_000) for count in (0, 1, 200_001, 1_000_000)] == [0, 1, 2, 5]
    assert [heat.step_of(count, 1) for count in (0, 1)] == [0, 1]
    assert [heat.step_of(count, 5) for count in range(6)] == [0, 1, 2, 3, 4, 5]


def test_in_grey_the_two_sides_and_the_paper_are_three_to_one_apart_and_numbers_can_be_read() -> None:
    # One side is filled, the other is hatched behind an edge: what lies beside what is told apart (WCAG 2.2, 1.4.11).
    assert ink.contrast(ink.SOLID, ink.BEHIND_HATCH) >= 3
    assert ink.contrast(ink.HATCH, ink.BEHIND_HATCH) >= 3
    assert ink.contrast(ink.SOLID, ink.PAPER) >= 3
    assert ink.contrast(ink.HATCH, ink.PAPER) >= 3
    assert ink.contrast(ink.LINE, ink.PAPER) >= 3
    for step, colour in enumerate(ink.HEAT):
        assert ink.contrast(ink.heat_ink(step), colour) >= 4.5, colour
    grey = [ink.luminance(colour) for colour in ink.HEAT]
    assert grey == sorted(grey, reverse=True), "darker is more, without colours too"
    assert ink.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_a_time_line_has_every_unit_and_few_enough() -> None:
    for days in (1, 20, MOST - 1, MOST, 200, 7 * MOST, 2_000, 28 * MOST, 20_000, 100_000):
        last = FIRST + timedelta(days=days - 1)
        unit = unit_for(FIRST, last)
        begins = units(FIRST, last, unit)
        assert len(begins) <= MOST or unit is Unit.YEAR
        assert begins[0] == begin_of(FIRST, unit)
        assert begins[-1] == begin_of(last, unit)
        assert list(begins) == sorted(set(begins))
        assert {begin_of(FIRST + timedelta(days=at), unit) for at in range(0, days, 5)} <= set(begins)


def test_the_last_days_a_calendar_has_can_be_drawn() -> None:
    for unit in Unit:
        assert units(date(9999, 12, 1), date.max, unit)[-1] == begin_of(date.max, unit)
        assert units(date.min, date(1, 1, 20), unit)[0] == date.min


def test_labels_do_not_meet_and_say_the_year_once() -> None:
    begins = units(date(2025, 12, 29), date(2026, 6, 30), Unit.WEEK)
    found = labels(begins, Unit.WEEK, 30)
    assert [words for _, words in found] == ["Jan 2026", "Feb", "Mar", "Apr", "May", "Jun", "Jul"][: len(found)]
    close = labels(begins, Unit.WEEK, 5)
    assert all((later - sooner) * 5 >= 52 for (sooner, _), (later, _) in itertools.pairwise(close))
    assert [unit_words(FIRST, unit) for unit in Unit] == [
        "Monday 5 January 2026", "Week of 5 January 2026", "January 2026", "2026",
    ]  # fmt: skip


@pytest.mark.parametrize(("most", "top"), [(0, 1), (1, 1), (3, 5), (6, 10), (11, 20), (200, 200), (201, 500)])
def test_a_scale_ends_at_a_round_number(most: int, top: int) -> None:
    assert round_up(most) == top


def test_a_cadence_has_a_mark_for_each_ten_minutes_and_side_and_three_heights() -> None:
    made = Cadence(FIRST, 3, (A, B), {(0, 0, 0): 1, (0, 0, 1): 4, (2, 143, 0): 5, (1, 70, 1): 2})
    assert made.marks == {(0, 0, False): 1, (0, 0, True): 4, (2, 143, False): 5, (1, 70, True): 2}
    assert [height_for(count) for count in (1, 2, 4, 5, 10**6)] == [3, 6, 6, 9, 9]
    for wide in (True, False):
        root = parsed(cadence_chart(made, WORDS, wide=wide))
        above, below = (of_class(root, name)[0].get("d", "") for name in ("sh-bar-solid", "sh-bar-hatched"))
        assert (above.count("M"), below.count("M")) == (2, 2)
        assert (above.count("v-"), below.count("v-")) == (2, 0), "one side goes up and the other down"
        width = float((root.get("viewBox") or "").split()[2])
        assert all(float(x) < width for x in re.findall(r"M([0-9.]+) ", above + below))
        days = [each.text for each in of_class(root, "sh-picture__words") if "Jan" in (each.text or "")]
        assert len(days) == 3, "a silent day has its row too"


def test_of_three_accounts_all_marks_stand_above_the_line_together() -> None:
    made = Cadence(FIRST, 1, (A, B, Lane("C", hatched=False)), {(0, 5, 0): 1, (0, 5, 1): 2, (0, 5, 2): 3})
    assert made.marks == {(0, 5, False): 6}
    assert of_class(parsed(cadence_chart(made, WORDS, wide=True)), "sh-bar-hatched") == []


@pytest.mark.parametrize("wide", [True, False])
def test_rows_of_every_account_have_the_same_scale(*, wide: bool) -> None:
    blocks = (Block(A, (10, 0, 5)), Block(B, (20, 1_000, 5)))
    pixels = lengths(blocks, wide=wide)
    assert pixels[0][2] == pixels[1][2] > 0
    assert pixels[0][1] == 0
    assert max(max(row) for row in pixels) == pixels[1][1]
    root = parsed(block_chart(("a", "b", "c"), blocks, WORDS, wide=wide))
    assert [len(of_class(root, name)) for name in ("sh-bar-solid", "sh-bar-hatched")] == [2, 3]
    shown = [each.text for each in of_class(root, "sh-picture__words")]
    assert [shown.count(words) for words in ("a", "0", "1,000")] == [2, 1, 1]


def test_a_first_mention_that_is_only_offered_is_not_drawn_as_one_that_was_tagged() -> None:
    row = FirstRow("Beans & peas", (Mark(A, 0, True, 5, "A 5"), Mark(B, 1, False, 9, "B 9")))  # noqa: FBT003  a value
    made = Firsts((row,), (0.5,), units(FIRST, FIRST + timedelta(days=20), Unit.DAY), Unit.DAY)
    for wide in (True, False):
        root = parsed(first_chart(made, WORDS, wide=wide))
        boxes_ = {each[1].text: each[0] for each in root.iter() if each.tag == f"{SVG}g"}
        assert boxes_["A"].get("fill") == ink.SOLID
        assert boxes_["B"].get("fill") == ink.PAPER
        assert (boxes_["A"].get("stroke-dasharray"), boxes_["B"].get("stroke-dasharray")) == (None, "3 2")
        width = float((root.get("viewBox") or "").split()[2])
        for box in boxes_.values():
            assert 0 <= float(box.get("x", "")) <= width - float(box.get("width", ""))
        leads = [each.get("href") for each in parsed(first_reach(made, in_reader("/x/"), wide=wide))]
        assert sorted(str(one) for one in leads) == ["/x/?message=5#m5", "/x/?message=9#m9"]


def test_two_accounts_of_one_tint_are_still_told_apart_by_shape() -> None:
    assert [lane.hatched for lane in lanes_of(("A", "B"))] == [False, True]
    assert [lane.hatched for lane in lanes_of(("A", "C"))] == [False, True]
    assert [lane.hatched for lane in lanes_of(("B", "D"))] == [True, False]
    assert [lane.letter for lane in lanes_of(("A", "B", "C", None))] == ["A", "B", "C", OTHERS]


@pytest.mark.parametrize("text", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_words_of_a_table_come_out_as_words(text: str) -> None:
    table = Table((), (TableRow(text, (text, "3"), 5, text),), has_words=True)
    made = table_rows_markup(table, in_reader("/cases/&/"))
    assert re.findall(r"<[^>]*>", made) == [
        "<tr>", '<th scope="row">', '<a class="govuk-link" href="/cases/&amp;/?message=5#m5">', "</a>", "</th>",
        '<td class="sh-num">', "</td>", '<td class="sh-num">', "</td>", "<td>", "</td>", "</tr>",
    ]  # fmt: skip
    assert [html.unescape(words) for words in re.findall(">([^<]+)<", made)] == [text, text, "3", text]
