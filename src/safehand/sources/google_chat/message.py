"""One message of Google Chat of any kind. The plain ones are read by read.py's short way.

    {"creator": {…}, "deleted_date": "…", "message_state": "DELETED", "message_id": "dm/a3/a3", …}
        → Message(kind=DELETED, sender="Bob", …), ``deleted_date`` in ``extra``

What the model has no place for stands verbatim in ``extra``. Nothing is dropped.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from safehand.model.doubt import Doubt
from safehand.model.instant import unknown_instant
from safehand.model.message import Attachment, Kind, Match, MediaState, Message, Reaction, Reply
from safehand.model.span import Span
from safehand.sources.google_chat.annotations import Annotated, read_annotations
from safehand.sources.google_chat.times import Times
from safehand.sources.json_draft import Draft
from safehand.sources.json_fields import Odd
from safehand.sources.seen_names import SeenNames

MARKS: Final = frozenset({"creator", "created_date", "message_id", "topic_id", "deleted_date", "text"})
"""An object with none of these is no message."""

_READ: Final = frozenset({
    "creator", "created_date", "updated_date", "text", "message_id", "topic_id", "message_state", "attached_files",
    "annotations", "quoted_message_metadata", "reactions",
})  # fmt: skip
_KEPT: Final = frozenset({"deleted_date", "deletion_metadata", "previous_message_versions"})
_CREATOR: Final = frozenset({"name", "email", "user_type"})
_FILE: Final = frozenset({"original_name", "export_name"})
_QUOTED: Final = frozenset({"creator", "text", "message_id"})
_REACTION: Final = frozenset({"emoji", "reactor_emails"})


class Who(NamedTuple):
    """An account: its key, its name and its address, as far as they are given."""

    key: str | None
    name: str | None
    email: str | None


NOBODY: Final = Who(None, None, None)


def is_message(value: Any) -> bool:
    """Whether an element has anything of a message."""
    found = value.value if isinstance(value, Odd) else value
    return isinstance(found, dict) and not MARKS.isdisjoint(found)


def who_of(value: Any) -> Who:
    """The account in an object with ``name`` and ``email``."""
    if not isinstance(value, dict):
        return NOBODY
    name, email = (value.get(key) for key in ("name", "email"))
    name = name if isinstance(name, str) and name else None
    email = email if isinstance(email, str) and email else None
    return Who(email or name, name, email)


def read_message(value: Any, raw: bytes, number: int, span: Span, times: Times, seen: SeenNames) -> tuple[Message, Who]:
    """The message in one element, for which ``is_message`` held, and who wrote it."""
    draft = Draft(value, raw, _READ, _KEPT)
    fields = draft.value
    who = _creator(draft)
    deleted = draft.words("message_state") == "DELETED"
    if "message_state" in fields and not deleted:
        draft.leave("message_state")
    if deleted and "created_date" not in fields:
        sent = unknown_instant("")  # when it was deleted is not when it was sent
    else:
        timed = times.read(fields.get("created_date"))
        sent = timed.instant
        draft.doubts += timed.doubts
        if timed.doubts:
            draft.keep("created_date")
    text = draft.words("text")
    edited = None
    if "updated_date" in fields:
        timed = times.read(fields["updated_date"])
        edited = timed.instant
        draft.doubts += timed.doubts
    annotated = _annotations(draft, text)
    attachments = _files(draft)
    reactions = _reactions(draft)
    reply = _reply(draft, seen) if "quoted_message_metadata" in fields else None
    native = _ids(draft, seen)
    revisions = _revisions(draft)
    text_raw = draft.spelled("text", text)
    kind = _kind(text, attachments, annotated, deleted=deleted)
    if kind is Kind.EMPTY and draft.has_unknown:
        kind = Kind.UNKNOWN
    extra = draft.extra()
    message = Message(
        number,
        kind,
        who.name,
        text,
        sent,
        span,
        draft.found(),
        who.email,
        native,
        text_raw,
        None,
        edited,
        edited is not None,
        attachments,
        reactions,
        reply,
        share=annotated.share,
        call=annotated.call,
        entities=annotated.entities,
        revisions=revisions,
        extra=extra,
    )
    return message, who


def _kind(text: str | None, attachments: tuple[Attachment, ...], annotated: Annotated, *, deleted: bool) -> Kind:
    if deleted:
        return Kind.DELETED
    if annotated.call is not None:
        return Kind.CALL
    if attachments:
        return Kind.MEDIA
    if text:
        return Kind.TEXT
    return Kind.SHARE if annotated.share is not None else Kind.EMPTY


def _creator(draft: Draft) -> Who:
    creator = draft.value.get("creator")
    who = who_of(creator)
    if "creator" in draft.value and who is NOBODY:
        draft.leave("creator")
    elif isinstance(creator, dict):
        strange = any(not isinstance(creator.get(name), str | None) for name in ("name", "email"))
        if not creator.keys() <= _CREATOR or who.key is None or strange:
            draft.leave("creator")
        elif creator.get("user_type", "Human") != "Human":
            draft.keep("creator")
    return who


def _ids(draft: Draft, seen: SeenNames) -> str | None:
    """The id, which holds that of its topic: dm/topic/message."""
    native, topic = draft.id_of("message_id"), draft.id_of("topic_id")
    if native is not None and not seen.add(native):
        draft.doubt(Doubt.DUPLICATE_OF)
    if topic is not None and (native is None or f"/{topic}/" not in native):
        draft.keep("topic_id")
    return native


def _annotations(draft: Draft, text: str | None) -> Annotated:
    if "annotations" not in draft.value:
        return Annotated()
    annotated = read_annotations(draft.objects("annotations"), text)
    if not annotated.known:
        draft.leave("annotations")
    elif not annotated.whole:
        draft.keep("annotations")
    return annotated


def _files(draft: Draft) -> tuple[Attachment, ...]:
    found: list[Attachment] = []
    for one in draft.objects("attached_files"):
        export, original = one.get("export_name"), one.get("original_name")
        name = export if isinstance(export, str) else original
        strange = not isinstance(export, str | None) or not isinstance(original, str | None)
        if not isinstance(name, str) or strange or not one.keys() <= _FILE:
            draft.leave("attached_files")
        elif isinstance(original, str) and original not in name:
            draft.keep("attached_files")
        found.append(Attachment(MediaState.NAMED, name if isinstance(name, str) else None))
    return tuple(found)


def _reactions(draft: Draft) -> tuple[Reaction, ...]:
    found: list[Reaction] = []
    for one in draft.objects("reactions"):
        emoji, emails = one.get("emoji"), one.get("reactor_emails", [])
        value = emoji.get("unicode") if isinstance(emoji, dict) else None
        people = [email for email in emails if isinstance(email, str)] if isinstance(emails, list) else []
        read = isinstance(value, str) and isinstance(emoji, dict) and len(emoji) == 1
        if not read or not one.keys() <= _REACTION or not isinstance(emails, list) or len(people) != len(emails):
            draft.leave("reactions")
        mark = value if isinstance(value, str) else "?"
        found += [Reaction(mark, email) for email in people] or [Reaction(mark)]
    return tuple(found)


def _reply(draft: Draft, seen: SeenNames) -> Reply | None:
    quoted = draft.value["quoted_message_metadata"]
    if not isinstance(quoted, dict):
        draft.leave("quoted_message_metadata")
        return None
    text, native = quoted.get("text"), quoted.get("message_id")
    if not quoted.keys() <= _QUOTED or not isinstance(text, str | None) or not isinstance(native, str | None):
        draft.leave("quoted_message_metadata")
    else:
        draft.keep("quoted_message_metadata")  # who is quoted has no place of its own
    words = text if isinstance(text, str) else None
    if not isinstance(native, str):
        return Reply(None, words)
    if native in seen:
        return Reply(native, words, Match.EXACT)
    draft.doubt(Doubt.REPLY_TARGET_MISSING)
    return Reply(native, words)


def _revisions(draft: Draft) -> tuple[str, ...]:
    """The earlier texts; when each was written stands in ``extra``."""
    return tuple(one["text"] for one in draft.objects("previous_message_versions") if isinstance(one.get("text"), str))
