"""Sums of when they talked: every message of a person is in them once, and nothing is claimed of what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile_builders import DAY, HOUR, KEY, START, Made, conversation, device, either, known, message
from safehand.casefile import talked
from safehand.casefile.read import CaseFile, open_casefile
from safehand.casefile.rows import digest_of_rows
from safehand.casefile.talked import Reading, Silence, Spoken, Unit
from safehand.casefile.tempo import LANES, LONGEST, Turn
from safehand.model.instant import MICRO, Instant, Precision, unknown_instant
from safehand.model.message import Kind, Message

MINUTE = 60 * MICRO
NOON = START + 12 * HOUR  # Thursday 1 January 2026
FIRST = Reading.FIRST


def told(path: Path, messages: Iterable[Message]) -> AbstractContextManager[CaseFile]:
    Made(conversation(messages)).build(path / "case")
    return open_casefile(path / "case", KEY)


def at(*said: tuple[int, str]) -> list[Message]:
    return [message(number, "beans", sent=known(when), sender=who) for number, (when, who) in enumerate(said, 1)]


def only_a_day(when: int) -> Instant:
    return msgspec.structs.replace(device(when), precision=Precision.DAY)


def turns(casefile: CaseFile) -> dict[tuple[str | None, Turn], int]:
    return {(one.letter, one.turn): one.messages for one in talked.turns(casefile, 1)}


def test_each_message_is_in_its_hour_and_its_day_by_the_clock_that_is_shown(tmp_path: Path) -> None:
    summer = START + 181 * DAY + 23 * HOUR + 30 * MINUTE  # 1 July, 23:30 UTC: half past midnight in London
    with told(tmp_path, at((NOON, "Priya"), (NOON + MINUTE, "Tom"), (summer, "Tom"))) as casefile:
        hours = {(one.weekday, one.hour, one.letter): one.messages for one in talked.by_hour(casefile, 1, FIRST)}
        assert hours == {(3, 12, "A"): 1, (3, 12, "B"): 1, (3, 0, "B"): 1}
        days = [tuple(one) for one in talked.by_day(casefile, 1, Unit.DAY, FIRST)]
        assert days == [(date(2026, 1, 1), "A", 1, 1), (date(2026, 1, 1), "B", 1, 2), (date(2026, 7, 2), "B", 1, 3)]
        assert talked.span_of(casefile, 1, FIRST) == (date(2026, 1, 1), date(2026, 7, 2))


def test_weeks_begin_on_monday_and_months_and_years_on_their_first(tmp_path: Path) -> None:
    with told(tmp_path, at(*((NOON + day * DAY, "Priya") for day in (0, 3, 4, 30, 31)))) as casefile:
        begins = {unit: [(one.day, one.messages) for one in talked.by_day(casefile, 1, unit, FIRST)] for unit in Unit}
    assert begins[Unit.WEEK] == [(date(2025, 12, 29), 2), (date(2026, 1, 5), 1), (date(2026, 1, 26), 2)]
    assert begins[Unit.MONTH] == [(date(2026, 1, 1), 4), (date(2026, 2, 1), 1)]
    assert begins[Unit.YEAR] == [(date(2026, 1, 1), 5)]


@pytest.mark.parametrize("day", [date(1969, 12, 28), date(1969, 12, 29), date(1900, 2, 28), date(2, 1, 9)])
def test_weeks_weekdays_and_months_before_1970_are_those_of_the_calendar(tmp_path: Path, day: date) -> None:
    when = START + (day - date(2026, 1, 1)).days * DAY + 9 * HOUR
    with told(tmp_path, [message(1, "beans", sent=device(when))]) as casefile:
        assert [one.weekday for one in talked.by_hour(casefile, 1, FIRST)] == [day.weekday()]
        found = {unit: talked.by_day(casefile, 1, unit, FIRST)[0].day for unit in Unit}
    monday = day - timedelta(days=day.weekday())
    assert found == {Unit.DAY: day, Unit.WEEK: monday, Unit.MONTH: day.replace(day=1), Unit.YEAR: date(day.year, 1, 1)}


def test_who_starts_follows_and_answers_is_told_by_the_seconds_between(tmp_path: Path) -> None:
    said = [
        (0, "Priya", Turn.START),
        (59, "Tom", Turn.WITHIN_1),
        (60, "Priya", Turn.WITHIN_5),
        (5 * 60, "Tom", Turn.WITHIN_15),
        (15 * 60 - 1, "Priya", Turn.WITHIN_15),
        (15 * 60, "Tom", Turn.WITHIN_60),
        (3600, "Priya", Turn.WITHIN_240),
        (4 * 3600 - 1, "Priya", Turn.FOLLOWS),
        (4 * 3600 - 1, "Tom", Turn.WITHIN_240),
        (4 * 3600, "Tom", Turn.START),
        (4 * 3600, "Priya", Turn.START),
    ]
    when, messages = NOON, []
    for seconds, who, _ in said:
        when += seconds * MICRO
        messages.append((when, who))
    letters = {"Priya": "A", "Tom": "B"}
    with told(tmp_path, at(*messages)) as casefile:
        assert turns(casefile) == Counter((letters[who], turn) for _, who, turn in said)
        assert [(one.letter, one.messages) for one in talked.starts(casefile, 1, Unit.YEAR)] == [("A", 2), ("B", 1)]


def test_nothing_is_claimed_between_times_that_cannot_be_compared(tmp_path: Path) -> None:
    sent = [
        known(NOON),
        device(NOON + 5 * HOUR),
        known(NOON + 6 * HOUR),
        only_a_day(START + 9 * DAY),
        only_a_day(START + 20 * DAY),
        unknown_instant("soon"),
        either(START + 2 * DAY, START + 40 * DAY),
        known(NOON + 30 * DAY),
        known(NOON + 29 * DAY),
    ]
    messages = [message(number, "beans", sent=one) for number, one in enumerate(sent, 1)]
    with told(tmp_path, messages) as casefile:
        assert turns(casefile) == {("A", Turn.START): 1, ("A", Turn.UNSURE): 8}
        assert talked.silences(casefile, 1) == ()


def test_a_conversation_whose_first_day_can_be_read_two_ways_is_started_by_nobody(tmp_path: Path) -> None:
    with told(tmp_path, [message(1, "beans", sent=either(START, START + 31 * DAY))]) as casefile:
        assert turns(casefile) == {("A", Turn.UNSURE): 1}
        assert talked.starts(casefile, 1, Unit.DAY) == ()


def test_both_readings_of_a_day_are_kept_and_a_day_without_an_hour_is_in_no_hour(tmp_path: Path) -> None:
    messages = [
        message(1, "beans", sent=either(NOON, NOON + 31 * DAY)),
        message(2, "beans", sent=only_a_day(START)),
        message(3, "beans", sent=unknown_instant("soon")),
    ]
    with told(tmp_path, messages) as casefile:
        by_reading = [[one.day.month for one in talked.by_day(casefile, 1, Unit.DAY, reading)] for reading in Reading]
        assert by_reading == [[1], [1, 2]]
        assert sum(one.messages for one in talked.by_hour(casefile, 1, FIRST)) == 1
        ends = (date(2026, 1, 1), date(2026, 1, 1))
        assert {one.ten for one in talked.tens(casefile, 1, *ends, FIRST)} == {None, 72}
        told_of = talked.spoken(casefile, 1)
        assert told_of == Spoken(0, 1, 1, 1, platform=0, without_hour=1, by_minute=1)
        assert (told_of.people, told_of.with_day) == (3, 2)


def test_where_the_platform_speaks_nobody_talked_and_no_silence_ends(tmp_path: Path) -> None:
    messages = [
        *at((NOON, "Priya")),
        message(2, None, sent=known(NOON + 3 * HOUR), sender=None),
        replace_kind(message(3, "Liked", sent=known(NOON + 3 * HOUR), sender="Tom"), Kind.REACTION_NOTICE),
        message(4, "peas", sent=known(NOON + 5 * HOUR), sender="Tom"),
    ]
    with told(tmp_path, messages) as casefile:
        assert talked.spoken(casefile, 1).platform == 2
        assert talked.spoken(casefile, 1).people == 2
        found = talked.silences(casefile, 1)
        assert found == (Silence(5 * 3600, 1, "A", NOON, 4, "B", NOON + 5 * HOUR),)


def replace_kind(one: Message, kind: Kind) -> Message:
    return msgspec.structs.replace(one, kind=kind)


def test_the_longest_silences_are_kept_and_of_two_alike_the_earlier(tmp_path: Path) -> None:
    when, said = NOON, [(NOON, "Priya")]
    for hours in (*range(5, 5 + LONGEST), 5, 50, 5):
        when += hours * HOUR
        said.append((when, "Tom"))
    with told(tmp_path, at(*said)) as casefile:
        found = talked.silences(casefile, 1)
    assert [one.seconds // 3600 for one in found] == [50, *range(4 + LONGEST, 5, -1)]
    again = [(NOON, "Priya"), *((NOON + number * 6 * HOUR, "Tom") for number in range(1, LONGEST + 5))]
    with told(tmp_path, at(*again)) as casefile:
        assert [one.before for one in talked.silences(casefile, 1)] == list(range(1, LONGEST + 1))


def test_more_accounts_than_have_lanes_are_one_together_and_nobody_is_lost(tmp_path: Path) -> None:
    said = [(NOON + number * MINUTE, f"Person {number % 9}") for number in range(90)]
    said += [(NOON + DAY + number * MINUTE, "Person 8") for number in range(3)]
    with told(tmp_path, at(*said)) as casefile:
        letters = talked.letters_of(casefile, 1)
        assert letters == ("A", "B", "C", "D", "E", "I", None)
        assert len(letters) == LANES + 1
        for counts in (
            talked.by_day(casefile, 1, Unit.DAY, FIRST),
            talked.by_hour(casefile, 1, FIRST),
            talked.turns(casefile, 1),
            talked.tens(casefile, 1, date(2026, 1, 1), date(2026, 1, 2), FIRST),
        ):
            by_letter: Counter[str | None] = Counter()
            for one in counts:
                by_letter[one.letter] += one.messages
            assert by_letter == {"A": 10, "B": 10, "C": 10, "D": 10, "E": 10, "I": 13, None: 30}


def test_a_day_that_comes_back_is_one_day_however_often_the_sums_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [(NOON + day * DAY, who) for _ in range(3) for day in range(5) for who in ("Priya", "Tom")]
    digests = []
    for held in (2, 20_000):
        monkeypatch.setattr("safehand.casefile.tempo._HELD", held)
        with told(tmp_path, at(*said)) as casefile:
            digests.append(digest_of_rows(casefile))
            assert [(one.messages, one.first) for one in talked.by_day(casefile, 1, Unit.DAY, FIRST)][:2] == [
                (3, 1),
                (3, 2),
            ]
    assert digests[0] == digests[1]


def test_each_conversation_has_sums_of_its_own(tmp_path: Path) -> None:
    two = [*conversation(at((NOON, "Priya"))), *conversation(at((NOON, "Tom"), (NOON + MINUTE, "Tom")), "2")]
    Made(two).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert [talked.spoken(casefile, number).people for number in (1, 2)] == [1, 2]
        assert talked.letters_of(casefile, 2) == ("B",)
        found = talked.when(casefile, 2, frozenset({1, 2, 3}))
        assert {number: one.at for number, one in found.items()} == {1: NOON, 2: NOON + MINUTE}


_INSTANTS = st.one_of(
    st.integers(0, 60 * 24 * 60).map(lambda minute: known(START + minute * MINUTE)),
    st.integers(0, 60 * 24 * 60).map(lambda minute: device(START + minute * MINUTE)),
    st.integers(0, 60).map(lambda day: only_a_day(START + day * DAY)),
    st.integers(0, 11).map(lambda day: either(START + day * DAY, START + 31 * day * DAY)),
    st.just(unknown_instant("soon")),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(_INSTANTS, st.sampled_from(["Priya", "Tom", "Ann", None])), max_size=40))
def test_every_message_is_counted_once_whatever_its_time(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[Instant, str | None]]
) -> None:
    messages = [message(number, "beans", sent=sent, sender=who) for number, (sent, who) in enumerate(said, 1)]
    with told(tmp_path_factory.mktemp("made"), messages) as casefile:
        told_of = talked.spoken(casefile, 1)
        assert told_of.people + told_of.platform == len(messages)
        assert sum(one.messages for one in talked.turns(casefile, 1)) == told_of.people
        for reading in Reading:
            assert sum(one.messages for one in talked.by_day(casefile, 1, Unit.DAY, reading)) == told_of.with_day
            hours = sum(one.messages for one in talked.by_hour(casefile, 1, reading))
            assert hours == told_of.with_day - told_of.without_hour
        started = sum(one.messages for one in talked.starts(casefile, 1, Unit.DAY))
        assert started == sum(one.messages for one in talked.turns(casefile, 1) if one.turn is Turn.START)
