"""One row of ``message`` as a message: its words, its kind, what was edited, and what stands in ``extra``.

    is_from_me 1 · text "The seed potatoes are in" · date 674526582885055488      kind text, sent by Me
    item_type 2 · group_title "Club"                                              kind system, action renamed
    associated_message_type 2000 · associated_message_guid "p:0/GUID"             a reaction: Loved

``text`` is empty in most rows since macOS 13; the words stand in ``attributedBody`` then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from safehand.model.doubt import Doubt
from safehand.model.instant import Instant
from safehand.model.message import Attachment, Kind
from safehand.sources.decoding import decode
from safehand.sources.imessage.database_columns import KEPT, READ, SILENT
from safehand.sources.imessage.database_times import moment
from safehand.sources.imessage.summary_info import Summary, read_summary
from safehand.sources.imessage.typed_text import holds_text, typed_text
from safehand.sources.sqlite_records import Value

_REACTIONS: Final = {
    0: "Loved", 1: "Liked", 2: "Disliked", 3: "Laughed", 4: "Emphasized", 5: "Questioned", 6: "Emoji", 7: "Sticker",
}  # fmt: skip
_STICKER: Final = 1000
_ADDED, _REMOVED = 2000, 3000
_ACTS: Final = {
    (1, 0): "added", (1, 1): "removed", (2, 0): "renamed", (3, 0): "left", (3, 1): "group photo changed",
    (3, 2): "group photo removed", (5, 0): "audio message kept", (6, 0): "SharePlay",
}  # fmt: skip
"""By ``item_type`` and ``group_action_type``."""
_LOCATION: Final = 4
_OBJECT: Final = "\ufffc"
"""What stands in a text in the place of a file."""
_NO_SUMMARY: Final = Summary()
Values = dict[str, Value]


@dataclass(slots=True)
class Said:
    """What a row says."""

    kind: Kind = Kind.TEXT
    text: str | None = None
    action: str | None = None
    edited: Instant | None = None
    edited_mark: bool = False
    revisions: tuple[str, ...] = ()
    doubts: list[Doubt] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


def text_of(values: Values, column: str) -> str | None:
    """A text, or None where there is none."""
    value = values.get(column)
    return value if isinstance(value, str) else None


def number_of(values: Values, column: str) -> int:
    """A whole number; 0 where there is none."""
    value = values.get(column)
    return value if isinstance(value, int) else 0


def target_of(values: Values) -> str | None:
    """The GUID of the message on which a reaction is set. None for what is no reaction, or takes one back."""
    kind = number_of(values, "associated_message_type")
    if kind != _STICKER and not _ADDED <= kind < _ADDED + 1000:
        return None
    return associated(values)


def associated(values: Values) -> str | None:
    """``p:0/GUID`` (the first part of it) and ``bp:GUID`` (its bubble) are about GUID."""
    guid = text_of(values, "associated_message_guid")
    if not guid:
        return None
    return guid.rpartition("/")[2] if guid.startswith("p:") else guid.removeprefix("bp:")


def reaction_of(values: Values) -> str:
    """What is set on a message, in the words of the text of imessage-exporter; the emoji itself where it is one."""
    kind = number_of(values, "associated_message_type")
    word = _REACTIONS.get(kind % 1000, str(kind)) if kind != _STICKER else "Sticker"
    return (text_of(values, "associated_message_emoji") or word) if word == "Emoji" else word


def read_row(values: Values, files: tuple[Attachment, ...]) -> Said:
    """What a row of ``message`` says. ``files``: those that went with it."""
    said = Said()
    said.extra = {name: _plain(values[name]) for name in values if name not in READ and name not in SILENT}
    if not said.extra.keys() <= KEPT:
        said.doubts.append(Doubt.FIELD_NOT_READ)
    payload = values.get("payload_data")
    if isinstance(payload, bytes):
        said.extra["payload_data"] = f"[{len(payload)} bytes]"
    said.text = _words(values, said)
    _edits(values, said)
    kind = number_of(values, "associated_message_type")
    if kind == _STICKER or _ADDED <= kind < _REMOVED + 1000:
        said.kind = Kind.REACTION_NOTICE
        said.action = f"{'removed ' if kind >= _REMOVED else ''}{reaction_of(values)}"
        said.extra["associated_message_guid"] = _plain(values.get("associated_message_guid"))
    elif number_of(values, "item_type"):
        _event(values, said)
    else:
        _kind(values, said, files)
    return said


def _words(values: Values, said: Said) -> str | None:
    value = values.get("text")
    if isinstance(value, bytes):
        value, _ = decode(value)
        said.doubts.append(Doubt.ENCODING_GUESSED)
    body = values.get("attributedbody")
    if not value and isinstance(body, bytes):
        value = typed_text(body)
        if value is None:
            said.doubts.append(Doubt.FIELD_NOT_READ)
            said.extra["attributedBody"] = f"[{len(body)} bytes]"
    elif isinstance(value, str) and isinstance(body, bytes) and not holds_text(body, value):
        _differ(value, body, said)
    if not isinstance(value, str) or not value.strip(_OBJECT + " \n"):
        return None
    return value


def _differ(text: str, body: bytes, said: Said) -> None:
    """A row has its words twice. Where they are not the same, both are kept."""
    typed = typed_text(body)
    if typed != text:
        said.doubts.append(Doubt.FIELD_NOT_READ)
        said.extra["attributedBody"] = f"[{len(body)} bytes]" if typed is None else typed


def _edits(values: Values, said: Said) -> None:
    info = values.get("message_summary_info")
    said.edited = moment(values.get("date_edited"))
    retracted = moment(values.get("date_retracted"))
    if retracted is not None:
        said.extra["date_retracted"] = retracted.raw
        said.kind = Kind.DELETED
    if not isinstance(info, bytes):
        said.edited_mark = said.edited is not None and retracted is None
        return
    summary = read_summary(info)
    if not summary.is_read:
        said.doubts.append(Doubt.FIELD_NOT_READ)
        said.extra["message_summary_info"] = f"[{len(info)} bytes]"
    said.revisions = summary.revisions
    said.edited_mark = bool(summary.edits)
    if summary.edits:
        said.extra["edits"] = list(summary.edits)
    if said.text is None and summary.last and summary.last.strip(_OBJECT + " \n"):
        said.text = summary.last
    if summary.unsent:
        said.extra["unsent_parts"] = list(summary.unsent)
    if summary.unsent and said.text is None:
        said.kind = Kind.DELETED


def _event(values: Values, said: Said) -> None:
    item, act = number_of(values, "item_type"), number_of(values, "group_action_type")
    if item == _LOCATION:
        said.kind = Kind.LOCATION
        said.action = f"{'stopped' if number_of(values, 'share_status') else 'started'} sharing location"
    else:
        said.action = _ACTS.get((item, act))
        said.kind = Kind.SYSTEM
        if said.action is None:
            said.kind, said.action = Kind.UNKNOWN, f"item_type {item}, group_action_type {act}"
    title = values.get("group_title")
    if title is not None:
        said.extra["group_title"] = _plain(title)


def _kind(values: Values, said: Said, files: tuple[Attachment, ...]) -> None:
    if said.kind is Kind.DELETED:
        return
    if files:
        stickers = all(one.type == "sticker" for one in files)
        said.kind = Kind.STICKER if stickers and said.text is None else Kind.MEDIA
        if number_of(values, "is_audio_message"):
            said.kind = Kind.VOICE
    elif said.text is None:
        silent = Doubt.FIELD_NOT_READ in said.doubts or "balloon_bundle_id" in values
        said.kind = Kind.UNKNOWN if silent else Kind.EMPTY


def _plain(value: Value) -> str | int | float | None:
    return f"[{len(value)} bytes]" if isinstance(value, bytes) else value


def extra_text(said: Said) -> str | None:
    """What has no place of its own, as JSON."""
    return orjson.dumps(said.extra, default=str).decode() if said.extra else None
