from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from safehand.casefile.clock import Clock
from safehand.casefile.views import DayCount
from safehand.desk.review.presenters.strip import HEIGHT, MOST_BARS, strip

FIRST = date(2026, 1, 4)


def days(*counts: int, first: date = FIRST) -> list[DayCount]:
    found = []
    number = 1
    for at, count in enumerate(counts):
        if count:
            found.append(DayCount(first + timedelta(days=at), None, Clock.UK, count, number))
            number += count
    return found


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
    assert strip([DayCount(None, None, Clock.NONE, 5, 1)], None, None) is None
    assert strip([], None, None) is None


def test_every_day_is_a_link_in_the_list_too() -> None:
    drawn = strip(days(*[1] * 40), FIRST, FIRST)
    assert drawn is not None
    assert [month.title for month in drawn.months] == ["January 2026", "February 2026"]
    assert sum(len(month.links) for month in drawn.months) == 40


def test_years_of_days_share_bars_and_are_listed_by_month() -> None:
    drawn = strip(days(*[2] * 2000), FIRST, FIRST + timedelta(days=3))
    assert drawn is not None
    assert len(drawn.bars) <= MOST_BARS
    assert drawn.months[0].title == "2026"
    assert drawn.months[0].links[0].words == "January, 56 messages"
    assert drawn.bars[0].words == "4 to 8 January 2026: 10 messages"


def test_two_clocks_of_one_day_are_one_bar() -> None:
    counts = [*days(3, 4), DayCount(FIRST, None, Clock.DEVICE, 5, 8)]
    drawn = strip(counts, FIRST, FIRST)
    assert drawn is not None
    assert drawn.bars[0].words.endswith("8 messages")


def test_the_last_day_a_calendar_has_can_be_drawn() -> None:
    late = [DayCount(day, None, Clock.DEVICE, 1, at) for at, day in enumerate((date(9998, 12, 1), date.max), 1)]
    assert strip(late, date.max, date.max) is not None


@given(
    st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 10_000)), min_size=2, max_size=40)
)
def test_nothing_is_drawn_outside_the_strip(found: list[tuple[date, int]]) -> None:
    counts = [DayCount(day, None, Clock.UK, count, at) for at, (day, count) in enumerate(found, 1)]
    shown = [day for day, _ in found[:2]]
    drawn = strip(counts, min(shown), max(shown))
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
