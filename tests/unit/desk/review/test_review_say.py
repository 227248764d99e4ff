from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from safehand.desk.core import say
from safehand.desk.core.templatetags.say import size as size_on_a_page


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"), (1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (200, "3 minutes 20 seconds"),
        (3600, "1 hour"), (32_700, "9 hours 5 minutes"), (86_400, "1 day"), (273_600, "3 days 4 hours"),
        (90_061, "1 day 1 hour"),
    ],
)  # fmt: skip
def test_a_stretch_of_time_is_told_in_its_two_largest_units(seconds: int, words: str) -> None:
    assert say.stretch(seconds) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1500, "1.5 kB"), (48_211, "48 kB"), (4 << 30, "4.3 GB")],
)
def test_a_size_is_told_as_disks_have_it(size: int, words: str) -> None:
    assert say.size(size) == words


def test_times_are_the_uks_in_summer_and_in_winter() -> None:
    assert say.uk_time(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026, 00:30"


def test_a_stretch_says_its_day_once_where_it_is_one() -> None:
    ten, eleven = (datetime(2026, 11, 22, hour, tzinfo=UTC) for hour in (10, 11))
    assert say.from_to(ten, eleven) == "22 November 2026, 10:00 to 11:00"
    late, early = datetime(2026, 7, 1, 22, 30, tzinfo=UTC), datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert say.from_to(late, early) == "1 July 2026, 23:30 to 2 July 2026, 00:30"
    assert say.uk_second(datetime(2026, 1, 1, 9, 5, 7, tzinfo=UTC)) == "1 January 2026, 09:05:07"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-11-28", "28 November 2026"),
        ("2026-11-28T15:30", "28 November 2026, 15:30"),
        ("2026-11-28T15:30:00+01:00", "28 November 2026, 15:30 (UTC+0100)"),
        ("next Saturday", "next Saturday"),
    ],
)
def test_a_date_that_somebody_stated_is_said_with_its_month(text: str, words: str) -> None:
    assert say.stated(text) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 1, 4), date(2026, 1, 4), "4 January 2026"),
        (date(2026, 1, 4), date(2026, 1, 9), "4 to 9 January 2026"),
        (date(2026, 1, 4), date(2026, 8, 1), "4 January to 1 August 2026"),
        (date(2025, 12, 31), date(2026, 1, 1), "31 December 2025 to 1 January 2026"),
    ],
)
def test_a_stretch_of_days_says_each_part_once(first: date, last: date, words: str) -> None:
    assert say.days(first, last) == words


@pytest.mark.parametrize(
    ("waited", "words"), [(20, "just now"), (90, "1 minute"), (5400, "1 hour"), (200_000, "2 days")]
)
def test_waiting_is_told_in_one_unit(waited: int, words: str) -> None:
    assert say.waited(timedelta(seconds=waited)) == words


def test_the_number_and_the_unit_of_a_size_stay_on_one_line_of_a_page() -> None:
    assert size_on_a_page(48_211) == "48\N{NO-BREAK SPACE}kB"
