"""What the shell asks of a desk's keys. Loaded by server.py once it is known where the desk is.

about_keys(state)             whose they are, how many older ones open, and how many cases are wrapped to those
renew(state, recovery=None)   another identity, and every case key wrapped to it; with the recovery key, of both
renew_log(state)              another key for the custody log
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safehand.casefile.key import unwrap_case_key, wrap_case_key
from safehand.desk.cases.models import Case
from safehand.desk.core import say
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.state import State
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.renewing_log_key import renew_log_key
from safehand.errors import CannotRead, SafehandError
from safehand.model.digest import sha256_of
from safehand.signing.clock import system_clock as seconds_clock
from safehand.signing.keys import RECOVERY_IDENTITY, load_desk_public, load_identities
from safehand.signing.renewing import renew_desk_keys

ACTOR: Final = "desk:shell"

_BRING: Final = "Bring the recovery key: safehand desk keys --recovery FILE."


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Of the cases that stand: how many keys the newest identity opens, how many an older one, how many none."""

    newest: int
    older: int
    none: int


def about_keys(state: State) -> Sequence[str]:
    """For a person who looks after the desk, a line each."""
    public, found = load_desk_public(state.desk_public), load_identities(state.desk_identity)
    counted = wrapped(state)
    lines = [
        f"Fingerprint  {public.fingerprint}",
        f"Created      {public.created}",
        f"Older        {len(found) - 1} that still open what was sealed to them",
        f"Case keys    {counted.newest} wrapped to the newest, {counted.older} to an older one",
    ]
    lines += problems_of_keys(state)
    if (state.keys / RECOVERY_IDENTITY).exists():
        lines.append("The recovery key lies on this machine. Take it offline.")
    return lines


def problems_of_keys(state: State) -> Iterator[str]:
    """What does not open here, a sentence each. CannotRead where there is no key at all."""
    public, found = load_desk_public(state.desk_public), load_identities(state.desk_identity)
    if public.desk not in [each.recipient for each in found]:
        yield f"desk.agekey does not open what is sealed to desk.pub. {_BRING}"
    none = wrapped(state).none
    if none:
        yield f"The keys of {say.counted(none, 'case')} do not open with any key here. {_BRING}"


def renew(state: State, *, recovery: Path | None = None, clock: Clock = system_clock) -> Sequence[str]:
    """Another identity, and every case key wrapped anew, with an entry. What is to be done next, a line each.

    CannotRead where neither the desk's key nor a recovery key is at hand: nothing was changed.
    """
    was = sha256_of(state.desk_public.read_bytes())
    public = renew_desk_keys(state.keys, clock=seconds_clock, recovery=recovery)
    cases = rewrap(state, was, recovered=recovery is not None, clock=clock)
    return [
        f"Fingerprint  {public.fingerprint}",
        f"Case keys    {cases} wrapped to it",
        "",
        "Give the new desk.pub to holders and to the public node, and read the fingerprint to them over the phone.",
        "Make a backup now. What was sealed before opens with the older keys, which stay in desk.agekey.",
        *(["A new recovery.agekey was made: take it off this machine now."] if recovery is not None else []),
    ]


def renew_log(state: State) -> Sequence[str]:
    """Another key for the custody log. What is to be done next, a line each."""
    signed = renew_log_key(ACTOR, state)
    return [
        f"Up to entry {signed.checkpoint.size} the log is signed by both keys; from now on by the new one alone.",
        "Lodge that checkpoint, and give the policy anew to whoever believes this log:",
        "  safehand log policy, safehand log checkpoint",
        "Make a backup now.",
    ]


def rewrap(state: State, was: str, *, recovered: bool, clock: Clock = system_clock) -> int:
    """Wrap the key of every case that stands to the desk.pub of now, under one entry. How many; done again, no harm.

    A key that no identity here opens is left as it is.
    """
    recipients, identity = load_desk_public(state.desk_public).recipients, _identity(state)
    done = 0
    with recorded():
        in_turn()
        for case in Case.objects.that_stand().order_by("pk"):
            try:
                key = unwrap_case_key(bytes(case.wrapped_key), identity)
            except SafehandError:
                continue
            case.wrapped_key = wrap_case_key(key, recipients)
            case.save(update_fields=["wrapped_key"])
            done += 1
        record(
            Verb.KEYS_RENEWED,
            actor=ACTOR,
            details={
                "was": was,
                "desk": sha256_of(state.desk_public.read_bytes()),
                "cases": done,
                "recovered": recovered,
            },
            clock=clock,
        )
    return done


def wrapped(state: State) -> Wrapped:
    """Each key is tried with the newest identity first."""
    found = load_identities(state.desk_identity)
    newest, older, none = 0, 0, 0
    for case in Case.objects.that_stand():
        sealed = bytes(case.wrapped_key)
        if _opens(sealed, found[0].secret_text):
            newest += 1
        elif any(_opens(sealed, each.secret_text) for each in found[1:]):
            older += 1
        else:
            none += 1
    return Wrapped(newest, older, none)


def _opens(sealed: bytes, identity: str) -> bool:
    try:
        unwrap_case_key(sealed, identity)
    except SafehandError:
        return False
    return True


def _identity(state: State) -> str:
    try:
        return state.desk_identity.read_text("ascii")
    except OSError as err:
        raise CannotRead("The desk's key cannot be read.", where=str(state.desk_identity)) from err
