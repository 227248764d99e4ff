"""Choosing what to look at: an officer's own act, with a reason, never changed, only followed when it is taken back.

    choose(officer, case, "meeting", attempt=True, reason="…")
    take_back(officer, case, chosen, "…")

Nothing is chosen by a rule, and nothing beforehand. What was entered for an offence stays when it is taken back, and is
there again when it is chosen again. Entries of the log hold the SHA-256 of the sealed reason.
"""

from __future__ import annotations

from typing import Final

from django.http import Http404

from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.cases.sealed_words import seal_words
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.points.library import offence_of
from safehand.desk.points.models import Chosen
from safehand.desk.points.offence import Offence
from safehand.desk.points.spread import is_outside, spread_in
from safehand.desk.review.asking import enter
from safehand.desk.review.citing import check_may_cite
from safehand.errors import UsageError
from safehand.model.digest import sha256_of

LONGEST: Final = 2_000
"""Characters of a reason: as many as of a citation's note."""


class OutsideItsTime(UsageError):
    """Every dated message is from a time in which the offence was not in force. It may be chosen all the same."""

    code = "outside_its_time"


def choose(
    officer: Officer,
    case: Case,
    code: str,
    *,
    attempt: bool,
    reason: str,
    outside: bool = False,
    clock: Clock = system_clock,
) -> Chosen:
    """Look at an offence from now on. ``outside`` says that the officer knows that no dated message is of its time.

    UsageError for an offence that is not in the library, an attempt that is not offered, one that is chosen already, or
    no reason; OutsideItsTime where it needs ``outside``.
    """
    check_may_cite(officer, case)
    offence = _offered(code, attempt=attempt)
    check_reason(reason)
    with open_case_file(case) as casefile:
        beyond = is_outside(offence, spread_in(casefile))
    if beyond and not outside:
        raise OutsideItsTime("Every dated message is from a time in which it was not in force.")
    with recorded():
        in_turn()
        if Chosen.objects.standing().filter(case=case, offence=code, attempt=attempt).exists():
            raise UsageError("It is looked at already.", todo="Add to what stands there.")
        row = Chosen(case=case, offence=code, attempt=attempt, outside=beyond)
        _keep(row, officer, offence, reason, Verb.OFFENCE_CHOSEN, clock)
    return row


def take_back(officer: Officer, case: Case, chosen: int, reason: str, *, clock: Clock = system_clock) -> Chosen:
    """Look at it no more. Http404 where that choice does not stand; UsageError without a reason."""
    check_may_cite(officer, case)
    check_reason(reason)
    with recorded():
        in_turn()
        followed = Chosen.objects.standing().filter(case=case, pk=chosen).first()
        offence = offence_of(followed.offence) if followed is not None else None
        if followed is None or offence is None:
            raise Http404
        row = Chosen(case=case, offence=followed.offence, attempt=followed.attempt, follows=followed, taken_back=True)
        _keep(row, officer, offence, reason, Verb.OFFENCE_TAKEN_BACK, clock)
    return row


def check_reason(reason: str) -> None:
    """UsageError for one that says nothing, or too much."""
    if not reason.strip():
        raise UsageError("Say why.", todo="Whoever reads it later asks for the reason first.")
    if len(reason) > LONGEST:
        raise UsageError(f"A reason has at most {LONGEST:,} characters.")


def _offered(code: str, *, attempt: bool) -> Offence:
    offence = offence_of(code)
    if offence is None:
        raise UsageError("The library has no such offence.")
    if attempt and not offence.attempt.offered:
        raise UsageError("The library offers no attempt at it.", todo=offence.attempt.line.words)
    return offence


def _keep(row: Chosen, officer: Officer, offence: Offence, reason: str, verb: Verb, clock: Clock) -> None:
    row.library, row.by, row.at = offence.sha256, officer, moment(clock())
    row.sealed_reason = seal_words(row.case, reason.strip())
    row.save()
    details: Details = {
        "choice": row.pk,
        "offence": row.offence,
        "attempt": row.attempt,
        "outside": row.outside,
        "library": row.library,
        "reason": sha256_of(bytes(row.sealed_reason)),
        "row": row_digest(row),
    }
    if row.follows is not None:
        details["follows"] = row.follows.pk
    enter(verb, officer, row.case, "case", details, clock)
