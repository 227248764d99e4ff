"""Promises of days and pages: whole days, every message on one page, and nothing guessed about a clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile_builders import DAY, HOUR, KEY, START, Made, conversation, device, either, known, message
from safehand.casefile.activity import activity, days_of
from safehand.casefile.clock import Clock, Wall, date_of, in_london, wall_of
from safehand.casefile.days import Run, RunBuilder, pages_of
from safehand.casefile.read import CaseFile, open_casefile
from safehand.model.instant import MICRO, Basis, Instant, Precision, unknown_instant
from safehand.model.message import Message


def runs_of(lengths: list[int]) -> list[Run]:
    """Days of these lengths, one after another."""
    runs, number = [], 1
    for day, length in enumerate(lengths):
        runs.append(Run(number, number + length - 1, day, None, Clock.UK))
        number += length
    return runs


@given(st.lists(st.integers(1, 900), max_size=30))
def test_every_message_stands_on_one_page_and_no_day_is_cut_but_a_very_long_one(lengths: list[int]) -> None:
    runs = runs_of(lengths)
    pages = list(pages_of(runs))
    numbers = [number for page in pages for number in range(page.first, page.last + 1)]
    assert numbers == list(range(1, sum(lengths) + 1))
    starts = {run.first for run in runs}
    for page in pages:
        if page.parts == 1:
            assert page.first in starts
            held = [run for run in runs if page.first <= run.first <= page.last]
            assert held[-1].last == page.last
            assert len(held) == 1 or page.last - page.first + 1 <= 200
        else:
            assert page.last - page.first + 1 <= 200


def test_a_day_of_four_hundred_stays_whole_and_one_more_is_cut() -> None:
    assert [(p.first, p.last, p.part, p.parts) for p in pages_of(runs_of([400]))] == [(1, 400, 1, 1)]
    cut = [(p.first, p.last, p.part, p.parts) for p in pages_of(runs_of([401, 5]))]
    assert cut == [(1, 200, 1, 3), (201, 400, 2, 3), (401, 401, 3, 3), (402, 406, 1, 1)]


def build_runs(walls: list[Wall]) -> list[tuple[int, int, int | None]]:
    """First, last and day of each run."""
    builder = RunBuilder()
    runs = [builder.add(number, wall) for number, wall in enumerate(walls, 1)]
    return [(run.first, run.last, run.day) for run in [*runs, builder.end()] if run is not None]


def test_a_message_without_a_time_stands_with_the_one_before_it() -> None:
    none = Wall(None, Clock.NONE)
    day = [Wall(day * DAY, Clock.DEVICE) for day in range(3)]
    assert build_runs([none, none, day[0], none, day[0], day[1]]) == [(1, 2, None), (3, 5, 0), (6, 6, 1)]
    assert build_runs([]) == []
    assert build_runs([none]) == [(1, 1, None)]


def test_a_day_that_comes_back_is_a_second_run() -> None:
    walls = [Wall(at * DAY, Clock.DEVICE) for at in (0, 1, 0)]
    assert build_runs(walls) == [(1, 1, 0), (2, 2, 1), (3, 3, 0)]


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        ("2026-01-09T22:27:01", "2026-01-09T22:27:01"),
        ("2026-07-01T23:30:00", "2026-07-02T00:30:00"),
        ("2026-03-29T00:59:59", "2026-03-29T00:59:59"),  # the clocks go forward at 01:00 UTC
        ("2026-03-29T01:00:00", "2026-03-29T02:00:00"),
        ("2026-10-25T00:59:59", "2026-10-25T01:59:59"),  # and back at 01:00 UTC
        ("2026-10-25T01:00:00", "2026-10-25T01:00:00"),
        ("1970-06-01T12:00:00", "1970-06-01T13:00:00"),  # British Standard Time, all year, 1968 to 1971
    ],
)
def test_a_known_instant_is_shown_in_uk_time(utc: str, shown: str) -> None:
    micros = int((datetime.fromisoformat(utc) - datetime(1970, 1, 1)).total_seconds()) * MICRO  # noqa: DTZ001
    wall = wall_of(known(micros))
    assert wall.clock is Clock.UK
    assert wall.at is not None
    assert wall.at == int((datetime.fromisoformat(shown) - datetime(1970, 1, 1)).total_seconds()) * MICRO  # noqa: DTZ001


def test_a_clock_reading_without_a_zone_is_shown_as_the_device_wrote_it() -> None:
    assert wall_of(device(START)) == Wall(START, Clock.DEVICE)


def test_a_zone_that_a_person_stated_makes_the_instant_known() -> None:
    stated = Instant("x", Basis.STATED, Precision.MINUTE, START + 180 * DAY, START, START, START, zone="Europe/Paris")
    assert wall_of(stated) == Wall(in_london(START + 180 * DAY), Clock.UK)


def test_two_readings_of_one_day_are_both_kept() -> None:
    assert wall_of(either(START, START + DAY)) == Wall(START, Clock.EITHER, START + DAY)


@pytest.mark.parametrize("at", [10**18 * 9, -(10**18) * 9, 253_402_300_800 * MICRO])
def test_a_time_no_calendar_holds_is_no_time(at: int) -> None:
    assert wall_of(known(at)).clock is Clock.NONE
    assert wall_of(device(at)).clock is Clock.NONE
    assert wall_of(unknown_instant("tomorrow")).clock is Clock.NONE


def open_built(tmp_path: Path, messages: list[Message]) -> CaseFile:
    Made(conversation(messages)).build(tmp_path / "case")
    return open_casefile(tmp_path / "case", KEY)


def test_a_day_page_holds_whole_days_and_leads_on(tmp_path: Path) -> None:
    # 30 days of 50 messages: four days make a page.
    spoken = [
        message(number, "beans", sent=device(START + (number - 1) // 50 * DAY + number * MICRO))
        for number in range(1, 1501)
    ]
    with open_built(tmp_path, spoken) as casefile:
        page = casefile.day_page(1, 250)
        assert page is not None
        assert (page.first, page.last, page.earlier, page.later) == (201, 400, 200, 401)
        assert [(section.day, len(section.lines)) for section in page.sections] == [
            (date(2026, 1, day), 50) for day in range(5, 9)
        ]
        assert all(section.whole for section in page.sections)
        assert casefile.day_page(1, 201) == casefile.day_page(1, 400) == page
        first, last = casefile.day_page(1, 1), casefile.day_page(1, 1500)
        assert first is not None
        assert last is not None
        assert first.earlier is None
        assert last.later is None
        assert casefile.day_page(1, 0) is None
        assert casefile.day_page(1, 1501) is None
        assert casefile.day_page(2, 1) is None


def test_a_page_of_another_size_is_cut_by_the_same_rule(tmp_path: Path) -> None:
    spoken = [message(n, "beans", sent=device(START + (n - 1) // 10 * DAY)) for n in range(1, 101)]
    with open_built(tmp_path, spoken) as casefile:
        page = casefile.day_page(1, 35, about=20)
        assert page is not None
        assert (page.first, page.last) == (21, 40)


def test_a_very_long_day_says_which_part_this_is(tmp_path: Path) -> None:
    spoken = [message(n, "beans", sent=device(START + n * MICRO)) for n in range(1, 1001)]
    with open_built(tmp_path, spoken) as casefile:
        page = casefile.day_page(1, 999)
        assert page is not None
        assert (page.first, page.last, page.part, page.parts) == (801, 1000, 5, 5)
        (section,) = page.sections
        assert (section.first, section.last, section.whole) == (801, 1000, False)


def test_an_undated_stretch_and_two_readings_are_shown_as_such(tmp_path: Path) -> None:
    spoken = [
        message(1, "beans", sent=unknown_instant("?")),
        message(2, "peas", sent=either(START, START + 31 * DAY)),
    ]
    with open_built(tmp_path, spoken) as casefile:
        page = casefile.day_page(1, 1)
        assert page is not None
        undated, doubtful = page.sections
        assert (undated.day, undated.clock) == (None, Clock.NONE)
        assert (doubtful.day, doubtful.other, doubtful.clock) == (date(2026, 1, 1), date(2026, 2, 1), Clock.EITHER)
        assert doubtful.lines[0].shown_other == datetime(2026, 2, 1)  # noqa: DTZ001  a clock without a zone
        assert undated.lines[0].shown is None


def test_the_gap_to_the_message_before_is_claimed_only_between_clocks_that_agree(tmp_path: Path) -> None:
    sent = [
        device(START),
        device(START + 9 * HOUR + 300 * MICRO),
        known(START + DAY),
        known(START + DAY + 5 * MICRO),
        unknown_instant("?"),
        known(START + 2 * DAY),
        known(START + DAY),
    ]
    spoken = [message(number, "beans", sent=when) for number, when in enumerate(sent, 1)]
    with open_built(tmp_path, spoken) as casefile:
        assert [line.gap for line in casefile.page(1, 1, 9)] == [None, 32_700, None, 5, None, None, -86_400]


def test_sums_of_days_add_up_and_put_a_returning_day_together(tmp_path: Path) -> None:
    days = [0, 0, 1, 0, 2]
    spoken = [message(n, "beans", sent=device(START + day * DAY)) for n, day in enumerate(days, 1)]
    with open_built(tmp_path, spoken) as casefile:
        found = activity(casefile, 1)
    assert found is not None
    assert [(day.first, day.messages, day.number) for day in found.listed] == [
        (date(2026, 1, 1), 3, 1),
        (date(2026, 1, 2), 1, 3),
        (date(2026, 1, 3), 1, 5),
    ]
    assert found.bars == found.listed
    assert (found.days, found.step, found.by_month, found.busiest) == (3, 1, False, found.listed[0])
    assert date_of(0) == date(1970, 1, 1)


def test_days_that_are_too_many_share_a_bar_and_are_listed_by_month(tmp_path: Path) -> None:
    spoken = [message(n, "beans", sent=device(START + n * DAY)) for n in range(70)][1:]
    with open_built(tmp_path, spoken) as casefile:
        found = activity(casefile, 1, most=30)
    assert found is not None
    assert (found.first, found.last, found.days, found.step) == (date(2026, 1, 2), date(2026, 3, 11), 69, 3)
    assert [bar.messages for bar in found.bars] == [3] * 23
    assert (found.bars[1].first, found.bars[1].last, found.bars[1].number) == (date(2026, 1, 5), date(2026, 1, 7), 4)
    assert [(month.first, month.messages) for month in found.listed] == [
        (date(2026, 1, 2), 30),
        (date(2026, 2, 1), 28),
        (date(2026, 3, 1), 11),
    ]
    assert found.by_month


def test_the_first_and_the_last_day_a_calendar_has_are_listed(tmp_path: Path) -> None:
    ends = date.min, date.max - timedelta(days=1)
    days = [(end - date(1970, 1, 1)).days for end in ends]
    spoken = [message(n, "beans", sent=device(day * DAY)) for n, day in enumerate(days, 1)]
    with open_built(tmp_path, spoken) as casefile:
        found = activity(casefile, 1, most=1)
    assert found is not None
    assert tuple(month.first for month in found.listed) == ends
    assert [bar.messages for bar in found.bars] == [2]


def test_messages_without_a_day_are_in_no_sum(tmp_path: Path) -> None:
    with open_built(tmp_path, [message(1, "beans", sent=unknown_instant("?"))]) as casefile:
        assert activity(casefile, 1) is None


def test_the_day_of_a_message_is_the_one_it_stands_under(tmp_path: Path) -> None:
    spoken = [message(n, "beans", sent=device(START + day * DAY)) for n, day in enumerate([0, 0, 2, 1], 1)]
    with open_built(tmp_path, spoken) as casefile:
        assert days_of(casefile, 1, [2, 3, 4]) == (
            (2, date(2026, 1, 1)),
            (3, date(2026, 1, 3)),
            (4, date(2026, 1, 2)),
        )
        assert days_of(casefile, 2, [1]) == ()
    with open_built(tmp_path, [message(1, "beans", sent=unknown_instant("?"))]) as casefile:
        assert days_of(casefile, 1, [1]) == ()
