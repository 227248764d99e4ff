"""The custody log of a case, given to a court's expert with all that lets them check it, and without a message.

    given = give(officer, case, "defence", "Dr M. Sand, of Sand & Reed", "Asked for on 27 November")
    given_before(officer, case)                 to whom, and why: an entry, where there is anything to show

The log is signed as it stands first, so that every entry of the case is in it. That it was given out is the next entry,
a disclosure, which holds the SHA-256 of the file: the desk can be asked later whether this is what it gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import Http404

from safehand.desk.cases.models import Case
from safehand.desk.cases.sealed_words import open_each, seal_words
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Purpose, Verb
from safehand.desk.custody.giving import files_of_case, zipped
from safehand.desk.custody.signed_log import sign_log
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.review.asking import enter
from safehand.desk.review.models import ProofGiven, ProofTo
from safehand.errors import NotAllowed, UsageError
from safehand.model.digest import sha256_of
from safehand.signing.keys import load_desk_public

LONGEST: Final = 500
"""Characters of who it is, and of why."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """What is handed to the officer's browser."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class GivenBefore:
    """One that was given, with the officer's words."""

    row: ProofGiven
    who: str
    why: str


def give(officer: Officer, case: Case, to: str, who: str, why: str, *, clock: Clock = system_clock) -> GivenFile:
    """Make the file, and write down whom it is for. UsageError where that is not said.

    EdgeChanged, CannotRead: the log is not as it was written, or its key is gone; nothing is given, and no entry made.
    """
    check_may_give(officer, case)
    if to not in ProofTo.values or not who.strip() or not why.strip() or max(len(who), len(why)) > LONGEST:
        raise UsageError("Say whose expert it is for, who that is and why.", todo=f"At most {LONGEST} characters each.")
    with recorded():
        in_turn()
        signed = sign_log(settings.STATE, clock=clock)
        given = files_of_case(settings.STATE, load_desk_public(settings.STATE.desk_public).unit, case.reference, signed)
        data = zipped(given.files, signed.signed_at)
        row = ProofGiven(
            case=case,
            to=to,
            sealed_who=seal_words(case, who.strip()),
            sealed_why=seal_words(case, why.strip()),
            sha256=sha256_of(data),
            entries=given.entries,
            size=signed.checkpoint.size,
            at=moment(clock()),
            by=officer,
        )
        row.save()
        record(
            Verb.PROOF_GIVEN,
            actor=officer.actor,
            case=case.reference,
            record="log",
            recipient=f"expert:{to}",
            reason=Purpose.CRIMINAL_PROCEEDINGS,
            details={"entries": given.entries, "file": row.sha256, "row": row_digest(row)},
            clock=clock,
        )
    return GivenFile(f"{case.reference}-custody-log.zip", data)


def given_before(officer: Officer, case: Case, *, clock: Clock = system_clock) -> tuple[GivenBefore, ...]:
    """The newest first. To see whom it was given to is an entry; that it was given to nobody is none."""
    check_may_give(officer, case)
    rows = list(ProofGiven.objects.filter(case=case).select_related("by").order_by("-pk"))
    if not rows:
        return ()
    with recorded():
        words = open_each(case, [bytes(sealed) for row in rows for sealed in (row.sealed_who, row.sealed_why)])
        enter(Verb.PROOFS_SHOWN, officer, case, "log", {"proofs": len(rows)}, clock)
    return tuple(GivenBefore(row, *words[at : at + 2]) for row, at in zip(rows, range(0, len(words), 2), strict=True))


def may_give(officer: Officer, case: Case) -> bool:
    """Whether a role lets this officer give it, and they are on the case."""
    try:
        check_may_give(officer, case)
    except (NotAllowed, Http404):
        return False
    return True


def check_may_give(officer: Officer, case: Case) -> None:
    """NotAllowed for whom no role lets; Http404 for one who is not on the case, by broken glass too."""
    check_may(officer, Ability.GIVE_PROOF)
    if not Case.objects.for_officer(officer).filter(pk=case.pk).exists():
        raise Http404
