"""The days of a whole line of time: each message of it once, whatever conversation it stands in, and no other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from casefile_builders import DAY, KEY, START, Made, conversation, device, either, known, message
from safehand.casefile.activity import Activity, activity_of
from safehand.casefile.activity_case import activity_of_line
from safehand.casefile.clock import Clock, day_number
from safehand.casefile.read import open_casefile
from safehand.casefile.timeline import clock_counts
from safehand.model.instant import Instant, unknown_instant


def line(folder: Path, clock: Clock, *chats: Sequence[Instant], most: int = 400) -> Activity | None:
    """Of conversations whose messages were sent then. What is in its bars is what the time line counts."""
    events = [
        event
        for at, chat in enumerate(chats, 1)
        for event in conversation([message(n, "beans", sent=sent) for n, sent in enumerate(chat, 1)], str(at))
    ]
    Made(events).build(folder / "case")
    with open_casefile(folder / "case", KEY) as casefile:
        found = activity_of_line(casefile, clock, most)
        counted = sum(one.messages for one in clock_counts(casefile) if one.clock is clock)
    assert sum(one.messages for one in (found.bars if found is not None else ())) == counted
    return found


def test_each_line_has_its_own_messages_of_all_conversations(tmp_path: Path) -> None:
    chats = (
        [known(START), unknown_instant("?"), known(START + 2 * DAY), device(START)],
        [known(START), either(START, START + 31 * DAY), known(START)],
    )
    found = line(tmp_path, Clock.UK, *chats)
    assert found is not None
    assert [(one.first, one.messages) for one in found.listed] == [(date(2026, 1, 1), 3), (date(2026, 1, 3), 1)]
    assert (found.days, found.busiest.first, found.step, found.by_month) == (2, date(2026, 1, 1), 1, False)
    other = line(tmp_path, Clock.DEVICE, *chats)
    assert other is not None
    assert [one.messages for one in other.bars] == [1]


def test_a_bar_leads_to_its_first_day(tmp_path: Path) -> None:
    found = line(tmp_path, Clock.UK, [known(START + 5 * DAY)], [known(START + at * DAY) for at in (0, 1, 9)], most=4)
    assert found is not None
    assert [(one.first.day, one.last.day, one.messages) for one in found.bars] == [(1, 2, 2), (6, 6, 1), (10, 10, 1)]
    assert [one.number for one in found.bars] == [(one.first - date(1970, 1, 1)).days for one in found.bars]


def test_more_days_than_bars_are_listed_by_month(tmp_path: Path) -> None:
    found = line(tmp_path, Clock.UK, [known(START + at * 20 * DAY) for at in range(5)], most=4)
    assert found is not None
    assert found.by_month
    assert [(one.first.month, one.messages) for one in found.listed] == [(1, 2), (2, 1), (3, 2)]


def test_of_two_days_with_as_many_the_earlier_is_the_busiest(tmp_path: Path) -> None:
    found = line(tmp_path, Clock.UK, [known(START + DAY), known(START)])
    assert found is not None
    assert found.busiest.first == date(2026, 1, 1)


def test_a_line_without_messages_has_no_days(tmp_path: Path) -> None:
    assert line(tmp_path, Clock.UK, [device(START)], [unknown_instant("?")]) is None


def test_a_month_ends_where_the_calendar_has_it_and_the_last_of_all_too() -> None:
    days = [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2024, 12, 31), date(2025, 1, 1), date.max]
    found = activity_of(([day_number(day) for day in days], [1] * 6, [*range(7, 13)]), most=5)
    assert found is not None
    assert [(one.first, one.last, one.number) for one in found.listed] == [
        (days[0], days[1], 7),
        (days[2], days[2], 9),
        (days[3], days[3], 10),
        (days[4], days[4], 11),
        (days[5], days[5], 12),
    ]
    assert sum(one.messages for one in found.bars) == len(days)


def test_a_stretch_leads_to_its_lowest_number_and_the_earliest_of_the_busiest_days_is_told() -> None:
    found = activity_of(([10, 11, 12, 30], [2, 5, 5, 1], [90, 30, 60, 1]), most=3)
    assert found is not None
    assert [(one.messages, one.number) for one in found.bars] == [(12, 30), (1, 1)]
    assert (found.busiest.first, found.busiest.number) == (date(1970, 1, 12), 30)
    assert activity_of(([], [], []), most=3) is None


def test_days_that_come_back_or_out_of_order_are_each_one_day() -> None:
    in_order = activity_of(([10, 11, 12, 30], [2, 5, 5, 1], [90, 30, 60, 1]), most=3)
    assert activity_of(([30, 12, 11, 10], [1, 5, 5, 2], [1, 60, 30, 90]), most=3) == in_order
    assert activity_of(([10, 11, 11, 12, 30, 10], [1, 2, 3, 5, 1, 1], [95, 30, 70, 60, 1, 90]), most=3) == in_order
