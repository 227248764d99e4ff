"""The checkpoint of the custody log, for who lodges it elsewhere: what was signed, and having it signed as it stands.

look(auditor)           what the page shows: nothing of any record, so looking is no entry
files(auditor)          the same as files, with the verifier
have_signed(auditor)    an entry, and the last that is signed
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.giving import files_to_lodge, zipped
from safehand.desk.custody.log_key import policy_of
from safehand.desk.custody.models import LogAsking, LogSplitView
from safehand.desk.custody.publishing import not_published
from safehand.desk.custody.signed_log import SignedLog, last_entry, newest, sign_now
from safehand.desk.custody.stamping import StampState, stamp_state
from safehand.desk.custody.witnessing import Witnesses, witness_states
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.review.giving_proof import GivenFile
from safehand.signing.keys import load_desk_public


@dataclass(frozen=True, slots=True)
class Lodging:
    """What is printed."""

    unit: str
    signed: SignedLog
    policy: str
    """Whose signature it bears, as a tlog-policy file."""
    waiting: int
    """Entries that were made since."""
    stamps: StampState
    """Who else's clock says so, and how asking them goes."""
    witnesses: Witnesses | None
    """Who is asked to sign too; None where nobody is."""
    not_published: LogAsking | None
    """How publishing fails; None where it does not, or nothing is to be published."""
    evidence: tuple[LogSplitView, ...]
    """What witnesses have of this log that is not of it."""


def look(officer: Officer, *, clock: Clock = system_clock) -> Lodging | None:
    """The newest checkpoint; None before the first. CannotRead where it, or the log's key, is damaged or gone."""
    check_may(officer, Ability.LODGE_CHECKPOINTS)
    signed = newest()
    if signed is None:
        return None
    unit = load_desk_public(settings.STATE.desk_public).unit
    policy = policy_of(settings.STATE, signed.checkpoint.origin)
    waiting = last_entry() - signed.checkpoint.size
    evidence = tuple(LogSplitView.objects.order_by("-found_at"))
    return Lodging(unit, signed, policy, waiting, stamp_state(clock), witness_states(clock), not_published(), evidence)


def files(officer: Officer) -> GivenFile | None:
    """What is lodged, as one file: with what lets others check it, and nothing of any record. None before the first."""
    check_may(officer, Ability.LODGE_CHECKPOINTS)
    signed = newest()
    if signed is None:
        return None
    unit = load_desk_public(settings.STATE.desk_public).unit
    data = zipped(files_to_lodge(settings.STATE, unit, signed), signed.signed_at)
    return GivenFile(f"checkpoint-{signed.checkpoint.size}.zip", data)


def have_signed(officer: Officer, *, clock: Clock = system_clock) -> None:
    """Sign the log as it stands. EdgeChanged, CannotRead: nothing was signed, and no entry was made."""
    check_may(officer, Ability.LODGE_CHECKPOINTS)
    sign_now(officer.actor, settings.STATE, clock=clock)
