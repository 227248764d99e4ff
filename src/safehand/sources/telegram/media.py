"""Files that went with a Telegram message, and what kind of message that makes it.

"photo": "photos/photo_1@09-01-2026_22-27-01.jpg"                                            named
"photo": "(File not included. Change data exporting settings to download.)"                  omitted
"file": "(File exceeds maximum size. Change data exporting settings to download.)"           omitted
"file": "(File unavailable, please try again later)"                                         missing
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from safehand.model.message import Attachment, Kind, MediaState

_PLACEHOLDERS: Final = {
    "(File not included. Change data exporting settings to download.)": MediaState.OMITTED,
    "(File exceeds maximum size. Change data exporting settings to download.)": MediaState.OMITTED,
    "(File unavailable, please try again later)": MediaState.MISSING,
}

_FIELDS: Final = (
    ("photo", "photo_file_size", "photo"),
    ("file", "file_size", "file"),
    ("contact_vcard", "contact_vcard_file_size", "vcard"),
)
"""The field, the field with its size, and our word where Telegram gives no ``media_type``."""

_KINDS: Final = (
    ("poll", Kind.POLL),
    ("location_information", Kind.LOCATION),
    ("place_name", Kind.LOCATION),
    ("contact_information", Kind.CONTACT),
)

_MEDIA_KINDS: Final = {"sticker": Kind.STICKER, "voice_message": Kind.VOICE}


class Media(msgspec.Struct, frozen=True, gc=False):
    """The files, the kind they make the message, and fields that were not what they should be."""

    attachments: tuple[Attachment, ...]
    kind: Kind | None
    unread: tuple[str, ...]


NO_MEDIA: Final = Media((), None, ())

MEDIA_FIELDS: Final = frozenset(
    {name for row in _FIELDS for name in row[:2]} | {name for name, _ in _KINDS} | {"media_type", "mime_type"}
)
"""A message with none of these has nothing beside its text."""


def read_media(value: Mapping[str, Any]) -> Media:
    """Everything beside the text."""
    attachments: list[Attachment] = []
    unread: list[str] = []
    for field, size_field, word in _FIELDS:
        path, size = value.get(field), value.get(size_field)
        if isinstance(path, str):
            if type(size) is not int or size < 0:
                unread += [size_field] if size is not None else []
                size = None
            attachments.append(_attachment(value, path, size, word))
        elif field in value or size is not None:
            unread += [name for name in (field, size_field) if name in value]
    for name in ("media_type", "mime_type"):
        if name in value and not (isinstance(value[name], str) and isinstance(value.get("file"), str)):
            unread.append(name)
    return Media(tuple(attachments), _kind(value, attachments), tuple(unread))


def _attachment(value: Mapping[str, Any], path: str, size: int | None, word: str) -> Attachment:
    state, name = _state(path)
    if word != "file":
        return Attachment(state, name, word, None, size)
    if name is None:
        name = _text(value, "file_name")
    return Attachment(state, name, _text(value, "media_type") or word, _text(value, "mime_type"), size)


def _state(path: str) -> tuple[MediaState, str | None]:
    for placeholder, state in _PLACEHOLDERS.items():
        if path.endswith(placeholder):
            return state, path[: -len(placeholder)].rstrip() or None
    return MediaState.NAMED, path


def _kind(value: Mapping[str, Any], attachments: list[Attachment]) -> Kind | None:
    for field, kind in _KINDS:
        if field in value:
            return kind
    if not attachments:
        return None
    return _MEDIA_KINDS.get(attachments[0].type or "", Kind.MEDIA)


def _text(value: Mapping[str, Any], name: str) -> str | None:
    found = value.get(name)
    return found if isinstance(found, str) else None
