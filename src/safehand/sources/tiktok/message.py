"""One direct message of TikTok's.

    {"Date": "2023-11-05 12:01:02", "From": "robin", "Content": "The gate is open"}

``Date`` names no zone. Other readers take it for UTC (formats.md 1.0 marks that as unconfirmed), and so nothing is
assumed: it is a reading of the platform's clock, an interval, until a person states the zone.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Kind, Message, Share
from safehand.model.span import Span
from safehand.sources.json_draft import Draft
from safehand.sources.json_elements import plain_or_any
from safehand.sources.json_fields import Odd
from safehand.sources.local_time import LocalClock, doubts_of
from safehand.sources.thread import Thread
from safehand.sources.written_times import clock_reading

MARKS: Final = frozenset({"Date", "From", "Content"})
"""An object with none of these is no message."""

COLONS: Final = 5
"""Three keys, and the two of the clock."""

_READ: Final = frozenset({"Date", "From", "Content"})
_LENGTH: Final = len("2023-11-05 12:01:02")
_LINK: Final = re.compile(r"\[?(https://(?:www\.tiktok|www\.tiktokv|vm\.tiktok)\.com/[^\s\]]*)\]?")
"""A shared video: a link and nothing else (formats.md 1.9). It is never fetched."""
_BEGINS: Final = ("https://", "[https://")


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """Every message but the odd one, field for field."""

    date: str = msgspec.field(name="Date")
    sender: str = msgspec.field(name="From")
    content: str = msgspec.field(name="Content")


decode: Final = plain_or_any(Plain)
"""A Plain, or whatever else JSON holds."""


def is_message(value: Any) -> bool:
    """Whether an element has anything of a message."""
    found = value.value if isinstance(value, Odd) else value
    return isinstance(found, dict) and not MARKS.isdisjoint(found)


class Moments:
    """Reads the times of one file: many messages have the same second, and all the same doubts."""

    __slots__ = ("_clock", "_last")

    def __init__(self, clock: LocalClock) -> None:
        self._clock = clock
        self._last: tuple[str, Instant, tuple[Doubt, ...]] = ("", unknown_instant(""), ())

    def read(self, date: Any) -> tuple[Instant, tuple[Doubt, ...]]:
        """``2023-11-05 12:01:02`` as the platform's clock showed it."""
        if date == self._last[0]:
            return self._last[1], self._last[2]
        local = _local(date) if isinstance(date, str) else None
        if local is None:
            return unknown_instant("" if date is None else str(date)), (Doubt.TIME_UNREADABLE,)
        sent = self._clock.instant(date, local, Precision.SECOND, Basis.SERVER_LOCAL)
        self._last = date, sent, doubts_of(sent)
        return sent, self._last[2]


def read_plain(value: Plain, raw: bytes, span: Span, thread: Thread, moments: Moments) -> Message | None:
    """The next message of ``thread``, by the short way; None for what is not quite as plain as it looks."""
    text, sender = value.content, value.sender
    if not text or not sender or text.startswith(_BEGINS):
        return None
    if raw.count(b":") != COLONS + text.count(":") + sender.count(":") or (raw.find(b"\\") >= 0 and b"\\u003" in raw):
        return None
    sent, doubts = moments.read(value.date)
    if sent.basis is Basis.NONE:
        return None
    doubts = thread.take(sender, sender, sent, span, doubts)
    return Message(thread.count, Kind.TEXT, sender, text, sent, span, doubts, sender)


def read_message(value: Any, raw: bytes, span: Span, thread: Thread, moments: Moments) -> Message:
    """The next message of ``thread``, field by field."""
    draft = Draft(value, raw, _READ, frozenset())
    sender, text = draft.words("From") or None, draft.words("Content") or None
    sent, doubts = moments.read(draft.value.get("Date"))
    if sent.basis is Basis.NONE:
        draft.keep("Date")
    for doubt in doubts:
        draft.doubt(doubt)
    link = link_of(text)
    kind = Kind.SHARE if link else Kind.TEXT if text else Kind.UNKNOWN if draft.has_unknown else Kind.EMPTY
    extra = draft.extra()
    found = thread.take(sender, sender, sent, span, draft.found())
    return Message(
        thread.count,
        kind,
        sender,
        text,
        sent,
        span,
        found,
        sender,
        None,
        draft.spelled("Content", text),
        share=Share(link) if link else None,
        extra=extra,
    )


def link_of(text: str | None) -> str | None:
    """The link, where a text is one to a shared video and nothing else."""
    link = None if text is None or not text.startswith(_BEGINS) else _LINK.fullmatch(text)
    return None if link is None else link[1]


def _local(date: str) -> int | None:
    if len(date) != _LENGTH or date[4] + date[13] + date[16] != "-::":
        return None
    return clock_reading(date)
