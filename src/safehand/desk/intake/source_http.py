"""Collecting from a public node on another machine: http, every request signed with the desk's key."""

from __future__ import annotations

import http.client
import json
import re
import secrets
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from safehand.desk.intake.parcel_source import NodeAway, NodeRefused, Waiting
from safehand.desk.settings.places import Address
from safehand.model.digest import is_sha256, sha256_of
from safehand.model.reference import PATTERN
from safehand.seal.acknowledgement import Signed, format_signed
from safehand.signing.keys import load_signing_key
from safehand.signing.request import AskedFor, sign_request

_PIECE: Final = 1 << 20
_PARCEL: Final = re.compile("[0-9a-f]{32}")
_PATIENCE: Final = 5.0
"""Seconds for the node to say something: a worker's heart asks, and must go on beating (core/worker.py)."""

_LONGEST: Final = 1 << 20
"""Bytes of an answer that is no parcel."""


class ParcelsAt:
    """The parcels of the node at ``address``."""

    def __init__(self, address: Address, key: Path) -> None:
        self._address = address
        self._key = key

    def waiting(self) -> Sequence[Waiting]:
        """As the node lists them. What it says in another shape is no parcel."""
        try:
            listed = json.loads(self._small("GET", "/report/collect/"))["parcels"]
            return [_waiting(value) for value in listed]
        except (ValueError, KeyError, TypeError, RecursionError) as err:
            raise _not_understood() from err

    def pieces(self, parcel: str) -> Iterator[bytes]:
        """Over the line, as they come."""
        try:
            with closing(self._connect()) as connection:
                answer = self._ask(connection, "GET", f"/report/collect/{parcel}/")
                while piece := answer.read(_PIECE):
                    yield piece
        except (OSError, http.client.HTTPException) as err:
            raise _away() from err

    def acknowledge(self, parcel: str, signed: Signed) -> None:
        """The node checks the signature, and lets the bytes go."""
        self._small("POST", f"/report/collect/{parcel}/acknowledge", format_signed(signed))

    def tell(self, parcel: str, told: bytes) -> None:
        """The node keeps it for whoever has the check code."""
        self._small("POST", f"/report/collect/{parcel}/tell", told)

    def _small(self, method: str, path: str, body: bytes = b"") -> bytes:
        try:
            with closing(self._connect()) as connection:
                return self._ask(connection, method, path, body).read(_LONGEST)
        except (OSError, http.client.HTTPException) as err:
            raise _away() from err

    def _ask(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: bytes = b""
    ) -> http.client.HTTPResponse:
        asked = AskedFor(method, path, sha256_of(body), int(time.time()), secrets.token_hex(16))
        headers = {
            "Authorization": sign_request(asked, load_signing_key(self._key)),
            "Content-Type": "application/json",
        }
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        if answer.status != HTTPStatus.OK:
            about_this = answer.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
            raise (NodeRefused if about_this else NodeAway)(
                f"The public node answered {answer.status}.",
                where=self._address.origin,
                todo="See that it has this desk's desk.pub, and that both clocks are right.",
            )
        return answer

    def _connect(self) -> http.client.HTTPConnection:
        host, port = self._address.host, self._address.port
        if self._address.https:
            return http.client.HTTPSConnection(host, port, timeout=_PATIENCE, context=ssl.create_default_context())
        return http.client.HTTPConnection(host, port, timeout=_PATIENCE)


def _waiting(value: Any) -> Waiting:
    match value:
        case {
            "parcel": str(parcel),
            "kind": str(kind),
            "sha256": str(sha256),
            "size": int(size),
            "reference": str(reference),
            "follows": None | str() as follows,
        } if (
            _PARCEL.fullmatch(parcel)
            and is_sha256(sha256)
            and all(map(_is_reference, filter(None, (reference, follows))))
        ):
            return Waiting(parcel, kind, sha256, size, reference, follows)
    raise _not_understood()


def _is_reference(text: str) -> bool:
    # What the node calls a parcel is signed by the desk, and stands in addresses: nothing else may.
    return re.fullmatch(PATTERN, text) is not None


def _not_understood() -> NodeAway:
    return NodeAway("The public node says something that this desk does not understand.", todo="Bring both up to date.")


def _away() -> NodeAway:
    return NodeAway("The public node does not answer.", todo="See that it runs, and that SAFEHAND_NODE is its address.")
