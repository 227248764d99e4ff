"""One event of a manifest as a message.

    {"id": "7", "type": "message", "participant": "1", "timestamp": "2018-09-11T09:45:00", "body": "Hello",
     "parent": "3", "edits": [{"previous": "Helo", "new": "Hello", "timestamp": …}], …}
        → Message(kind=TEXT, reply=Reply("3"), revisions=("Helo",), …)

What the model has no place for (direction, importance, receipts, custom values, the details of edits) stands verbatim
in ``extra``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.instant import Instant
from safehand.model.message import Attachment, Kind, Match, MediaState, Message, Reaction, Reply
from safehand.model.span import Span
from safehand.sources.json_draft import Draft
from safehand.sources.json_fields import Odd
from safehand.sources.rsmf.times import Times
from safehand.sources.seen_names import SeenNames

MARKS: Final = frozenset({"id", "type", "participant", "timestamp", "conversation", "body"})
"""An object with none of these is no event."""

_READ: Final = frozenset({
    "id", "type", "participant", "timestamp", "conversation", "body", "deleted", "parent", "attachments", "reactions",
})  # fmt: skip
_KEPT: Final = frozenset({"direction", "importance", "read_receipts", "custom", "edits"})
SYSTEM: Final = frozenset({"disclaimer", "join", "leave", "history"})
_FILE: Final = frozenset({"id", "display", "size"})
_REACTION: Final = frozenset({"value", "count", "participants"})


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """The commonest event: words, who said them, and when."""

    id: str
    participant: str
    timestamp: str
    type: Literal["message"]
    conversation: str
    body: str


_plain: Final = msgspec.json.Decoder(Plain).decode
_COLONS: Final = 6
"""Keys of a plain event: more colons stand in its values alone, or a key is there twice."""


def plain_of(raw: bytes) -> Plain | None:
    """The plain event in ``raw``; None for any other."""
    try:
        found = _plain(raw)
    except (ValueError, msgspec.MsgspecError, RecursionError):
        return None
    values = found.id + found.participant + found.timestamp + found.conversation + found.body
    if raw.count(b":") != _COLONS + values.count(":") or not found.body:
        return None
    return None if b"\\" in raw and (b"\\u003a" in raw or b"\\u003A" in raw) else found


def is_event(value: Any) -> bool:
    """Whether an element has anything of an event."""
    found = value.value if isinstance(value, Odd) else value
    return isinstance(found, dict) and not MARKS.isdisjoint(found)


def read_message(
    value: Any, raw: bytes, span: Span, names: Mapping[str, str], times: Times, seen: SeenNames
) -> tuple[Message, str | None]:
    """The message in one element, for which ``is_event`` held, and the id of who sent it. It has no number yet."""
    draft = Draft(value, raw, _READ, _KEPT)
    timed = times.read(draft.value.get("timestamp"))
    draft.doubts += timed.doubts
    if Doubt.TIME_UNREADABLE in timed.doubts:
        draft.keep("timestamp")
    sender = draft.id_of("participant")
    native = draft.id_of("id")
    if native is not None and not seen.add(native):
        draft.doubt(Doubt.DUPLICATE_OF)
    draft.id_of("conversation")
    text = draft.words("body")
    action = draft.words("type")
    attachments = _files(draft)
    reactions = _reactions(draft, names)
    reply = _reply(draft, seen) if "parent" in draft.value else None
    revisions, edited = _edits(draft, times)
    kind = _kind(draft, action, text, attachments)
    text_raw = draft.spelled("body", text)
    extra = draft.extra()
    message = Message(
        0,
        kind,
        names.get(sender, sender) if sender is not None else None,
        text,
        timed.instant,
        span,
        draft.found(),
        sender,
        native,
        text_raw,
        None if action == "message" else action,
        edited,
        bool(revisions) or edited is not None,
        attachments,
        reactions,
        reply,
        revisions=revisions,
        extra=extra,
    )
    return message, sender


def _kind(draft: Draft, action: str | None, text: str | None, attachments: tuple[Attachment, ...]) -> Kind:
    if action in SYSTEM:
        return Kind.SYSTEM
    deleted = draft.value.get("deleted")
    if deleted is True:
        return Kind.DELETED
    if deleted is not False and deleted is not None:
        draft.leave("deleted")
    if action not in ("message", "unknown"):
        draft.leave("type")
    if attachments:
        return Kind.MEDIA
    if action != "message":
        return Kind.UNKNOWN
    return Kind.TEXT if text else Kind.UNKNOWN if draft.has_unknown else Kind.EMPTY


def _files(draft: Draft) -> tuple[Attachment, ...]:
    found: list[Attachment] = []
    for one in draft.objects("attachments"):
        native, display, size = one.get("id"), one.get("display"), one.get("size")
        counted = type(size) is int and size >= 0
        strings = isinstance(native, str) and isinstance(display, str | None)
        if not one.keys() <= _FILE or not strings or not (counted or size is None):
            draft.leave("attachments")
        elif display is not None and display != native:
            draft.keep("attachments")
        name = native if isinstance(native, str) else display if isinstance(display, str) else None
        found.append(Attachment(MediaState.NAMED, name, size=size if counted else None))
    return tuple(found)


def _reactions(draft: Draft, names: Mapping[str, str]) -> tuple[Reaction, ...]:
    found: list[Reaction] = []
    for one in draft.objects("reactions"):
        value, count, people = one.get("value"), one.get("count"), one.get("participants", [])
        who = [name for name in people if isinstance(name, str)] if isinstance(people, list) else []
        named = count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None
        whole = isinstance(value, str) and isinstance(people, list) and len(who) == len(people)
        if not whole or not one.keys() <= _REACTION or named != count:
            draft.leave("reactions")
        mark = value if isinstance(value, str) else "?"
        found += [Reaction(mark, names.get(name, name)) for name in who]
        rest = (named or 0) - len(who)
        if rest > 0 or not who:
            found.append(Reaction(mark, None, rest if rest > 0 else None))
    return tuple(found)


def _reply(draft: Draft, seen: SeenNames) -> Reply | None:
    native = draft.id_of("parent")
    if native is None:
        return None
    if native in seen and native != draft.value.get("id"):
        return Reply(native, None, Match.EXACT)
    draft.doubt(Doubt.REPLY_TARGET_MISSING)
    return Reply(native)


def _edits(draft: Draft, times: Times) -> tuple[tuple[str, ...], Instant | None]:
    """The earlier texts, and when the last edit was; who made each stands in ``extra``."""
    edits = draft.objects("edits")
    texts = tuple(one["previous"] for one in edits if isinstance(one.get("previous"), str))
    last = next((one["timestamp"] for one in reversed(edits) if "timestamp" in one), None)
    return texts, None if last is None else times.read(last).instant
