"""One element of a conversation of X's: an object with one key, which is its kind.

    {"messageCreate": {"recipientId": "7", "reactions": [], "urls": [], "text": "beans &amp; peas", "mediaUrls": [],
                       "senderId": "9", "id": "1234", "createdAt": "2019-12-12T17:10:05.696Z"}}
    {"joinConversation": {"initiatingUserId": "7", "participantsSnapshot": ["7", "9"], "createdAt": "…"}}

X escapes ``&``, ``<`` and ``>`` in the text as HTML does: ``text`` is what was typed, ``text_raw`` what stands there.
Accounts are numbers, and nothing else names them here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Attachment, Entity, Kind, MediaState, Message, Reaction
from safehand.model.span import Span
from safehand.sources.json_draft import Draft
from safehand.sources.json_elements import plain_or_any
from safehand.sources.json_fields import Odd, members, read_odd, verbatim
from safehand.sources.seen_ids import LARGEST, SeenIds
from safehand.sources.thread import Thread

COLONS: Final = 11
"""Nine keys, and the two of the clock."""

_SAID: Final = frozenset({"messageCreate", "welcomeMessageCreate"})
_REACTED: Final = "reactionCreate"
_ACTS: Final = frozenset({"joinConversation", "participantsJoin", "participantsLeave", "conversationNameUpdate"})
KINDS: Final = _SAID | _ACTS | {_REACTED}
"""Every kind that is known (formats.md 1.9)."""

_READ: Final = frozenset({
    "id", "text", "senderId", "createdAt", "mediaUrls", "urls", "reactions", "initiatingUserId", "reactionKey",
})  # fmt: skip
_KEPT: Final = frozenset({
    "recipientId", "editHistory", "participantsSnapshot", "userIds", "name", "eventId", "conversationId",
})  # fmt: skip
_LENGTHS: Final = {
    len("2019-12-12T17:10:05.696Z"): Precision.MILLISECOND,
    len("2019-12-12T17:10:05Z"): Precision.SECOND,
}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ONE: Final = timedelta(microseconds=1)
_UTC: Final = Basis.UTC
_ESCAPED: Final = re.compile(r"&(amp|lt|gt|quot|#39);")
_MEANT: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#39": "'"}
"""What X escapes. More would change what somebody typed: "?a=1&copy=2" is an address, and no ©."""


class Stamped(msgspec.Struct, gc=False):
    """What a first pass looks at."""

    created: str | None = msgspec.field(name="createdAt", default=None)


class Create(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A plain message, field for field."""

    reactions: tuple[()]
    urls: tuple[()]
    text: str
    media: tuple[()] = msgspec.field(name="mediaUrls")
    sender: str = msgspec.field(name="senderId")
    id: str
    created: str = msgspec.field(name="createdAt")
    recipient: str | None = msgspec.field(name="recipientId", default=None)


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """The commonest element."""

    create: Create = msgspec.field(name="messageCreate")


decode: Final = plain_or_any(Plain)
"""A Plain, or whatever else JSON holds."""


def kind_of(value: Any) -> str | None:
    """The one key of an element, if that is all it has and an object stands behind it."""
    found = value.value if isinstance(value, Odd) else value
    if not isinstance(found, dict) or len(found) != 1:
        return None
    ((key, inner),) = found.items()
    return key if isinstance(inner, dict) else None


def stamp_of(value: Any) -> str | None:
    """When it was, as text that orders as time does."""
    if type(value) is Plain:
        return value.create.created
    found = value.value if isinstance(value, Odd) else value
    inner = next(iter(found.values()), None) if isinstance(found, dict) else None
    stamp = inner.get("createdAt") if isinstance(inner, dict) else None
    return stamp if isinstance(stamp, str) else None


def moment_of(created: Any) -> Instant | None:
    """``2019-12-12T17:10:05.696Z``; None for anything else."""
    if type(created) is not str or len(created) not in _LENGTHS or created[-1] != "Z" or created[10] != "T":
        return None
    try:
        micros = (datetime.fromisoformat(created) - _EPOCH) // _ONE
    except (ValueError, TypeError):
        return None
    return Instant(created, _UTC, _LENGTHS[len(created)], micros, micros, micros)


def read_plain(value: Plain, raw: bytes, span: Span, thread: Thread, seen: SeenIds) -> Message | None:
    """The next message of ``thread``, by the short way; None for what is not quite as plain as it looks."""
    made = value.create
    text, sender, sent = made.text, made.sender, moment_of(made.created)
    if not text or not sender or sent is None or "&" in text or not (made.id.isascii() and made.id.isdigit()):
        return None
    native = int(made.id)
    if not seen.last < native <= LARGEST:
        return None
    colons = COLONS - (made.recipient is None) + text.count(":")
    if raw.count(b":") != colons or (b"\\" in raw and (b"\\u003a" in raw or b"\\u003A" in raw)):
        return None
    seen.append(native)
    seen.last = native
    doubts = thread.take(sender, None, sent, span)
    recipients = (made.recipient,) if made.recipient else ()
    return Message(thread.count, Kind.TEXT, sender, text, sent, span, doubts, sender, made.id, recipients=recipients)


def read_message(value: Any, raw: bytes, span: Span, thread: Thread, seen: SeenIds) -> Message:
    """The next message of ``thread``, field by field."""
    kind = kind_of(value) or ""
    whole = value.value if isinstance(value, Odd) else value
    given = [raw[one.start : one.end] for one in members(raw) if one.key == kind]
    inner = given[-1] if given else raw
    odd = read_odd(inner) if isinstance(value, Odd) else None
    draft = Draft(odd if odd is not None else whole[kind], inner, _READ, _KEPT)
    if kind not in KINDS:
        draft.doubt(Doubt.FIELD_NOT_READ)
    if len(given) > 1:
        draft.doubt(Doubt.FIELD_REPEATED)
    sent = moment_of(draft.value.get("createdAt"))
    if sent is None:
        draft.doubt(Doubt.TIME_UNREADABLE)
        draft.keep("createdAt")
        stood = draft.value.get("createdAt")
        sent = unknown_instant("" if stood is None else str(stood))
    sender = draft.id_of("senderId") or draft.id_of("initiatingUserId")
    stood_text = draft.words("text") or None
    text = None if stood_text is None else _ESCAPED.sub(lambda found: _MEANT[found[1]], stood_text)
    repaired = text != stood_text
    if repaired:
        draft.doubt(Doubt.TEXT_REPAIRED)
    attachments = _media(draft)
    recipient = draft.id_of("recipientId")
    if recipient:
        draft.drop("recipientId")
    entities, reactions, native = _links(draft, text), _reactions(draft), draft.id_of("id")
    if native is not None and native.isascii() and native.isdigit() and len(native) < 20 and not seen.add(int(native)):
        draft.doubt(Doubt.DUPLICATE_OF)
    reacted = draft.words("reactionKey") if kind == _REACTED else None
    told = _kind(kind, text, attachments, unknown=draft.has_unknown)
    extra = draft.extra()
    if len(given) > 1:  # the last was read, and all stand here
        extra = f"{verbatim(raw, {kind})[:-1]}, {extra[1:]}" if extra else verbatim(raw, {kind})
    doubts = thread.take(sender, None, sent, span, draft.found())
    return Message(
        thread.count,
        told,
        sender,
        text if kind != _REACTED else reacted,
        sent,
        span,
        doubts,
        sender,
        native,
        draft.spelled("text", text) or (stood_text if repaired else None),
        None if kind == "messageCreate" else kind,
        edited_mark=bool(draft.value.get("editHistory")),
        attachments=attachments,
        reactions=reactions,
        entities=entities,
        recipients=(recipient,) if recipient else (),
        extra=extra,
    )


def _kind(kind: str, text: str | None, attachments: tuple[Attachment, ...], *, unknown: bool) -> Kind:
    if kind in _ACTS:
        return Kind.SYSTEM
    if kind == _REACTED:
        return Kind.REACTION_NOTICE
    if attachments:
        return Kind.MEDIA
    if text:
        return Kind.TEXT
    return Kind.EMPTY if kind in _SAID and not unknown else Kind.UNKNOWN


def _media(draft: Draft) -> tuple[Attachment, ...]:
    """Files by their addresses, which are never opened. What is no address stands in ``extra``."""
    found = draft.value.get("mediaUrls")
    addresses = [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
    if found is not None and (not isinstance(found, list) or len(addresses) != len(found)):
        draft.leave("mediaUrls")
    return tuple(Attachment(MediaState.NAMED, one) for one in addresses)


def _links(draft: Draft, text: str | None) -> tuple[Entity, ...]:
    """Links by the short form that stands in the text, leading to the long one. None is fetched. How X showed them has
    no place: they stand in ``extra`` too.
    """
    found = []
    for one in draft.objects("urls") if draft.value.get("urls") else ():
        short, long = one.get("url"), one.get("expanded")
        at = text.find(short) if text is not None and isinstance(short, str) and short else -1
        draft.keep("urls")
        if at < 0 or not isinstance(short, str):
            continue
        found.append(Entity(at, at + len(short), "link", long if isinstance(long, str) else None))
    return tuple(found)


def _reactions(draft: Draft) -> tuple[Reaction, ...]:
    found = []
    for one in draft.objects("reactions") if draft.value.get("reactions") else ():
        value, sender = one.get("reactionKey"), one.get("senderId")
        if not isinstance(value, str):
            draft.leave("reactions")
            continue
        found.append(
            Reaction(value, sender if isinstance(sender, str) else None, None, moment_of(one.get("createdAt")))
        )
        draft.keep("reactions")
    return tuple(found)
