"""One message of a channel, of any kind. The plain ones are read by read.py's short way.

    {"type": "Call", "callEndedTimestamp": "2020-07-17T21:14:52.787+00:00", "content": "Started a call that lasted 4 …"}
        → Message(kind=CALL, action="Call", call=Call(seconds=251), doubts=(tool_generated_text,))

What the model has no place for stands verbatim in ``extra``. Nothing is dropped: an account's colour, roles and
picture's address stand in the ``extra`` of the first message that has them, once for each spelling of the account.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.message import Attachment, Call, Forward, Kind, Match, MediaState, Message, Reaction, Reply, Share
from safehand.model.span import Span
from safehand.sources.discord.moments import moment_of, sent_of
from safehand.sources.json_draft import Draft
from safehand.sources.json_fields import Odd
from safehand.sources.seen_ids import SeenIds

MARKS: Final = frozenset({"id", "timestamp", "content", "author"})
"""An object with none of these is no message."""

_READ: Final = frozenset({
    "id", "type", "timestamp", "timestampEdited", "callEndedTimestamp", "isPinned", "content", "author", "attachments",
    "embeds", "stickers", "reactions", "mentions", "inlineEmojis", "reference",
})  # fmt: skip
_KEPT: Final = frozenset({"interaction", "forwardedMessage", "referencedMessage", "poll"})
_SPOKEN: Final = frozenset({"Default", "Reply", "20", "23", "ChatInputCommand", "ContextMenuCommand"})
_CALL: Final = "Call"
_SYSTEM: Final = frozenset({
    "RecipientAdd", "RecipientRemove", "ChannelNameChange", "ChannelIconChange", "ChannelPinnedMessage",
    "GuildMemberJoin", "ThreadCreated",
})  # fmt: skip
"""Acts of the platform. Their words are made by DiscordChatExporter, not by Discord and not by a person."""
_REACTION: Final = frozenset({"emoji", "count", "users"})
_EMOJI: Final = frozenset({"id", "name", "code", "isAnimated", "imageUrl"})
EVENTS: Final = _SYSTEM | {_CALL}
"""Types of message that are no words of an account."""
_SECOND: Final = 1_000_000


class Author(msgspec.Struct, frozen=True, gc=False):
    """An account, as one spelling of it says."""

    key: str | None
    name: str | None
    other: str | None
    """The account's own name, where it goes by another here."""


def is_message(value: Any) -> bool:
    """Whether an element has anything of a message."""
    found = value.value if isinstance(value, Odd) else value
    return isinstance(found, dict) and not MARKS.isdisjoint(found)


def read_author(value: Any) -> Author | None:
    """The account in ``author``, or None for what is none."""
    if not isinstance(value, dict):
        return None
    name, nickname = _text(value.get("name")), _text(value.get("nickname"))
    key = _text(value.get("id")) or name
    shown = nickname or name
    return Author(key, shown, name if name != shown else None) if key is not None else None


def read_message(value: Any, raw: bytes, span: Span, seen: SeenIds, *, new_author: bool) -> tuple[Message, Author]:
    """The message in one element, for which ``is_message`` held, and who wrote it. It has no number yet."""
    draft = Draft(value, raw, _READ, _KEPT)
    fields = draft.value
    author = read_author(fields.get("author"))
    if author is None:
        draft.leave("author")
        author = Author(None, None, None)
    elif new_author:
        draft.keep("author")
    native = draft.id_of("id")
    number = int(native) if native is not None and native.isascii() and native.isdigit() and len(native) < 20 else None
    sent, doubts = sent_of(fields.get("timestamp"), number)
    for doubt in doubts:
        draft.doubt(doubt)
    if Doubt.TIME_UNREADABLE in doubts:
        draft.keep("timestamp")
    if number is not None and not seen.add(number):
        draft.doubt(Doubt.DUPLICATE_OF)
    action = draft.id_of("type")
    text = draft.words("content")
    edited = _edited(draft)
    attachments = _attachments(draft)
    kind = _kind(draft, action, text, attachments)
    reply, forward, share = _reference(draft, seen, kind)
    for name in ("mentions", "inlineEmojis"):
        if fields.get(name):
            draft.keep(name)
    if fields.get("isPinned") not in (False, None):
        draft.keep("isPinned")
    reactions, call = _reactions(draft), _call(draft, sent.utc) if kind is Kind.CALL else None
    if call is None and fields.get("callEndedTimestamp") is not None:
        draft.leave("callEndedTimestamp")
    extra = draft.extra()
    message = Message(
        0,
        kind,
        author.name,
        text or None,
        sent,
        span,
        draft.found(),
        author.key,
        native,
        draft.spelled("content", text),
        action if action not in ("Default", "Reply") else None,
        edited,
        edited is not None,
        attachments,
        reactions,
        reply,
        forward,
        share,
        call,
        extra=extra,
    )
    return message, author


def _edited(draft: Draft) -> Any:
    value = draft.value.get("timestampEdited")
    if value is None:
        return None
    edited = moment_of(value)
    if edited is None:
        draft.leave("timestampEdited")
    return edited


def _kind(draft: Draft, action: str | None, text: str | None, attachments: tuple[Attachment, ...]) -> Kind:
    if action == _CALL:
        draft.doubt(Doubt.TOOL_GENERATED_TEXT)
        return Kind.CALL
    if action in _SYSTEM:
        draft.doubt(Doubt.TOOL_GENERATED_TEXT)
        return Kind.SYSTEM
    if action not in _SPOKEN:
        draft.leave("type")
        return Kind.UNKNOWN if not text else Kind.TEXT
    if attachments:
        return Kind.STICKER if all(one.type == "sticker" for one in attachments) and not text else Kind.MEDIA
    if text:
        return Kind.TEXT
    unknown = draft.has_unknown or draft.value.get("poll")
    return Kind.SHARE if draft.value.get("embeds") else Kind.UNKNOWN if unknown else Kind.EMPTY


def _attachments(draft: Draft) -> tuple[Attachment, ...]:
    if not (draft.value.get("attachments") or draft.value.get("stickers")):
        return ()
    found = []
    for one in draft.objects("attachments"):
        name, size = _text(one.get("fileName")), one.get("fileSizeBytes")
        found.append(
            Attachment(MediaState.NAMED, name or _text(one.get("url")), None, None, size if type(size) is int else None)
        )
        draft.keep("attachments")  # where it lies has no place: it stands in extra, and nobody looks
    for one in draft.objects("stickers"):
        found.append(Attachment(MediaState.NAMED, _text(one.get("name")), "sticker"))
        draft.keep("stickers")
    return tuple(found)


def _reactions(draft: Draft) -> tuple[Reaction, ...]:
    if not draft.value.get("reactions"):
        return ()
    found: list[Reaction] = []
    for one in draft.objects("reactions"):
        emoji, count, users = one.get("emoji"), one.get("count"), one.get("users")
        value = _text(emoji.get("name")) if isinstance(emoji, dict) else None
        if value is None or type(count) is not int:
            draft.leave("reactions")
            continue
        by = [_author_name(user) for user in users] if isinstance(users, list) else []
        named = [name for name in by if name is not None]
        found += [Reaction(value, name) for name in named]
        if count > len(named):
            found.append(Reaction(value, None, count - len(named)))
        if not one.keys() <= _REACTION or (isinstance(emoji, dict) and not emoji.keys() <= _EMOJI):
            draft.leave("reactions")
        elif named or (isinstance(emoji, dict) and emoji.get("id")):
            draft.keep("reactions")  # whose reaction it is by the account's id, which has no place
    return tuple(found)


def _author_name(value: Any) -> str | None:
    author = read_author(value)
    return None if author is None else author.name


def _reference(draft: Draft, seen: SeenIds, kind: Kind) -> tuple[Reply | None, Forward | None, Share | None]:
    """What it answers or passes on, and what it shows of a link."""
    fields = draft.value
    reference, passed = fields.get("reference"), fields.get("forwardedMessage")
    share = _share(draft)
    if isinstance(passed, dict):
        text = _text(passed.get("content"))
        return None, Forward(None, moment_of(passed.get("timestamp"))), share or Share(None, text)
    if reference is None:
        return None, None, share
    target = _text(reference.get("messageId")) if isinstance(reference, dict) else None
    if target is None or kind is Kind.SYSTEM:
        draft.keep("reference")
        return None, None, share
    here = target.isascii() and target.isdigit() and len(target) < 20 and int(target) in seen
    if not here:
        draft.doubt(Doubt.REPLY_TARGET_MISSING)
    draft.keep("reference")
    return Reply(target, None, Match.EXACT if here else Match.NONE), None, share


def _share(draft: Draft) -> Share | None:
    embeds = draft.objects("embeds") if draft.value.get("embeds") else []
    if not embeds:
        return None
    draft.keep("embeds")
    first = embeds[0]
    words = [word for key in ("title", "description") if (word := _text(first.get(key))) is not None]
    author = first.get("author")
    return Share(
        _text(first.get("url")),
        "\n".join(words) or None,
        _text(author.get("name")) if isinstance(author, dict) else None,
    )


def _call(draft: Draft, began: int | None) -> Call:
    value = draft.value.get("callEndedTimestamp")
    ended = moment_of(value)
    if ended is None and value is not None:
        draft.leave("callEndedTimestamp")
    if ended is None or ended.utc is None or began is None or ended.utc < began:
        return Call()
    draft.keep("callEndedTimestamp")
    return Call((ended.utc - began) // _SECOND)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
