"""A signature that every computer with OpenSSH 8.2 or newer can check.

    -----BEGIN SSH SIGNATURE-----
    U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg…
    -----END SSH SIGNATURE-----

    ssh-keygen -Y verify -f allowed_signers -I holder -n safehand-statement@v1 -s statement.json.sig < statement.json

The format is OpenSSH's PROTOCOL.sshsig, for Ed25519 keys and SHA-512 alone. The namespace says what the signature is
for, so that a signature made for one purpose proves nothing for another. parse_signature accepts only what
format_signature writes: one signature, one spelling.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_MAGIC: Final = b"SSHSIG"
_VERSION: Final = struct.pack(">I", 1)
_KEY_TYPE: Final = b"ssh-ed25519"
_HASH: Final = b"sha512"
_BEGIN: Final = "-----BEGIN SSH SIGNATURE-----\n"
_END: Final = "-----END SSH SIGNATURE-----\n"
_LINE: Final = 70  # as ssh-keygen wraps it
_LONGEST: Final = 4096  # an Ed25519 signature has under 400 characters


class MalformedSignature(ValueError):
    """The text is not exactly what format_signature writes."""


class SignatureDoesNotMatch(ValueError):
    """It is a signature, but not of these bytes, by this key, for this purpose."""


@dataclass(frozen=True, slots=True)
class SshSignature:
    """A signature with the key and the purpose it names for itself."""

    public_key: bytes
    """32 bytes: the Ed25519 public key."""
    namespace: str
    signature: bytes
    """64 bytes."""


def sign(key: Ed25519PrivateKey, message: bytes, namespace: str) -> SshSignature:
    """Sign ``message`` for the purpose ``namespace``. Ed25519 takes no randomness: the same call, the same bytes."""
    return SshSignature(key.public_key().public_bytes_raw(), namespace, key.sign(_signed(message, namespace)))


def check(signature: SshSignature, message: bytes, namespace: str, public_key: bytes) -> None:
    """SignatureDoesNotMatch unless it is by ``public_key`` over ``message`` for ``namespace``."""
    if signature.namespace != namespace:
        raise SignatureDoesNotMatch("signed for another purpose")
    if signature.public_key != public_key:
        raise SignatureDoesNotMatch("signed with another key")
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature.signature, _signed(message, namespace))
    except (InvalidSignature, ValueError) as err:
        raise SignatureDoesNotMatch("the signature is not of these bytes") from err


def format_signature(signature: SshSignature) -> str:
    """The armoured text, wrapped as ssh-keygen wraps it. The inverse of parse_signature."""
    blob = _MAGIC + _VERSION + _field(public_blob(signature.public_key)) + _field(signature.namespace.encode())
    blob += _field(b"") + _field(_HASH) + _field(_field(_KEY_TYPE) + _field(signature.signature))
    text = base64.b64encode(blob).decode("ascii")
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return _BEGIN + "".join(f"{line}\n" for line in lines) + _END


def parse_signature(text: str) -> SshSignature:
    """Read a signature back, or raise MalformedSignature."""
    if len(text) > _LONGEST or not text.startswith(_BEGIN) or not text.endswith(_END):
        raise MalformedSignature("no SSH signature stands here")
    try:
        blob = base64.b64decode(text[len(_BEGIN) : -len(_END)].replace("\n", ""), validate=True)
        fields = _fields(blob.removeprefix(_MAGIC + _VERSION))
        key_type, key = _fields(fields[0])
        _, raw = _fields(fields[4])
        signature = SshSignature(key, fields[1].decode("ascii"), raw)
    except (ValueError, IndexError, struct.error) as err:
        raise MalformedSignature("the SSH signature cannot be read") from err
    # Reserved bytes, another hash, stray bits in the base64, other line breaks: none of them is ours.
    if key_type != _KEY_TYPE or len(key) != 32 or len(raw) != 64 or format_signature(signature) != text:
        raise MalformedSignature("the SSH signature is not in its one spelling")
    return signature


def public_blob(public_key: bytes) -> bytes:
    """An Ed25519 public key as OpenSSH packs it (RFC 8709 §4)."""
    return _field(_KEY_TYPE) + _field(public_key)


def _signed(message: bytes, namespace: str) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + _field(namespace.encode()) + _field(b"") + _field(_HASH) + _field(digest)


def _field(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _fields(data: bytes) -> list[bytes]:
    out, place = [], 0
    while place < len(data):
        (length,) = struct.unpack_from(">I", data, place)
        out.append(data[place + 4 : place + 4 + length])
        place += 4 + length
    if place != len(data):
        raise ValueError("cut short")
    return out
