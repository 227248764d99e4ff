"""sigtop's JSON, one file a conversation: the rows of Signal Desktop's own database, as they stand there.

    [
    {"id": "…", "type": "incoming", "body": "hello", "sent_at": 1767517928000, "sourceServiceId": "…", …},
    …
    ]

Rows have no names: an account is a number or an id. What is known of a row and has no place in the model (when it was
received and read, by whom, timers, errors) stands verbatim in ``extra``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant
from safehand.model.message import Attachment, Call, Entity, Kind, Message, Reaction, Reply
from safehand.model.span import Span
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.json_draft import Draft
from safehand.sources.json_fields import Odd
from safehand.sources.json_messages import Damage, Teller
from safehand.sources.json_windows import EACH, Broken, Elements, scan
from safehand.sources.signal.export_parts import PLATFORM
from safehand.sources.signal.millis import instant_of
from safehand.sources.signal.own_parts import Range, entities_of
from safehand.sources.signal.sigtop_fields import KEPT, READ, SAID, is_silent
from safehand.sources.signal.sigtop_plain import Room, attachment_of, reaction_of, read_plain
from safehand.sources.signal.sigtop_shapes import PlainRow
from safehand.sources.signal.sigtop_words import YOU, parted
from safehand.sources.thread import Thread

SIGTOP_JSON: Final = "signal/sigtop-json"

PATTERNS: Final = ((EACH,),)
MARKS: Final = frozenset({"body", "sent_at", "type", "conversationId", "timestamp"})
"""A row with none of these is no message."""

_CALL: Final = "call-history"
_STYLES: Final = {1: "bold", 2: "italic", 3: "spoiler", 4: "strikethrough", 5: "monospace"}
_ABSENT: Final = "The rows of Signal Desktop have no names: an account is a number or an id."
_NO_WORDS: Final = "No row of this file has words. A version of sigtop left them out: its text form has them."


def is_message(value: Any) -> bool:
    """Whether an element has anything of a message."""
    found = value.value if isinstance(value, Odd) else value
    return isinstance(found, dict) and not MARKS.isdisjoint(found)


def read_sigtop_json(file: SourceFile, desk: ReadingDesk) -> Iterator[Sequence[Event]]:
    """The conversation of one file, a batch of events at a time."""
    thread = Thread(
        ConversationOpened(
            desk.next_conversation(), PLATFORM, SIGTOP_JSON, _title(file.name), ConversationKind.UNKNOWN, (file.id,)
        )
    )
    damage = Damage()
    room = Room(thread)
    tell = Teller(PlainRow, partial(read_plain, room=room), partial(_read_row, room=room), is_message, damage)
    yield (thread.opened,)
    for event in scan(file, desk.ledger(file), PATTERNS, window=desk.options.window, decode=room.shapes.decode):
        match event:
            case Elements():
                yield tell.batch(event, file.id)
            case Broken():
                damage.broke(event)
            case _:
                pass
    notes = [_ABSENT, *((_NO_WORDS,) if thread.count and not room.with_words else ()), *damage.tell(thread)]
    if room.owner in thread.accounts:
        thread.accounts[room.owner].is_owner = True
    yield (thread.closed(notes),)


def _title(name: str) -> str | None:
    last = name.replace("\\", "/").rpartition("/")[2].removesuffix(".json")
    return parted(last)[0] or None


def _read_row(value: Any, raw: bytes, span: Span, room: Room) -> Message:
    """The next message, field by field."""
    draft = Draft(value, raw, READ, KEPT)
    row = draft.value
    if value is row:
        room.shapes.saw(row, raw)
    kind_word = draft.words("type") or ""
    key, name = _account(draft, kind_word, room)
    sent = _sent(draft)
    text = draft.words("body") or None
    entities = _entities(draft, text)
    room.with_words = room.with_words or text is not None
    attachments, reactions = _attachments(draft), _reactions(draft)
    revisions, edited = _wordings(draft)
    kind = _kind(draft, kind_word, text, attachments)
    draft.drop(*(name for name, one in row.items() if name in KEPT and is_silent(one)))
    reply = _reply(draft)
    native, spelled = draft.id_of("id"), draft.spelled("body", text)
    if native and not room.seen.add(native):
        draft.doubt(Doubt.DUPLICATE_OF)
    extra = draft.extra()
    doubts = room.thread.take(key, name, sent, span, draft.found())
    return Message(
        room.thread.count,
        kind,
        name,
        text,
        sent,
        span,
        doubts,
        key,
        native,
        spelled,
        None if kind_word in SAID or not kind_word else kind_word,
        edited,
        bool(revisions),
        attachments,
        reactions,
        reply,
        call=Call() if kind is Kind.CALL else None,
        entities=entities,
        revisions=revisions,
        extra=extra,
    )


def _account(draft: Draft, kind: str, room: Room) -> tuple[str | None, str | None]:
    """The account that wrote: by its id, else its number. What is sent without either is the owner's."""
    own, old, number = (draft.words(name) or None for name in ("sourceServiceId", "sourceUuid", "source"))
    key = own or old or number
    if kind == "outgoing":
        key = key or YOU
        room.owner = key
    return key, number or key


def _entities(draft: Draft, text: str | None) -> tuple[Entity, ...]:
    """What is marked in the words. What was not understood stays where it stood."""
    ranges = draft.value.get("bodyRanges")
    if not ranges:
        return ()
    given = ranges if isinstance(ranges, list) else []
    found = entities_of(text or "", [one for one in map(_range, given) if one is not None])
    if len(found) != len(given) or not given:
        draft.leave("bodyRanges")
    return found


def _range(one: Any) -> Range | None:
    match one:
        case {"length": int(length), "style": int(style)} if style in _STYLES:
            return one.get("start", 0), length, _STYLES[style], None
        case {"length": int(length), "mentionAci": str(aci)} | {"length": int(length), "mentionUuid": str(aci)}:
            return one.get("start", 0), length, "mention", aci
        case _:
            return None


def _sent(draft: Draft) -> Instant:
    sent = instant_of(draft.value.get("sent_at"))
    if sent.basis is Basis.NONE:
        if draft.value.get("sent_at") is not None:
            draft.leave("sent_at")
        sent = instant_of(draft.value.get("timestamp"))
    if sent.basis is Basis.NONE:
        draft.doubt(Doubt.TIME_UNREADABLE)
        draft.keep("sent_at")
    if draft.value.get("timestamp") not in (None, draft.value.get("sent_at")):
        draft.keep("timestamp")
    return sent


def _attachments(draft: Draft) -> tuple[Attachment, ...]:
    found = draft.objects("attachments")
    if found:
        draft.keep("attachments")
    return tuple(map(attachment_of, found))


def _reactions(draft: Draft) -> tuple[Reaction, ...]:
    found = [reaction_of(one) for one in draft.objects("reactions")]
    if None in found:
        draft.leave("reactions")
    return tuple(one for one in found if one is not None)


def _reply(draft: Draft) -> Reply | None:
    quote = draft.value.get("quote")
    if quote is None:
        return None
    if not isinstance(quote, dict):
        draft.leave("quote")
        return None
    draft.keep("quote")
    if quote.get("referencedMessageNotFound") is True:
        draft.doubt(Doubt.REPLY_TARGET_MISSING)
    text = quote.get("text")
    return Reply(None, text if isinstance(text, str) and text else None)


def _wordings(draft: Draft) -> tuple[tuple[str, ...], Instant | None]:
    """What it said before, oldest first, and when it was edited. The newest stands first, and is what it says now."""
    older = draft.objects("editHistory")[1:]
    if not older:
        return (), None
    draft.keep("editHistory")
    edited = instant_of(draft.value.get("editMessageTimestamp"))
    bodies = (one.get("body") for one in reversed(older))
    return tuple(body if isinstance(body, str) else "" for body in bodies), edited if edited.utc is not None else None


def _kind(draft: Draft, word: str, text: str | None, attachments: tuple[Attachment, ...]) -> Kind:
    row = draft.value
    if row.get("deletedForEveryone") not in (None, False, 0):
        return Kind.DELETED
    if word == _CALL:
        return Kind.CALL
    if word not in SAID:
        return Kind.SYSTEM if word else Kind.UNKNOWN
    if attachments:
        return Kind.VOICE if any(one.type == "voice" for one in attachments) else Kind.MEDIA
    if text:
        return Kind.TEXT
    return Kind.STICKER if row.get("sticker") else Kind.CONTACT if row.get("contact") else Kind.EMPTY
