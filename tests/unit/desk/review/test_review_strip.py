from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from safehand.casefile.activity import MOST, Activity, Stretch
from safehand.desk.review.markup_strip import days_markup, strip_markup
from safehand.desk.review.presenters.strip import HEIGHT, CitedMark, DayLink, Label, Month, strip

FIRST = date(2026, 1, 4)


def activity(found: Sequence[tuple[date, int]], step: int = 1) -> Activity:
    """Of days in order, with how many messages each holds; every one is a bar."""
    bars = []
    number = 1
    for day, count in found:
        bars.append(Stretch(day, day, count, number))
        number += count
    busiest = max(bars, key=lambda bar: bar.messages)
    return Activity(bars[0].first, bars[-1].last, len(bars), busiest, step, tuple(bars), tuple(bars), by_month=False)


def days(*counts: int, first: date = FIRST) -> Activity:
    return activity([(first + timedelta(days=at), count) for at, count in enumerate(counts) if count])


def percent(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


def test_a_bar_a_day_and_none_for_a_silent_day() -> None:
    drawn = strip(days(13, 0, 26), FIRST, FIRST)
    assert drawn is not None
    assert [bar.words for bar in drawn.bars] == ["4 January 2026: 13 messages", "6 January 2026: 26 messages"]
    assert [bar.height for bar in drawn.bars] == [HEIGHT // 2, HEIGHT]
    assert [bar.message for bar in drawn.bars] == [1, 14]


def test_the_words_beside_the_drawing_say_what_it_shows() -> None:
    drawn = strip(days(13, 0, 26), FIRST, FIRST)
    assert drawn is not None
    assert drawn.words == "Messages a day, 4 to 6 January 2026: on 2 of 3 days, most on 6 January 2026 (26)."


def test_one_day_or_no_date_draws_nothing() -> None:
    assert strip(days(5), FIRST, FIRST) is None
    assert strip(None, None, None) is None


def test_every_day_is_a_link_in_the_list_too() -> None:
    drawn = strip(days(*[1] * 40), FIRST, FIRST)
    assert drawn is not None
    assert [month.title for month in drawn.months] == ["January 2026", "February 2026"]
    assert sum(len(month.links) for month in drawn.months) == 40


def test_a_long_conversation_shares_bars_and_is_listed_by_month() -> None:
    ends = [(FIRST, FIRST + timedelta(days=4), 10, 1), (FIRST + timedelta(days=5), FIRST + timedelta(days=9), 4, 11)]
    bars = tuple(Stretch(*bar) for bar in ends)
    months = (Stretch(FIRST, date(2026, 1, 31), 56, 1), Stretch(date(2027, 2, 1), date(2027, 2, 9), 4, 57))
    drawn = strip(Activity(FIRST, date(2027, 2, 9), 402, bars[0], 5, bars, months, by_month=True), FIRST, FIRST)
    assert drawn is not None
    assert drawn.bars[0].words == "4 to 8 January 2026: 10 messages"
    assert [(month.title, month.links) for month in drawn.months] == [
        ("2026", (DayLink("January, 56 messages", 1),)),
        ("2027", (DayLink("February, 4 messages", 57),)),
    ]


def test_the_last_day_a_calendar_has_can_be_drawn() -> None:
    assert strip(activity([(date(9998, 12, 1), 1), (date.max, 1)], 1_000), date.max, date.max) is not None


def test_the_drawing_and_the_list_lead_to_the_same_messages_and_keep_what_was_chosen() -> None:
    drawn = strip(days(13, 0, 26), FIRST, FIRST)
    assert drawn is not None
    for markup in (strip_markup(drawn, "&sort=meeting"), days_markup(drawn, "&sort=meeting")):
        assert markup.count('href="?message=1&amp;sort=meeting#m1"') == 1
        assert markup.count('href="?message=14&amp;sort=meeting#m14"') == 1
    assert "6 January 2026: 26 messages" in strip_markup(drawn, "")
    assert "6 January, 26 messages" in days_markup(drawn, "")


def test_days_on_which_messages_are_cited_have_a_shape_that_leads_to_the_first() -> None:
    found = days(13, 0, 26)
    drawn = strip(found, FIRST, FIRST, [(20, FIRST + timedelta(days=2)), (15, FIRST + timedelta(days=2)), (3, FIRST)])
    assert drawn is not None
    assert [(mark.message, mark.words) for mark in drawn.cited] == [
        (3, "1 message cited, the first at 3"),
        (15, "2 messages cited, the first at 15"),
    ]
    assert [percent(mark.x) for mark in drawn.cited] == [16.667, 83.333]
    assert drawn.words.endswith("(26). 3 messages cited.")
    markup = strip_markup(drawn, "")
    assert markup.count("sh-strip__cited") == 2
    assert "sh-strip__cited" not in strip_markup(replace(drawn, cited=()), "")
    without = strip(found, FIRST, FIRST)
    assert without is not None
    assert without.words.endswith("(26).")


def test_no_word_of_the_strip_is_markup() -> None:
    drawn = strip(days(1, 2), FIRST, FIRST)
    assert drawn is not None
    evil = "<img src=x>"
    hostile = replace(
        drawn,
        words=evil,
        bars=(drawn.bars[0]._replace(words=evil),),
        labels=(Label("1%", evil, minor=True),),
        cited=(CitedMark("1%", 1, evil),),
        months=(Month(evil, (DayLink(evil, 1),)),),
    )
    markup = strip_markup(hostile, f"&sort={evil}") + days_markup(hostile, f"&sort={evil}")
    assert "<img" not in markup
    assert markup.count("&lt;img") == 9


@given(
    st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 10_000)), min_size=2, max_size=40)
)
def test_nothing_is_drawn_outside_the_strip(found: list[tuple[date, int]]) -> None:
    in_order = sorted(dict(found).items())
    shown = [day for day, _ in in_order[:2]]
    length = (in_order[-1][0] - in_order[0][0]).days + 1
    drawn = strip(activity(in_order, -(-length // MOST)), min(shown), max(shown))
    if drawn is None:
        assert len({day for day, _ in found}) < 2
        return
    for bar in drawn.bars:
        assert 0 <= percent(bar.x) <= 100
        assert percent(bar.reach_x) + percent(bar.reach_width) <= 100.01
        assert 1 <= bar.height <= HEIGHT
        assert bar.y + bar.height == HEIGHT
    assert percent(drawn.frame_x) >= 0
    assert all(percent(label.x) < 95.1 for label in drawn.labels)
    assert len(drawn.labels) <= 14


def test_candidates_stand_in_the_strip_by_a_mark_and_in_words_and_apart_from_citations() -> None:
    drawn = strip(days(*[1] * 40), None, None, ((3, FIRST),), ((0, 3), (39, 41), (40, 99)))
    assert drawn is not None
    assert [(mark.message, mark.x) for mark in drawn.pointed] == [(3, "0.000%"), (41, "97.500%")]
    assert "Candidates are marked on" in drawn.words
    markup = strip_markup(drawn, "&who=A")
    assert 'class="sh-strip__pointed"' in markup
    assert 'class="sh-strip__cited"' in markup
    assert 'href="?message=41&amp;who=A#m41"' in markup
    plain = strip(days(*[1] * 40), None, None)
    assert plain is not None
    assert "Candidates" not in plain.words
