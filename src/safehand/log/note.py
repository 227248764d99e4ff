"""Text signed by one key or several, in a form that a person can read (c2sp.org/signed-note).

    This is an example message.

    — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

The text ends with a newline, then an empty line, then a line for each signature: em dash, name, and base64 of the key's
ID and the signature. Signatures of keys that nobody asked about are left alone; of a key that is known, one that fails
refuses the whole note.

    note = parse_note(text)
    signed_by(note, keys)               which of these keys signed it, and when where that is said
    sign(text, name, private_key)       a log's line
    cosign(text, name, private_key, seconds)        a witness's line (c2sp.org/tlog-cosignature)
"""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from safehand.errors import CannotRead, CheckFailed, UsageError
from safehand.log.vkey import ID_LENGTH, Kind, VerifierKey, is_key_name

MOST_SIGNATURES: Final = 100
"""The specification asks for at least 16."""
LARGEST: Final = 1_000_000
"""Characters of a note, signatures and all."""
LATEST: Final = (1 << 63) - 1
"""Seconds since 1970: the largest time a cosignature may name."""

_DASH: Final = "\u2014"
_WORDS: Final = 3


class NotSigned(CheckFailed):
    """No key that is believed signed this, or one that is believed did not sign it."""

    code = "not_signed"


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note."""

    name: str
    key_id: bytes
    data: bytes
    """What the key made: 64 bytes of Ed25519, before them 8 bytes of time in a cosignature."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text, with its last newline, and what stands under it."""

    text: str
    signatures: tuple[Signature, ...]


def format_signature(signature: Signature) -> str:
    """One line with its end."""
    return f"{_DASH} {signature.name} {base64.b64encode(signature.key_id + signature.data).decode('ascii')}\n"


def parse_signature(line: str) -> Signature:
    """Read one line without its end back, or CannotRead."""
    words = line.split(" ")
    if len(words) != _WORDS or words[0] != _DASH or not is_key_name(words[1]):
        raise _no_note("A line under it is no signature.")
    try:
        data = base64.b64decode(words[2], validate=True)
    except (ValueError, binascii.Error) as err:
        raise _no_note("A line under it is no signature.") from err
    signature = Signature(words[1], data[:ID_LENGTH], data[ID_LENGTH:])
    if not signature.data or format_signature(signature) != f"{line}\n":
        raise _no_note("A line under it is no signature.")
    return signature


def format_note(note: Note) -> str:
    """The whole. The inverse of parse_note. UsageError for what could not be read back."""
    lines = "".join(map(format_signature, note.signatures))
    made = f"{note.text}\n{lines}"
    try:
        same = parse_note(made) == note
    except CannotRead as err:
        raise UsageError("This cannot be written as a signed note.") from err
    if not same:
        raise UsageError("This cannot be written as a signed note.")
    return made


def parse_note(text: str) -> Note:
    """Read a note, or CannotRead. Nothing is believed yet: see ``signed_by``."""
    if len(text) > LARGEST:
        raise _no_note("It is too long.")
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise _no_note("It is no UTF-8.")
    if any(char < " " and char != "\n" for char in text):
        raise _no_note("It holds a control character.")
    body, blank, under = text.rpartition("\n\n")
    if not blank or not under.endswith("\n"):
        raise _no_note("Nothing signs it.")
    lines = under[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise _no_note("There are too many signatures.")
    return Note(f"{body}\n", tuple(map(parse_signature, lines)))


def sign(text: str, name: str, key: Ed25519PrivateKey) -> Signature:
    """Sign as a log does: the text as it is."""
    who = VerifierKey(name, Kind.ED25519, key.public_key().public_bytes_raw())
    return Signature(name, who.key_id, key.sign(text.encode()))


def cosign(text: str, name: str, key: Ed25519PrivateKey, seconds: int) -> Signature:
    """Sign as a witness does, at ``seconds`` since 1970: this is the largest log of this origin it has seen."""
    if not 0 < seconds <= LATEST:
        raise UsageError("A witness signs at a time after 1970.")
    who = VerifierKey(name, Kind.COSIGNATURE, key.public_key().public_bytes_raw())
    return Signature(name, who.key_id, struct.pack(">Q", seconds) + key.sign(_cosigned(text, seconds)))


def signed_by(note: Note, keys: Iterable[VerifierKey]) -> dict[VerifierKey, int | None]:
    """Those of ``keys`` that signed it, with the seconds since 1970 that a witness names.

    NotSigned when a signature of one of them fails, or none of them signed. UsageError when two of them have one name
    and one ID: a line would have to be of both.
    """
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.key_id), key) != key:
            raise UsageError("Two keys that are believed have one name and one ID.")
    found: dict[VerifierKey, int | None] = {}
    for signature in note.signatures:
        signer = known.get((signature.name, signature.key_id))
        if signer is not None:
            found[signer] = _checked(note.text, signature, signer)
    if not found:
        raise NotSigned("No key that is believed signed this.")
    return found


def _checked(text: str, signature: Signature, key: VerifierKey) -> int | None:
    seconds, data, message = None, signature.data, text.encode()
    if key.kind is Kind.COSIGNATURE:
        if len(data) != _COSIGNED:
            raise NotSigned("A signature that is believed is not of this text.")
        seconds = int(struct.unpack(">Q", data[:8])[0])
        data, message = data[8:], _cosigned(text, seconds)
        if seconds > LATEST:
            raise NotSigned("A signature names a time that is none.")
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(data, message)
    except (InvalidSignature, ValueError) as err:
        raise NotSigned("A signature that is believed is not of this text.") from err
    return seconds


_COSIGNED: Final = 8 + 64


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _no_note(why: str) -> CannotRead:
    return CannotRead(f"This is no signed note. {why}", todo="See c2sp.org/signed-note.")
