"""Fetching a timestamp from an authority: the only place in Safehand that opens a connection.

    token = fetch(timestamp_request(statement), "http://tsa.example")

Nobody calls it while sealing. What is sent is a hash and a nonce (RFC 3161 §3.4): the authority learns that something
was stamped, not what. A reply is believed only after check_timestamp.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Final

from safehand.errors import CannotRead, UsageError

_TIMEOUT: Final = 30  # seconds
_LONGEST: Final = 1 << 20


def fetch(request: bytes, address: str) -> bytes:
    """The authority's reply to ``request``. CannotRead when there is none."""
    if not address.startswith(("http://", "https://")):
        raise UsageError("An authority's address begins with http:// or https://.")
    asked = urllib.request.Request(  # noqa: S310  the scheme was checked above
        address, data=request, headers={"Content-Type": "application/timestamp-query"}, method="POST"
    )
    try:
        with urllib.request.urlopen(asked, timeout=_TIMEOUT) as reply:  # noqa: S310  the scheme was checked above
            kind = reply.headers.get_content_type()
            token: bytes = reply.read(_LONGEST + 1)
    except (urllib.error.URLError, TimeoutError, OSError) as err:
        raise CannotRead("The timestamp authority did not answer.", todo="Try again later.") from err
    if kind != "application/timestamp-reply" or len(token) > _LONGEST:
        raise CannotRead("What the authority answered is no timestamp.", todo="Check its address.")
    return token
