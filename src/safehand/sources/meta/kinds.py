"""What a message is, by the fields it has, and whether its words are the platform's own.

    {"content": "Reacted ❤ to your message"}     reaction_notice, and in doubt: a person may have typed it
    {"call_duration": 12, "content": "…"}        call; the words are the platform's

The platform's words are known in English alone: Meta writes them in the language of the account, and no list of them is
published. A notice in another language stands as text, so nothing is hidden by what is not recognised.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.model.message import Kind
from safehand.sources.meta.fields import Draft

DOUBTFUL_ENDINGS: Final = ("Liked a message", " to your message", " to your message ", " sent an attachment.")
"""How words may end that the platform itself put where a person's would stand."""

_NOTICE: Final = re.compile(r"Liked a message|Reacted [^\w\s]\S{0,15} to your message ?")
"""A reaction told as a message: the thumb or heart, or "Reacted " and an emoji. Letters there are a person's words."""


def kind_of(draft: Draft, text: str | None, *, unknown: bool) -> Kind:  # noqa: PLR0911  one return for each kind
    """The strongest thing the fields say; a message with a file and words is the file's kind."""
    if draft.unsent:
        return Kind.DELETED
    if draft.users or draft.type in ("Subscribe", "Unsubscribe"):
        return Kind.SYSTEM
    if draft.call or draft.type == "Call":
        return Kind.CALL
    if draft.attachments:
        types = {file.type for file in draft.attachments}
        if types == {"sticker"}:
            return Kind.STICKER
        return Kind.VOICE if types == {"audio"} else Kind.MEDIA
    if draft.share is not None or draft.type == "Share":
        return Kind.SHARE
    if text:
        return Kind.REACTION_NOTICE if _NOTICE.fullmatch(text) else Kind.TEXT
    return Kind.UNKNOWN if unknown else Kind.EMPTY


def is_by_platform(text: str, kind: Kind, sender: str | None) -> bool:
    """Whether these are words the platform writes. A person may have typed them: it is a doubt, and no more."""
    if kind in (Kind.SYSTEM, Kind.CALL) or text == "Liked a message":
        return True
    if not text.endswith(DOUBTFUL_ENDINGS):
        return False
    who, _, attached = text.rpartition(" sent an attachment.")
    return text.rstrip(" ").endswith(" to your message") or (not attached and who in ("You", sender))
