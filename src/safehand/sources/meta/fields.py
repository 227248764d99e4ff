"""The fields of one message, each read by its own small function, found in one table.

    {"sender_name": "Priya", "timestamp_ms": 1767225600123, "content": "The seed potatoes are in",
     "reactions": [{"reaction": "\u00e2\u009d\u00a4", "actor": "Tom"}], "is_geoblocked_for_viewer": false}

``READERS`` maps a key to its function. It puts what it read into a ``Draft`` and says what becomes of the field itself:
it is *read* (all of it stands in the message), *kept* (it is known, and stands in ``extra`` as well, because something
of it has no place of its own or was repaired), or *unknown* (it is kept in ``extra`` and the message is in doubt). A
key that has no row is unknown. So nothing a file says can fall between.

Both forms are in the one table, for their keys do not clash: ``sender_name`` is the thread form's, ``senderName`` the
encrypted form's. NOTES.md lists what each key means and where it was seen.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Final, TypeAlias

from safehand.model.instant import Instant
from safehand.model.message import Attachment, MediaState, Reaction, Share
from safehand.sources.meta.instants import from_milliseconds, from_seconds, of_reaction
from safehand.sources.meta.mojibake import Mending


class Fate(IntEnum):
    """What becomes of a field once its function has seen it. The larger wins."""

    READ = 0
    KEPT = 1
    UNKNOWN = 2


READ, KEPT, UNKNOWN = Fate


class Draft:
    """A message while its fields are read. ``raw`` strings are as the file spells them, the others repaired."""

    __slots__ = (
        "attachments",
        "call",
        "mended",
        "mending",
        "missed",
        "named",
        "reactions",
        "seconds",
        "sender_raw",
        "sent",
        "share",
        "text_raw",
        "type",
        "unsent",
        "users",
    )

    def __init__(self, mending: Mending) -> None:
        self.mending = mending
        self.sender_raw: str | None = None
        self.sent: Instant | None = None
        self.text_raw: str | None = None
        self.type: str | None = None
        self.unsent = False
        self.call = False
        self.seconds: int | None = None
        self.missed: bool | None = None
        self.attachments: list[Attachment] = []
        self.reactions: list[Reaction] = []
        self.share: Share | None = None
        self.users: list[str] = []
        self.named: list[str] = []
        """Names as the file spells them that stand in other fields than the sender's: reactions and users."""
        self.mended = False
        """A string of a field that goes to ``extra`` was repaired."""

    def text_of(self, raw: str) -> str:
        """``raw`` as it reads."""
        text = self.mending.repair(raw)
        if text is not raw:
            self.mended = True
        return text


Reader: TypeAlias = Callable[[Draft, object], Fate]

_TYPES: Final = frozenset({"Generic", "Share", "Call", "Subscribe", "Unsubscribe"})

_FAILED: Final = "Failed to download media"
"""The encrypted form writes a sentence beginning so where the address of a file should stand."""

_MEDIA_KEPT: Final = frozenset(
    {"thumbnail", "backup_uri", "media_metadata", "ai_stickers", "media_path_INTERNAL", "type_INTERNAL"}
)
"""Keys of a file that are known and have no place of their own in the model. Empty, they say nothing."""


def _sender(draft: Draft, value: object) -> Fate:
    if not isinstance(value, str):
        return UNKNOWN
    if not value:  # seen for accounts that are gone: nobody is named, so nobody is the sender
        return KEPT
    draft.sender_raw = value
    return READ


def _milliseconds(draft: Draft, value: object) -> Fate:
    draft.sent = from_milliseconds(value)
    return READ if draft.sent.utc is not None else UNKNOWN


def _text(draft: Draft, value: object) -> Fate:
    if value is None:
        return READ
    if not isinstance(value, str):
        return UNKNOWN
    if draft.text_raw is not None:  # "content" and "text" in one message: no form writes both
        return UNKNOWN
    draft.text_raw = value
    return READ


def _type(draft: Draft, value: object) -> Fate:
    if not isinstance(value, str) or value not in _TYPES:
        return UNKNOWN
    draft.type = value
    return READ


def _unsent(draft: Draft, value: object) -> Fate:
    if not isinstance(value, bool):
        return UNKNOWN
    draft.unsent = draft.unsent or value
    return READ


def _unsent_by_parent(draft: Draft, value: object) -> Fate:
    # It says who unsent it, and that has no place of its own.
    return max(_unsent(draft, value), KEPT if value is True else READ)


def _mark(_draft: Draft, value: object) -> Fate:
    """A mark that says something only when it is set."""
    if not isinstance(value, bool):
        return UNKNOWN
    return KEPT if value else READ


def _internal(_draft: Draft, value: object) -> Fate:
    return READ if value in (0, "", None) else KEPT


def _kept(_draft: Draft, _value: object) -> Fate:
    return KEPT


def _bumped(_draft: Draft, value: object) -> Fate:
    """``{"bumped_message": "…", "is_bumped": true}``: the sender raised an older message again. Its words are old."""
    if not isinstance(value, dict):
        return UNKNOWN
    return READ if not any(value.values()) else KEPT


def _media(kind: str) -> Reader:
    def read(draft: Draft, value: object) -> Fate:
        if not isinstance(value, list):
            return UNKNOWN
        return max((_one_file(draft, kind, item) for item in value), default=READ)

    return read


def _one_file(draft: Draft, kind: str, item: object) -> Fate:
    if not isinstance(item, dict) or not isinstance(item.get("uri"), str):
        return UNKNOWN
    raw: str = item["uri"]
    created = item.get("creation_timestamp")
    name = draft.text_of(raw)
    failed = raw.startswith(_FAILED)
    sent = None if created is None else from_seconds(created)
    state = MediaState.MISSING if failed else MediaState.NAMED
    draft.attachments.append(Attachment(state, None if failed else name, kind or None, sent=sent))
    fate = KEPT if failed or name != raw else READ
    if sent is not None and sent.utc is None:
        fate = UNKNOWN
    for key, inner in item.items():
        if key in ("uri", "creation_timestamp"):
            continue
        if key not in _MEDIA_KEPT:
            fate = UNKNOWN
        elif inner:
            fate = max(fate, KEPT)
    return fate


def _sticker(draft: Draft, value: object) -> Fate:
    return _one_file(draft, "sticker", value)


def _share(draft: Draft, value: object) -> Fate:
    if not isinstance(value, dict):
        return UNKNOWN
    fate = READ
    parts: list[str | None] = []
    for key in ("link", "share_text", "original_content_owner"):
        raw = value.get(key)
        parts.append(draft.text_of(raw) if isinstance(raw, str) else None)
        if parts[-1] != raw:
            fate = KEPT if isinstance(raw, str) else UNKNOWN
    draft.share = Share(*parts)
    others = value.keys() - {"link", "share_text", "original_content_owner"}
    return UNKNOWN if others else fate


def _reactions(draft: Draft, value: object) -> Fate:
    if not isinstance(value, list):
        return UNKNOWN
    return max((_one_reaction(draft, item) for item in value), default=READ)


def _one_reaction(draft: Draft, item: object) -> Fate:
    if not isinstance(item, dict):
        return UNKNOWN
    raw, actor = item.get("reaction"), item.get("actor")
    if not isinstance(raw, str) or not isinstance(actor, str):
        return UNKNOWN
    stamp = item.get("timestamp")
    sent = None if stamp is None else of_reaction(stamp)
    reaction = Reaction(draft.text_of(raw), draft.text_of(actor), None, sent)
    draft.reactions.append(reaction)
    draft.named.append(actor)
    if item.keys() - {"reaction", "actor", "timestamp"} or (sent is not None and sent.utc is None):
        return UNKNOWN
    return READ if reaction.value == raw and reaction.sender == actor else KEPT


def _seconds(draft: Draft, value: object) -> Fate:
    if isinstance(value, bool) or not isinstance(value, int):
        return UNKNOWN
    draft.call = True
    draft.seconds = value
    return READ


def _missed(draft: Draft, value: object) -> Fate:
    if not isinstance(value, bool):
        return UNKNOWN
    draft.call = True
    draft.missed = value
    return READ


def _users(draft: Draft, value: object) -> Fate:
    if not isinstance(value, list):
        return UNKNOWN
    fate = READ
    for item in value:
        raw = item.get("name") if isinstance(item, dict) and len(item) == 1 else None
        if not isinstance(raw, str):
            fate = UNKNOWN
            continue
        name = draft.text_of(raw)
        draft.users.append(name)
        draft.named.append(raw)
        fate = max(fate, READ if name == raw else KEPT)
    return fate


READERS: Final[dict[str, Reader]] = {
    "sender_name": _sender,
    "senderName": _sender,
    "timestamp_ms": _milliseconds,
    "timestamp": _milliseconds,
    "content": _text,
    "text": _text,
    "type": _type,
    "is_unsent": _unsent,
    "isUnsent": _unsent,
    "is_unsent_image_by_messenger_kid_parent": _unsent_by_parent,
    "is_geoblocked_for_viewer": _mark,
    "is_taken_down": _mark,
    "photos": _media("photo"),
    "videos": _media("video"),
    "audio_files": _media("audio"),
    "gifs": _media("gif"),
    "files": _media("file"),
    "media": _media(""),
    "sticker": _sticker,
    "share": _share,
    "reactions": _reactions,
    "call_duration": _seconds,
    "missed": _missed,
    "users": _users,
    "ip": _kept,
    "bumped_message_metadata": _bumped,
    "sender_id_INTERNAL": _internal,
}
"""Every key this version knows."""
