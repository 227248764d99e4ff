"""A witness for the desk's tests: it signs whatever it is given."""

from __future__ import annotations

from log_made import key_of, verifier_of
from safehand.log.note import cosign, format_signature
from safehand.log.vkey import Kind, VerifierKey

NORTH = "north.example"
SECONDS = 1_795_341_600  # 2026-11-22T10:00:00Z


def north() -> VerifierKey:
    """Its public half."""
    return verifier_of(NORTH, key_of(7), Kind.COSIGNATURE)


def sees(text: str) -> str:
    """What it answers for a checkpoint of this text."""
    return format_signature(cosign(text, NORTH, key_of(7), SECONDS))
