"""The key a holder signs with: made for the occasion, belonging to nobody's account.

    key = new_holder_key(secrets.token_bytes)
    key.public        ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG…    stands in the receipt
    key.sign(b"…")    for the purpose safehand-statement@v1

Its public half stands in the package and in the receipt. Whoever keeps the private half can seal a later package with
it, and the desk sees that both came from the same hands; nothing else ties it to a person. The file it is kept in is
an OpenSSH private key, so ``ssh-keygen -Y sign`` works with it too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.errors import CannotRead
from safehand.signing import sshsig
from safehand.signing.trust import format_public_key

STATEMENT_NAMESPACE: Final = "safehand-statement@v1"
"""What a holder's signature is for."""


@dataclass(frozen=True, slots=True)
class HolderKey:
    """An Ed25519 key for signing statements. ``repr`` never shows the private half."""

    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> str:
        """``ssh-ed25519 AAAA…``, one line, no comment."""
        return format_public_key(self.private.public_key().public_bytes_raw())

    def sign(self, statement: bytes) -> str:
        """The armoured SSHSIG of a statement."""
        return sshsig.format_signature(sshsig.sign(self.private, statement, STATEMENT_NAMESPACE))


def new_holder_key(random: Callable[[int], bytes]) -> HolderKey:
    """A new key from 32 bytes of ``random``: ``secrets.token_bytes``, or a fixed answer in a test."""
    return HolderKey(Ed25519PrivateKey.from_private_bytes(random(32)))


def format_holder_key(key: HolderKey) -> bytes:
    """The private key file, without a passphrase. The caller writes it where only its owner can read."""
    return format_private_key(key.private)


def parse_holder_key(data: bytes, *, where: str = "") -> HolderKey:
    """The key in an OpenSSH private key file without a passphrase."""
    try:
        private = serialization.load_ssh_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as err:
        raise _not_a_key(where) from err
    if not isinstance(private, Ed25519PrivateKey):
        raise _not_a_key(where)
    return HolderKey(private)


def format_private_key(private: Ed25519PrivateKey) -> bytes:
    """An OpenSSH private key file, without a passphrase."""
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )


def _not_a_key(where: str) -> CannotRead:
    return CannotRead(
        "This is not an Ed25519 private key in OpenSSH form without a passphrase.",
        where=where,
        todo="Give the key file that was kept from an earlier sealing, or none: a new key is then made.",
    )
