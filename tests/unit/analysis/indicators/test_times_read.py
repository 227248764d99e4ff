"""The reader of times that is handed to the rules of meeting."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from indicator_lines import message
from safehand.analysis.indicators.line import line_of
from safehand.analysis.indicators.meeting_times import TimeRead, TimesIn
from safehand.analysis.indicators.times_read import times_read
from safehand.analysis.meeting_time import WORTH, meeting_times, words_of_time
from safehand.model.instant import MICRO, Instant, Precision, unknown_instant
from safehand.sources.local_time import LocalClock


def micros(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()) * MICRO


SENT = LocalClock("Europe/London", "holder").instant("", micros("2025-11-18 16:20"), Precision.MINUTE)


def _read(text: str, sent: Instant = SENT) -> tuple[TimeRead, ...]:
    return times_read(text, sent, line_of(message(text)).bag)


def test_it_is_a_reader_of_times() -> None:
    reader: TimesIn = times_read
    assert reader("no time in it", SENT, ["no", "time"]) == ()


def test_each_time_has_the_earliest_moment_it_may_mean_that_is_not_over() -> None:
    text = "football at 5 on friday, or sat at half 3"
    assert _read(text) == (
        TimeRead(9, 23, micros("2025-11-21 05:00")),
        TimeRead(28, 41, micros("2025-11-22 03:30")),
    )
    assert text[9:23] == "at 5 on friday"
    assert text[28:41] == "sat at half 3"


def test_a_stretch_that_has_begun_is_counted_from_the_message() -> None:
    assert _read("today") == (TimeRead(0, 5, micros("2025-11-18 16:20")),)


def test_where_all_is_over_the_earliest_of_all_is_told() -> None:
    assert _read("yesterday at 3pm") == (TimeRead(0, 16, micros("2025-11-17 15:00")),)


def test_a_message_without_a_time_has_its_words_told_alone() -> None:
    assert _read("tomorrow at 5", unknown_instant("?")) == (TimeRead(0, 13, None),)


def test_a_word_by_which_a_text_is_worth_reading_is_known_as_it_is_folded() -> None:
    sent = unknown_instant("?")
    assert [word for word in sorted(WORTH) if words_of_time(word) and not _read(word, sent)] == []
    assert _read("tomrrrow", sent) != ()


def test_no_time_is_hidden_by_the_words_it_is_asked_by() -> None:
    for path in sorted((Path(__file__).parents[3] / "vectors" / "meeting_time").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as stream:
            texts = [row["text"] for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)]
        hidden = [text for text in texts if (words_of_time(text) or meeting_times(text, SENT)) and not _read(text)]
        assert hidden == []
