"""Showing when they talked: sums of one conversation, for its pictures. The entry is on the disk before the page is.

    shown = show_talked(officer, case, 1)
    shown = show_talked(officer, case, 1, begin=date(2026, 1, 4))      its cadence from that day on

No message is opened for it, and nothing is concluded from it.
"""

from __future__ import annotations

from datetime import date

from django.http import Http404

from safehand.casefile import talked
from safehand.casefile.candidates import firsts, has_word_list, looked_at_of
from safehand.casefile.read import CaseFile
from safehand.casefile.talked import Reading, Unit
from safehand.casefile.views import CaseConversation
from safehand.casefile.whole import gap_numbers
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import check_on_it, enter
from safehand.desk.review.models import Citation
from safehand.desk.review.pictures.cadence import window_from
from safehand.desk.review.pictures.scale import unit_for
from safehand.desk.review.shown import FirstOf, Talked
from safehand.desk.review.tags import TAGS


def show_talked(
    officer: Officer,
    case: Case,
    conversation: int,
    reading: Reading = Reading.FIRST,
    begin: date | None = None,
    *,
    clock: Clock = system_clock,
) -> Talked:
    """The sums of a conversation. ``reading`` is drawn where a day can be read two ways; ``begin`` is the
    first day of the cadence, or the nearest that there is.
    """
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        about = casefile.conversation(conversation)
        if about is None:
            raise Http404
        shown = _sums(casefile, case, about, reading, begin)
        details = {"people": shown.spoken.people}
        enter(Verb.PICTURES_SHOWN, officer, case, f"conversation:{conversation}", {**details}, clock)
    return shown


def _sums(casefile: CaseFile, case: Case, about: CaseConversation, reading: Reading, begin: date | None) -> Talked:
    number = about.number
    span = talked.span_of(casefile, number, reading)
    unit = unit_for(*span) if span is not None else Unit.DAY
    window = window_from(*span, begin) if span is not None else None
    looked = looked_at_of(casefile, number) is not None
    mentioned = _firsts(casefile, case, number, looked=looked)
    numbers = (at for one in mentioned for at in (*(each for _, _, each in one.tagged), *one.offered.values()))
    return Talked(
        case=case,
        conversation=about,
        reading=reading,
        spoken=talked.spoken(casefile, number),
        letters=talked.letters_of(casefile, number),
        span=span,
        unit=unit,
        hours=talked.by_hour(casefile, number, reading),
        days=talked.by_day(casefile, number, unit, reading),
        starts=talked.starts(casefile, number, unit),
        turns=talked.turns(casefile, number),
        silences=talked.silences(casefile, number),
        window=window,
        tens=talked.tens(casefile, number, *window, reading) if window is not None else (),
        looked=looked,
        has_words=has_word_list(casefile),
        firsts=mentioned,
        whens=talked.when(casefile, number, frozenset(numbers)),
        gap_days=tuple(sorted(talked.days_of(casefile, number, gap_numbers(casefile, number)))),
        others=casefile.conversation(2 if number == 1 else 1) is not None,
    )


def _firsts(casefile: CaseFile, case: Case, conversation: int, *, looked: bool) -> tuple[FirstOf, ...]:
    """Of each tag the first of each account and each way that people tagged, and what rules offer."""
    tagged: dict[str, dict[tuple[str, str], int]] = {}
    standing = Citation.objects.standing().filter(case=case, conversation=conversation).order_by("number")
    for code, letter, points, number in standing.values_list("tag", "letter", "points", "number"):
        tagged.setdefault(code, {}).setdefault((letter, points), number)
    return tuple(
        FirstOf(
            tag,
            tuple((*who, number) for who, number in tagged.get(tag.code, {}).items()),
            firsts(casefile, conversation, tag.kinds) if looked else {},
        )
        for tag in TAGS
    )
