r"""The words of a chat message, and what went with them.

"segment": [{"type": "TEXT", "text": "see "}, {"type": "LINK", "text": "example.org",
"link_data": {"link_target": "https://example.org"}}, {"type": "LINE_BREAK"}]
→ "see example.org\n", Entity(4, 15, "link", "https://example.org")
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from safehand.model.message import Attachment, Entity, Kind, MediaState

_SEGMENT: Final = frozenset({"type", "text", "formatting", "link_data"})
_TYPES: Final = frozenset({"TEXT", "LINK", "LINE_BREAK"})
_MARKS: Final = {"bold": "bold", "italics": "italic", "strikethrough": "strikethrough", "underline": "underline"}
_EMBEDDED: Final = {"PLUS_PHOTO": "plus_photo", "PLUS_AUDIO_V2": "plus_audio_v2", "PLUS_VIDEO_V2": "plus_video_v2"}
_PLACES: Final = frozenset({"PLACE", "PLACE_V2"})


class Said(msgspec.Struct, frozen=True, gc=False):
    """What was read. ``whole``: nothing else stands there. ``known``: what else stands there is no surprise."""

    text: str | None = None
    entities: tuple[Entity, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    kind: Kind | None = None
    whole: bool = True
    known: bool = True


def read_said(chat_message: Any) -> Said:
    """The field ``chat_message``."""
    content = chat_message.get("message_content") if isinstance(chat_message, dict) else None
    if not isinstance(content, dict):
        return Said(whole=False, known=False)
    words: list[str] = []
    entities: list[Entity] = []
    known = chat_message.keys() <= {"message_content", "annotation"} and content.keys() <= {"segment", "attachment"}
    whole = known and not chat_message.get("annotation")
    at = 0
    for one in _list(content, "segment"):
        word = _word(one)
        if word is None:
            known = False
            continue
        entities += _marks(one, at, at + len(word))
        known = known and one["type"] in _TYPES and one.keys() <= _SEGMENT
        words.append(word)
        at += len(word)
    attachments, kind = _files(_list(content, "attachment"))
    known = known and _is_list(content, "segment") and _is_list(content, "attachment")
    whole = whole and known and not content.get("attachment")
    return Said("".join(words) or None, tuple(entities), attachments, kind, whole, known)


def _list(content: dict[str, Any], name: str) -> list[Any]:
    found = content.get(name)
    return found if isinstance(found, list) else []


def _is_list(content: dict[str, Any], name: str) -> bool:
    return isinstance(content.get(name, []), list)


def _word(one: Any) -> str | None:
    """What a segment says; None for what is none."""
    if not isinstance(one, dict) or not isinstance(one.get("type"), str):
        return None
    text = one.get("text")
    if one["type"] == "LINE_BREAK":
        return text if isinstance(text, str) and text else "\n"
    return text if isinstance(text, str) else None


def _marks(one: dict[str, Any], start: int, end: int) -> list[Entity]:
    found: list[Entity] = []
    formatting, link = one.get("formatting"), one.get("link_data")
    if isinstance(formatting, dict):
        found += [Entity(start, end, name) for key, name in _MARKS.items() if formatting.get(key) is True]
    if isinstance(link, dict) or one["type"] == "LINK":
        target = link.get("link_target") if isinstance(link, dict) else None
        found.append(Entity(start, end, "link", target if isinstance(target, str) else None))
    return found


def _files(attachments: list[Any]) -> tuple[tuple[Attachment, ...], Kind | None]:
    """The files by their address, and the kind they make the message. Where they are, nobody looks."""
    found: list[Attachment] = []
    kind: Kind | None = None
    for one in attachments:
        item = one.get("embed_item") if isinstance(one, dict) else None
        types = item.get("type") if isinstance(item, dict) else None
        names = types if isinstance(types, list) else [types]
        if not _PLACES.isdisjoint(name for name in names if isinstance(name, str)):
            kind = kind or Kind.LOCATION
            continue
        word = next((name for name in names if isinstance(name, str)), None)
        inner = item.get(_EMBEDDED.get(word or "", "")) if isinstance(item, dict) else None
        found.append(_file(inner if isinstance(inner, dict) else {}, word))
    return tuple(found), kind or (Kind.MEDIA if attachments else None)


def _file(inner: dict[str, Any], word: str | None) -> Attachment:
    media = inner.get("media_type")
    addresses = (inner.get(key) for key in ("original_content_url", "url"))
    address = next((one for one in addresses if isinstance(one, str)), None)
    return Attachment(MediaState.NAMED, address, media.lower() if isinstance(media, str) else word and word.lower())
