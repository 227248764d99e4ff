"""Speaking to a witness: what is asked, and what it says, whatever it is. Believed by witnessing.py, or not.

say("https://north.example/add-checkpoint", request)        Said(200, "— north.example …")
say("https://north.example/5f3a…/checkpoint")               Said(200, "safehand-desk-…")
"""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Final

from safehand.errors import CannotRead

_TIMEOUT: Final = 15  # seconds, in a task of a worker: nobody waits for it
_LONGEST: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: the number that HTTP calls it by, and its text."""

    status: int
    text: str


def say(address: str, body: str | None = None) -> Said:
    """POST where there is something to say, else GET. CannotRead when no answer came, or none that is text."""
    data = body.encode() if body is not None else None
    asked = urllib.request.Request(address, data=data, headers={"Content-Type": "text/plain"})  # noqa: S310  http and https alone are set (settings/witnesses.py)
    try:
        with urllib.request.urlopen(asked, timeout=_TIMEOUT) as reply:  # noqa: S310  the same
            return Said(reply.status, _text(reply.read(_LONGEST + 1)))
    except urllib.error.HTTPError as err:
        with err:
            return Said(err.code, _text(err.read(_LONGEST + 1)))
    except OSError as err:
        raise CannotRead("The witness did not answer.", todo="Try again later.") from err


def _text(data: bytes) -> str:
    if len(data) > _LONGEST:
        raise CannotRead("The witness answered at too great a length.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as err:
        raise CannotRead("What the witness answered is no text.") from err
