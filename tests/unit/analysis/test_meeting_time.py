"""What words of time mean, and which words it was: each example is one of docs/spec/meeting-time.md."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from safehand.analysis.meeting_time import MeetingTime, TimeDoubt, earliest_ahead, meeting_times, words_of_time
from safehand.model.instant import MICRO, Basis, Instant, Precision, Reading, format_utc, unknown_instant, utc_instant
from safehand.sources.local_time import LocalClock

TUESDAY = "2025-11-18 16:20"
HOUR = 3600 * MICRO


def micros(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()) * MICRO


def in_london(moment: str = TUESDAY) -> Instant:
    return LocalClock("Europe/London", "holder").instant(moment, micros(moment), Precision.MINUTE)


def begins(text: str, sent: Instant | None = None) -> list[str]:
    return [format_utc(time.earliest, Precision.MINUTE) for time in meeting_times(text, sent or in_london())]


def words_of(text: str, time: MeetingTime) -> list[str]:
    return [text[start:end] for start, end in time.words]


def test_half_five_is_both_halves_of_the_day_and_the_clock_goes_by_the_first_to_come() -> None:
    text = "meet at half 5 by the shop"
    times = meeting_times(text, in_london())
    assert begins(text) == ["2025-11-18T17:30:00Z", "2025-11-19T05:30:00Z"]
    assert [words_of(text, time) for time in times] == [["half 5"], ["half 5"]]
    assert all(TimeDoubt.HALF_OF_DAY in time.doubts and time.rules == ("clock.half",) for time in times)
    drives = earliest_ahead(times, micros(TUESDAY))
    assert drives is not None
    assert format_utc(drives.earliest, Precision.MINUTE) == "2025-11-18T17:30:00Z"


def test_a_time_that_is_over_drives_no_clock() -> None:
    times = meeting_times("yesterday at 3pm", in_london())
    assert len(times) == 1
    assert earliest_ahead(times, micros(TUESDAY)) is None
    assert earliest_ahead(times, times[0].latest) is times[0]


def test_the_words_of_day_and_time_are_told_apart_as_they_stand_in_the_text() -> None:
    text = "Training’s moved to 6.15 on THURS, ok? 🙂"
    times = meeting_times(text, in_london())
    assert [words_of(text, time) for time in times] == [["6.15", "on THURS"]] * 2
    assert times[0].rules == ("clock.time", "day.weekday")


def test_letters_that_grow_when_made_small_move_no_words() -> None:
    text = "İİİİ tomorrow"
    assert [words_of(text, time) for time in meeting_times(text, in_london())] == [["tomorrow"]]


def test_next_friday_is_the_first_to_come_and_the_one_after() -> None:
    times = meeting_times("next friday", in_london())
    assert begins("next friday") == ["2025-11-21T00:00:00Z", "2025-11-28T00:00:00Z"]
    assert all(time.doubts == (TimeDoubt.WHICH_WEEK,) for time in times)


def test_a_day_is_all_of_it_and_ends_before_the_next() -> None:
    (day,) = meeting_times("friday", in_london())
    assert (day.local, day.local_end) == (micros("2025-11-21"), micros("2025-11-22"))
    assert (day.earliest, day.latest) == (micros("2025-11-21"), micros("2025-11-22") - 1)


def test_what_looks_past_is_marked_and_what_is_to_come_is_kept() -> None:
    times = meeting_times("we met on friday", in_london())
    assert begins("we met on friday") == ["2025-11-14T00:00:00Z", "2025-11-21T00:00:00Z"]
    assert all(TimeDoubt.LOOKS_PAST in time.doubts for time in times)
    assert begins("we will meet on friday") == ["2025-11-21T00:00:00Z"]


def test_summer_time_is_an_hour_ahead_of_utc_and_counted_by_the_day_that_is_meant() -> None:
    before_the_change = in_london("2026-03-28 11:05")
    assert begins("today 8pm", before_the_change) == ["2026-03-28T20:00:00Z"]
    assert begins("tomorrow 8pm", before_the_change) == ["2026-03-29T19:00:00Z"]


def test_an_hour_the_clock_shows_twice_covers_both() -> None:
    (time,) = meeting_times("sunday at 1.30am", in_london("2025-10-24 08:10"))
    assert (time.earliest, time.latest) == (micros("2025-10-26 00:30"), micros("2025-10-26 01:30"))
    assert TimeDoubt.CLOCK_CHANGE in time.doubts


def test_an_hour_the_clock_skips_covers_the_hours_beside_it() -> None:
    (time,) = meeting_times("sunday at 1.30am", in_london("2026-03-27 08:10"))
    assert (time.earliest, time.latest) == (micros("2026-03-29 00:30"), micros("2026-03-29 01:30"))
    assert TimeDoubt.CLOCK_CHANGE in time.doubts


def test_a_source_in_utc_is_read_by_the_clock_in_london() -> None:
    sent = utc_instant("", micros("2026-07-15 23:30"), Precision.SECOND)
    # 00:30 on the 16th in London: "today" is the 16th there.
    assert begins("today at 8pm", sent) == ["2026-07-16T19:00:00Z"]


def test_a_stated_zone_is_the_zone_of_the_words() -> None:
    sent = LocalClock("Europe/Madrid", "holder").instant("", micros(TUESDAY), Precision.MINUTE)
    assert begins("tomorrow 8pm", sent) == ["2025-11-19T19:00:00Z"]


def test_an_offset_that_is_not_londons_is_the_clock_of_the_words() -> None:
    utc = micros("2025-11-18 21:20")
    sent = Instant("", Basis.OFFSET, Precision.SECOND, utc, utc, utc, utc - 5 * HOUR)
    assert begins("tomorrow 8pm", sent) == ["2025-11-20T01:00:00Z"]


def test_a_clock_in_no_known_zone_covers_all_zones_and_keeps_its_reading() -> None:
    sent = LocalClock().instant("", micros(TUESDAY), Precision.MINUTE)
    (time,) = meeting_times("tomorrow 8pm", sent)
    eight = micros("2025-11-19 20:00")
    assert (time.local, time.earliest, time.latest) == (eight, eight - 14 * HOUR, eight + 12 * HOUR)
    assert TimeDoubt.ZONE_UNKNOWN in time.doubts


def test_a_date_that_can_be_read_in_two_ways_gives_the_times_of_both() -> None:
    march, april = micros("2026-03-04 10:00"), micros("2026-04-03 10:00")
    ways = tuple(
        Reading(label, local, None, local - 14 * HOUR, local + 12 * HOUR)
        for label, local in (("day first", april), ("month first", march))
    )
    sent = Instant("03/04", Basis.DEVICE_LOCAL, Precision.MINUTE, None, march, april, None, ways)
    found = [time.local for time in meeting_times("tomorrow 8pm", sent)]
    assert found == [micros("2026-03-05 20:00"), micros("2026-04-04 20:00")]


def test_a_message_of_which_only_the_day_is_known_is_counted_from_all_of_it() -> None:
    sent = LocalClock("Europe/London", "holder").day("", micros("2025-11-18"))
    (time,) = meeting_times("in 20 mins", sent)
    assert (time.earliest, time.latest) == (micros("2025-11-18 00:20"), micros("2025-11-19 00:20") - 1)
    assert begins("see u at 8pm", sent) == ["2025-11-18T20:00:00Z"]


def test_a_message_without_a_time_gives_no_reading_but_can_be_asked() -> None:
    assert meeting_times("tomorrow at 5", unknown_instant("?")) == ()
    assert words_of_time("tomorrow at 5")
    assert not words_of_time("half the time he is asleep")
    assert not words_of_time("see you soon")


@pytest.mark.parametrize("day", ["0001-01-05", "1800-12-31", "2201-01-01", "9999-12-28"])
def test_a_message_from_beyond_the_calendar_gives_no_reading(day: str) -> None:
    sent = utc_instant("", (datetime.fromisoformat(day).toordinal() - 719_163) * 86_400 * MICRO, Precision.SECOND)
    assert meeting_times("tomorrow at 5, and a week on friday, half term", sent) == ()


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("31st feb at 2pm", "2025-11-19T14:00:00Z"),  # no such date: the time is kept
        ("on 29/2 at 9am", "2028-02-29T09:00:00Z"),
        ("on 12/25", "2025-12-25T00:00:00Z"),  # no month 25: month first
    ],
)
def test_a_date_that_is_none_is_left_and_the_rest_is_kept(text: str, begin: str) -> None:
    assert begin in begins(text)[:2]


def test_a_date_whose_weekday_does_not_agree_gives_both() -> None:
    assert begins("friday 27th nov 2pm") == ["2025-11-21T14:00:00Z", "2025-11-27T14:00:00Z"]
    assert TimeDoubt.DATES_DIFFER in meeting_times("friday 27th nov", in_london())[0].doubts
