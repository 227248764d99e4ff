"""The reader of times that is handed to the rules of meeting."""

from __future__ import annotations

from datetime import UTC, datetime

from safehand.analysis.indicators.meeting_times import TimeRead, TimesIn
from safehand.analysis.indicators.times_read import times_read
from safehand.model.instant import MICRO, Precision, unknown_instant
from safehand.sources.local_time import LocalClock


def micros(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()) * MICRO


SENT = LocalClock("Europe/London", "holder").instant("", micros("2025-11-18 16:20"), Precision.MINUTE)


def test_it_is_a_reader_of_times() -> None:
    reader: TimesIn = times_read
    assert reader("no time in it", SENT) == ()


def test_each_time_has_the_earliest_moment_it_may_mean_that_is_not_over() -> None:
    text = "football at 5 on friday, or sat at half 3"
    assert times_read(text, SENT) == (
        TimeRead(9, 23, micros("2025-11-21 05:00")),
        TimeRead(28, 41, micros("2025-11-22 03:30")),
    )
    assert text[9:23] == "at 5 on friday"
    assert text[28:41] == "sat at half 3"


def test_a_stretch_that_has_begun_is_counted_from_the_message() -> None:
    assert times_read("today", SENT) == (TimeRead(0, 5, micros("2025-11-18 16:20")),)


def test_where_all_is_over_the_earliest_of_all_is_told() -> None:
    assert times_read("yesterday at 3pm", SENT) == (TimeRead(0, 16, micros("2025-11-17 15:00")),)


def test_a_message_without_a_time_has_its_words_told_alone() -> None:
    assert times_read("tomorrow at 5", unknown_instant("?")) == (TimeRead(0, 13, None),)
