"""Keys that sign notes, as they are written down (c2sp.org/signed-note, "Verifier keys").

    example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
    name            key ID   base64(kind ‖ public key)

The ID is the beginning of a hash over name, kind and key: one key that signs for two purposes has two IDs. It finds a
key and proves nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from safehand.errors import CannotRead, KnownButNotRead, UsageError

ID_LENGTH: Final = 4
PUBLIC_LENGTH: Final = 32
_PARTS: Final = 3
_NOT_READ: Final = (b"\2", b"\5", b"\6")
"""ECDSA, RFC 6962's tree heads, ML-DSA-44."""
_KINDS: Final = "Logs sign with Ed25519 (1), witnesses with Ed25519 cosignatures (4)."


class Kind(IntEnum):
    """How it signs: the two of the specification's list that we use."""

    ED25519 = 1
    """The text itself: a log's."""
    COSIGNATURE = 4
    """The text after a line with the time: a witness's (c2sp.org/tlog-cosignature)."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name and its purpose."""

    name: str
    kind: Kind
    public: bytes
    """32 bytes: the Ed25519 public key."""

    def __post_init__(self) -> None:
        check_key_name(self.name)
        if len(self.public) != PUBLIC_LENGTH:
            raise UsageError("An Ed25519 public key has 32 bytes.")

    @property
    def key_id(self) -> bytes:
        """4 bytes: what signatures call it by, beside its name."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:ID_LENGTH]


def is_key_name(name: str) -> bool:
    """Whether a key may be called so: not empty, no space of any sort, no plus, and nothing that no note may hold.

    No more than that is asked. A line of a key that nobody knows has to be left alone, however odd its name, and what
    counts as printable changes with every version of Unicode.
    """
    return bool(name) and not any(
        char.isspace() or char == "+" or char < " " or "\ud800" <= char <= "\udfff" for char in name
    )


def check_key_name(name: str) -> None:
    """UsageError when no key may be called so."""
    if not is_key_name(name):
        raise UsageError("A key's name has no space and no plus.")


def format_vkey(key: VerifierKey) -> str:
    """One line without its end. The inverse of parse_vkey."""
    return f"{key.name}+{key.key_id.hex()}+{base64.b64encode(bytes([key.kind]) + key.public).decode('ascii')}"


def parse_vkey(text: str, *, where: str = "") -> VerifierKey:
    """Read one back, or CannotRead: only what format_vkey writes is accepted, so the ID is the key's.

    KnownButNotRead for a kind that the specification has and we do not read.
    """
    parts = text.split("+", _PARTS - 1)  # base64 may hold a plus, a name may not
    try:
        data = base64.b64decode(parts[2], validate=True)
        if data[:1] in _NOT_READ:
            raise KnownButNotRead("This key is of a kind that is not read yet.", where=where, todo=_KINDS)
        key = VerifierKey(parts[0], Kind(data[0]), data[1:])
    except (IndexError, ValueError, binascii.Error, UsageError) as err:
        raise _no_key(where) from err
    if format_vkey(key) != text:
        raise _no_key(where)
    return key


def _no_key(where: str) -> CannotRead:
    return CannotRead(
        "This is no key of a log or a witness.",
        where=where,
        todo=f"One is name+ID+key (c2sp.org/signed-note). {_KINDS}",
    )
