"""Which key may sign what: one line of OpenSSH's allowed_signers file.

    holder namespaces="safehand-statement@v1" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG…

``ssh-keygen -Y verify -f allowed_signers`` reads it (ssh-keygen(1), ALLOWED SIGNERS). One line, one key, one purpose:
a list of keys would let a second signer in.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Final

from safehand.signing.sshsig import public_blob

_KEY_TYPE: Final = "ssh-ed25519"
_BLOB_BEFORE_KEY: Final = len(public_blob(bytes(32))) - 32


class MalformedKey(ValueError):
    """The text is not an Ed25519 public key in the one spelling OpenSSH writes."""


@dataclass(frozen=True, slots=True)
class AllowedSigner:
    """``principal`` (who, as given to ``-I``) may sign for ``namespace`` with ``public_key`` (32 bytes)."""

    principal: str
    namespace: str
    public_key: bytes


def format_public_key(public_key: bytes) -> str:
    """``ssh-ed25519 AAAA…``, without a comment and without a newline. The inverse of parse_public_key."""
    return f"{_KEY_TYPE} {base64.b64encode(public_blob(public_key)).decode('ascii')}"


def parse_public_key(text: str) -> bytes:
    """The 32 bytes of an OpenSSH Ed25519 public key, or MalformedKey."""
    try:
        blob = base64.b64decode(text.removeprefix(f"{_KEY_TYPE} "), validate=True)
    except ValueError as err:
        raise MalformedKey("no Ed25519 public key stands here") from err
    key = blob[_BLOB_BEFORE_KEY:]
    if len(key) != 32 or format_public_key(key) != text:
        raise MalformedKey("no Ed25519 public key stands here")
    return key


def format_allowed_signer(signer: AllowedSigner) -> str:
    """The whole file: one line."""
    return f'{signer.principal} namespaces="{signer.namespace}" {format_public_key(signer.public_key)}\n'
