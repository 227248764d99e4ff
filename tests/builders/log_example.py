"""The example of docs/spec/log.md, made again: three custody entries, a log, a witness, and the receipt of the first.

python tests/builders/log_example.py
"""

from __future__ import annotations

import hashlib
import re

from log_made import ORIGIN, InMemory, key_of, signed, verifier_of
from repository import ROOT
from safehand.log.commitment import Opening, commit, format_opening
from safehand.log.hashes import leaf_hash
from safehand.log.note import Note, cosign
from safehand.log.policy import Listed, Policy, format_policy
from safehand.log.proof_file import LogProof, format_log_proof
from safehand.log.tree import prove_inclusion
from safehand.log.vkey import Kind
from safehand.model.canonical import format_canonical, parse_canonical

WITNESS = "north.example"
SEEN = 1_795_341_600
"""2026-11-22T10:00:00Z."""


def openings() -> list[Opening]:
    """The entry of docs/spec/custody-log.md and two after it, each with its salt."""
    page = (ROOT / "docs/spec/custody-log.md").read_text("utf-8")
    (first,) = re.findall(r"^    (\{.*\})$", page, re.MULTILINE)
    entries = [first.encode()]
    for number in (2, 3):
        value = parse_canonical(entries[0])
        assert isinstance(value, dict)
        previous = leaf_hash(commit(_opening(number - 2, entries[-1]))).hex()
        entries.append(format_canonical({**value, "sequence": number, "previous": previous}))
    return [_opening(at, entry) for at, entry in enumerate(entries)]


def _opening(at: int, entry: bytes) -> Opening:
    return Opening(hashlib.sha256(f"salt {at}".encode()).digest(), entry)


def receipt() -> str:
    """Of the first."""
    opened = openings()
    log = InMemory([commit(opening) for opening in opened])
    note = signed(log, key_of(0))
    note = Note(note.text, (*note.signatures, cosign(note.text, WITNESS, key_of(1), SEEN)))
    return format_log_proof(LogProof(0, tuple(prove_inclusion(0, log.size, log)), note, format_opening(opened[0])))


def policy() -> str:
    """Whom the receipt is believed by."""
    north = Listed(verifier_of(WITNESS, key_of(1), Kind.COSIGNATURE))
    listed = Policy((Listed(verifier_of(ORIGIN, key_of(0))),), {"north": north}, {}, "north")
    return format_policy(listed).decode()


if __name__ == "__main__":
    print(receipt(), policy(), commit(openings()[0]).decode(), openings()[0].salt.hex(), sep="\n")  # noqa: T201
