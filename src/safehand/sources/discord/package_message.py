"""One message of Discord's own data package, in JSON.

    {"ID": 897870239797215243, "Timestamp": "2021-10-13 15:35:46", "Contents": "The gate is open", "Attachments": ""}

No author: they are all the account's own. ``Timestamp`` names no zone and has no fraction. The id is a snowflake and
tells the moment to the millisecond in UTC (moments.py), so where there is one it is the moment, and the clock reading
stands as the raw text beside it; no zone that makes them the same: ``times_disagree``.
"""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Attachment, Kind, MediaState, Message
from safehand.model.span import Span
from safehand.sources.discord.moments import (
    APART,
    BITS,
    DISCORD_EPOCH,
    agree,
    clock_of,
    is_zone,
    moment_of,
    moment_of_id,
    snowflake_micros,
)
from safehand.sources.json_draft import Draft
from safehand.sources.json_elements import plain_or_any
from safehand.sources.json_fields import Odd
from safehand.sources.local_time import LocalClock, doubts_of
from safehand.sources.seen_ids import LARGEST, SeenIds
from safehand.sources.thread import Thread

MARKS: Final = frozenset({"ID", "Timestamp", "Contents"})
"""An object with none of these is no message."""

OWNER: Final = "owner"
"""What the account whose package it is goes by, where nothing says which that is."""

_COLONS: Final = 4
"""One for each key."""
_READ: Final = frozenset({"ID", "Timestamp", "Contents", "Attachments"})
_SECOND: Final = 1_000_000
_LINK: Final = ("https://", "http://")
_LEAST_DIGITS: Final = 19
"""Of an id in a stamp: no 64 bits have more."""
_UTC, _MILLI, _TEXT = Basis.UTC, Precision.MILLISECOND, Kind.TEXT


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """Words, and no file."""

    native: int = msgspec.field(name="ID")
    date: str = msgspec.field(name="Timestamp")
    content: str = msgspec.field(name="Contents")
    attachments: Literal[""] = msgspec.field(name="Attachments")


decode: Final = plain_or_any(Plain)
"""A Plain, or whatever else JSON holds."""


def is_message(value: Any) -> bool:
    """Whether an element has anything of a message."""
    found = value.value if isinstance(value, Odd) else value
    return isinstance(found, dict) and not MARKS.isdisjoint(found)


def stamp_of(value: Any) -> str | None:
    """The id as a text whose order is the order in time: what tells which end of the file is the older."""
    if type(value) is Plain:
        native: Any = value.native
    else:
        found = value.value if isinstance(value, Odd) else value
        native = number_of(found.get("ID")) if isinstance(found, dict) else None
    return stamp_of_id(native)


def stamp_of_id(native: int | None) -> str | None:
    """An id with zeros before it, so that their order as text is their order as numbers."""
    return None if native is None else str(native).zfill(_LEAST_DIGITS)


class Owner(msgspec.Struct, frozen=True, gc=False):
    """The account whose package it is: its id and name, as far as the package says."""

    id: str | None = None
    name: str | None = OWNER

    @property
    def key(self) -> str:
        """What tells it apart from others: its id, else its name."""
        return self.id or self.name or OWNER


class Teller:
    """Tells the messages of one channel, oldest first."""

    __slots__ = ("_clock", "_last", "_owner", "_seen", "_thread", "clocks")

    def __init__(self, thread: Thread, owner: Owner, clock: LocalClock) -> None:
        self._thread = thread
        self._owner = owner
        self._clock = clock
        self._seen = SeenIds()
        self._last = ("", 0)
        self.clocks = False
        """Whether a time was a clock reading that an id made a moment."""

    def plain(self, value: Plain, raw: bytes, span: Span) -> Message | None:
        """The next message, by the short way; None for what is not quite as plain as it looks."""
        native, date, text, seen = value.native, value.date, value.content, self._seen
        if not text or not seen.last < native <= LARGEST:
            return None
        if raw.count(b":") != _COLONS + date.count(":") + text.count(":") or (b"\\" in raw and b"\\u003" in raw):
            return None
        before, local = self._last
        if date != before:
            found = clock_of(date)
            if found is None:
                return None
            local = found
            self._last = date, local
        micros = ((native >> BITS) + DISCORD_EPOCH) * 1000
        if micros // _SECOND * _SECOND != local:
            return None
        self.clocks = True
        seen.append(native)
        seen.last = native
        sent = Instant(date, _UTC, _MILLI, micros, micros, micros)
        thread, owner = self._thread, self._owner
        doubts = thread.take(owner.key, owner.name, sent, span)
        return Message(thread.count, _TEXT, owner.name, text, sent, span, doubts, owner.id, str(native))

    def any(self, value: Any, raw: bytes, span: Span) -> Message:
        """The next message, field by field."""
        draft = Draft(value, raw, _READ, frozenset())
        number = number_of(draft.value.get("ID"))
        native = draft.id_of("ID")
        sent, doubts = self.sent(draft.value.get("Timestamp"), number)
        if Doubt.TIME_UNREADABLE in doubts:
            draft.keep("Timestamp")
        for doubt in doubts:
            draft.doubt(doubt)
        if self.repeats(number):
            draft.doubt(Doubt.DUPLICATE_OF)
        text = draft.words("Contents") or None
        files = _files(draft)
        extra = draft.extra()
        kind = kind_of(text, files, known=extra is None)
        message = self.count(kind, text, sent, span, draft.found(), native)
        spelled = draft.spelled("Contents", text)
        return msgspec.structs.replace(message, text_raw=spelled, attachments=files, extra=extra)

    def count(
        self, kind: Kind, text: str | None, sent: Instant, span: Span, doubts: tuple[Doubt, ...], native: str | None
    ) -> Message:
        """The next message: with its number, and whose it is."""
        thread, owner = self._thread, self._owner
        doubts = thread.take(owner.key, owner.name, sent, span, doubts)
        return Message(thread.count, kind, owner.name, text, sent, span, doubts, owner.id, native)

    def repeats(self, number: int | None) -> bool:
        """Whether a message of this id came before."""
        return number is not None and not self._seen.add(number)

    def sent(self, date: Any, number: int | None) -> tuple[Instant, tuple[Doubt, ...]]:
        """The moment that the time, the id, or both of them tell."""
        written = moment_of(date)
        if written is not None:
            return written, () if number is None or agree(written, number) else (Doubt.TIMES_DISAGREE,)
        raw = "" if date is None else str(date)
        local, micros = clock_of(date), None if number is None else snowflake_micros(number)
        if local is None:
            by_id = None if number is None else moment_of_id(number)
            return by_id or unknown_instant(raw), (Doubt.TIME_UNREADABLE,)
        fraction = "." in raw
        if micros is None:
            sent = self._clock.instant(raw, local, _MILLI if fraction else Precision.SECOND, Basis.SERVER_LOCAL)
            return sent, doubts_of(sent)
        self.clocks = True
        same = is_zone(local, micros, APART if fraction else _SECOND)
        return Instant(raw, _UTC, _MILLI, micros, micros, micros), () if same else (Doubt.TIMES_DISAGREE,)


def kind_of(text: str | None, files: tuple[Attachment, ...], *, known: bool) -> Kind:
    """What a message is, by what it has. Without anything it is empty only where nothing of it is unknown."""
    if files:
        return Kind.MEDIA
    return Kind.TEXT if text else Kind.EMPTY if known else Kind.UNKNOWN


def files_of(listed: str, between: str | None = None) -> tuple[Attachment, ...]:
    """Addresses with blanks or ``between`` between them, each as the name of its file. Nobody looks what lies there."""
    addresses = listed.split(between) if between is None else _addresses(listed, between)
    return tuple(Attachment(MediaState.NAMED, _name(address)) for address in addresses if address)


def _addresses(listed: str, between: str) -> list[str]:
    """The sign may stand in a link too: what follows a link and has no folder is the rest of the link."""
    found: list[str] = []
    for part in listed.split(between):
        if found and found[-1].startswith(_LINK) and "/" not in part and "\\" not in part:
            found[-1] += between + part
        else:
            found.append(part)
    return found


def _files(draft: Draft) -> tuple[Attachment, ...]:
    listed = draft.words("Attachments")
    if not listed:
        return ()
    draft.keep("Attachments")
    return files_of(listed)


def _name(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2] or address


def number_of(value: Any) -> int | None:
    """An id: a number, or its digits."""
    if type(value) is str and value.isascii() and value.isdigit() and len(value) <= _LEAST_DIGITS:
        value = int(value)
    return value if type(value) is int and 0 <= value <= LARGEST else None
