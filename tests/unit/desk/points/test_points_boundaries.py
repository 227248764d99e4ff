"""Every day on which the law of an offence changed: messages of the day before, of the day, and of both sides of it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from casefile_builders import KEY, Made, conversation, device, known, message
from safehand.casefile.clock import Clock
from safehand.casefile.dates import DaysOfCase
from safehand.casefile.read import open_casefile
from safehand.desk.points.library import days_of_change, library
from safehand.desk.points.looks import Point
from safehand.desk.points.offence import Mark, Offence
from safehand.desk.points.presenters.dates import days_words
from safehand.desk.points.spread import Spread, is_outside, may_hold, spread_in, spread_of
from safehand.model.instant import MICRO, Instant

SPEC: Final = Path(__file__).parents[4] / "docs" / "spec" / "offences.md"
DAY: Final = timedelta(days=1)


class Boundary(NamedTuple):
    """A day on which something changed: a point reads otherwise, or (``element`` is empty) the offence begins."""

    offence: Offence
    element: str
    day: date
    mark: Mark


def _boundaries() -> list[Boundary]:
    found = []
    for offence in library():
        if offence.in_force is not None and offence.in_force.start is not None:
            found.append(Boundary(offence, "", offence.in_force.start, offence.in_force.line.mark))
        for element in offence.elements:
            found += [
                Boundary(offence, element.code, each.start, each.start_mark)
                for each in element.wordings
                if each.start is not None and each.start_mark is not None
            ]
    return found


BOUNDARIES: Final = _boundaries()
EACH: Final = pytest.mark.parametrize("one", BOUNDARIES, ids=lambda one: f"{one.offence.section} {one.day}")


def of_days(*days: date, clock: Clock = Clock.UK) -> Spread:
    return spread_of(DaysOfCase(day, day, clock, 1) for day in days)


def told(one: Boundary, spread: Spread) -> tuple[str, bool]:
    """How the messages are said to lie about this day, and whether that stands out."""
    points = tuple(Point(each.code, each, one.offence) for each in one.offence.elements)
    day = f"{one.day.day} {one.day:%B %Y}"
    (words,) = [each for each in days_words(one.offence, points, spread) if each.day == day]
    return words.lie, words.warns


def reads(one: Boundary, spread: Spread) -> list[bool]:
    """Which wordings of the point some message may be from the time of; of a whole offence, whether it is outside."""
    element = one.offence.element(one.element)
    if element is None:
        return [is_outside(one.offence, spread), True]
    return [may_hold(each, spread) for each in element.wordings]


def test_the_days_are_those_of_the_specification_with_their_marks() -> None:
    assert [(one.offence.section, one.element, one.day, one.mark) for one in BOUNDARIES] == [
        ("14", "c", date(2022, 6, 28), Mark.VERIFIED),
        ("15", "b", date(2015, 4, 13), Mark.UNVERIFIED),
        ("15A", "", date(2017, 4, 3), Mark.VERIFIED),
    ]
    rows = re.findall(r"^\| section (\w+) \| (\d+ \w+ \d{4}) \| .* \| (\w+) \|$", SPEC.read_text("utf-8"), re.MULTILINE)
    assert rows == [(one.offence.section, f"{one.day.day} {one.day:%B %Y}", one.mark.value) for one in BOUNDARIES]


def test_days_are_told_apart_at_every_day_that_a_page_tells_of() -> None:
    assert {one.day for one in BOUNDARIES} <= days_of_change()
    ends = {each.end + DAY for one in library() for element in one.elements for each in element.wordings if each.end}
    assert ends <= days_of_change()
    assert {one.in_force.end + DAY for one in library() if one.in_force and one.in_force.end} <= days_of_change()


@EACH
def test_messages_of_the_day_before_are_all_before_and_only_the_earlier_text_holds(one: Boundary) -> None:
    spread = of_days(one.day - 40 * DAY, one.day - DAY)
    assert told(one, spread) == ("Every message that can be placed is before it.", True)
    assert reads(one, spread) == ([True, False] if one.element else [True, True])


@EACH
def test_messages_of_the_day_itself_are_all_since_and_only_the_later_text_holds(one: Boundary) -> None:
    spread = of_days(one.day, one.day + 40 * DAY)
    assert told(one, spread) == ("Every message that can be placed is on or after it.", False)
    assert reads(one, spread) == [False, True]


@EACH
def test_messages_of_both_days_are_told_to_lie_on_both_sides_and_both_texts_hold(one: Boundary) -> None:
    spread = of_days(one.day - DAY, one.day)
    assert told(one, spread) == ("The messages lie on both sides: 1 before it, 1 on or after it.", True)
    assert reads(one, spread) == ([True, True] if one.element else [False, True])


@EACH
@pytest.mark.parametrize("off", [-1, 0])
def test_a_clock_without_a_zone_on_either_of_both_days_leaves_both_texts(one: Boundary, off: int) -> None:
    lie, warns = told(one, spread := of_days(one.day + off * DAY, clock=Clock.DEVICE))
    assert lie.startswith("1 message may be of either side:")
    assert warns
    assert reads(one, spread) == ([True, True] if one.element else [False, True])


@EACH
@pytest.mark.parametrize("off", [-2, 1])
def test_a_clock_without_a_zone_two_days_off_is_on_one_side(one: Boundary, off: int) -> None:
    lie, _ = told(one, of_days(one.day + off * DAY, clock=Clock.DEVICE))
    assert lie == f"Every message that can be placed is {'before' if off < 0 else 'on or after'} it."


@EACH
def test_the_day_begins_at_midnight_of_the_united_kingdom(one: Boundary, tmp_path: Path) -> None:
    """All of these days are of summer time: the last minute before is 22:59 in UTC, on the day before."""
    midnight = datetime(one.day.year, one.day.month, one.day.day, tzinfo=UTC) - timedelta(hours=1)
    before = int(midnight.timestamp()) * MICRO - 1

    def lies(name: str, *sent: Instant) -> str:
        path = tmp_path / name
        messages = [message(number, "beans", sent=each) for number, each in enumerate(sent, 1)]
        Made(events=conversation(messages), data=b"0123456789" * 10).build(path, KEY)
        with open_casefile(path, KEY) as casefile:
            return told(one, spread_in(casefile))[0]

    assert lies("before", known(before)) == "Every message that can be placed is before it."
    assert lies("since", known(before + 1)) == "Every message that can be placed is on or after it."
    assert lies("zoneless", device(before + 1)).startswith("1 message may be of either side:")
