"""Showing all conversations of a case on one line of time.

    line = read_timeline(officer, case, Asked(turn=Turn.ABOUT, at=(2, 41)))     the page message 41 of 2 stands on
    line = read_timeline(officer, case, Asked(Clock.DEVICE, day=date(2026, 3, 4)))

The entry is on the disk before the page exists. It holds which messages were shown: of each conversation the stretches
of numbers, since what stands between two of them on this page may be another conversation's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import Http404

from safehand.casefile.activity_case import activity_of_line
from safehand.casefile.clock import Clock as Told
from safehand.casefile.clock import date_of, day_of
from safehand.casefile.indicators import StoredIndicator, indicators_between
from safehand.casefile.read import CaseFile
from safehand.casefile.schema import place
from safehand.casefile.talked import when
from safehand.casefile.timeline import LINES, TimePage, Turn, clock_counts, timeline, timeline_from_day
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import check_on_it, enter
from safehand.desk.review.covering import cover
from safehand.desk.review.models import Citation
from safehand.desk.review.shown import TimeLine
from safehand.desk.review.sorts import USUAL, kinds_of
from safehand.desk.review.stretches import entered, stretches
from safehand.desk.welfare.hard import hard_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a line (None for the first that has messages), and where on it."""

    line: Told | None = None
    turn: Turn = Turn.FROM
    at: tuple[int, int] | None = None
    """A conversation and the number of a message in it."""
    day: date | None = None


def read_timeline(officer: Officer, case: Case, asked: Asked, *, clock: Clock = system_clock) -> TimeLine:
    """A page of the time line. Http404 for a message that is not there, or that no page of this line can begin with."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        counts = clock_counts(casefile)
        lines = [asked.line] if asked.line is not None else _lines(casefile, asked.at)
        line = next((one for one in lines if any(count.clock is one for count in counts)), LINES[0])
        page = _page(casefile, line, asked)
        missing = page is None
        if page is None:
            page = timeline(casefile, line)
            assert page is not None  # noqa: S101  the first page there always is
        places = [(one.conversation, one.line.number) for one in page.messages]
        shown = stretches(places)
        found = _found(casefile, shown)
        details: Details = {"clock": _CODES[line], **entered(shown)}
        enter(Verb.TIMELINE_SHOWN, officer, case, "case", details, clock)
        covered = cover(officer, _hard(found), clock)
        cited = _all_cited(case)
        return TimeLine(
            case=case,
            page=page,
            counts=counts,
            pointed=_pointed(found),
            cited=frozenset(cited).intersection(places),
            covered=covered,
            asked=asked.at,
            missing=missing,
            activity=activity_of_line(casefile, line),
            cited_days=_cited_days(casefile, line, cited),
        )


_CODES = {Told.UK: "uk", Told.DEVICE: "device"}


def _lines(casefile: CaseFile, at: tuple[int, int] | None) -> list[Told]:
    if at is None:
        return list(LINES)
    line = casefile.message(*at)
    if line is None:
        raise Http404
    return [line.clock] if line.clock in LINES else list(LINES)


def _page(casefile: CaseFile, line: Told, asked: Asked) -> TimePage | None:
    if asked.day is not None:
        return timeline_from_day(casefile, line, asked.day)
    if asked.at is None:
        return timeline(casefile, line)
    if casefile.message(*asked.at) is None:
        raise Http404
    page = timeline(casefile, line, asked.turn, place(*asked.at))
    if page is None and asked.turn is not Turn.ABOUT:
        raise Http404
    return page


def _found(casefile: CaseFile, shown: Sequence[tuple[int, int, int]]) -> dict[int, list[StoredIndicator]]:
    """What points at the messages of some stretches, by conversation."""
    found: defaultdict[int, list[StoredIndicator]] = defaultdict(list)
    for conversation, first, last in shown:
        found[conversation] += indicators_between(casefile, conversation, first, last)
    return found


def _hard(found: Mapping[int, list[StoredIndicator]]) -> dict[tuple[int, int], str]:
    return {
        (conversation, number): word for conversation, here in found.items() for number, word in hard_of(here).items()
    }


def _pointed(found: Mapping[int, list[StoredIndicator]]) -> dict[tuple[int, int], tuple[StoredIndicator, ...]]:
    kinds = kinds_of(USUAL)
    pointed: dict[tuple[int, int], tuple[StoredIndicator, ...]] = {}
    for conversation, here in found.items():
        for one in here:
            if one.indicator.kind in kinds.get(one.indicator.rule, ()):
                where = conversation, one.number
                pointed[where] = (*pointed.get(where, ()), one)
    return pointed


def _all_cited(case: Case) -> list[tuple[int, int]]:
    found = Citation.objects.standing().filter(case=case).order_by("conversation", "number")
    return list(dict.fromkeys(found.values_list("conversation", "number")))


def _cited_days(casefile: CaseFile, line: Told, cited: Sequence[tuple[int, int]]) -> tuple[tuple[int, date], ...]:
    """Of what is cited and stands on this line, the days."""
    days: list[int] = []
    for conversation, here in groupby(cited, key=lambda one: one[0]):
        whens = when(casefile, conversation, frozenset(number for _, number in here))
        days += [day_of(one.at) for one in whens.values() if one.clock is line and one.at is not None]
    return tuple((day, date_of(day)) for day in days)
