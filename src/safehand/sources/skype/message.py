"""One message of Skype's data, field by field.

    {"id": "1612137600002", "displayName": null, "originalarrivaltime": "2021-02-01T00:00:02.1Z",
     "messagetype": "RichText", "version": 1612137600003, "content": "see …", "conversationid": "8:live:robin",
     "from": "8:live:robin", "properties": null, "amsreferences": null}

What it is, is said by ``messagetype``. Content that is more than words with marks stands verbatim in ``extra`` too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, unknown_instant
from safehand.model.message import Attachment, Call, Entity, Kind, Match, Message, Reaction, Reply
from safehand.model.span import Span
from safehand.sources.json_draft import Draft
from safehand.sources.json_fields import Odd
from safehand.sources.seen_names import SeenNames
from safehand.sources.skype.content import Words, read_words
from safehand.sources.skype.files import call_of, files_of, initiator_of
from safehand.sources.skype.moments import Moments, millis
from safehand.sources.thread import Thread

MARKS: Final = frozenset({"originalarrivaltime", "messagetype", "content", "from"})
"""An object with none of these is no message."""

_READ: Final = frozenset({
    "id", "displayName", "originalarrivaltime", "messagetype", "version", "content", "conversationid", "from",
})  # fmt: skip
_KEPT: Final = frozenset({"properties", "amsreferences"})
_PROPERTIES: Final = frozenset({
    "urlpreviews", "edittime", "isserversidegenerated", "deletetime", "albumId", "emotions", "call-log",
    "forwardMetadata", "poll",
})  # fmt: skip
_SAID: Final = frozenset({"edittime", "deletetime", "emotions"})
TEXT: Final = "Text"
CALL: Final = "Event/Call"
WORDS: Final = frozenset({"RichText", "RichText/Html"})
FILES: Final = {
    "RichText/UriObject": Kind.MEDIA,
    "RichText/Media_Video": Kind.MEDIA,
    "RichText/Media_AudioMsg": Kind.VOICE,
    "RichText/Media_GenericFile": Kind.MEDIA,
    "RichText/Media_CallRecording": Kind.MEDIA,
    "RichText/Media_FlikMsg": Kind.MEDIA,
    "RichText/Media_Album": Kind.MEDIA,
    "RichText/Media_Card": Kind.SHARE,
    "RichText/Files": Kind.MEDIA,
}
_OTHERS: Final = {
    "RichText/Contacts": Kind.CONTACT,
    "RichText/Location": Kind.LOCATION,
    "Poll": Kind.POLL,
    CALL: Kind.CALL,
    "EndToEndEncryption/EncryptedText": Kind.EMPTY,
}
_PLATFORM: Final = (
    "ThreadActivity/", "Notice", "PopCard", "InviteFreeRelationshipChanged/", "TranslationSettings", "Event/",
    "EndToEndEncryption/", "Control/", "RichText/ScheduledCallInvite",
)  # fmt: skip
"""Types with which the platform itself speaks begin so."""


def is_message(value: Any) -> bool:
    """Whether an element has anything of a message."""
    found = value.value if isinstance(value, Odd) else value
    return isinstance(found, dict) and not MARKS.isdisjoint(found)


def is_event(messagetype: object) -> bool:
    """Whether it is the platform that speaks."""
    return isinstance(messagetype, str) and (messagetype.startswith(_PLATFORM) or messagetype == CALL)


@dataclass(slots=True)
class Room:
    """The conversation a message stands in, and who is who in the file."""

    thread: Thread
    native_id: str
    names: dict[str, str]
    moments: Moments
    seen: SeenNames
    """Ids of the messages of conversations of this id."""
    colons: int = 0
    """In the id of the conversation."""

    def __post_init__(self) -> None:
        self.colons = self.native_id.count(":")

    def name_of(self, key: str, given: str | None) -> str:
        """What an account is called: as the message says, else as the file's list of conversations does."""
        return given or self.names.get(key, key)


def account_of(sender: str) -> str:
    """An account's id. Older files give an address that ends in it."""
    return sender.rpartition("/contacts/")[2]


@dataclass(slots=True)
class Parts:
    """What a message is by its type and its content."""

    kind: Kind = Kind.UNKNOWN
    text: str | None = None
    action: str | None = None
    entities: tuple[Entity, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    reply: Reply | None = None
    call: Call | None = None
    edited: Instant | None = None
    edited_mark: bool = False


def read_message(value: Any, raw: bytes, span: Span, room: Room) -> Message:
    """The next message, field by field."""
    draft = Draft(value, raw, _READ, _KEPT)
    sent = _sent(draft, room.moments)
    content = draft.words("content") or ""
    parts = _parts(draft, content)
    reactions = _properties(draft, parts, room)
    sender, key = _sender(draft, content, parts, room)
    _settle(draft, room.native_id)
    native, spelled = draft.id_of("id"), draft.spelled("content", content or None)
    if native and not room.seen.add(native):
        draft.doubt(Doubt.DUPLICATE_OF)
    extra = draft.extra()
    doubts = room.thread.take(key, sender, sent, span, draft.found())
    return Message(
        room.thread.count,
        parts.kind,
        sender,
        parts.text,
        sent,
        span,
        doubts,
        key,
        native,
        spelled,
        parts.action,
        parts.edited,
        parts.edited_mark,
        parts.attachments,
        reactions,
        parts.reply,
        call=parts.call,
        entities=parts.entities,
        extra=extra,
    )


def _sent(draft: Draft, moments: Moments) -> Instant:
    raw = draft.words("originalarrivaltime")
    sent = unknown_instant("") if raw is None else moments.read(raw)
    if sent.basis is Basis.NONE:
        draft.doubt(Doubt.TIME_UNREADABLE)
        draft.keep("originalarrivaltime")
    return sent


def _parts(draft: Draft, content: str) -> Parts:
    parts = Parts()
    kind = draft.words("messagetype") or ""
    if kind == TEXT:
        parts.kind, parts.text = Kind.TEXT if content else Kind.EMPTY, content or None
    elif kind in WORDS:
        words = read_words(content)
        parts = spoken(words)
        if words.strange:
            draft.leave("content")
        if words.quote is not None:
            draft.keep("content")
    elif kind in FILES:
        parts.kind, parts.attachments = FILES[kind], files_of(content)
        _keep(draft, kind)
    elif kind in _OTHERS:
        parts.kind = _OTHERS[kind]
        parts.call = call_of(content) if parts.kind is Kind.CALL else None
        _keep(draft, kind)
    elif is_event(kind):
        parts.kind, parts.action = Kind.SYSTEM, kind.removeprefix("ThreadActivity/")
        _keep(draft, kind)
    else:
        parts.text = read_words(content).text or None
        draft.leave("messagetype")
        draft.keep("content")
    return parts


def _keep(draft: Draft, kind: str) -> None:
    """The content is more than can be told, and its type says what it is."""
    if draft.value.get("content"):
        draft.keep("content")
    if kind != CALL and not kind.startswith("ThreadActivity/"):
        draft.keep("messagetype")


def spoken(words: Words) -> Parts:
    """What is told of words with marks."""
    parts = Parts(Kind.TEXT if words.text else Kind.EMPTY, words.text or None, entities=tuple(words.entities))
    if words.edit is not None:
        parts.edited_mark = True
        seconds = words.edit.attributes.get("ts")
        parts.edited = millis(words.edit.attributes.get("ts_ms")) or millis(f"{seconds}000" if seconds else None)
    if words.quote is not None:
        native = words.quote.attributes.get("messageid") or None
        parts.reply = Reply(native, words.quoted, Match.EXACT if native else Match.NONE)
    return parts


def _properties(draft: Draft, parts: Parts, room: Room) -> tuple[Reaction, ...]:
    """Reactions; and what the properties say of editing and deleting."""
    given = draft.value.get("properties")
    if not isinstance(given, dict):
        if given is None:
            draft.drop("properties")
        else:
            draft.leave("properties")
        return ()
    told = {name: one for name, one in given.items() if one is not None}
    reactions, whole = _reactions(told.get("emotions"), room)
    edited, deleted = millis(told.get("edittime")), millis(told.get("deletetime"))
    if "edittime" in told:
        parts.edited, parts.edited_mark = edited or parts.edited, True
    if "deletetime" in told:
        parts.kind = Kind.DELETED
        draft.keep("properties")
    if told.keys() - _PROPERTIES or not whole:
        draft.leave("properties")
    elif told.keys() <= _SAID and not deleted and (edited is not None or "edittime" not in told):
        draft.drop("properties")
    return reactions


def _reactions(given: Any, room: Room) -> tuple[tuple[Reaction, ...], bool]:
    """Each sign with whoever gave it; and whether all of it was understood."""
    found: list[Reaction] = []
    whole = given is None or isinstance(given, list)
    for one in given if isinstance(given, list) else ():
        match one:
            case {"key": str(sign), "users": list(users)} if len(one) == 2:
                pass
            case _:
                whole = False
                continue
        for user in users:
            match user:
                case {"mri": str(key)}:
                    found.append(Reaction(sign, room.name_of(key, None), None, millis(user.get("time"))))
                    whole = whole and not user.keys() - {"mri", "time", "value"} and user.get("value") in (None, "")
                case _:
                    whole = False
    return tuple(found), whole


def _sender(draft: Draft, content: str, parts: Parts, room: Room) -> tuple[str | None, str | None]:
    """Name and key. Of an event, whoever did it: the conversation itself is said to have sent it."""
    key, given = draft.words("from"), draft.words("displayName") or None
    key = account_of(key) if key else None
    if parts.kind is Kind.SYSTEM:
        key = initiator_of(content) or (None if key == room.native_id and key.startswith("19:") else key)
        given = None
    return (given if key is None else room.name_of(key, given)), key


def _settle(draft: Draft, native_id: str) -> None:
    """Fields that say what is known anyway."""
    value = draft.value
    if value.get("conversationid") not in (native_id, None):
        draft.keep("conversationid")
    if str(value.get("version")) != str(value.get("id")):
        draft.keep("version")
    if value.get("amsreferences") in (None, []):
        draft.drop("amsreferences")


def members_of(raw: Any) -> tuple[str, ...]:
    """The members of a group: a list of ids, as JSON in a string."""
    try:
        found = json.loads(raw) if isinstance(raw, str) else raw
    except (ValueError, RecursionError):
        return ()
    return tuple(one for one in found if isinstance(one, str) and one) if isinstance(found, list) else ()
