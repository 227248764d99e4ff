"""One message of Signal's own export, field by field.

    {"chatItem": {"chatId": "1", "authorId": "2", "dateSent": "1767553331000", "incoming": {…}, "revisions": [ … ],
                  "standardMessage": {"text": {…}, "quote": {…}, "attachments": [ … ], "reactions": [ … ]}}}

What it is, is said by the one key of KINDS that it has. ``incoming`` and ``outgoing`` (when it was received and read,
and by whom) stand verbatim in ``extra``, and so does whatever of the message has no place in the model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from msgspec import UNSET, Raw, UnsetType

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant
from safehand.model.message import Attachment, Call, Entity, Kind, Message, Poll, Reaction, Reply, Share
from safehand.model.span import Span
from safehand.sources.json_draft import Draft
from safehand.sources.json_fields import Odd, escaped, keys_repeat, members, read_odd
from safehand.sources.signal.millis import instant_of
from safehand.sources.signal.own_parts import (
    action_of,
    attachments_of,
    call_of,
    file_of,
    has_voice,
    poll_of,
    reactions_of,
    reply_of,
    share_of,
    words_of,
)
from safehand.sources.signal.own_people import People
from safehand.sources.thread import Thread


@dataclass(slots=True)
class _Parts:
    """What the one key of its kind tells of a message."""

    kind: Kind = Kind.UNKNOWN
    text: str | None = None
    action: str | None = None
    entities: tuple[Entity, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    reply: Reply | None = None
    share: Share | None = None
    call: Call | None = None
    poll: Poll | None = None
    words: tuple[str, ...] = field(default=())
    """The keys that lead to the words, from the kind's own."""


_Reader = Callable[[Draft, People, _Parts], None]


def _standard(draft: Draft, people: People, parts: _Parts) -> None:
    parts.text, parts.entities = words_of(draft, "text")
    parts.words = ("text", "body")
    value = draft.value
    if "quote" in value:
        parts.reply = reply_of(draft, people)
    if "linkPreview" in value:
        parts.share = share_of(draft)
    if "attachments" in value:
        parts.attachments = attachments_of(draft, "attachments")
    long = value.get("longText")
    if isinstance(long, dict):
        # Words beyond 2,048 bytes stand in a file of their own.
        draft.keep("longText")
        parts.attachments = (*parts.attachments, file_of(long))
    elif long is not None:
        draft.leave("longText")
    if parts.attachments:
        parts.kind = Kind.VOICE if has_voice(draft) else Kind.MEDIA
    else:
        parts.kind = Kind.TEXT if parts.text else Kind.EMPTY


def _contact(draft: Draft, people: People, parts: _Parts) -> None:
    del draft, people
    parts.kind = Kind.CONTACT


def _sticker(draft: Draft, people: People, parts: _Parts) -> None:
    del people
    parts.kind = Kind.STICKER
    draft.keep("sticker")
    match draft.value.get("sticker"):
        case {"data": dict(data)}:
            parts.attachments = (file_of(data, "BORDERLESS"),)


def _deleted(draft: Draft, people: People, parts: _Parts) -> None:
    del draft, people
    parts.kind = Kind.DELETED


def _update(draft: Draft, people: People, parts: _Parts) -> None:
    del people
    parts.call = call_of(draft.value)
    parts.kind = Kind.SYSTEM if parts.call is None else Kind.CALL
    parts.action = action_of(draft.value)


def _payment(draft: Draft, people: People, parts: _Parts) -> None:
    del people
    parts.kind, parts.action, parts.text = Kind.SYSTEM, "paymentNotification", draft.words("note") or None
    parts.words = ("note",)


def _badge(draft: Draft, people: People, parts: _Parts) -> None:
    del draft, people
    parts.kind, parts.action = Kind.SYSTEM, "giftBadge"


def _view_once(draft: Draft, people: People, parts: _Parts) -> None:
    del people
    parts.action = "viewOnceMessage"
    parts.attachments = attachments_of(draft, "attachment")
    parts.kind = Kind.MEDIA if parts.attachments else Kind.EMPTY


def _story_reply(draft: Draft, people: People, parts: _Parts) -> None:
    del people
    parts.action = "directStoryReplyMessage"
    parts.text = draft.words("emoji") or None
    match draft.value.get("textReply"):
        case None:
            parts.words = ("emoji",)
        case {"text": {"body": str(body)}, **others}:
            parts.text, parts.words = body or None, ("textReply", "text", "body")
            if others:
                draft.keep("textReply")
        case _:
            draft.leave("textReply")
    parts.kind = Kind.TEXT if parts.text else Kind.EMPTY


def _poll(draft: Draft, people: People, parts: _Parts) -> None:
    del people
    parts.kind, parts.poll = Kind.POLL, poll_of(draft)


@dataclass(frozen=True, slots=True)
class _Form:
    """One kind of item: what of it is read, what is known and kept as it stood, and by whom it is read."""

    reader: _Reader
    read: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()


def _form(reader: _Reader, read: str = "", kept: str = "") -> _Form:
    return _Form(reader, frozenset({"reactions", *read.split()}), frozenset(kept.split()))


KINDS: Final = {
    "standardMessage": _form(_standard, "text quote attachments linkPreview longText"),
    "contactMessage": _form(_contact, kept="contact"),
    "stickerMessage": _form(_sticker, "sticker"),
    "remoteDeletedMessage": _form(_deleted),
    "adminDeletedMessage": _form(_deleted, kept="adminId"),
    "updateMessage": _form(
        _update,
        kept="simpleUpdate groupChange expirationTimerChange profileChange threadMerge sessionSwitchover"
        " individualCall groupCall learnedProfileChange pollTerminate pinMessage",
    ),
    "paymentNotification": _form(_payment, "note", "amountMob feeMob transactionDetails"),
    "giftBadge": _form(_badge, kept="receiptCredentialPresentation state"),
    "viewOnceMessage": _form(_view_once, "attachment"),
    "directStoryReplyMessage": _form(_story_reply, "textReply emoji"),
    "poll": _form(_poll, "question options", "allowMultiple hasEnded"),
}
"""What a message may be: it has one of these keys (Signal's backup.proto)."""

_STANDARD: Final = "standardMessage"
_FRAME: Final = frozenset({"chatItem"})
_READ: Final = frozenset({"chatId", "authorId", "dateSent", *KINDS})
_KEPT: Final = frozenset({
    "incoming", "outgoing", "directionless", "expireStartDate", "expiresInMs", "sms", "revisions", "pinDetails",
})  # fmt: skip


def read_item(value: Any, raw: bytes, span: Span, thread: Thread, people: People) -> Message:
    """The next message of ``thread``. ``raw`` is the whole line, ``value`` what it holds."""
    unique = not isinstance(value, Odd) and not keys_repeat(raw, value)
    # Nothing stands beside the message in nearly every line.
    frame = None if unique and len(value) == 1 else Draft(value, raw, _FRAME, frozenset())
    item_raw = _value_of(raw, "chatItem")
    item = Draft(value["chatItem"] if frame is None else _inside(frame, "chatItem", item_raw), item_raw, _READ, _KEPT)
    kind = _STANDARD if _STANDARD in item.value else next((name for name in KINDS if name in item.value), None)
    parts, inner = _Parts(), None
    if kind is not None and isinstance(item.value[kind], dict):
        form, inner_raw = KINDS[kind], _value_of(item_raw, kind)
        inner = Draft(_inside(item, kind, inner_raw), inner_raw, form.read, form.kept)
        form.reader(inner, people, parts)
        if "reactions" in inner.value:
            parts.reactions = reactions_of(inner, people)
    elif kind is not None:
        item.leave(kind)
    else:
        item.doubt(Doubt.FIELD_NOT_READ)
    for other in item.value.keys() & KINDS.keys() - {kind}:
        item.leave(other)  # a message is one of them; what it says it is besides is kept
    author = people.of(item.value.get("authorId", "0"))
    sent, edited, revisions = _times(item)
    spelled = None if kind is None else _spelled(value, parts, kind)
    extra, doubts = _together([one for one in (item, inner, frame) if one is not None], unique=unique)
    taken = thread.take(author.key, author.name, sent, span, doubts)
    return Message(
        thread.count,
        parts.kind,
        author.name,
        parts.text,
        sent,
        span,
        taken,
        author.key,
        None if sent.utc is None else f"{author.key}:{item.value['dateSent']}",
        spelled,
        parts.action,
        edited,
        bool(revisions),
        parts.attachments,
        parts.reactions,
        parts.reply,
        share=parts.share,
        call=parts.call,
        poll=parts.poll,
        entities=parts.entities,
        revisions=revisions,
        extra=extra,
    )


def _times(item: Draft) -> tuple[Instant, Instant | None, tuple[str, ...]]:
    """When it was sent, when it was edited, and what it said before, oldest first.

    An item that was edited has the time of its last wording; that of the oldest is when it was sent.
    """
    sent = instant_of(item.value.get("dateSent"))
    if sent.basis is Basis.NONE:
        item.doubt(Doubt.TIME_UNREADABLE)
        item.keep("dateSent")
    if "directionless" in item.value and item.value["directionless"] == {}:
        item.drop("directionless")
    if "revisions" not in item.value:
        return sent, None, ()
    older = item.objects("revisions")
    words = tuple(_words(one) for one in older)
    if not older:
        if item.value.get("revisions") == []:
            item.drop("revisions")
        return sent, None, ()
    first = instant_of(older[0].get("dateSent"))
    if first.utc is not None and sent.utc is not None and first.utc < sent.utc:
        return first, sent, words
    return sent, None, words


def _words(revision: dict[str, Any]) -> str:
    match revision:
        case {"standardMessage": {"text": {"body": str(body)}}}:
            return body
        case _:
            return ""


class _Raws(msgspec.Struct):
    """The bytes of what is read inside: of the last, where it is given twice."""

    chatItem: Raw | UnsetType = UNSET  # noqa: N815
    standardMessage: Raw | UnsetType = UNSET  # noqa: N815
    updateMessage: Raw | UnsetType = UNSET  # noqa: N815


_raws: Final = msgspec.json.Decoder(_Raws).decode


def _value_of(raw: bytes, name: str) -> bytes:
    """The bytes of a field; of the last, where it is given twice."""
    try:
        quick = getattr(_raws(raw), name, UNSET)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        quick = UNSET
    if quick is not UNSET:
        return bytes(quick)
    found = [raw[one.start : one.end] for one in members(raw) if one.key == name]
    return found[-1] if found else b"{}"


def _inside(outer: Draft, name: str, raw: bytes) -> Any:
    """The object in a field, odd where what is around it is odd."""
    if not outer.has_oddities:
        return outer.value[name]
    odd = read_odd(raw)
    return odd if odd is not None and isinstance(odd.value, dict) else outer.value[name]


def _spelled(value: Any, parts: _Parts, kind: str) -> str | None:
    """The words as they stood, where they are repaired."""
    if not isinstance(value, Odd) or parts.text is None:
        return None
    found: Any = value.original
    for key in ("chatItem", kind, *parts.words):
        found = found.get(key) if isinstance(found, dict) else None
    return escaped(found) if isinstance(found, str) and found != parts.text else None


def _together(drafts: Sequence[Draft], *, unique: bool) -> tuple[str | None, tuple[Doubt, ...]]:
    """What has no place in all of them, as one JSON object; and what is in doubt, each once."""
    extras = [one.extra(unique=unique) for one in drafts]
    inner = [extra[1:-1] for extra in extras if extra is not None]
    doubts = [doubt for one in drafts if one.doubts for doubt in one.doubts]
    extra = "{" + ", ".join(filter(None, inner)) + "}" if inner else None
    return extra, tuple(dict.fromkeys(doubts)) if doubts else ()
