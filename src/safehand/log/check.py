"""Checking proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2), step by step as written there.

    check_inclusion(leaf, index, size, proof, root)
    check_consistency(old, old_root, new, new_root, proof)

Both raise ProofFails and return nothing. They know no tree and share no code with whoever made the proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safehand.errors import CheckFailed
from safehand.log.hashes import EMPTY_ROOT, LENGTH, node_hash


class ProofFails(CheckFailed):
    """A proof does not lead from what it speaks of to the root that was signed."""

    code = "proof_fails"


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """ProofFails unless the leaf hash ``leaf`` is number ``index``, from 0, of the tree of ``size`` with this root."""
    _check_hashes(leaf, root, *proof)
    if not 0 <= index < size:
        raise ProofFails("The log has no entry of this number.")
    value = leaf
    for is_left, other in _way_up(index, size - 1, proof):
        value = node_hash(other, value) if is_left else node_hash(value, other)
    if value != root:
        raise ProofFails("The entry is not in the log that was signed.")


def check_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """ProofFails unless the tree of ``old`` leaves is the beginning of that of ``new``, with these roots."""
    _check_hashes(old_root, new_root, *proof)
    if not 0 <= old <= new:
        raise ProofFails("A log does not become smaller.")
    if (old == 0 and old_root != EMPTY_ROOT) or (new == 0 and new_root != EMPTY_ROOT):
        raise ProofFails("An empty log has one root.")
    if old in (0, new):  # nothing is to be shown: every log begins with an empty one, and with itself
        if proof or (old == new and old_root != new_root):
            raise ProofFails("The two logs are not one, or there is a proof of nothing.")
        return
    values = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not values:
        raise ProofFails("The proof is empty.")
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = values[0]
    for is_left, other in _way_up(at, last, values[1:]):
        first = node_hash(other, first) if is_left else first
        second = node_hash(other, second) if is_left else node_hash(second, other)
    if first != old_root or second != new_root:
        raise ProofFails("The later log does not begin with the earlier one.")


def _way_up(at: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bool, bytes]]:
    """Each hash of a proof, and whether it stands to the left of where we are. ``last`` is the last of our level."""
    for other in proof:
        if last == 0:
            raise ProofFails("The proof goes on above the root.")
        is_left = bool(at & 1) or at == last
        yield is_left, other
        while is_left and at and not at & 1:  # levels on which nothing stands to our right
            at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    if last != 0:
        raise ProofFails("The proof ends below the root.")


def _check_hashes(*values: bytes) -> None:
    if any(len(value) != LENGTH for value in values):
        raise ProofFails("A hash has 32 bytes.")
