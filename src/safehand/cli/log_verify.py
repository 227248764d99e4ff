"""What ``safehand log verify`` shows of what a desk gave out, and what it says about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from safehand.errors import UsageError
from safehand.log.check import check_consistency
from safehand.log.checkpoint import Checkpoint
from safehand.log.commitment import Opening, commit, parse_opening
from safehand.log.hashes import leaf_hash
from safehand.log.note import Note, NotSigned, parse_note, signed_by
from safehand.log.policy import Policy, check_signed
from safehand.log.proof_file import check_log_proof, parse_log_proof
from safehand.log.witness_request import parse_request

if TYPE_CHECKING:
    from safehand.model.canonical import Json


@dataclass(frozen=True, slots=True)
class Told:
    """What was shown, for people and for programs."""

    lines: tuple[str, ...]
    value: dict[str, Json]


def verify_proof(text: str, given: Opening | bytes | None, policy: Policy) -> Told:
    """A receipt; ``given`` is the entry with its salt, or its leaf, where the receipt does not hold it.

    NotSigned, ProofFails: it is not shown. CannotRead: this is no receipt. UsageError: the entry is owed.
    """
    proof = parse_log_proof(text)
    opening = given if isinstance(given, Opening) else None
    if given is None and proof.extra is not None:
        opening = parse_opening(proof.extra)
    leaf = commit(opening) if opening is not None else given
    if not isinstance(leaf, bytes):
        raise UsageError("The receipt does not hold the entry.", todo="Give --entry and --salt, or --leaf.")
    checkpoint = check_log_proof(proof, leaf_hash(leaf), policy)
    lines = [f"Entry {proof.index + 1} stands in the log {_log(checkpoint)}", *_seen(proof.signed, policy)]
    lines += [opening.entry.decode("utf-8", "replace")] if opening is not None else []
    return Told(tuple(lines), {"entry": proof.index + 1, **_value(checkpoint)})


def verify_consistency(text: str, older: str, policy: Policy) -> Told:
    """A newer checkpoint, in the form in which witnesses are asked. NotSigned, ProofFails, CannotRead, UsageError."""
    request, before = parse_request(text), check_signed(parse_note(older), policy)
    after = check_signed(request.signed, policy)
    if after.origin != before.origin or request.old != before.size:
        raise UsageError(
            "This does not say how the log goes on from the older checkpoint.",
            todo=f"Ask the desk for it: safehand log checkpoint --seen {before.size}",
        )
    check_consistency(before.size, before.root, after.size, after.root, request.proof)
    line = f"The log {_log(after)} It begins with the {before.size} of the older checkpoint, as they were."
    return Told((line, *_seen(request.signed, policy)), {"older": before.size, **_value(after)})


def _log(checkpoint: Checkpoint) -> str:
    return f"{checkpoint.origin}, which signed for {checkpoint.size} entries."


def _value(checkpoint: Checkpoint) -> dict[str, Json]:
    return {"origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root.hex()}


def _seen(note: Note, policy: Policy) -> list[str]:
    """When each witness of the policy saw it."""
    names = {one.key: name for name, one in policy.witnesses.items()}
    try:
        found = signed_by(note, names)
    except NotSigned:  # none of them did: the policy asks for none, or it would have been refused before
        return ["No witness that you believe has seen it: others may have been shown another log."]
    return [f"Seen by {names[key]} at {_moment(seconds or 0)}." for key, seconds in found.items()]


def _moment(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return f"second {seconds} of 1970"
