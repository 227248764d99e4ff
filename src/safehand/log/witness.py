"""A witness: it signs that a log goes on from what it was, and refuses one that does not, with the evidence in hand.

    answered = answer(body, seen, witness, seconds)
    if answered.seen is not None: keep it             on the disk for good, before …
    send answered.status, answered.body               (c2sp.org/tlog-witness, "add-checkpoint")

Pure. For each log, called by its origin, a witness keeps one thing: the largest checkpoint it signed. Reading that and
keeping the new one has to be one transaction: two requests that are answered at once would let a log be taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.errors import CannotRead
from safehand.log.check import ProofFails, check_consistency
from safehand.log.checkpoint import Checkpoint, parse_checkpoint
from safehand.log.hashes import EMPTY_ROOT
from safehand.log.note import Note, NotSigned, cosign, format_signature, signed_by
from safehand.log.split_view import SplitView
from safehand.log.vkey import VerifierKey
from safehand.log.witness_request import Request, parse_request

SIZE_TYPE: Final = "text/x.tlog.size"
PLAIN: Final = "text/plain; charset=utf-8"


class Status(IntEnum):
    """What HTTP calls the answers. The specification says which is given when."""

    SIGNED = 200
    MALFORMED = 400
    """No request, or its old size is above its checkpoint's."""
    NOT_SIGNED = 403
    """Not by a key that this witness has for the log."""
    UNKNOWN_LOG = 404
    OTHER_SIZE = 409
    """The witness saw it last at another size; the body says at which."""
    NOT_CONSISTENT = 422
    """It does not go on from there, or the proof does not show that it does."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Who signs, and for which logs."""

    name: str
    key: Ed25519PrivateKey
    logs: Mapping[str, tuple[VerifierKey, ...]]
    """By origin: the keys that sign for it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered, and what is to be kept."""

    status: Status
    body: str = ""
    media_type: str = PLAIN
    seen: Note | None = None
    """What the witness saw last, from now on: to be kept before the answer is sent. None when nothing changed."""
    evidence: SplitView | None = None
    """The log signed two things that cannot both be: to be kept for good, and told to people."""
    refused: Request | None = None
    """Signed by the log, and not shown to go on from what it was. Perhaps a slip, perhaps all there is of a fork."""


def answer(body: bytes, seen: Mapping[str, Note], witness: Witness, seconds: int) -> Answer:
    """Answer a request. ``seen`` by origin: what was signed last. ``seconds`` since 1970 is the time of signing."""
    try:
        request = parse_request(body.decode("utf-8"))
    except (UnicodeDecodeError, CannotRead):
        return Answer(Status.MALFORMED)
    checkpoint = parse_checkpoint(request.signed.text)
    keys = witness.logs.get(checkpoint.origin)
    if keys is None:
        return Answer(Status.UNKNOWN_LOG)
    try:
        signers = signed_by(request.signed, keys)
    except NotSigned:
        return Answer(Status.NOT_SIGNED)
    names = {(key.name, key.key_id) for key in signers}
    lines = dict.fromkeys(one for one in request.signed.signatures if (one.name, one.key_id) in names)
    signed = Note(request.signed.text, tuple(lines))
    last = seen.get(checkpoint.origin)
    return _judged(Request(request.old, request.proof, signed), checkpoint, last, witness, seconds)


def checkpoint_path(origin: str) -> str:
    """Where monitors read what was signed last of a log, below the witness's address."""
    return f"{hashlib.sha256(origin.encode()).hexdigest()}/checkpoint"


def _judged(request: Request, new: Checkpoint, last: Note | None, witness: Witness, seconds: int) -> Answer:
    """The log is known, and signed this. In the order in which the specification asks."""
    old = parse_checkpoint(last.text) if last is not None else Checkpoint(new.origin, 0, EMPTY_ROOT)
    evidence = None
    if last is not None and new.size == old.size and new.root != old.root:
        evidence = SplitView(last, request.signed)
    if request.old > new.size:
        return Answer(Status.MALFORMED, evidence=evidence)
    if request.old != old.size:
        return Answer(Status.OTHER_SIZE, f"{old.size}\n", SIZE_TYPE, evidence=evidence)
    try:
        check_consistency(old.size, old.root, new.size, new.root, request.proof)
    except ProofFails:
        return Answer(Status.NOT_CONSISTENT, evidence=evidence, refused=request)
    line = cosign(request.signed.text, witness.name, witness.key, seconds)
    kept = Note(request.signed.text, (*request.signed.signatures, line))
    return Answer(Status.SIGNED, format_signature(line), seen=kept)
