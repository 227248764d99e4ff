"""One Telegram message of any kind. The common ones, plain text, are read by thread.py's short way.

    {"id": 3674, "type": "service", "date": …, "actor": "Priya", "actor_id": "user3", "action": "phone_call", …}
        → Message(kind=CALL, sender="Priya", action="phone_call", call=Call(seconds=56, outcome="hangup"))

What the model has no place for stands verbatim in ``extra``; fields nobody knew when this was written stand there too,
with the doubt ``field_not_read``. Nothing is dropped.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.instant import Instant
from safehand.model.message import Call, Forward, Kind, Match, Message, Reaction, Reply
from safehand.model.span import Span
from safehand.sources.json_fields import (
    Odd,
    Oddity,
    escaped,
    keys_repeat,
    members,
    read_odd,
    repeated_members,
    verbatim,
)
from safehand.sources.seen_ids import SeenIds
from safehand.sources.telegram.fields import CALLS, KEPT, PAYLOADS, READ
from safehand.sources.telegram.media import MEDIA_FIELDS, NO_MEDIA, read_media
from safehand.sources.telegram.reactions import read_poll, read_reactions
from safehand.sources.telegram.texts import read_text
from safehand.sources.telegram.times import Times

_MARKS: Final = frozenset({"id", "type", "date", "date_unixtime", "text"})
"""An object with none of these is no message."""

_UNIXTIME: Final = {name: f"{name}_unixtime" for name in ("date", "edited", "forwarded_date")}

_ODD: Final = {
    Oddity.NOT_UTF8: Doubt.ENCODING_GUESSED,
    Oddity.LONE_SURROGATE: Doubt.ENCODING_GUESSED,
    Oddity.BAD_ESCAPE: Doubt.TEXT_REPAIRED,
}


def is_message(value: Any) -> bool:
    """Whether an element has anything of a message."""
    found = value.value if isinstance(value, Odd) else value
    return isinstance(found, dict) and not _MARKS.isdisjoint(found)


class _Shape(msgspec.Struct, frozen=True, gc=False):
    """What follows from the names of a message's fields alone: the same for millions."""

    left: frozenset[str]
    """Fields without a place: they stand in ``extra``."""
    sender: str
    sender_id: str
    has_media: bool
    is_edited: bool
    is_forwarded: bool


def _shape_of(service: bool, names: tuple[str, ...]) -> _Shape:  # noqa: FBT001  lru_cache keys by position
    fields = frozenset(names)
    sender = "actor" if service and not fields.isdisjoint(("actor", "actor_id")) else "from"
    taken = {sender, f"{sender}_id", *(("action", "information_text") if service else ())}
    return _Shape(
        left=fields - READ - taken,
        sender=sender,
        sender_id=f"{sender}_id",
        has_media=not MEDIA_FIELDS.isdisjoint(fields),
        is_edited=not fields.isdisjoint(("edited", "edited_unixtime")),
        is_forwarded=not fields.isdisjoint(("forwarded_from", "forwarded_date", "forwarded_date_unixtime")),
    )


_known_shape: Final = lru_cache(maxsize=256)(_shape_of)
_LONG: Final = 16 << 10
"""Longer messages are not remembered by their shape: a hostile one could have names of any length."""


class _Draft:
    """A message while its fields are read one by one."""

    __slots__ = ("doubts", "left", "original", "understood", "value")

    def __init__(self, value: dict[str, Any], original: dict[str, Any], left: frozenset[str]) -> None:
        self.value = value
        self.original = original
        self.left = left
        """Fields that were not read, or not wholly. In the end they stand in ``extra``."""
        self.understood: frozenset[str] = KEPT
        """Those of them that are no surprise."""
        self.doubts: list[Doubt] = []

    def words(self, name: str) -> str | None:
        """A field that should be a string, or null."""
        found = self.value.get(name)
        if found is None or isinstance(found, str):
            return found
        self.left |= {name}
        return None

    def name_of(self, name: str) -> str | None:
        """An id: a string, or a number in files before 2021."""
        found = self.value.get(name)
        return found if type(found) is str else str(found) if type(found) is int else self.words(name)

    def moment(self, times: Times, name: str) -> Instant:
        """The moment of ``name`` and ``name_unixtime``. What is in doubt about them stands in ``extra`` too."""
        unixtime = _UNIXTIME[name]
        timed = times.read(self.value.get(name), self.value.get(unixtime))
        if timed.doubts:
            self.doubts += timed.doubts
            if Doubt.TIME_UNREADABLE in timed.doubts or Doubt.TIMES_DISAGREE in timed.doubts:
                self.left |= {name, unixtime} & self.value.keys()
                self.understood |= {name, unixtime}
        return timed.instant


def read_message(value: Any, raw: bytes, number: int, span: Span, times: Times, seen: SeenIds) -> Message:
    """The message in one element, for which ``is_message`` held."""
    if not isinstance(value, Odd) and float in map(type, value.values()):
        # A fraction where none belongs: an id beyond 64 bits. read_odd keeps its digits.
        value = read_odd(raw) or value
    odd = value if isinstance(value, Odd) else None
    fields = odd.value if odd else value
    service = fields.get("type") == "service"
    shape = (_known_shape if len(raw) < _LONG else _shape_of)(service, tuple(fields))
    draft = _Draft(fields, odd.original if odd else fields, shape.left)
    sent = draft.moment(times, "date")
    text = read_text(fields.get("text"), fields.get("text_entities"))
    words = text.text or (draft.words("information_text") if service else None)
    media = read_media(fields) if shape.has_media else NO_MEDIA
    if text.unread or media.unread:
        draft.left |= {*text.unread, *media.unread}
    if text.folded:
        draft.left |= {text.folded}
        draft.understood |= {text.folded}
    action = draft.words("action") if service else None
    call = _call(draft, action) if service else None
    edited = draft.moment(times, "edited") if shape.is_edited else None
    reply = _reply(draft, seen) if "reply_to_message_id" in fields else None
    forward = _forward(draft, times) if shape.is_forwarded else None
    reactions = _reactions(draft, times) if "reactions" in fields else ()
    kind = _kind(draft, call, media.kind, words)
    sender, sender_id, native_id = draft.words(shape.sender), draft.name_of(shape.sender_id), draft.name_of("id")
    text_raw = _text_raw(draft, odd, raw, words) if odd else None
    extra = _extra(draft, raw)
    return Message(
        number,
        kind,
        sender,
        words,
        sent,
        span,
        tuple(dict.fromkeys(draft.doubts)) if draft.doubts else (),
        sender_id,
        native_id,
        text_raw,
        action,
        edited,
        edited is not None,
        media.attachments,
        reactions,
        reply,
        forward,
        call=call,
        poll=read_poll(fields["poll"]) if "poll" in fields else None,
        entities=text.entities,
        extra=extra,
    )


def _kind(draft: _Draft, call: Call | None, media: Kind | None, words: str | None) -> Kind:
    form = draft.value.get("type", "message")
    if form == "service":
        return Kind.CALL if call else Kind.SYSTEM
    if form != "message":
        if form != "unsupported":
            draft.left |= {"type"}
        return Kind.UNKNOWN
    if media is not None:
        return media
    if words:
        return Kind.TEXT
    # A game, an invoice, a giveaway: known, and nothing we have a kind for. Or something newer than this version.
    return Kind.UNKNOWN if draft.left & PAYLOADS or not draft.left <= draft.understood else Kind.EMPTY


def _call(draft: _Draft, action: str | None) -> Call | None:
    if action not in CALLS:
        return None
    seconds = None
    for name in ("duration_seconds", "duration"):
        found = draft.value.get(name)
        if type(found) is int and found >= 0:
            seconds = found
            draft.left -= {name}
    draft.left -= {"discard_reason"}
    return Call(seconds, draft.words("discard_reason"))


def _reply(draft: _Draft, seen: SeenIds) -> Reply:
    target = draft.value["reply_to_message_id"]
    if "reply_to_peer_id" not in draft.value and type(target) is int and target in seen:
        return Reply(str(target), None, Match.EXACT)
    draft.doubts.append(Doubt.REPLY_TARGET_MISSING)
    return Reply(draft.name_of("reply_to_message_id"))


def _forward(draft: _Draft, times: Times) -> Forward:
    dated = "forwarded_date" in draft.value or "forwarded_date_unixtime" in draft.value
    return Forward(draft.words("forwarded_from"), draft.moment(times, "forwarded_date") if dated else None)


def _reactions(draft: _Draft, times: Times) -> tuple[Reaction, ...]:
    read = read_reactions(draft.value["reactions"], times)
    if not read.whole:
        draft.left |= {"reactions"}
    elif read.by_id:
        draft.left |= {"reactions"}
        draft.understood |= {"reactions"}
    return read.reactions


def _text_raw(draft: _Draft, odd: Odd, raw: bytes, words: str | None) -> str | None:
    """What stood there, when the text is not what stood there."""
    draft.doubts += sorted(_ODD[one] for one in odd.oddities if one in _ODD)
    if Oddity.BAD_ESCAPE in odd.oddities:
        spelled = next((_spelled(raw[one.start : one.end]) for one in members(raw) if one.key == "text"), "")
        return spelled.strip('"') if "\\x" in spelled else None
    stood = read_text(draft.original.get("text"), draft.original.get("text_entities")).text
    return escaped(stood) if stood is not None and words is not None and stood != words else None


def _spelled(raw: bytes) -> str:
    return escaped(raw.decode("utf-8", "surrogateescape"))


def _extra(draft: _Draft, raw: bytes) -> str | None:
    """Fields without a place, as they stand there; and all spellings of a field that is given twice."""
    wanted = draft.left
    if wanted and not wanted <= draft.understood:
        draft.doubts.append(Doubt.FIELD_NOT_READ)
    if not keys_repeat(raw, draft.value):
        return verbatim(raw, wanted, draft.value) if wanted else None
    draft.doubts.append(Doubt.FIELD_REPEATED)
    return verbatim(raw, wanted | repeated_members(raw))
