"""Collecting from a public node on another machine: http, every request signed with the desk's key, for that node.

The node is not trusted: what it says in another shape is no parcel, what it gives is compared with what it said, and it
has so long to answer and no longer.
"""

from __future__ import annotations

import http.client
import json
import re
import secrets
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from safehand.desk.intake.hurried import Left, hurry
from safehand.desk.intake.parcel_source import MOST_PAGES, Listed, NodeAway, NodeRefused, Waiting
from safehand.desk.settings.places import Address
from safehand.model.digest import is_sha256, sha256_of
from safehand.model.reference import PATTERN
from safehand.seal.acknowledgement import Signed, format_signed
from safehand.signing.keys import load_signing_key
from safehand.signing.request import AskedFor, sign_request

_PIECE: Final = 1 << 18
_PARCEL: Final = re.compile("[0-9a-f]{32}")
_PATIENCE: Final = 5.0
"""Seconds for the node to say something: a worker's heart asks, and must go on beating (core/worker.py)."""

_ALTOGETHER: Final = 10.0
"""Seconds for a whole answer that is no parcel, and for all pages of a list."""

_BEFORE: Final = 15.0
_SLOWEST: Final = 32 * 1024
"""A parcel comes at this many bytes a second after so many seconds, or it is tried again later: as a bad phone line."""

_LONGEST: Final = 1 << 20
"""Bytes of an answer that is no parcel."""

_ABOUT_THIS: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
"""Statuses that speak of one parcel and of no other."""

_TODO: Final = {
    "old_request": "Bring this desk up to date: the node is of a newer version.",
    "other_node": "Set SAFEHAND_NODE to the very address that the node has as SAFEHAND_ADDRESS.",
    "not_signed": "See that it has this desk's desk.pub, that both clocks are right, and both are of one version.",
}
"""What to do, by the code of the node's refusal: words of our own, never the node's."""


class ParcelsAt:
    """The parcels of the node at ``address``. ``seconds`` is a clock that only goes forward."""

    def __init__(self, address: Address, key: Path, seconds: Callable[[], float] = time.monotonic) -> None:
        self._address = address
        self._key = key
        self._seconds = seconds

    def waiting(self) -> Listed:
        """As the node lists them, page after page. What came before it fell silent is not thrown away."""
        left = self._in_all()
        found: dict[str, Waiting] = {}
        odd, after = 0, ""
        for page in range(MOST_PAGES):
            try:
                parcels, strange, after = self._page(after, left)
            except NodeAway:
                if page == 0:
                    raise
                break
            found.update((each.parcel, each) for each in parcels if each.parcel not in found)
            odd += strange
            if not after:
                break
        return Listed(tuple(found.values()), odd)

    def pieces(self, parcel: str) -> Iterator[bytes]:
        """Over the line, as they come."""
        began, came = self._seconds(), 0

        def left() -> float:
            return began + _BEFORE + came / _SLOWEST - self._seconds()

        try:
            with closing(self._connect(left)) as connection:
                answer = self._ask(connection, "GET", f"/report/collect/{parcel}/")
                while piece := answer.read(_PIECE):
                    came += len(piece)
                    yield piece
        except (OSError, http.client.HTTPException) as err:
            raise _away() from err

    def acknowledge(self, parcel: str, signed: Signed) -> None:
        """The node checks the signature, and lets the bytes go."""
        self._small("POST", f"/report/collect/{parcel}/acknowledge", self._in_all(), format_signed(signed))

    def tell(self, parcel: str, told: bytes) -> None:
        """The node keeps it for whoever has the check code."""
        self._small("POST", f"/report/collect/{parcel}/tell", self._in_all(), told)

    def _in_all(self) -> Left:
        until = self._seconds() + _ALTOGETHER
        return lambda: until - self._seconds()

    def _page(self, after: str, left: Left) -> tuple[list[Waiting], int, str]:
        """Parcels, how many entries were none, and what the next page comes after: empty when there is no next."""
        path = f"/report/collect/?after={after}" if after else "/report/collect/"
        try:
            match json.loads(self._small("GET", path, left)):
                case {"parcels": list(listed), **rest}:
                    parcels = [each for each in map(_waiting, listed) if each is not None]
                    return parcels, len(listed) - len(parcels), _next(rest)
        except (ValueError, RecursionError) as err:
            raise _not_understood() from err
        raise _not_understood()

    def _small(self, method: str, path: str, left: Left, body: bytes = b"") -> bytes:
        try:
            with closing(self._connect(left)) as connection:
                return self._ask(connection, method, path, body).read(_LONGEST)
        except (OSError, http.client.HTTPException) as err:
            raise _away() from err

    def _ask(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: bytes = b""
    ) -> http.client.HTTPResponse:
        node = self._address.origin
        asked = AskedFor(node, method, path, sha256_of(body), int(time.time()), secrets.token_hex(16))
        headers = {
            "Authorization": sign_request(asked, load_signing_key(self._key)),
            "Content-Type": "application/json",
        }
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        if answer.status != HTTPStatus.OK:
            raise (NodeRefused if answer.status in _ABOUT_THIS else NodeAway)(
                f"The public node answered {answer.status}.", where=node, todo=_todo(answer.read(_LONGEST))
            )
        return answer

    def _connect(self, left: Left) -> http.client.HTTPConnection:
        host, port, patience = self._address.host, self._address.port, min(_PATIENCE, max(left(), 0.001))
        connection = (
            http.client.HTTPSConnection(host, port, timeout=patience, context=ssl.create_default_context())
            if self._address.https
            else http.client.HTTPConnection(host, port, timeout=patience)
        )
        connection.connect()
        hurry(connection, left)
        return connection


def _waiting(value: Any) -> Waiting | None:
    """A parcel as the node lists one, or None: it is none that this desk understands."""
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
            and size > 0
            and not isinstance(size, bool)
            and all(map(_is_reference, filter(None, (reference, follows))))
        ):
            return Waiting(parcel, kind, sha256, size, reference, follows)
    return None


def _next(rest: dict[Any, Any]) -> str:
    # A node of an older version names none, and has no further page.
    after = rest.get("next")
    return after if isinstance(after, str) and _PARCEL.fullmatch(after) else ""


def _todo(said: bytes) -> str:
    try:
        code = json.loads(said)["code"]
    except (ValueError, KeyError, TypeError, RecursionError):
        code = None
    return _TODO.get(str(code), "See that SAFEHAND_NODE is the address of the node, and look into the node's own log.")


def _is_reference(text: str) -> bool:
    # What the node calls a parcel is signed by the desk, and stands in addresses: nothing else may.
    return re.fullmatch(PATTERN, text) is not None


def _not_understood() -> NodeAway:
    return NodeAway("The public node says something that this desk does not understand.", todo="Bring both up to date.")


def _away() -> NodeAway:
    return NodeAway("The public node does not answer.", todo="See that it runs, and that SAFEHAND_NODE is its address.")
