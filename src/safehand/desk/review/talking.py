"""Showing when they talked: sums of one conversation, for its pictures. The entry is on the disk before the page is.

    shown = show_talked(officer, case, 1)

No message is opened for it, and nothing is concluded from it.
"""

from __future__ import annotations

from django.http import Http404

from safehand.casefile import talked
from safehand.casefile.read import CaseFile
from safehand.casefile.talked import Reading, Unit
from safehand.casefile.views import CaseConversation
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import check_on_it, enter
from safehand.desk.review.pictures.scale import unit_for
from safehand.desk.review.shown import Talked


def show_talked(
    officer: Officer,
    case: Case,
    conversation: int,
    reading: Reading = Reading.FIRST,
    *,
    clock: Clock = system_clock,
) -> Talked:
    """The sums of a conversation. ``reading`` is drawn where a day can be read two ways."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        about = casefile.conversation(conversation)
        if about is None:
            raise Http404
        shown = _sums(casefile, case, about, reading)
        details = {"people": shown.spoken.people}
        enter(Verb.PICTURES_SHOWN, officer, case, f"conversation:{conversation}", {**details}, clock)
    return shown


def _sums(casefile: CaseFile, case: Case, about: CaseConversation, reading: Reading) -> Talked:
    number = about.number
    span = talked.span_of(casefile, number, reading)
    unit = unit_for(*span) if span is not None else Unit.DAY
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
    )
