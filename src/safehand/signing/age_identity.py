"""The age key file, as ``age-keygen`` writes it.

    # created: 2026-11-22T10:00:00Z
    # public key: age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj
    AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX

The last line is the secret: an X25519 key in Bech32. Anyone with ``age`` can open with this file what was sealed to
its public key; Safehand adds nothing of its own. A file may hold several such secrets, as age has it: a desk's does
once its key was renewed, the newest first (renewing.py), and opens with any of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from safehand.errors import CannotRead
from safehand.signing.bech32 import MalformedBech32, format_bech32, parse_bech32

_PUBLIC: Final = "age"
_SECRET: Final = "age-secret-key-"  # noqa: S105  the name of the form, not a secret
_KEY_BYTES: Final = 32
_LONGEST: Final = 64 * 1024  # a key file is a few lines; more is another file

MOST: Final = 100
"""Secrets in one file: a key renewed every quarter for 25 years."""


@dataclass(frozen=True, slots=True)
class AgeIdentity:
    """A secret age key. ``recipient`` is its public half; the secret is never shown by ``repr``."""

    secret: bytes = field(repr=False)

    @property
    def recipient(self) -> str:
        """The public key, ``age1…``."""
        public = X25519PrivateKey.from_private_bytes(self.secret).public_key()
        return format_bech32(_PUBLIC, public.public_bytes_raw())

    @property
    def secret_text(self) -> str:
        """``AGE-SECRET-KEY-1…``: what age programs take."""
        return format_bech32(_SECRET, self.secret).upper()


def is_recipient(text: str) -> bool:
    """Whether ``text`` is an age X25519 public key, in its one spelling."""
    try:
        return len(parse_bech32(_PUBLIC, text)) == _KEY_BYTES
    except MalformedBech32:
        return False


def format_identity(identity: AgeIdentity, created: str) -> str:
    """The key file. ``created`` is in RFC 3339, UTC. The inverse of parse_identity."""
    return f"# created: {created}\n# public key: {identity.recipient}\n{identity.secret_text}\n"


def format_identities(identities: Sequence[AgeIdentity], created: str) -> str:
    """A key file of several, the newest first. ``created`` is of that one; the others are said to be older."""
    newest, *older = identities
    return format_identity(newest, created) + "".join(
        f"# older: opens what was sealed before\n# public key: {each.recipient}\n{each.secret_text}\n" for each in older
    )


def parse_identity(text: str, *, where: str = "") -> AgeIdentity:
    """The key in an age key file of one secret."""
    found = parse_identities(text, where=where)
    if len(found) != 1:
        raise _not_a_key(where)
    return found[0]


def parse_identities(text: str, *, where: str = "") -> tuple[AgeIdentity, ...]:
    """The keys in an age key file: secrets, among comments and blank lines, as ``age`` itself reads them."""
    lines = [line.strip() for line in text.splitlines()] if len(text) <= _LONGEST else []
    secrets = [line for line in lines if line and not line.startswith("#")]
    if not 0 < len(secrets) <= MOST:
        raise _not_a_key(where)
    return tuple(_parsed(secret, where) for secret in secrets)


def _parsed(line: str, where: str) -> AgeIdentity:
    try:
        secret = parse_bech32(_SECRET, line.lower())
    except MalformedBech32 as err:
        raise _not_a_key(where) from err
    if len(secret) != _KEY_BYTES or line != line.upper():
        raise _not_a_key(where)
    return AgeIdentity(secret)


def _not_a_key(where: str) -> CannotRead:
    return CannotRead(
        "This is not an age key file with a secret key in it.",
        where=where,
        todo="Give the desk.agekey (or recovery.agekey) that 'safehand keys new' made.",
    )
