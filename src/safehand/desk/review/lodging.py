"""The checkpoint of the custody log, for who lodges it elsewhere: what was signed, and having it signed as it stands.

look(auditor)           what the page shows: nothing of any record, so looking is no entry
have_signed(auditor)    an entry, and the last that is signed
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.log_key import policy_of
from safehand.desk.custody.signed_log import SignedLog, last_entry, newest, sign_now
from safehand.desk.custody.stamping import StampState, stamp_state
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
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


def look(officer: Officer, *, clock: Clock = system_clock) -> Lodging | None:
    """The newest checkpoint; None before the first. CannotRead where it, or the log's key, is damaged or gone."""
    check_may(officer, Ability.LODGE_CHECKPOINTS)
    signed = newest()
    if signed is None:
        return None
    unit = load_desk_public(settings.STATE.desk_public).unit
    policy = policy_of(settings.STATE, signed.checkpoint.origin)
    waiting = last_entry() - signed.checkpoint.size
    return Lodging(unit, signed, policy, waiting, stamp_state(clock))


def have_signed(officer: Officer, *, clock: Clock = system_clock) -> None:
    """Sign the log as it stands. EdgeChanged, CannotRead: nothing was signed, and no entry was made."""
    check_may(officer, Ability.LODGE_CHECKPOINTS)
    sign_now(officer.actor, settings.STATE, clock=clock)
