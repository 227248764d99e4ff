"""Sums of a whole case: as those of its conversations, each told apart, and nobody put together with anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from casefile_builders import DAY, HOUR, KEY, START, Made, conversation, device, either, known, message
from safehand.casefile import talked, talked_case
from safehand.casefile.read import CaseFile, open_casefile
from safehand.casefile.schema import place
from safehand.casefile.talked import Reading, Unit
from safehand.model.message import Message

MINUTE = HOUR // 60
NOON = START + 12 * HOUR


def said(*sent: tuple[str, int], id_: bool = False) -> list[Message]:
    return [
        message(n, "beans", sent=known(at), sender=who, sender_id=f"id-{who}" if id_ else None)
        for n, (who, at) in enumerate(sent, 1)
    ]


@pytest.fixture
def three(tmp_path: Path) -> Iterator[CaseFile]:
    """Two on one platform with ids, on which Tom writes in both; one elsewhere by a clock without a zone."""
    chats = (
        said(("Priya", NOON), ("Tom", NOON + MINUTE), ("Tom", NOON + 2 * DAY), id_=True),
        said(("Tom", NOON + DAY), ("Sam", NOON + DAY + 5 * HOUR), id_=True),
        [
            message(1, "peas", sent=device(NOON + 30 * DAY), sender="Tom"),
            message(2, "peas", sent=either(NOON + DAY, NOON + 40 * DAY), sender="Tom"),
        ],
    )
    events = [event for at, chat in enumerate(chats, 1) for event in conversation(chat, str(at))]
    path = tmp_path / "case"
    Made(events).build(path)
    with open_casefile(path, KEY) as casefile:
        yield casefile


def test_an_account_is_one_in_two_conversations_only_where_its_platform_says_so(three: CaseFile) -> None:
    assert talked_case.turns(three) == (
        (1, "A", 1, 1),
        (1, "B", 2, 1),
        (2, "B", 1, 1),
        (2, "C", 1, 1),
        (3, "D", 2, 1),
    )


@pytest.mark.parametrize("reading", Reading)
def test_the_sums_of_each_conversation_are_its_own(three: CaseFile, reading: Reading) -> None:
    lanes = talked_case.lanes_of(talked_case.spoken(three))
    assert lanes == (1, 2, 3)
    hours, days = talked_case.by_hour(three, lanes, reading), talked_case.by_day(three, lanes, Unit.WEEK, reading)
    span = talked_case.span_of(three, (1, 2, 3), reading)
    assert span is not None
    tens = talked_case.tens(three, lanes, span, reading)
    for number in (1, 2, 3):
        assert talked_case.spoken(three)[number] == talked.spoken(three, number)
        own = Counter[tuple[int, int]]()
        for hour in talked.by_hour(three, number, reading):
            own[hour.weekday, hour.hour] += hour.messages
        assert {(one.weekday, one.hour): one.messages for one in hours if one.conversation == number} == dict(own)
        weeks = Counter[date]()
        for week in talked.by_day(three, number, Unit.WEEK, reading):
            weeks[week.day] += week.messages
        assert {one.day: one.messages for one in days if one.conversation == number} == dict(weeks)
        own_tens = Counter[tuple[date, int | None]]()
        for ten in talked.tens(three, number, *span, reading):
            own_tens[ten.day, ten.ten] += ten.messages
        assert {(one.day, one.ten): one.messages for one in tens if one.conversation == number} == dict(own_tens)


def test_a_unit_leads_to_the_lowest_message_of_its_first_day(three: CaseFile) -> None:
    weeks = talked_case.by_day(three, (1, 2, 3), Unit.WEEK, Reading.FIRST)
    assert [(one.conversation, one.earliest.day, one.place) for one in weeks if one.day == date(2025, 12, 29)] == [
        (1, 1, place(1, 1)),
        (2, 2, place(2, 1)),
        (3, 2, place(3, 2)),
    ]


def test_the_span_is_that_of_all_by_the_reading_that_is_drawn(three: CaseFile) -> None:
    assert talked_case.span_of(three, (1, 2, 3), Reading.FIRST) == (date(2026, 1, 1), date(2026, 1, 31))
    assert talked_case.span_of(three, (1, 2, 3), Reading.SECOND) == (date(2026, 1, 1), date(2026, 2, 10))
    assert talked_case.span_of(three, (), Reading.FIRST) is None


def test_six_conversations_have_lanes_those_with_most_and_all_others_one(tmp_path: Path) -> None:
    sizes = (3, 1, 2, 2, 5, 1, 4, 3)
    events = [
        event
        for at, size in enumerate(sizes, 1)
        for event in conversation(said(*(("Priya", NOON + n * DAY) for n in range(size))), str(at))
    ]
    Made(events).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        lanes = talked_case.lanes_of(talked_case.spoken(casefile))
        assert lanes == (1, 3, 4, 5, 7, 8, None)
        days = talked_case.by_day(casefile, lanes, Unit.YEAR, Reading.FIRST)
        of_lanes = Counter[int | None]()
        for one in days:
            of_lanes[one.conversation] += one.messages
        assert of_lanes == {1: 3, 3: 2, 4: 2, 5: 5, 7: 4, 8: 3, None: 2}


def test_a_conversation_in_which_nobody_wrote_has_no_lane(tmp_path: Path) -> None:
    empty = [message(1, None, sent=known(NOON), sender=None)]
    Made([*conversation(empty, "1"), *conversation(said(("Priya", NOON)), "2")]).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert talked_case.lanes_of(talked_case.spoken(casefile)) == (2,)
