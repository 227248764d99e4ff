"""Files, calls and events in the content of a Skype message: what is told of them between the tags.

<URIObject type="Picture.1" uri="…"><OriginalName v="plot.jpg"/><FileSize v="2048"/><meta type="photo"/></URIObject>
<partlist type="ended"><part identity="live:me"><name>Me</name><duration>12.5</duration></part></partlist>
<addmember><eventtime>1609459200000</eventtime><initiator>8:live:me</initiator><target>8:live:robin</target></addmember>
"""

from __future__ import annotations

import re
from typing import Final

from safehand.model.message import Attachment, Call, MediaState
from safehand.sources.skype.content import Tag, tags_of

_DURATION: Final = re.compile(r"([0-9]{1,9})(?:\.[0-9]*)?")
_DIGITS: Final = re.compile(r"[0-9]{1,15}")
_TYPES: Final = {
    "picture": "photo",
    "video": "video",
    "audio": "audio",
    "file": "document",
    "swift": "card",
}
"""By the first word of ``type``: Picture.1, Video.1/Message.1, SWIFT.1."""


def files_of(content: str) -> tuple[Attachment, ...]:
    """The files of a message: a URIObject, or a list of files as of old."""
    lister = _Lister()
    for said, tag in tags_of(content):
        if tag is not None:
            lister.tag(tag, said)
    return lister.end()


class _Lister:
    """The file that is being told of, and those before it."""

    __slots__ = ("_found", "_kind", "_name", "_size", "_within")

    def __init__(self) -> None:
        self._found: list[Attachment] = []
        self._within: str | None = None
        self._kind: str | None = None
        self._name: str | None = None
        self._size: int | None = None

    def tag(self, tag: Tag, said: str) -> None:
        """A tag, with the words before it."""
        match tag.name:
            case "URIObject" | "file" if tag.closes:
                self._end(tag.name, said)
            case "URIObject" | "file":
                self._begin(tag)
            case "OriginalName":
                self._name = tag.attributes.get("v") or self._name
            case "FileSize":
                self._size = _number(tag.attributes.get("v"))
            case "meta":
                self._name = self._name or tag.attributes.get("originalName") or None
            case _:
                pass

    def end(self) -> tuple[Attachment, ...]:
        """All files, one that was cut short too."""
        if self._within is not None:
            self._end(self._within, "")
        return tuple(self._found)

    def _begin(self, tag: Tag) -> None:
        self._within, self._name, self._size = tag.name, None, _number(tag.attributes.get("size"))
        word = tag.attributes.get("type", "").partition(".")[0].lower()
        self._kind = "document" if tag.name == "file" else _TYPES.get(word)

    def _end(self, name: str, said: str) -> None:
        if name != self._within:
            return
        self._within = None
        if name == "file":
            self._name = said or self._name
        state = MediaState.NAMED if self._name else MediaState.OMITTED
        self._found.append(Attachment(state, self._name, self._kind, None, self._size))


def call_of(content: str) -> Call:
    """A call: how it ended, and for how long the longest of those who took part was in it."""
    outcome: str | None = None
    seconds: int | None = None
    for said, tag in tags_of(content):
        if tag is None:
            continue
        if tag.name == "partlist" and not tag.closes:
            outcome = tag.attributes.get("type") or outcome
        elif tag.name == "ended":
            outcome = outcome or "ended"
        elif tag.name == "duration" and tag.closes and (match := _DURATION.fullmatch(said.strip())):
            seconds = max(seconds or 0, int(match[1]))
    return Call(seconds, outcome)


def initiator_of(content: str) -> str | None:
    """Who did what an event tells of."""
    for said, tag in tags_of(content):
        if tag is not None and tag.name == "initiator" and tag.closes:
            return said.strip() or None
    return None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and _DIGITS.fullmatch(text) else None
