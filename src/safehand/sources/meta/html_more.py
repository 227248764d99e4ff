"""What stands behind the words of a plain message: reactions, pictures, something that was passed on. The short way.

It gives what html_body.py and html_message.py give; what is not quite as plain as PLAIN has it is left to them.
"""

from __future__ import annotations

from html import unescape
from typing import NamedTuple

from safehand.model.message import Attachment, Kind, MediaState, Reaction, Share
from safehand.sources.html_text import LAYOUT
from safehand.sources.meta.html_body import kind_of_file
from safehand.sources.meta.html_plain import PICTURE, REACTION, SAID, SHARED, words_of
from safehand.sources.meta.html_reactions import reaction_of
from safehand.sources.meta.html_times import PageTimes


class More(NamedTuple):
    """What was found."""

    reactions: tuple[Reaction, ...]
    files: tuple[Attachment, ...]
    share: Share | None

    @property
    def kind(self) -> Kind:
        """As kinds.py says it of the same."""
        if self.files:
            types = {file.type for file in self.files}
            return Kind.STICKER if types == {"sticker"} else Kind.VOICE if types == {"audio"} else Kind.MEDIA
        return Kind.TEXT if self.share is None else Kind.SHARE


def read_more(rest: bytes, times: PageTimes) -> More | None:
    """None for what needs the long way. UnicodeDecodeError where it is no UTF-8."""
    reactions = tuple(
        reaction_of(unescape((said + aside).decode("utf-8")).strip(LAYOUT), unescape(aside.decode("utf-8")), times)
        for said, aside in REACTION.findall(rest)
    )
    pairs = [(href.decode("utf-8"), src.decode("utf-8")) for href, src in PICTURE.findall(rest)]
    if any(one.sender is None for one in reactions) or any(href != src or href[:2] == "//" for href, src in pairs):
        return None
    files = tuple(Attachment(MediaState.NAMED, src, kind_of_file("img", src)) for _, src in pairs)
    shared = SHARED.findall(rest)
    if not shared:
        return More(reactions, files, None)
    share = _share(*shared[0]) if len(shared) == 1 else None
    return None if share is None else More(reactions, files, share)


def _share(around: bytes, href: bytes, words: bytes) -> Share | None:
    said = unescape(words.decode("utf-8")).strip(LAYOUT)
    if b"&" in href.replace(b"&amp;", b"") or not said:  # another reference: the long way knows what it is
        return None
    link = href.decode("utf-8").replace("&amp;", "&")
    beside = [_line(line) for line in SAID.findall(around)]
    if any(line is None for line in beside):
        return None
    lines = [line for line in beside if line]
    if said != link:
        lines.insert(0, said)
    owner = lines.pop() if len(lines) == 2 else None
    return Share(link, "\n".join(lines) or None, owner)


def _line(raw: bytes) -> str | None:
    words = words_of(raw).strip(LAYOUT)
    if "&" in words:
        words = unescape(words)
    return words if words.strip(LAYOUT) == words else None
