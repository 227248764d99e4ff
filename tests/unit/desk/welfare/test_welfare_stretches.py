"""How time in hard material is reckoned: stretches, pauses, days. Every bound from both sides."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from safehand.desk.welfare.stretches import BREAK, GAP, LAST, Stretch, by_day, counted, since_a_break, total

TEN = datetime(2026, 11, 22, 10, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


def stretch(began: float, last: float) -> Stretch:
    return Stretch(at(began), at(last))


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_one_page_counts_a_minute_and_two_the_time_between_and_a_minute() -> None:
    assert counted(stretch(0, 0)) == LAST == minutes(1)
    assert counted(stretch(0, 7)) == minutes(8)
    assert total([stretch(0, 7), stretch(20, 20)]) == minutes(9)
    assert total([]) == timedelta()


def test_a_run_is_all_since_the_last_pause_of_a_quarter_of_an_hour() -> None:
    run = [stretch(0, 20), stretch(34, 40)]
    assert since_a_break(run, at(41)) == minutes(21 + 7)
    assert since_a_break([stretch(0, 20), stretch(20 + 15, 40)], at(41)) == minutes(6)
    assert minutes(15) == BREAK


@pytest.mark.parametrize(("now", "expected"), [(40, 7), (54.9, 7), (55, 0), (600, 0)])
def test_a_pause_that_is_under_way_ends_the_run(now: float, expected: float) -> None:
    assert since_a_break([stretch(34, 40)], at(now)) == minutes(expected)


def test_no_stretch_is_no_time() -> None:
    assert since_a_break([], TEN) == timedelta()


def test_a_stretch_belongs_to_the_day_on_the_uk_clock_on_which_it_began() -> None:
    summer = datetime(2026, 6, 30, 22, 58, tzinfo=UTC)  # 23:58 in London
    over_midnight = Stretch(summer, summer + minutes(10))
    after = Stretch(summer + minutes(20), summer + minutes(20))
    days = by_day([over_midnight, after])
    assert [(day.day, day.time, day.stretches) for day in days] == [
        (date(2026, 7, 1), minutes(1), 1),
        (date(2026, 6, 30), minutes(11), 1),
    ]
    assert by_day([stretch(0, 5), stretch(20, 40)])[0].longest == minutes(21)


def test_the_gap_of_a_stretch_is_shorter_than_a_pause() -> None:
    assert timedelta() < LAST < GAP < BREAK
