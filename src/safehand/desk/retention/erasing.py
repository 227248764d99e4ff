"""A case is erased: one officer asks, another confirms, and its key is destroyed. A hold beats it.

    asked = ask_erasure(custodian, "SH-7K3M9QXAR", "review", "…")
    confirm_erasure(supervisor, "SH-7K3M9QXAR", "…")       nothing of it opens any more
    refuse_erasure(supervisor, "SH-7K3M9QXAR", "…")        or the custodian takes it back

In one transaction, with its entries: the wrapped key of the case is taken out of the database, the words of officers
under the desk's key are overwritten (words_of_case.py), and what was read of the package goes: its report, its account,
its summary, its traces, its place in the inbox. What stays names nobody: references, SHA-256, instants, officers,
codes, and every custody entry. The files go after it (sweeping.py): until then they are there, and the case's own file
opens no more. Why so is docs/adr/0017.
"""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from safehand.desk.cases.models import FINAL, Case, Package, PackageState
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.copies import forget_copies
from safehand.desk.custody.entry import Details
from safehand.desk.intake.models import Alarm, Arrival, Notice, NoticeState, Trace
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.retention.finding import case_called, refuse_erased, words_of
from safehand.desk.retention.keeping import hold_of
from safehand.desk.retention.models import ErasureAnswered, ErasureAsked
from safehand.desk.retention.table import retention
from safehand.desk.retention.words_of_case import erase_words
from safehand.desk.triage.models import Standing
from safehand.errors import NotAllowed, UsageError

NOTICE: Final = "notice"
"""The kind of an arrival that is one."""

ANOTHER: Final = "Another officer confirms it than who asked."


class OnHold(NotAllowed):
    """A legal hold keeps the case. It says since when, and never why: that stands on the case's page."""

    code = "on_hold"


def ask_erasure(
    officer: Officer, reference: str, basis: str, reason: str, *, clock: Clock = system_clock
) -> ErasureAsked:
    """Ask for it. OnHold where a hold stands; UsageError for a basis that is none, and where it was asked already."""
    words, table = words_of(reason), retention()
    if table.basis_of(basis) is None:
        raise UsageError("There is no such basis.", where=basis)
    with recorded():
        in_turn()
        case = case_called(officer, reference, Ability.RETAIN)
        _check_may_be_erased(case)
        if waiting_for(case) is not None:
            raise UsageError("It was asked for already, and waits for another officer.", where=reference)
        row = ErasureAsked.objects.create(
            case=case, basis=basis, table=table.sha256, reason=words, at=moment(clock()), by=officer
        )
        _record(Verb.ERASURE_ASKED, officer, case, {"basis": basis, "row": row_digest(row)}, clock)
    return row


def refuse_erasure(officer: Officer, reference: str, reason: str, *, clock: Clock = system_clock) -> ErasureAnswered:
    """It is not erased: by who may confirm it, or by who asked for it. UsageError where nothing was asked."""
    words = words_of(reason)
    with recorded():
        in_turn()
        case = case_called(officer, reference, Ability.SEE_RETENTION)
        asked = _waiting(case)
        if asked.by != officer:
            check_may(officer, Ability.CONFIRM_ERASURE)
        row = ErasureAnswered.objects.create(asked=asked, confirmed=False, reason=words, at=moment(clock()), by=officer)
        _record(Verb.ERASURE_REFUSED, officer, case, {"row": row_digest(row)}, clock)
    return row


def confirm_erasure(officer: Officer, reference: str, reason: str, *, clock: Clock = system_clock) -> ErasureAnswered:
    """Erase it. NotAllowed for who asked for it; OnHold where a hold was put on it meanwhile."""
    words = words_of(reason)
    with recorded():
        in_turn()
        case = case_called(officer, reference, Ability.CONFIRM_ERASURE)
        asked = _waiting(case)
        if asked.by == officer:
            raise NotAllowed(ANOTHER, where=reference, todo="Let a colleague who may confirm it look at it.")
        _check_may_be_erased(case)
        erased = erase_words(case, officer.actor, clock)
        _take_away(case, officer, clock)
        row = ErasureAnswered.objects.create(asked=asked, confirmed=True, reason=words, at=moment(clock()), by=officer)
        said: Details = {
            "basis": asked.basis,
            "package": case.package.sha256,
            "words": erased,
            "row": row_digest(row),
        }
        _record(Verb.CASE_ERASED, officer, case, said, clock)
    return row


def waiting_for(case: Case) -> ErasureAsked | None:
    """What was asked for and not answered yet."""
    return case.erasures_asked.filter(answer=None).select_related("by").first()


def arrivals_of(case: Case) -> list[Arrival]:
    """What came of it by the public node: its package, and the urgent notices that are of no other case."""
    of_it = Q(case=case) | Q(kind=NOTICE, followed_by__case=case)
    tied = list(Arrival.objects.filter(of_it).distinct())
    others = Arrival.objects.filter(follows__in=tied, case__erased_at=None).exclude(case=case)
    shared = set(others.exclude(case=None).values_list("follows", flat=True))
    return [each for each in tied if each.case_id == case.pk or each.pk not in shared]


def _take_away(case: Case, officer: Officer, clock: Clock) -> None:
    """The key, and everything that was made of the package."""
    at = moment(clock())
    tied = arrivals_of(case)
    arrivals = [each.pk for each in tied]
    Arrival.objects.filter(pk__in=arrivals).update(erased_at=at)
    for each in tied:
        if each.kind == NOTICE:
            record(
                Verb.NOTICE_ERASED,
                actor=officer.actor,
                case=case.reference,
                record=f"notice:{each.sha256}",
                clock=clock,
            )
    Notice.objects.filter(pk__in=arrivals).exclude(state=NoticeState.CLOSED).update(
        state=NoticeState.CLOSED, closed_at=at
    )
    Trace.objects.filter(case=case).delete()
    Standing.objects.filter(case=case).delete()
    Package.objects.filter(case=case).update(
        state=PackageState.ERASED, report={}, account=[], summary={}, done=0, why="", attempt=""
    )
    Case.objects.filter(pk=case.pk).update(wrapped_key=b"", erased_at=at)
    case.refresh_from_db()
    for sha256 in {case.package.sha256, *(each.sha256 for each in tied)}:
        if not Arrival.objects.filter(sha256=sha256, erased_at=None).exists():
            forget_copies(sha256)  # or that it is gone would be an alarm


def _check_may_be_erased(case: Case) -> None:
    refuse_erased(case)
    hold = hold_of(case)
    if hold is not None:
        since = f"{hold.at:%Y-%m-%d}"
        raise OnHold(
            f"A legal hold stands on this case since {since}.", where=case.reference, todo="Its page says why."
        )
    if case.package.state not in FINAL:
        raise UsageError("Its package is still being read.", where=case.reference, todo="Wait until it is.")
    if Alarm.objects.filter(case=case, known_at=None).exists():
        raise UsageError("An alarm of this case is not answered.", where=case.reference, todo="Answer it first.")


def _waiting(case: Case) -> ErasureAsked:
    asked = waiting_for(case)
    if asked is None:
        raise UsageError("Nobody asked that this case be erased, or it was answered.", where=case.reference)
    return asked


def _record(verb: Verb, officer: Officer, case: Case, details: Details, clock: Clock) -> None:
    record(verb, actor=officer.actor, case=case.reference, record="case", details=details, clock=clock)
