"""Conversations of a case on one line of time: two clocks never laid into each other, nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from casefile_builders import KEY, START, Made, conversation, device, known, message
from safehand.casefile.clock import Clock, in_london, utc_of_london
from safehand.casefile.days import ABOUT
from safehand.casefile.read import CaseFile, open_casefile
from safehand.casefile.schema import place
from safehand.casefile.timeline import ClockCount, TimePage, Turn, clock_counts, timeline, timeline_from_day
from safehand.model.instant import MICRO, Instant, unknown_instant
from safehand.model.message import Message

HOUR = 3600 * MICRO
DAY = 24 * HOUR


def chat(*sent: Instant) -> list[Message]:
    return [message(number, "beans", sent=when) for number, when in enumerate(sent, 1)]


def built(tmp_path: Path, *chats: Sequence[Message]) -> CaseFile:
    events = [event for at, spoken in enumerate(chats, 1) for event in conversation(spoken, str(at))]
    Made(events).build(tmp_path / "case")
    return open_casefile(tmp_path / "case", KEY)


def shown(page: TimePage | None) -> list[tuple[int, int]]:
    assert page is not None
    return [(one.conversation, one.line.number) for one in page.messages]


def test_messages_of_two_conversations_stand_in_the_order_in_which_they_were_sent(tmp_path: Path) -> None:
    first = chat(known(START), known(START + 2 * HOUR), known(START + 3 * HOUR))
    second = chat(known(START + HOUR), known(START + 2 * HOUR))
    with built(tmp_path, first, second) as casefile:
        page = timeline(casefile, Clock.UK)
        assert shown(page) == [(1, 1), (2, 1), (1, 2), (2, 2), (1, 3)], "at one instant by conversation"
        assert page is not None
        assert (page.earlier, page.later) == (None, None)


def test_a_source_out_of_order_is_put_in_order_and_two_clocks_are_never_laid_into_each_other(tmp_path: Path) -> None:
    first = chat(known(START + DAY), known(START))
    second = chat(device(START + HOUR), known(START + HOUR), device(START))
    with built(tmp_path, first, second) as casefile:
        assert shown(timeline(casefile, Clock.UK)) == [(1, 2), (2, 2), (1, 1)]
        assert shown(timeline(casefile, Clock.DEVICE)) == [(2, 3), (2, 1)]


def test_what_has_no_place_in_time_is_counted_and_on_no_line(tmp_path: Path) -> None:
    spoken = chat(known(START), unknown_instant("?"), device(START), unknown_instant("??"))
    with built(tmp_path, spoken, chat(known(START))) as casefile:
        assert clock_counts(casefile) == (
            ClockCount(1, Clock.NONE, 2),
            ClockCount(1, Clock.UK, 1),
            ClockCount(1, Clock.DEVICE, 1),
            ClockCount(2, Clock.UK, 1),
        )
        assert timeline(casefile, Clock.UK, Turn.ABOUT, place(1, 2)) is None
        assert timeline(casefile, Clock.UK, Turn.ABOUT, place(1, 3)) is None, "it stands on the other line"
        assert timeline(casefile, Clock.UK, Turn.FROM, place(9, 9)) is None


def test_a_line_without_messages_is_a_page_without_any(tmp_path: Path) -> None:
    with built(tmp_path, chat(known(START))) as casefile:
        page = timeline(casefile, Clock.DEVICE)
        assert page == TimePage(Clock.DEVICE, (), None, None)


@pytest.mark.parametrize("a_day", [1, 30, 150, 199, 200, 201, 390, 450])
def test_pages_hold_whole_days_and_turning_them_either_way_shows_every_message_once(tmp_path: Path, a_day: int) -> None:
    total = 900
    instants = [START + (n // a_day) * DAY + (n % a_day) * MICRO for n in range(total)]
    evens = chat(*(known(at) for at in instants[::2]))
    odds = chat(*(known(at) for at in instants[1::2]))
    with built(tmp_path, evens, odds) as casefile:
        pages = [timeline(casefile, Clock.UK)]
        while (last := pages[-1]) is not None and last.later is not None:
            pages.append(timeline(casefile, Clock.UK, Turn.FROM, last.later))
        forward = [one for page in pages for one in shown(page)]
        assert forward == [(1 + n % 2, n // 2 + 1) for n in range(total)]
        assert all(len(shown(page)) <= 2 * ABOUT for page in pages)
        if a_day <= ABOUT:
            days = [{one.line.at // DAY for one in page.messages if one.line.at} for page in pages if page]
            assert sum(map(len, days)) == len(set().union(*days)), "no day stands on two pages"
        back = [timeline(casefile, Clock.UK, Turn.UNTIL, place(*forward[-1]))]
        while (earliest := back[0]) is not None and earliest.earlier is not None:
            back.insert(0, timeline(casefile, Clock.UK, Turn.UNTIL, earliest.earlier))
        assert [one for page in back for one in shown(page)] == forward
        ends = [(page.earlier is None, page.later is None) for page in back if page]
        assert ends[0][0]
        assert ends[-1][1]


@pytest.mark.parametrize("number", [1, 70, 450, 899])
def test_the_page_about_a_message_holds_it(tmp_path: Path, number: int) -> None:
    with built(tmp_path, chat(*(device(START + n * HOUR // 20) for n in range(900)))) as casefile:
        page = timeline(casefile, Clock.DEVICE, Turn.ABOUT, place(1, number))
        assert (1, number) in shown(page)
    with built(tmp_path, chat(*(device(START + n * MICRO) for n in range(900)))) as casefile:
        page = timeline(casefile, Clock.DEVICE, Turn.ABOUT, place(1, number))
        assert (1, number) in shown(page), "on a day that is too long for a page too"


def test_a_day_begins_at_midnight_by_the_clock_of_its_line(tmp_path: Path) -> None:
    # 1 July 2026, 00:30 UK time is 30 June, 23:30 UTC.
    july = (date(2026, 7, 1) - date(1970, 1, 1)).days * DAY
    with built(tmp_path, chat(known(july - HOUR // 2), known(july - HOUR * 3 // 2), known(july + HOUR))) as casefile:
        assert shown(timeline_from_day(casefile, Clock.UK, date(2026, 7, 1))) == [(1, 1), (1, 3)]
        assert shown(timeline_from_day(casefile, Clock.UK, date(2026, 7, 2))) == []
        assert shown(timeline_from_day(casefile, Clock.UK, date(1990, 1, 1))) == [(1, 2), (1, 1), (1, 3)]


@pytest.mark.parametrize("day", [date(1942, 7, 1), date(1970, 6, 1), date(2026, 3, 29), date(2026, 10, 25)])
def test_the_first_instant_of_a_day_is_found_through_every_change_of_the_clocks(day: date) -> None:
    reading = (day - date(1970, 1, 1)).days * DAY
    utc = utc_of_london(reading)
    assert in_london(utc) >= reading > in_london(utc - 1)


def test_a_page_is_found_in_the_index_and_not_by_sorting(tmp_path: Path) -> None:
    with built(tmp_path, chat(known(START))) as casefile:
        plan = casefile.rows(
            "EXPLAIN QUERY PLAN SELECT place FROM messages WHERE clock = 1 AND sent IS NOT NULL "
            "AND (sent, place) >= (5, 5) ORDER BY sent, place LIMIT 5"
        )
    words = " ".join(str(row[-1]) for row in plan)
    assert "INDEX times" in words
    assert "(clock=? AND (sent" in words or "clock=? AND sent" in words
    assert "TEMP B-TREE" not in words
