"""A log that shows different things to different people, and what proves it to a third who believes neither.

    {"larger":"plot14.example/log…","proof":["…"],"root":"9f86d0…","schema":"safehand.split_view/1","smaller":"…"}

Two checkpoints that one log signed, of which one cannot be the beginning of the other: of one size and with two roots;
or the larger one begins, by its own proof, with another root than the smaller one names. A tree has one root at each
size, so no later proof can heal that. A proof that merely fails proves nothing: it may have been damaged on the way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from safehand.errors import CannotRead, UsageError
from safehand.log.check import ProofFails, check_consistency
from safehand.log.checkpoint import Checkpoint, parse_checkpoint
from safehand.log.note import Note, NotSigned, format_note, parse_note, signed_by
from safehand.log.tree import Nodes, prove_consistency, root
from safehand.log.vkey import VerifierKey
from safehand.model.canonical import Json, format_canonical, parse_canonical

SCHEMA: Final = "safehand.split_view/1"
_MOST_HASHES: Final = 64


@dataclass(frozen=True, slots=True)
class SplitView:
    """The evidence. Everything in it is the log's own word, or follows from it."""

    smaller: Note
    larger: Note
    root: bytes | None = None
    """What the larger one has at the size of the smaller; None when they are of one size."""
    proof: tuple[bytes, ...] = ()
    """From that root to the larger one's."""


def compare(first: Note, second: Note, nodes: Nodes | None = None) -> SplitView | None:
    """What two signed checkpoints of one log prove against it, or None.

    ``nodes`` are those of the larger log, as its owner gives them out: without them only two of one size can be
    compared, and ProofFails says so. ProofFails too when they are not of the larger checkpoint. Whether the log signed
    both is ``check_split_view``'s to say.
    """
    smaller, larger = sorted((first, second), key=lambda note: parse_checkpoint(note.text).size)
    old, new = parse_checkpoint(smaller.text), parse_checkpoint(larger.text)
    if old.origin != new.origin:
        raise UsageError("These are checkpoints of two logs.")
    if old.size == new.size:
        return SplitView(smaller, larger) if old.root != new.root else None
    if nodes is None:
        raise ProofFails("Whether one log goes on from the other cannot be said without its tiles.")
    begins = root(old.size, nodes)
    proof = tuple(prove_consistency(old.size, new.size, nodes))
    check_consistency(old.size, begins, new.size, new.root, proof)
    return SplitView(smaller, larger, begins, proof) if begins != old.root else None


def check_split_view(evidence: SplitView, keys: Iterable[VerifierKey]) -> tuple[Checkpoint, Checkpoint]:
    """The two checkpoints, smaller first. NotSigned or ProofFails unless one of ``keys`` is shown to have signed both.

    One and the same: else a log could be accused by another's signature under its origin.
    """
    keys = list(keys)
    if signed_by(evidence.smaller, keys).keys().isdisjoint(signed_by(evidence.larger, keys)):
        raise NotSigned("No key that is believed signed both.")
    old, new = parse_checkpoint(evidence.smaller.text), parse_checkpoint(evidence.larger.text)
    if old.origin != new.origin:
        raise ProofFails("These are checkpoints of two logs.")
    if evidence.root is None:
        if old.size != new.size or old.root == new.root or evidence.proof:
            raise ProofFails("These two checkpoints do not contradict each other.")
        return old, new
    check_consistency(old.size, evidence.root, new.size, new.root, evidence.proof)
    if evidence.root == old.root:
        raise ProofFails("The larger log begins with the smaller one: they do not contradict each other.")
    return old, new


def format_split_view(evidence: SplitView) -> bytes:
    """As canonical JSON, to be kept and handed on. The inverse of parse_split_view."""
    proof: list[Json] = [value.hex() for value in evidence.proof]
    return format_canonical(
        {
            "schema": SCHEMA,
            "smaller": format_note(evidence.smaller),
            "larger": format_note(evidence.larger),
            "root": evidence.root.hex() if evidence.root is not None else None,
            "proof": proof,
        }
    )


def parse_split_view(data: bytes) -> SplitView:
    """Read one back, or CannotRead. Nothing is believed yet."""
    match parse_canonical(data):
        case {
            "schema": schema,
            "smaller": str(smaller),
            "larger": str(larger),
            "root": str() | None as begins,
            "proof": list(proof),
            **rest,
        } if schema == SCHEMA and not rest and len(proof) <= _MOST_HASHES:
            evidence = SplitView(
                parse_note(smaller),
                parse_note(larger),
                _hash(begins) if begins is not None else None,
                tuple(map(_hash, proof)),
            )
            if format_split_view(evidence) == data:
                return evidence
    raise _no_evidence()


def _hash(value: Json) -> bytes:
    try:
        return bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError as err:
        raise _no_evidence() from err


def _no_evidence() -> CannotRead:
    return CannotRead("This is no evidence of a split view.", todo="See docs/spec/log.md.")
