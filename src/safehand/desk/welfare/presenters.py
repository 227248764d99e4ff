"""Time in hard material, in words: the officer's own, and everybody's for the welfare lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from safehand.desk.core import say
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.officers.holding import officers_who_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.welfare.actions import TimeOf
from safehand.desk.welfare.stretches import BREAK, GAP, KEPT, LAST, Stretch, by_day, counted, total


@dataclass(frozen=True, slots=True)
class Formula:
    """How time is reckoned, said wherever it is shown."""

    gap: str
    last: str
    pause: str
    kept: str
    after: str
    """After how long a break is offered."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of one officer."""

    day: str
    time: str
    stretches: int
    longest: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The officer's own. ``leads`` are who sees the same."""

    today: str
    week: str
    days: tuple[DayRow, ...]
    leads: tuple[str, ...]
    formula: Formula


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One officer, for the welfare lead."""

    reference: str
    display_name: str
    today: str
    week: str
    four_weeks: str
    longest: str


@dataclass(frozen=True, slots=True)
class EverybodyPage:
    """Everybody who reads, by reference."""

    officers: tuple[OfficerRow, ...]
    formula: Formula


@dataclass(frozen=True, slots=True)
class BreakBar:
    """How long it has been."""

    time: str


def own_page(own: TimeOf, clock: Clock = system_clock) -> OwnPage:
    """Present an officer's own time to them."""
    now = moment(clock())
    leads = tuple(f"{each.reference}, {each.display_name}" for each in officers_who_may(Ability.SEE_WELFARE))
    return OwnPage(
        today=_words(_since(own.stretches, _midnight(now))),
        week=_words(_since(own.stretches, _midnight(now) - timedelta(days=6))),
        days=tuple(
            DayRow(say.weekday(day.day), _words(day.time), day.stretches, _words(day.longest))
            for day in by_day(own.stretches)
        ),
        leads=leads,
        formula=formula(),
    )


def everybody_page(everybody: Sequence[TimeOf], clock: Clock = system_clock) -> EverybodyPage:
    """Present everybody's to the welfare lead. In no order but that of references: it is no table of who bears most."""
    now = moment(clock())
    return EverybodyPage(tuple(_row(each, now) for each in everybody), formula())


def break_bar(run: timedelta) -> BreakBar:
    """Present it."""
    return BreakBar(_words(run))


def formula() -> Formula:
    """The numbers of stretches.py, in words."""
    after: timedelta = settings.BREAK_AFTER
    return Formula(_words(GAP), _words(LAST), _words(BREAK), f"{KEPT.days // 7} weeks", _words(after))


def _row(each: TimeOf, now: datetime) -> OfficerRow:
    midnight = _midnight(now)
    month = [one for one in each.stretches if one.began >= midnight - timedelta(days=27)]
    return OfficerRow(
        each.officer.reference,
        _name(each.officer),
        _words(_since(each.stretches, midnight)),
        _words(_since(each.stretches, midnight - timedelta(days=6))),
        _words(total(month)),
        _words(max(map(counted, month), default=timedelta())),
    )


def _name(officer: Officer) -> str:
    return officer.display_name if officer.is_active else f"{officer.display_name}, has left"


def _midnight(now: datetime) -> datetime:
    return now.astimezone(say.LONDON).replace(hour=0, minute=0, second=0, microsecond=0)


def _since(stretches: Sequence[Stretch], since: datetime) -> timedelta:
    return total(one for one in stretches if one.began >= since)


def _words(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    return say.stretch(minutes * 60) if minutes else "none"
