"""What a log asks of a witness, and what it takes of the answer (c2sp.org/tlog-witness, "add-checkpoint").

    old 20852014
    PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
    …

    example.com/behind-the-sofa
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — example.com/behind-the-sofa Az3grl…

How large the log was when the witness saw it last, the proof that it goes on from there, and its checkpoint. The answer
is lines of signatures, which the log puts under its checkpoint.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from safehand.errors import CannotRead, UsageError
from safehand.log.checkpoint import parse_checkpoint, read_hash, read_size
from safehand.log.note import Note, format_note, parse_note, parse_signature, signed_by
from safehand.log.vkey import VerifierKey

MOST_HASHES: Final = 63
"""The specification's limit."""
MOST_LINES: Final = 16
"""Signatures of one answer: a witness has as many keys as it has algorithms."""
_OLD: Final = "old "


@dataclass(frozen=True, slots=True)
class Request:
    """One of them."""

    old: int
    """Entries of the log that the witness saw last; 0 when it saw none."""
    proof: tuple[bytes, ...]
    signed: Note


def format_request(request: Request) -> str:
    """The body. The inverse of parse_request. UsageError for what could not be read back."""
    lines = [f"{_OLD}{request.old}", *(base64.b64encode(value).decode("ascii") for value in request.proof), ""]
    text = "".join(f"{line}\n" for line in lines) + format_note(request.signed)
    try:
        same = parse_request(text) == request
    except CannotRead as err:
        raise UsageError("This cannot be asked of a witness.") from err
    if not same:
        raise UsageError("This cannot be asked of a witness.")
    return text


def parse_request(text: str) -> Request:
    """Read a body back, or CannotRead. Nothing is believed yet."""
    head, blank, note = text.partition("\n\n")
    old, *proof = head.split("\n")
    if not blank or not old.startswith(_OLD) or len(proof) > MOST_HASHES:
        raise CannotRead("This asks nothing of a witness.", todo="See c2sp.org/tlog-witness.")
    signed = parse_note(note)
    parse_checkpoint(signed.text)
    return Request(read_size(old.removeprefix(_OLD)), tuple(map(read_hash, proof)), signed)


def with_cosignatures(note: Note, answer: str, witnesses: Iterable[VerifierKey]) -> Note:
    """The checkpoint with those lines of an answer that are of ``witnesses``; others are left out.

    CannotRead for what is no answer. NotSigned when none of them signed, or one that is believed signed another text.
    """
    lines = answer.split("\n")
    if lines.pop() or not 0 < len(lines) <= MOST_LINES:
        raise CannotRead("This is no answer of a witness.", todo="See c2sp.org/tlog-witness.")
    believed = list(witnesses)
    new = Note(note.text, tuple(map(parse_signature, lines)))
    names = {(key.name, key.key_id) for key in signed_by(new, believed)}
    kept = [one for one in new.signatures if (one.name, one.key_id) in names and one not in note.signatures]
    return Note(note.text, (*note.signatures, *kept))
