"""How messages lie about a day on which the law changed: no message is put on a side by a guess."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from safehand.casefile.clock import Clock
from safehand.casefile.dates import DaysOfCase
from safehand.desk.points.library import offence_of
from safehand.desk.points.looks import Point
from safehand.desk.points.offence import Offence
from safehand.desk.points.presenters.dates import days_words, limit_words, since_words, spread_words
from safehand.desk.points.presenters.lines import wordings_words
from safehand.desk.points.spread import Split, Spread, is_outside, may_hold, spread_of

BEGAN = date(2017, 4, 3)
"""Section 15A came into force."""
DAY = timedelta(days=1)


def known(code: str) -> Offence:
    found = offence_of(code)
    assert found is not None
    return found


def days(*rows: tuple[date | None, Clock, int] | tuple[date, Clock, int, date]) -> Spread:
    found = []
    for day, clock, messages, *other in rows:
        readings = sorted((day, *other)) if day is not None else [None]
        found.append(DaysOfCase(readings[0], readings[-1], clock, messages))
    return spread_of(found)


def test_a_message_of_known_time_is_on_one_side_of_the_day() -> None:
    spread = days((BEGAN - DAY, Clock.UK, 3), (BEGAN, Clock.UK, 4), (BEGAN + DAY, Clock.UK, 5))
    assert spread.about(BEGAN) == Split(3, 9, 0)
    assert (spread.first, spread.last) == (BEGAN - DAY, BEGAN + DAY)


@pytest.mark.parametrize(
    ("day", "split"),
    [
        (BEGAN - 2 * DAY, Split(1, 0, 0)),
        (BEGAN - DAY, Split(0, 0, 1)),
        (BEGAN, Split(0, 0, 1)),
        (BEGAN + DAY, Split(0, 1, 0)),
    ],
)
def test_a_clock_that_names_no_zone_may_be_a_day_off_either_way(day: date, split: Split) -> None:
    assert days((day, Clock.DEVICE, 1)).about(BEGAN) == split


def test_a_day_that_can_be_read_two_ways_may_be_either() -> None:
    assert days((date(2017, 3, 4), Clock.EITHER, 2, date(2017, 4, 3))).about(BEGAN) == Split(0, 0, 2)
    assert days((date(2017, 5, 6), Clock.EITHER, 2, date(2017, 6, 5))).about(BEGAN) == Split(0, 2, 0)


def test_a_message_without_a_time_is_on_no_side_and_is_told() -> None:
    spread = days((None, Clock.NONE, 3), (BEGAN, Clock.UK, 1))
    assert spread.about(BEGAN) == Split(0, 1, 0)
    assert "3 messages have no time that can be read: they may be of any day." in spread_words(spread)
    assert "3 messages without a time may be of either side." in days_words(known("communication"), (), spread)[0].lie
    assert spread_words(days((None, Clock.NONE, 1))).startswith("No message has a time that can be read.")


def test_nothing_is_outside_where_the_day_is_not_known_or_no_message_has_a_time() -> None:
    before = days((BEGAN - DAY, Clock.UK, 1))
    assert is_outside(known("communication"), before)
    assert not is_outside(known("communication"), days((BEGAN, Clock.UK, 1)))
    assert not is_outside(known("communication"), days((BEGAN - DAY, Clock.DEVICE, 1))), "it may be the day after"
    assert not is_outside(known("communication"), days((BEGAN - DAY, Clock.UK, 9), (BEGAN, Clock.UK, 1)))
    assert not is_outside(known("communication"), days((None, Clock.NONE, 1)))
    assert not is_outside(known("meeting"), days((date(1999, 1, 1), Clock.UK, 1)))


@pytest.mark.parametrize(
    ("before", "since", "told"),
    [
        (0, 2, "Every message that can be placed is on or after it."),
        (2, 0, "Every message that can be placed is before it."),
        (2, 3, "The messages lie on both sides: 2 before it, 3 on or after it."),
    ],
)
def test_how_the_messages_lie_about_a_day_is_said_in_words(before: int, since: int, told: str) -> None:
    rows = [(BEGAN - DAY, Clock.UK, before)] * bool(before) + [(BEGAN, Clock.UK, since)] * bool(since)
    (day,) = days_words(known("communication"), (), days(*rows))
    assert (day.day, day.what, day.unverified, day.lie) == ("3 April 2017", "it comes into force", False, told)
    assert day.warns == bool(before), "it stands out where not every message is on or after it"


def test_a_day_that_was_not_compared_is_marked() -> None:
    look = known("meeting")
    points = tuple(_point(look, code) for code in "abcdef")
    (day,) = days_words(look, points, days((BEGAN, Clock.UK, 1)))
    assert (day.day, day.what, day.unverified) == ("13 April 2015", "15.b reads otherwise", True)
    assert since_words(look) == "Since when it is in force is not in this library."
    assert since_words(known("communication")) == ""


def _point(offence: Offence, code: str) -> Point:
    element = offence.element(code)
    assert element is not None
    return Point(code, element, offence)


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (((date(2015, 4, 12), Clock.UK, 1),), ["at least two"]),
        (((date(2015, 4, 13), Clock.UK, 1),), ["one or more"]),
        (((date(2015, 4, 12), Clock.UK, 1), (date(2015, 4, 13), Clock.UK, 1)), ["at least two", "one or more"]),
        (((date(2015, 4, 13), Clock.DEVICE, 1),), ["at least two", "one or more"]),
        (((date(2020, 1, 1), Clock.UK, 1), (None, Clock.NONE, 1)), ["at least two", "one or more"]),
        (((None, Clock.NONE, 1),), ["at least two", "one or more"]),
    ],
)
def test_an_element_is_worded_as_it_read_when_some_message_may_have_been_sent(
    rows: tuple[tuple[date | None, Clock, int], ...], shown: list[str]
) -> None:
    element = known("meeting").element("b")
    assert element is not None
    spread = days(*rows)
    words = wordings_words(element.wordings, spread)
    assert len(words) == len(shown)
    assert all(part in line.words for part, line in zip(shown, words, strict=True))
    assert [may_hold(each, spread) for each in element.wordings].count(True) == len(shown)


def test_each_wording_says_from_when_and_until_when_and_whether_the_day_was_compared() -> None:
    element = known("meeting").element("b")
    assert element is not None
    first, second = wordings_words(element.wordings, days((None, Clock.NONE, 1)))
    assert first.when == "until 12 April 2015"
    assert second.when == "from 13 April 2015 (this day is unverified)"


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        (date(2026, 3, 9), "8 March 2029"),
        (date(2026, 1, 1), "31 December 2028"),
        (date(2024, 2, 29), "28 February 2027"),
        (date(2025, 3, 1), "29 February 2028"),
    ],
)
def test_the_years_of_section_127_begin_with_the_day_of_the_last_message(sent: date, last: str) -> None:
    """The same day of the third year after is one too late."""
    told = limit_words(known("network"), days((sent - 90 * DAY, Clock.UK, 5), (sent, Clock.UK, 1)))
    assert f"the last day of 3 years is {last}." in told
    assert "doubt" not in told
    assert "without a time" not in told


@pytest.mark.parametrize(
    ("row", "last"),
    [
        ((date(2026, 3, 9), Clock.DEVICE, 1), "7 March 2029"),
        ((date(2026, 4, 3), Clock.EITHER, 1, date(2026, 3, 4)), "2 March 2029"),
    ],
)
def test_where_the_day_of_the_last_message_is_in_doubt_the_limit_is_the_earlier(
    row: tuple[date, Clock, int], last: str
) -> None:
    told = limit_words(known("network"), days(row))
    assert f"is {last}." in told
    assert "Where its day is in doubt the earlier is taken." in told
    later = limit_words(known("network"), days(row, (date(2026, 5, 9), Clock.UK, 1)))
    assert "is 8 May 2029." in later, "an earlier message in doubt moves nothing"
    assert "doubt" not in later


def test_a_message_without_a_time_is_said_to_stand_outside_the_count_of_the_limit() -> None:
    network = known("network")
    assert "may be earlier or later" in limit_words(network, days((BEGAN, Clock.UK, 1), (None, Clock.NONE, 1)))
    assert "no message has a time" in limit_words(network, days((None, Clock.NONE, 1)))
    assert limit_words(known("meeting"), days((BEGAN, Clock.UK, 1))) == ""


def test_a_day_at_the_end_of_the_calendar_breaks_nothing() -> None:
    spread = days((date.min, Clock.DEVICE, 1), (date.max, Clock.DEVICE, 1))
    assert spread.about(BEGAN) == Split(1, 1, 0)
    assert limit_words(known("network"), spread)
