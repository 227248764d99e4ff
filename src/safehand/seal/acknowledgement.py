"""The acknowledgement: the desk says that it has these bytes, and signs it.

    {"received":"2026-11-22T10:00:00Z","reference":"SH-7K3M9QXAR","schema":"safehand.acknowledgement/1",
     "sha256":"…","size":48211}

    ssh-keygen -Y verify -f allowed_signers -I desk -n safehand-acknowledgement@v1 -s ack.sig < ack.json

"Sent" is said to a holder when this is back, and not before. It is signed with ``desk.signkey``, of which the public
half stands in desk.pub; the public node holds no key and cannot make one. docs/spec/handover.md has the format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.errors import CannotRead, CheckFailed, UsageError
from safehand.model.canonical import Json, format_canonical, parse_canonical
from safehand.model.digest import is_sha256
from safehand.model.reference import parse_reference
from safehand.signing import sshsig
from safehand.signing.keys import DeskPublic
from safehand.signing.sshsig import MalformedSignature, SignatureDoesNotMatch
from safehand.signing.trust import parse_public_key

SCHEMA: Final = "safehand.acknowledgement/1"
NAMESPACE: Final = "safehand-acknowledgement@v1"
"""What the signature is for."""

_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


class NotAcknowledged(CheckFailed):
    """The signature is not the desk's, or not over this."""

    code = "not_acknowledged"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What the desk has."""

    sha256: str
    """Of the sealed bytes."""
    size: int
    reference: str
    """To be quoted by phone."""
    received: str
    """By the desk's clock: RFC 3339, UTC, whole seconds."""


@dataclass(frozen=True, slots=True)
class Signed:
    """An acknowledgement and the desk's signature over it."""

    acknowledgement: Acknowledgement
    signature: str
    """Armoured SSHSIG."""


def acknowledgement_value(acknowledgement: Acknowledgement) -> dict[str, Json]:
    """The same as a JSON object, schema and all."""
    return {
        "schema": SCHEMA,
        "sha256": acknowledgement.sha256,
        "size": acknowledgement.size,
        "reference": acknowledgement.reference,
        "received": acknowledgement.received,
    }


def format_acknowledgement(acknowledgement: Acknowledgement) -> bytes:
    """What is signed: canonical JSON. The inverse of parse_acknowledgement."""
    return format_canonical(acknowledgement_value(acknowledgement))


def parse_acknowledgement(data: bytes, *, where: str = "") -> Acknowledgement:
    """Read one back, or CannotRead: only what format_acknowledgement writes is accepted."""
    return acknowledgement_of(parse_canonical(data), where=where)


def acknowledgement_of(value: Json, *, where: str = "") -> Acknowledgement:
    """The acknowledgement in a JSON object, or CannotRead."""
    match value:
        case {
            "schema": schema,
            "sha256": str(sha256),
            "size": int(size),
            "reference": str(reference),
            "received": str(received),
            **rest,
        } if schema == SCHEMA and not rest and not isinstance(size, bool):
            found = Acknowledgement(sha256, size, reference, received)
            if is_sha256(sha256) and size > 0 and _MOMENT.fullmatch(received) and _is_reference(reference):
                return found
    raise CannotRead("This is not an acknowledgement of a desk.", where=where)


def format_signed(signed: Signed) -> bytes:
    """Both as canonical JSON: ``{"acknowledgement":{…},"signature":"…"}``. The inverse of parse_signed."""
    value = acknowledgement_value(signed.acknowledgement)
    return format_canonical({"acknowledgement": value, "signature": signed.signature})


def parse_signed(data: bytes) -> Signed:
    """Read both back, or CannotRead. Whether the signature is the desk's is check_acknowledgement's to say."""
    match parse_canonical(data):
        case {"acknowledgement": value, "signature": str(signature), **rest} if not rest:
            return Signed(acknowledgement_of(value), signature)
    raise CannotRead("This is not a signed acknowledgement.")


def sign_acknowledgement(acknowledgement: Acknowledgement, key: Ed25519PrivateKey) -> Signed:
    """Signed with the desk's key. The same call, the same bytes."""
    signature = sshsig.sign(key, format_acknowledgement(acknowledgement), NAMESPACE)
    return Signed(acknowledgement, sshsig.format_signature(signature))


def check_acknowledgement(signed: Signed, desk: DeskPublic) -> None:
    """NotAcknowledged unless this desk signed it."""
    try:
        signature = sshsig.parse_signature(signed.signature)
        expected = parse_public_key(desk.signing_key)
        sshsig.check(signature, format_acknowledgement(signed.acknowledgement), NAMESPACE, expected)
    except (MalformedSignature, SignatureDoesNotMatch) as err:
        raise NotAcknowledged(
            "The acknowledgement is not signed by this desk.",
            todo="Compare the fingerprint of desk.pub with the unit over the phone. If it is theirs, ring them.",
        ) from err


def _is_reference(text: str) -> bool:
    try:
        return parse_reference(text) == text
    except UsageError:
        return False
