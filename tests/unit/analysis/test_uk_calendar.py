"""Days that have a name in Britain, against those that were published: gov.uk/bank-holidays, and tables of Easter."""

from __future__ import annotations

from datetime import date

import pytest

from safehand.analysis.meeting_time.expressions import FEAST_NAMES
from safehand.analysis.meeting_time.months import days_of_month, month_days, months_on, next_date, nth_weekday
from safehand.analysis.meeting_time.uk_calendar import (
    FEASTS,
    bank_holidays,
    easter,
    feasts,
    half_term,
    in_scotland,
    scottish_holidays,
    weekday_of,
)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    "sunday",
    [
        "1818-03-22",
        "1943-04-25",
        "2000-04-23",
        "2008-03-23",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2038-04-25",
        "2049-04-18",
        "2100-03-28",
    ],
)
def test_easter_is_when_it_is(sunday: str) -> None:
    assert easter(int(sunday[:4])) == day(sunday)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),  # Christmas on a Saturday
        (2023, "01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26"),  # New Year on a Sunday
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),  # Boxing Day on a Saturday
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),  # New Year on a Saturday
        (2033, "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27"),  # Christmas on a Sunday
    ],
)
def test_bank_holidays_of_england_and_wales(year: int, days: str) -> None:
    assert [date.fromordinal(found).isoformat()[5:] for found in bank_holidays(year)] == days.split()


@pytest.mark.parametrize(("year", "days"), [(2025, "01-02 08-04 12-01"), (2026, "01-02 08-03 11-30")])
def test_the_holidays_that_only_scotland_has(year: int, days: str) -> None:
    assert [date.fromordinal(found).isoformat()[5:] for found in scottish_holidays(year)] == days.split()
    assert in_scotland("summer_bank_holiday", year) == ((scottish_holidays(year)[1],) * 2,)
    assert in_scotland("boxing_day", year) == ()


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("mothers_day", "2026-03-15"),
        ("fathers_day", "2026-06-21"),
        ("pancake_day", "2026-02-17"),
        ("good_friday", "2026-04-03"),
        ("may_day", "2026-05-04"),
        ("spring_bank_holiday", "2026-05-25"),
        ("bonfire_night", "2026-11-05"),
    ],
)
def test_a_feast_is_one_day(name: str, when: str) -> None:
    assert feasts(name, 2026) == ((day(when),) * 2,)


@pytest.mark.parametrize(
    ("year", "month", "within"),
    [(2025, 10, "2025-10-27"), (2026, 2, "2026-02-16"), (2026, 5, "2026-05-25"), (2026, 10, "2026-10-26")],
)
def test_half_term_covers_the_week_that_most_schools_have(year: int, month: int, within: str) -> None:
    first, last = half_term(year, month)
    assert first <= day(within) <= day(within) + 4 <= last
    assert last - first < 21


@pytest.mark.parametrize("year", range(1990, 2060))
def test_every_feast_is_in_every_year_and_no_bank_holiday_is_on_a_weekend(year: int) -> None:
    for name in FEASTS:
        for first, last in feasts(name, year):
            assert day(f"{year}-01-01") <= first <= last < day(f"{year + 1}-01-15")
    assert all(weekday_of(found) < 5 for found in (*bank_holidays(year), *scottish_holidays(year)))


def test_an_expression_names_every_feast_there_is() -> None:
    assert set(FEAST_NAMES) == FEASTS


def test_months_are_counted_over_the_end_of_the_year() -> None:
    december = day("2025-12-21")
    assert months_on(december, 1) == (day("2026-01-01"), day("2026-01-31"), 2026)
    assert months_on(december, -1)[:2] == (day("2025-11-01"), day("2025-11-30"))
    assert month_days(12, december) == (day("2025-12-01"), day("2025-12-31"))
    assert month_days(11, december) == (day("2026-11-01"), day("2026-11-30"))


def test_a_date_is_the_next_one_that_there_is() -> None:
    assert next_date(2, 29, day("2025-12-21")) == day("2028-02-29")
    assert next_date(2, 30, day("2025-12-21")) is None
    assert days_of_month(31, day("2026-01-31"), 3) == (day("2026-01-31"), day("2026-03-31"))
    assert days_of_month(32, day("2026-01-31"), 12) == ()


def test_the_nth_weekday_of_a_month_may_not_be_there() -> None:
    begin, last = day("2026-02-01"), day("2026-02-28")
    assert nth_weekday(begin, last, 0, 1) == day("2026-02-02")
    assert nth_weekday(begin, last, 6, None) == day("2026-02-22")
    assert nth_weekday(begin, last, 0, 5) is None
    assert nth_weekday(begin, last, 0, 0) is None
