"""One Telegram message of any kind. The common ones, plain text, are read by thread.py's short way.

    {"id": 3674, "type": "service", "date": …, "actor": "Priya", "actor_id": "user3", "action": "phone_call", …}
        → Message(kind=CALL, sender="Priya", action="phone_call", call=Call(seconds=56, outcome="hangup"))

What the model has no place for stands verbatim in ``extra``; fields nobody knew when this was written stand there too,
with the doubt ``field_not_read``. Nothing is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from safehand.model.doubt import Doubt
from safehand.model.instant import Instant, unknown_instant
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
from safehand.sources.telegram.fields import CALLS, KEPT, MESSAGE_TYPES, PAYLOADS, READ
from safehand.sources.telegram.media import read_media
from safehand.sources.telegram.reactions import read_poll, read_reactions
from safehand.sources.telegram.seen import SeenIds
from safehand.sources.telegram.texts import read_text
from safehand.sources.telegram.times import Times

_MARKS: Final = frozenset({"id", "type", "date", "date_unixtime", "text"})
"""An object with none of these is no message."""

_ODD: Final = {
    Oddity.NOT_UTF8: Doubt.ENCODING_GUESSED,
    Oddity.LONE_SURROGATE: Doubt.ENCODING_GUESSED,
    Oddity.BAD_ESCAPE: Doubt.TEXT_REPAIRED,
}


def is_message(value: Any) -> bool:
    """Whether an element has anything of a message."""
    found = value.value if isinstance(value, Odd) else value
    return isinstance(found, dict) and not _MARKS.isdisjoint(found)


@dataclass(slots=True)
class _Draft:
    """A message while its fields are taken up one by one."""

    value: dict[str, Any]
    original: dict[str, Any]
    left: set[str]
    """Fields that nobody has taken up. In the end they stand in ``extra``."""
    doubts: list[Doubt] = field(default_factory=list)

    def words(self, name: str) -> str | None:
        """Take up a field that is a string, or null."""
        found = self.value.get(name)
        if found is None or isinstance(found, str):
            self.left.discard(name)
            return found
        self.left.add(name)
        return None

    def name_of(self, name: str) -> str | None:
        """Take up an id: a string, or a number in files before 2021."""
        found = self.value.get(name)
        if isinstance(found, int) and not isinstance(found, bool):
            self.left.discard(name)
            return str(found)
        return self.words(name)

    def moment(self, times: Times, name: str) -> Instant | None:
        """Take up ``name`` and ``name_unixtime``. What is in doubt about them stands in ``extra`` too."""
        names = {name, f"{name}_unixtime"} & self.value.keys()
        if not names:
            return None
        timed = times.read(self.value.get(name), self.value.get(f"{name}_unixtime"))
        self.doubts += timed.doubts
        if {Doubt.TIME_UNREADABLE, Doubt.TIMES_DISAGREE} & set(timed.doubts):
            self.left |= names
        return timed.instant


def read_message(value: Any, raw: bytes, number: int, span: Span, times: Times, seen: SeenIds) -> Message:
    """The message in one element, for which ``is_message`` held."""
    if not isinstance(value, Odd) and float in map(type, value.values()):
        # A fraction where none belongs: an id beyond 64 bits. read_odd keeps its digits.
        value = read_odd(raw) or value
    odd = value if isinstance(value, Odd) else None
    draft = _Draft(odd.value, odd.original, set()) if odd else _Draft(value, value, set())
    draft.left = draft.value.keys() - READ
    sent = draft.moment(times, "date")
    if sent is None:
        sent = unknown_instant("")
        draft.doubts.append(Doubt.TIME_UNREADABLE)
    service = draft.value.get("type") == "service"
    text = read_text(draft.value.get("text"), draft.value.get("text_entities"))
    words = text.text or (draft.words("information_text") if service else None)
    media = read_media(draft.value)
    draft.left.update(text.unread, media.unread)
    sender, sender_id = _sender(draft)
    action = draft.words("action") if service else None
    call = _call(draft, action)
    edited = draft.moment(times, "edited")
    reply = _reply(draft, seen)
    forward = _forward(draft, times)
    reactions = _reactions(draft, times)
    kind = _kind(draft, call, media.kind, words)
    native_id = draft.name_of("id")
    text_raw = _text_raw(draft, odd, raw, words)
    extra = _extra(draft, raw)
    return Message(
        number=number,
        kind=kind,
        sender=sender,
        text=words,
        sent=sent,
        span=span,
        doubts=tuple(dict.fromkeys(draft.doubts)),
        sender_id=sender_id,
        native_id=native_id,
        text_raw=text_raw,
        action=action,
        edited=edited,
        edited_mark=edited is not None,
        attachments=media.attachments,
        reactions=reactions,
        reply=reply,
        forward=forward,
        call=call,
        poll=read_poll(draft.value.get("poll")),
        entities=text.entities,
        extra=extra,
    )


def _sender(draft: _Draft) -> tuple[str | None, str | None]:
    """Who wrote, or whose act a service message tells."""
    name = "actor" if "actor" in draft.value or "actor_id" in draft.value else "from"
    return draft.words(name), draft.name_of(f"{name}_id")


def _kind(draft: _Draft, call: Call | None, media: Kind | None, words: str | None) -> Kind:
    form = draft.value.get("type", "message")
    if form == "service":
        return Kind.CALL if call else Kind.SYSTEM
    if form not in MESSAGE_TYPES or form == "unsupported":
        if form != "unsupported":
            draft.left.add("type")
        return Kind.UNKNOWN
    if media is not None:
        return media
    if words:
        return Kind.TEXT
    # A game, an invoice, a giveaway: known, and nothing we have a kind for.
    return Kind.UNKNOWN if draft.left & PAYLOADS else Kind.EMPTY


def _call(draft: _Draft, action: str | None) -> Call | None:
    if action not in CALLS:
        return None
    seconds = None
    for name in ("duration_seconds", "duration"):
        found = draft.value.get(name)
        if isinstance(found, int) and not isinstance(found, bool) and found >= 0:
            seconds = found
            draft.left.discard(name)
    return Call(seconds, draft.words("discard_reason"))


def _reply(draft: _Draft, seen: SeenIds) -> Reply | None:
    if "reply_to_message_id" not in draft.value:
        return None
    target = draft.value["reply_to_message_id"]
    if "reply_to_peer_id" not in draft.value and target in seen:
        return Reply(str(target), None, Match.EXACT)
    draft.doubts.append(Doubt.REPLY_TARGET_MISSING)
    return Reply(draft.name_of("reply_to_message_id"))


def _forward(draft: _Draft, times: Times) -> Forward | None:
    sent = draft.moment(times, "forwarded_date")
    if sent is None and "forwarded_from" not in draft.value:
        return None
    return Forward(draft.words("forwarded_from"), sent)


def _reactions(draft: _Draft, times: Times) -> tuple[Reaction, ...]:
    if "reactions" not in draft.value:
        return ()
    read = read_reactions(draft.value["reactions"], times)
    if not read.whole:
        draft.left.add("reactions")
    return read.reactions


def _text_raw(draft: _Draft, odd: Odd | None, raw: bytes, words: str | None) -> str | None:
    """What stood there, when the text is not what stood there."""
    if odd is None:
        return None
    draft.doubts += sorted(_ODD[one] for one in odd.oddities if one in _ODD)
    if Oddity.BAD_ESCAPE in odd.oddities:
        return next((_spelled(raw[one.start : one.end]) for one in members(raw) if one.key == "text"), None)
    stood = read_text(draft.original.get("text"), draft.original.get("text_entities")).text
    return escaped(stood) if stood is not None and words is not None and stood != words else None


def _spelled(raw: bytes) -> str:
    return escaped(raw.decode("utf-8", "surrogateescape"))


def _extra(draft: _Draft, raw: bytes) -> str | None:
    """Fields without a place, as they stand there; and all spellings of a field that is given twice."""
    repeated = repeated_members(raw) if keys_repeat(raw, draft.value) else frozenset()
    if repeated:
        draft.doubts.append(Doubt.FIELD_REPEATED)
    if draft.left - KEPT:
        draft.doubts.append(Doubt.FIELD_NOT_READ)
    wanted = draft.left | repeated
    return verbatim(raw, wanted) if wanted else None
