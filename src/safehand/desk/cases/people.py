"""Who is on a case: a colleague is put on it and taken off it, by its owner or by a supervisor, with a reason.

    put_on(alice, "SH-7K3M9QXAR", bob, "He knows the allotment.")      Bob finds it in his inbox from now on
    take_off(alice, "SH-7K3M9QXAR", bob, "He moved to another unit.")  and no longer
    show_people(alice, "SH-7K3M9QXAR")                                 who is, who was, and what this officer may do

The owner is who has been on it longest of those who are on it now: who handed it in or took it, then who came next.
Nobody keeps that anywhere, so a case that anybody is on has an owner. Whoever is on a case may leave it, and the last
one may not: a colleague is put on it first. None is lost for want of an officer.

Need to know: who is put on a case holds a role that reads. No list of cases is made here, for anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import Http404

from safehand.desk.cases.models import Case, CaseOfficer, LeftCase
from safehand.desk.cases.sealed_words import open_words, seal_words
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.holding import check_may, may, officers_who_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.errors import NotAllowed, UsageError
from safehand.model.digest import sha256_of

LONGEST: Final = 500
"""Characters of a reason: some sentences."""


@dataclass(frozen=True, slots=True)
class Ended:
    """When, by whom (nobody: from the shell), and why."""

    at: datetime
    by: Officer | None
    reason: str


@dataclass(frozen=True, slots=True)
class OnIt:
    """One officer who is on the case, or was. ``reason`` is empty where none was asked for: they took it themselves."""

    row: CaseOfficer | LeftCase
    reason: str
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of one case. ``colleagues`` may be put on it: told to who ``decides``, and to nobody else."""

    case: Case
    owner: Officer | None
    on_it: tuple[OnIt, ...]
    left: tuple[OnIt, ...]
    decides: bool
    colleagues: tuple[Officer, ...]
    may_be_taken_off: tuple[Officer, ...]


def put_on(
    by: Officer,
    reference: str,
    colleague: Officer,
    reason: str,
    *,
    supervising: bool = False,
    clock: Clock = system_clock,
) -> bool:
    """Let ``colleague`` see the case from now on. False when they could already.

    ``supervising``: by a supervisor, who need not be on it.

    Http404 for who may not see it, NotAllowed for who is neither its owner nor a supervisor, and for a colleague whom
    no role lets read; UsageError without a reason.
    """
    words = _words(reason)
    with recorded():
        in_turn()
        case = _case(by, reference, supervising=supervising)
        _check_decides(by, case)
        if not colleague.is_active or not may(colleague, Ability.READ_MESSAGES):
            raise NotAllowed("No role of theirs lets this officer read a case.", todo="Choose one who reads.")
        if CaseOfficer.objects.filter(case=case, officer=colleague).exists():
            return False
        sealed = seal_words(case, words)
        row = CaseOfficer.objects.create(
            case=case, officer=colleague, since=moment(clock()), added_by=by, sealed_reason=sealed
        )
        _record(Verb.OFFICER_ADDED, by, row, sealed, clock)
    return True


def take_off(
    by: Officer,
    reference: str,
    officer: Officer,
    reason: str,
    *,
    supervising: bool = False,
    clock: Clock = system_clock,
) -> bool:
    """``officer`` is on the case no longer, from their next page on. False when they were not.

    Http404 and UsageError as ``put_on``; NotAllowed for who is neither its owner nor a supervisor nor that officer,
    and where nobody would be left on it.
    """
    words = _words(reason)
    with recorded():
        in_turn()
        case = _case(by, reference, supervising=supervising)
        if by != officer:
            _check_decides(by, case)
        row = CaseOfficer.objects.filter(case=case, officer=officer).first()
        if row is None:
            return False
        if not _others(case, officer):
            raise NotAllowed("Nobody would be left on this case.", todo="Put a colleague on it first.")
        sealed = seal_words(case, words)
        _record(Verb.OFFICER_ENDED, by, _move(row, by, sealed, clock), sealed, clock)
    return True


def leave_all(officer: Officer, *, clock: Clock = system_clock) -> list[str]:
    """From the shell, for an officer who has left: they are on no case any more. The cases that nobody is on now."""
    nobodys = []
    with recorded():
        in_turn()
        for row in CaseOfficer.objects.filter(officer=officer).select_related("case").order_by("pk"):
            left = _move(row, None, b"", clock)
            record(
                Verb.OFFICER_ENDED,
                actor="desk:shell",
                case=row.case.reference,
                record=officer.actor,
                details={"reason": None, "row": row_digest(left)},
                clock=clock,
            )
            if not _others(row.case, officer):
                nobodys.append(row.case.reference)
    return nobodys


def show_people(officer: Officer, reference: str, *, supervising: bool = False, clock: Clock = system_clock) -> People:
    """Who is on the case, for who may read it and for supervisors. Recorded: reasons may speak of people."""
    with recorded():
        case = _case(officer, reference, supervising=supervising, reading=True, clock=clock)
        on_it = tuple(
            CaseOfficer.objects.filter(case=case).select_related("officer", "added_by").order_by("since", "pk")
        )
        left = LeftCase.objects.filter(case=case).select_related("officer", "added_by", "ended_by")
        decides = _decides(officer, case)
        may_go = [row.officer for row in on_it if (decides or row.officer == officer) and _others(case, row.officer)]
        people = People(
            case=case,
            owner=owner_of(case),
            on_it=tuple(OnIt(row, open_words(case, bytes(row.sealed_reason))) for row in on_it),
            left=tuple(_left(case, row) for row in left),
            decides=decides,
            colleagues=_colleagues(on_it) if decides else (),
            may_be_taken_off=tuple(may_go),
        )
        record(
            Verb.PEOPLE_SHOWN,
            actor=officer.actor,
            case=case.reference,
            record="case",
            details={"officers": len(on_it)},
            clock=clock,
        )
    return people


def owner_of(case: Case) -> Officer | None:
    """Who has been on it longest, of those who are on it and may sign in. None where nobody is."""
    first = (
        CaseOfficer.objects.filter(case=case, officer__is_active=True)
        .select_related("officer")
        .order_by("since", "pk")
        .first()
    )
    return first.officer if first is not None else None


def _others(case: Case, officer: Officer) -> bool:
    return CaseOfficer.objects.filter(case=case, officer__is_active=True).exclude(officer=officer).exists()


def _case(
    officer: Officer, reference: str, *, supervising: bool, reading: bool = False, clock: Clock = system_clock
) -> Case:
    """The case, or Http404. A supervisor need not be on it: they see to it that somebody is."""
    check_may(officer, Ability.SUPERVISE if supervising else Ability.SEE_REPORTS)
    if supervising:
        cases = Case.objects.that_stand()
    elif reading:
        cases = Case.objects.readable_by(officer, clock)
    else:
        cases = Case.objects.for_officer(officer)
    case = cases.filter(reference=reference).select_related("package").first()
    if case is None:
        raise Http404
    return case


def _left(case: Case, row: LeftCase) -> OnIt:
    ended = Ended(row.ended_at, row.ended_by, open_words(case, bytes(row.sealed_ending)))
    return OnIt(row, open_words(case, bytes(row.sealed_reason)), ended)


def _decides(officer: Officer, case: Case) -> bool:
    return may(officer, Ability.SUPERVISE) or owner_of(case) == officer


def _check_decides(officer: Officer, case: Case) -> None:
    if not _decides(officer, case):
        raise NotAllowed("Who is on a case is for its owner or a supervisor to say.", todo="Ask one of them.")


def _colleagues(on_it: tuple[CaseOfficer, ...]) -> tuple[Officer, ...]:
    there = {row.officer_id for row in on_it}
    return tuple(each for each in officers_who_may(Ability.READ_MESSAGES) if each.pk not in there)


def _move(row: CaseOfficer, by: Officer | None, sealed: bytes, clock: Clock) -> LeftCase:
    """From those who are on it to those who were. No query for who is on a case can forget to leave these out."""
    left = LeftCase.objects.create(
        case=row.case,
        officer=row.officer,
        since=row.since,
        added_by=row.added_by,
        sealed_reason=row.sealed_reason,
        ended_at=moment(clock()),
        ended_by=by,
        sealed_ending=sealed,
    )
    row.delete()
    return left


def _words(reason: str) -> str:
    words = reason.strip()
    if not words or len(words) > LONGEST:
        raise UsageError(f"It needs a reason, in at most {LONGEST} characters.", todo="Say why in your own words.")
    return words


def _record(verb: Verb, by: Officer, row: CaseOfficer | LeftCase, sealed: bytes, clock: Clock) -> None:
    """The log holds the SHA-256 of the sealed reason: one that is changed is seen, and nobody reads it from there."""
    said: Details = {"reason": sha256_of(sealed), "row": row_digest(row)}
    record(verb, actor=by.actor, case=row.case.reference, record=row.officer.actor, details=said, clock=clock)
