"""What the shell asks of a desk's custody log, as text. Loaded by server.py once it is known where the desk is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.acts import Purpose
from safehand.desk.custody.auditing import audit_log
from safehand.desk.custody.log_key import policy_of
from safehand.desk.custody.proving import keep_answer, newest_of_any, prove, prove_opened
from safehand.desk.custody.signed_log import sign_now
from safehand.desk.custody.stamping import stamp_state
from safehand.errors import UsageError
from safehand.log.note import format_note, parse_note
from safehand.log.vkey import Kind, parse_vkey

ACTOR: Final = "desk:shell"


def sign(state: State) -> str:
    """The checkpoint."""
    return format_note(sign_now(ACTOR, state).note)


def stamps() -> str:
    """How it stands with timestamps, in a sentence: a signature without one is dated by the desk alone."""
    state = stamp_state()
    if state.failing is not None:
        return f"No timestamp came, asked {state.failing.tries} times. {state.failing.answer}"
    if state.newest is not None:
        at = moment(state.newest.moment).isoformat(timespec="seconds")
        return f"The checkpoint of {state.newest.checkpoint.size} entries is stamped {at}."
    return "An authority is asked for a timestamp." if state.asks else "No authority is asked for timestamps."


def policy(state: State) -> str:
    """The log's key, and no witness: who trusts one puts it there."""
    return policy_of(state, newest_of_any().checkpoint.origin)


def keep(answer: str, witnesses: Sequence[str]) -> str:
    """The checkpoint with its cosignatures. UsageError for a key that is no witness's."""
    keys = [parse_vkey(vkey, where="--witness") for vkey in witnesses]
    if any(key.kind is not Kind.COSIGNATURE for key in keys):
        raise UsageError("This is the key of a log, and not of a witness.", where="--witness")
    return format_note(keep_answer(answer, keys).note)


def receipt(entry: int, purpose: str | None) -> str:
    """Opened, where a purpose is said: that is an entry."""
    return prove(entry) if purpose is None else prove_opened(entry, Purpose(purpose), ACTOR)


def audited(state: State, lodged: Sequence[str]) -> tuple[int, int, Sequence[str]]:
    """Entries, checkpoints that they agree with, and everything that was found."""
    found = audit_log(state, [parse_note(text) for text in lodged])
    return found.entries, found.compared, found.problems
