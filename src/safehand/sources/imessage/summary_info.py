"""``message_summary_info``: what was edited and what was unsent, in a binary property list.

    {"ec": {"0": [{"t": typedstream, "d": 690513474.27}, {"t": …, "d": …}]}, "rp": [1]}

``ec``: each part's texts, the first as it was sent, the last as it is. ``rp``: the parts that were unsent. ``d`` counts
seconds from 2001. Other keys (``otr``, ``ust``, ``amc``) say where parts lie and are not read.
"""

from __future__ import annotations

import plistlib
from typing import Any, Final, NamedTuple
from xml.parsers.expat import ExpatError

from safehand.sources.imessage.typed_text import typed_text

_LONGEST: Final = 1 << 20
_MANY: Final = 10_000
_BINARY: Final = b"bplist00"


class Summary(NamedTuple):
    """What it says."""

    revisions: tuple[str, ...] = ()
    """The texts that were replaced, each part's in order."""
    last: str | None = None
    """What stands there now, if the first part was edited."""
    edits: tuple[float, ...] = ()
    """When, in seconds from 2001: of each text that replaced another."""
    unsent: tuple[int, ...] = ()
    """Parts that were unsent."""
    is_read: bool = True
    """False where the bytes are no such list."""


def read_summary(data: bytes) -> Summary:
    """What the bytes say. Nothing raises."""
    if not data.startswith(_BINARY) or len(data) > _LONGEST:
        return Summary(is_read=False)
    try:
        told = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
    except (plistlib.InvalidFileException, ExpatError, ValueError, OverflowError, RecursionError, TypeError):
        return Summary(is_read=False)
    except (IndexError, KeyError, MemoryError):  # a list that was made to be none
        return Summary(is_read=False)
    if not isinstance(told, dict):
        return Summary(is_read=False)
    unsent = told.get("rp")
    parts = tuple(one for one in unsent[:_MANY] if isinstance(one, int)) if isinstance(unsent, list) else ()
    edited = told.get("ec")
    if not isinstance(edited, dict) or not edited:
        return Summary(unsent=parts)
    revisions: list[str] = []
    edits: list[float] = []
    last: str | None = None
    for number, events in enumerate(list(edited.values())[:_MANY]):
        texts = list(_texts(events))
        revisions += [text for text, _ in texts[:-1]]
        edits += [when for _, when in texts[1:]]
        if not number and texts:
            last = texts[-1][0]
    return Summary(tuple(revisions), last, tuple(edits), parts)


def _texts(events: Any) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for event in events[:_MANY] if isinstance(events, list) else ():
        if isinstance(event, dict) and isinstance(event.get("t"), bytes):
            when = event.get("d")
            found.append((typed_text(event["t"]) or "", float(when) if isinstance(when, int | float) else 0.0))
    return found
