r"""Proof of work: what a page does before it may begin a parcel, so that filling this node costs something. No puzzle.

    challenge = new_challenge(now)             1795341900.16.Yx0…:bMac…     signed, for five minutes
    check_work(challenge, "48211", now)        SHA-256 of "1795341900.16.Yx0…:bMac…\n48211" begins with 16 zero bits

A phone does 16 bits in under a second. Each doubling of what was begun in the last ten minutes adds a bit, up to 21:
people are slowed down by seconds and never turned away. A challenge serves once.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Final

from django.core.cache import cache
from django.core.signing import BadSignature, Signer

from safehand.desk.handover.limits import BEGUN
from safehand.desk.handover.refusals import Refusal, Refused

EASY: Final = 16
HARD: Final = 21
"""Bits. Hard is some ten seconds on a phone: longer, and people give up."""

QUIET: Final = 32
"""Parcels begun in ten minutes at which the work is still easy."""

LASTS: Final = 300
"""Seconds in which a challenge may be used."""

_COUNTER: Final = re.compile(r"[0-9]{1,20}", re.ASCII)


def bits_now() -> int:
    """How hard it is at this moment."""
    return min(HARD, EASY + max(0, BEGUN.counted() // QUIET).bit_length())


def new_challenge(now: int) -> str:
    """A challenge, signed by this node. ``now`` in seconds."""
    return _signer().sign(f"{now + LASTS}.{bits_now()}.{secrets.token_urlsafe(12)}")


def check_work(challenge: object, counter: object, now: int) -> None:
    """Refused unless the work was done, for a challenge of ours, in time, and not before."""
    if not isinstance(challenge, str) or not isinstance(counter, str) or not _COUNTER.fullmatch(counter):
        raise Refused(Refusal.WORK_NOT_DONE)
    try:
        until, bits, nonce = _signer().unsign(challenge).split(".")
    except (BadSignature, ValueError) as err:
        raise Refused(Refusal.WORK_NOT_DONE) from err
    if now > int(until):
        raise Refused(Refusal.WORK_TOO_OLD)
    if zero_bits(f"{challenge}\n{counter}".encode()) < int(bits):
        raise Refused(Refusal.WORK_NOT_DONE)
    if not cache.add(f"work.{nonce}", 1, LASTS + 60):
        raise Refused(Refusal.WORK_TOO_OLD)


def zero_bits(data: bytes) -> int:
    """How many zero bits its SHA-256 begins with."""
    return 256 - int.from_bytes(hashlib.sha256(data).digest(), "big").bit_length()


def _signer() -> Signer:
    return Signer(salt="safehand.handover.work")
