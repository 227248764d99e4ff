"""A receipt that is checked with no network: one entry, the way up to the root, and who signed that root.

    c2sp.org/tlog-proof@v1
    index 73894
    gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
    …

    example.com/fancylog
    109482
    sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

    — example.com/fancylog hI2DJw…

The format is C2SP's tlog-proof, unchanged; files are called ``.tlog-proof``. ``extra`` is not covered by any signature.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final

from safehand.errors import CannotRead, UsageError
from safehand.log.check import check_inclusion
from safehand.log.checkpoint import Checkpoint, parse_checkpoint, read_hash, read_size
from safehand.log.note import Note, format_note, parse_note
from safehand.log.policy import Policy, check_signed

MAGIC: Final = "c2sp.org/tlog-proof@v1"
MOST_HASHES: Final = 63
"""A log has fewer than 2^63 entries."""
_EXTRA: Final = "extra "
_INDEX: Final = "index "


@dataclass(frozen=True, slots=True)
class LogProof:
    """One such file."""

    index: int
    """Of the entry, from 0."""
    hashes: tuple[bytes, ...]
    """The leaf's sibling first."""
    signed: Note
    """The checkpoint, with every signature on it."""
    extra: bytes | None = None


def format_log_proof(proof: LogProof) -> str:
    """The whole file. The inverse of parse_log_proof. UsageError for what could not be read back."""
    lines = [MAGIC]
    if proof.extra is not None:
        lines.append(f"{_EXTRA}{_spell(proof.extra)}")
    lines += [f"{_INDEX}{proof.index}", *map(_spell, proof.hashes), ""]
    text = "".join(f"{line}\n" for line in lines) + format_note(proof.signed)
    try:
        same = parse_log_proof(text) == proof
    except CannotRead as err:
        raise UsageError("This is no proof that could be read back.") from err
    if not same:
        raise UsageError("This is no proof that could be read back.")
    return text


def parse_log_proof(text: str) -> LogProof:
    """Read one back, or CannotRead. Nothing is checked yet: see ``check_log_proof``."""
    head, blank, note = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines.pop(0) != MAGIC or not lines:
        raise _no_proof()
    extra = _read_extra(lines.pop(0)) if lines[0].startswith(_EXTRA) else None
    if not lines or not lines[0].startswith(_INDEX) or len(lines) > 1 + MOST_HASHES:
        raise _no_proof()
    index = read_size(lines[0].removeprefix(_INDEX))
    signed = parse_note(note)
    parse_checkpoint(signed.text)
    return LogProof(index, tuple(map(read_hash, lines[1:])), signed, extra)


def check_log_proof(proof: LogProof, leaf: bytes, policy: Policy) -> Checkpoint:
    """The checkpoint that holds the leaf hash ``leaf``. NotSigned or ProofFails where that is not shown."""
    checkpoint = check_signed(proof.signed, policy)
    check_inclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return checkpoint


def _spell(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _read_extra(line: str) -> bytes:
    said = line.removeprefix(_EXTRA)
    try:
        value = base64.b64decode(said, validate=True)
    except (ValueError, binascii.Error) as err:
        raise _no_proof() from err
    if _spell(value) != said:
        raise _no_proof()
    return value


def _no_proof() -> CannotRead:
    return CannotRead("This is no proof of a log.", todo="See c2sp.org/tlog-proof.")
