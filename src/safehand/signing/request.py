"""A request that the desk signed, so that the public node answers nobody else.

    Authorization: Safehand-Desk eyJib2R5Ijoi….LS0tLS1CRUdJTi…

Before the dot, in base64, the canonical JSON of what is asked; after it the SSHSIG over those bytes, by desk.signkey,
for ``safehand-request@v1``. It names the node, the method, the path and the hash of the body, the moment, and a number
that is used once: a copy of it opens nothing, at this node or at another, and a slow one is refused.
docs/spec/handover.md, "Collecting".
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.errors import CannotRead
from safehand.model.canonical import format_canonical, parse_canonical
from safehand.model.digest import is_sha256, sha256_of
from safehand.signing import sshsig
from safehand.signing.sshsig import MalformedSignature, SignatureDoesNotMatch
from safehand.signing.trust import parse_public_key

SCHEMA: Final = "safehand.request/2"
OLD_SCHEMA: Final = "safehand.request/1"
"""The form before it, which did not say for which node it was."""
NAMESPACE: Final = "safehand-request@v1"
SCHEME: Final = "Safehand-Desk"

SLOW: Final = 120
"""Seconds that the two clocks may differ, and the way may take."""

_LONGEST: Final = 8192
_NONCE: Final = re.compile("[0-9a-f]{32}")


class MalformedRequest(ValueError):
    """The header is none, or is not signed by this desk, or is about something else."""


class OldRequest(MalformedRequest):
    """It is signed by the desk, in the form that did not name a node."""


class OtherNode(MalformedRequest):
    """It is signed by the desk, for another node than this one."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What is asked, once."""

    node: str
    """Which node: its origin, ``https://report.example``, as a browser would write it."""
    method: str
    path: str
    """With its query, as it stands in the request's first line."""
    body_sha256: str
    instant: int
    """Seconds since 1970, UTC."""
    nonce: str
    """32 hexadecimal digits by chance."""


def sign_request(asked: AskedFor, key: Ed25519PrivateKey) -> str:
    """The value of the Authorization header."""
    data = format_canonical(
        {"schema": SCHEMA, **{name: getattr(asked, name) for name in AskedFor.__dataclass_fields__}}
    )
    signature = sshsig.format_signature(sshsig.sign(key, data, NAMESPACE))
    return f"{SCHEME} {_coded(data)}.{_coded(signature.encode('ascii'))}"


def check_request(
    header: str, signing_key: str, *, node: str, method: str, path: str, body: bytes, now: int
) -> AskedFor:
    """What was signed, or MalformedRequest unless it is this request, by this key, now. The nonce is the caller's.

    OldRequest and OtherNode are told apart for who holds the key, and for nobody else.
    """
    scheme, _, rest = header.partition(" ")
    signed, dot, signature = rest.partition(".")
    if scheme != SCHEME or not dot or len(header) > _LONGEST:
        raise MalformedRequest("no signed request stands here")
    data = _plain(signed)
    try:
        made = sshsig.parse_signature(_plain(signature).decode("ascii"))
        sshsig.check(made, data, NAMESPACE, parse_public_key(signing_key))
        asked = _asked(data)
    except (MalformedSignature, SignatureDoesNotMatch, CannotRead, UnicodeDecodeError) as err:
        raise MalformedRequest("it is not signed by the desk") from err
    if asked.node != node:
        raise OtherNode("it is signed for another node")
    if (asked.method, asked.path, asked.body_sha256) != (method, path, sha256_of(body)):
        raise MalformedRequest("it is signed for another request")
    if abs(now - asked.instant) > SLOW:
        raise MalformedRequest("it is too old, or the clocks differ")
    return asked


def _asked(data: bytes) -> AskedFor:
    match parse_canonical(data):
        case {
            "schema": schema,
            "node": str(node),
            "method": str(method),
            "path": str(path),
            "body_sha256": str(body),
            "instant": int(instant),
            "nonce": str(nonce),
            **rest,
        } if schema == SCHEMA and not rest and is_sha256(body) and _NONCE.fullmatch(nonce):
            return AskedFor(node, method, path, body, instant, nonce)
        case {"schema": schema} if schema == OLD_SCHEMA:
            raise OldRequest("it does not say for which node it is")
    raise CannotRead("This is not a request of a desk.")


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii")


def _plain(text: str) -> bytes:
    try:
        return base64.b64decode(text, altchars=b"-_", validate=True)
    except ValueError as err:
        raise MalformedRequest("it is not in base64") from err
