"""Which day a clock time is on, and which part of the day: what is said, put together.

    sat at 2 and sun at 3             2 is on Saturday, 3 on Sunday
    training's moved to 6.15 on thurs 6.15 is on Thursday
    what time sat? 10?                10 is on Saturday
    meet at 5. tomorrow i'm away      5 has no day

A time belongs to the day that stands right beside it; else to the last day before it; else to a day later in its
sentence.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from safehand.analysis.meeting_time.said import Kind, Said
from safehand.analysis.meeting_time.sentence import Sentence
from safehand.analysis.meeting_time.sorts import any_of

_LINKS: Final = any_of("at on in for by from about around_word comma the this of dash til before after is_ say")
_PART_LINKS: Final = any_of("at on in for comma the this of and_ good coming")
_CLOCK_LINKS: Final = any_of("at on in for the about around_word by is_ comma")
_STOPS: Final = any_of("stop question")
_NEAR: Final = 3
"""So many words may stand between "7pm" and "tonight" when one time is meant."""

_FAR: Final = 4
"""So many small words may stand between a time and a day right beside it."""


class Joined(NamedTuple):
    """One thing that was meant: a clock time on a day, a part of a day, a moment. Any of them may be missing."""

    day: Said | None = None
    part: Said | None = None
    clock: Said | None = None
    moment: Said | None = None


def joined(sentence: Sentence, found: list[Said]) -> list[Joined]:
    """What is said, put together. A part that counts beside a day alone, and stands beside none, is left out."""
    if len(found) == 1:
        return _alone(found[0])
    days, clocks, parts, moments = (
        [said for said in found if said.kind is kind] for kind in (Kind.DAY, Kind.CLOCK, Kind.PART, Kind.MOMENT)
    )
    part_of_day, part_of_clock = _parts(sentence, parts, days, clocks)
    reaching = [_reach(day, part_of_day.get(day.first)) for day in days]
    day_of_clock = _days(sentence, clocks, reaching)
    together: list[Joined] = [Joined(moment=moment) for moment in moments]
    narrowed = set(day_of_clock.values())
    near = {place for clock, place in day_of_clock.items() if _apart(clock, days[place]) <= _NEAR}
    beside = {place for clock, place in day_of_clock.items() if _beside(sentence, clock, reaching[place])}
    for clock in clocks:
        at = day_of_clock.get(clock)
        day = None if at is None else days[at]
        part = part_of_clock.get(clock) or (None if day is None else part_of_day.get(day.first))
        together.append(Joined(day, part, clock))
    for place, day in enumerate(days):
        part = part_of_day.get(day.first)
        told_by_clock = place in (beside if part is not None else near if day.part is not None else narrowed)
        if not told_by_clock:
            together.append(Joined(day, part))
    used = {part.first for part in (*part_of_day.values(), *part_of_clock.values())}
    together += [Joined(part=part) for part in parts if part.first not in used and not part.weak]
    return together


def _alone(said: Said) -> list[Joined]:
    match said.kind:
        case Kind.DAY:
            return [Joined(day=said)]
        case Kind.CLOCK:
            return [Joined(clock=said)]
        case Kind.MOMENT:
            return [Joined(moment=said)]
        case Kind.PART:
            return [] if said.weak else [Joined(part=said)]


def _parts(
    sentence: Sentence, parts: list[Said], days: list[Said], clocks: list[Said]
) -> tuple[dict[int, Said], dict[Said, Said]]:
    """Which part narrows which day (by where the day stands), and which clock time."""
    of_day: dict[int, Said] = {}
    of_clock: dict[Said, Said] = {}
    for part in parts:
        day = _nearest(sentence, part, days, _PART_LINKS)
        if day is not None and day.first not in of_day:
            of_day[day.first] = part
        clock = _nearest(sentence, part, clocks, _CLOCK_LINKS)
        if clock is not None:
            of_clock[clock] = part
    return of_day, of_clock


def _nearest(sentence: Sentence, one: Said, others: list[Said], links: frozenset[str]) -> Said | None:
    """The other that stands right before it or, if none does, right behind it."""
    right_before = next(
        (o for o in _around(others, one) if o.end <= one.first and _linked(sentence, o.end, one.first, links)), None
    )
    if right_before is not None:
        return right_before
    return next(
        (o for o in _around(others, one) if one.end <= o.first and _linked(sentence, one.end, o.first, links)), None
    )


def _around(others: list[Said], one: Said) -> list[Said]:
    """The last before it and the first behind it: nothing else can be right beside it."""
    place = _count_before(others, one.first)
    return others[max(0, place - 1) : place + 1]


def _count_before(others: list[Said], first: int) -> int:
    low, high = 0, len(others)
    while low < high:
        middle = (low + high) // 2
        if others[middle].first < first:
            low = middle + 1
        else:
            high = middle
    return low


def _linked(sentence: Sentence, end: int, first: int, links: frozenset[str]) -> bool:
    return first - end <= _FAR and all(letter in links for letter in sentence.letters[end:first])


def _beside(sentence: Sentence, clock: Said, day: Said) -> bool:
    """Whether they touch, but for small words. A day reaches as far as the part that belongs to it."""
    first, second = sorted((clock, day), key=lambda said: said.first)
    return _linked(sentence, first.end, second.first, _LINKS | _PART_LINKS)


def _reach(day: Said, part: Said | None) -> Said:
    """The day with the words of its part."""
    return day if part is None else day._replace(first=min(day.first, part.first), end=max(day.end, part.end))


def _apart(one: Said, other: Said) -> int:
    """How many words stand between."""
    return max(one.first, other.first) - min(one.end, other.end)


def _days(sentence: Sentence, clocks: list[Said], days: list[Said]) -> dict[Said, int]:
    """Which of the days each clock time is on, for those that have one."""
    if not days:
        return {}
    places = {day: place for place, day in enumerate(days)}
    found: dict[Said, int] = {}
    for clock in clocks:
        day = _nearest(sentence, clock, days, _LINKS) or _last_before(clock, days) or _later(sentence, clock, days)
        if day is not None:
            found[clock] = places[day]
    return found


def _last_before(clock: Said, days: list[Said]) -> Said | None:
    place = _count_before(days, clock.first)
    return days[place - 1] if place else None


def _later(sentence: Sentence, clock: Said, days: list[Said]) -> Said | None:
    """The first day behind it in the same sentence."""
    place = _count_before(days, clock.first)
    if place == len(days):
        return None
    between = sentence.letters[clock.end : days[place].first]
    return None if any(stop in between for stop in _STOPS) else days[place]
