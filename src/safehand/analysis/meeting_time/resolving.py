"""From what was meant to stretches of the message's own clock.

    Joined(day=friday, clock=half 5)   →   Friday 05:30 and Friday 17:30
    Joined(clock=half 5)               →   the next 05:30 and the next 17:30

A stretch is in minutes (ordinal * 1440 + minutes after midnight), the end not included; a moment begins and ends at
once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from safehand.analysis.meeting_time.joining import Joined
from safehand.analysis.meeting_time.part_rules import days_of_part
from safehand.analysis.meeting_time.parts import PARTS, Half, hour_in
from safehand.analysis.meeting_time.said import DAY_MINUTES, Clock, Days, Now, Said
from safehand.analysis.meeting_time.times import TimeDoubt

_HALF_DAY: Final = 720
_WEEK: Final = 7


class Stretch(NamedTuple):
    """Where on the clock of the message, with what was assumed."""

    first: int
    end: int
    doubts: tuple[TimeDoubt, ...] = ()


class _OnDay(NamedTuple):
    """A clock time without a day: minutes after midnight; a stretch may run past it."""

    first: int
    end: int
    doubts: tuple[TimeDoubt, ...]


def resolved(meant: Joined, now: Now, *, looks_past: bool) -> list[Stretch]:
    """Every reading of it."""
    if meant.moment is not None and meant.moment.moments is not None:
        first, end = meant.moment.moments
        return [Stretch(first, end + (DAY_MINUTES if now.whole_day else 0), (TimeDoubt.ABOUT,) * (first != end))]
    if meant.clock is None:
        return _marked(list(_days_and_parts(meant, now)), meant, now, looks_past=looks_past)
    times = [time for clock in meant.clock.clocks for time in _halves(clock, _half_of(meant))]
    if meant.day is None and any(clock.past_the_hour for clock in meant.clock.clocks):
        return [_past_the_hour(meant.clock.clocks[0], now)]
    if meant.day is None:
        found = [_next_coming(time, now) for time in times]
    else:
        days = _each_day(meant.day.days)
        found = [_on(day, time) for day in days for time in times]
    return _marked(found, meant, now, looks_past=looks_past)


def _days_and_parts(meant: Joined, now: Now) -> Iterator[Stretch]:
    name = meant.part.part if meant.part is not None else meant.day.part if meant.day is not None else None
    days = meant.day.days if meant.day is not None else days_of_part(name or "morning", now)
    for found in days:
        if name is None:
            yield Stretch(found.first * DAY_MINUTES, (found.last + 1) * DAY_MINUTES, found.doubts)
            continue
        names = ("dinner", "lunch") if _dinner_time(meant) else (name,)
        for one in names:
            about = (*found.doubts, TimeDoubt.ABOUT)
            if meant.day is None and one != name:
                yield from _noon_dinner(now, about)
                continue
            yield Stretch(
                found.first * DAY_MINUTES + PARTS[one].first, found.last * DAY_MINUTES + PARTS[one].end, about
            )


def _noon_dinner(now: Now, doubts: tuple[TimeDoubt, ...]) -> Iterator[Stretch]:
    for found in days_of_part("lunch", now):
        yield Stretch(
            found.first * DAY_MINUTES + PARTS["lunch"].first, found.last * DAY_MINUTES + PARTS["lunch"].end, doubts
        )


def _dinner_time(meant: Joined) -> bool:
    """Dinner is at noon too, in half of the country."""
    return meant.part is not None and meant.part.part == "dinner"


def _half_of(meant: Joined) -> Half | None:
    """The half of the day that the words beside a clock time say."""
    name = meant.part.part if meant.part is not None else meant.day.part if meant.day is not None else None
    return PARTS[name].half if name is not None else None


def _halves(clock: Clock, half: Half | None) -> list[_OnDay]:
    """The times a clock time can be: one where it is exact or its half is known, else both."""
    about = (TimeDoubt.ABOUT,) if clock.about else ()
    if clock.exact:
        return [_with_end(clock, clock.minute, about)]
    if half is not None:
        hour, minutes = divmod(clock.minute, 60)
        return [_with_end(clock, hour_in(half, hour or 12) * 60 + minutes, about)]
    # "12" is noon and the midnight after it.
    first = clock.minute + (_HALF_DAY if clock.minute < 60 else 0)
    return [_with_end(clock, minute, (*about, TimeDoubt.HALF_OF_DAY)) for minute in (first, first + _HALF_DAY)]


def _with_end(clock: Clock, minute: int, doubts: tuple[TimeDoubt, ...]) -> _OnDay:
    end = minute if clock.end is None else clock.end
    step = DAY_MINUTES if clock.end_exact else _HALF_DAY
    while clock.end is not None and end <= minute:
        end += step
    return _OnDay(minute, end, doubts)


def _next_coming(time: _OnDay, now: Now) -> Stretch:
    if now.whole_day:
        return _on(Days(now.day, now.day), time)
    first = now.day * DAY_MINUTES + time.first % DAY_MINUTES
    if first < now.moment:
        first += DAY_MINUTES
    return Stretch(first, first + time.end - time.first, (*time.doubts, TimeDoubt.NEXT_COMING))


def _past_the_hour(clock: Clock, now: Now) -> Stretch:
    first = now.moment + (clock.minute - now.minute) % 60
    return Stretch(first, first, (TimeDoubt.NEXT_COMING,))


def _each_day(days: tuple[Days, ...]) -> Iterator[Days]:
    """A clock time on a weekend is on each of its days; on anything longer it is on no day that is known."""
    for found in days:
        if found.last - found.first > 1:
            yield found
        else:
            for day in range(found.first, found.last + 1):
                yield Days(day, day, found.doubts)


def _on(days: Days, time: _OnDay) -> Stretch:
    if days.first != days.last:
        return Stretch(days.first * DAY_MINUTES, (days.last + 1) * DAY_MINUTES, days.doubts)
    first = days.first * DAY_MINUTES + time.first
    return Stretch(first, first + time.end - time.first, (*days.doubts, *time.doubts))


def _marked(found: list[Stretch], meant: Joined, now: Now, *, looks_past: bool) -> list[Stretch]:
    """The same; where the words look past, marked, with the last time it was."""
    if not looks_past:
        return found
    said = meant.day or meant.clock
    step = _step(meant.day) if said is not None and said.movable else None
    marked = [stretch._replace(doubts=(*stretch.doubts, TimeDoubt.LOOKS_PAST)) for stretch in found]
    if step is None:
        return marked
    earlier = [stretch._replace(first=stretch.first - step, end=stretch.end - step) for stretch in marked]
    return marked + [stretch for stretch in earlier if stretch.first <= now.moment and stretch not in marked]


def _step(day: Said | None) -> int | None:
    """How long before the next one the last one was; None where that is not always the same."""
    if day is None:
        return DAY_MINUTES
    return _WEEK * DAY_MINUTES if day.rule in {"day.weekday", "day.weekend"} else None
