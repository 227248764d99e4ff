"""What stands around the messages of a page: the server, the channel, and how many were written.

<div class=preamble__entry>Allotments</div><div class=preamble__entry>Private / Priya</div>
<div class=postamble><div class=postamble__entry>Exported 1,234 message(s)</div>
                     <div class=postamble__entry>Timezone: UTC+01:00</div></div>
"""

from __future__ import annotations

import json
import re
from typing import Final

from safehand.model.conversation import ConversationKind
from safehand.sources.html_blocks import Block
from safehand.sources.html_text import LAYOUT

_ENTRY: Final = re.compile(rb'<div class=(?:preamble__entry|"preamble__entry(?: preamble__entry--small)?")>')
_PREAMBLE: Final = re.compile(rb'<div class="?preamble"?>')
_EXPORTED: Final = re.compile(r"Exported (\d[\d\W]*) message\(s\)")
_ZONE: Final = re.compile(r"Timezone: (UTC(?:[+-]\d{1,2}(?::\d\d)?)?)", re.ASCII)
_DIRECT: Final = "Direct Messages"
_STRETCH: Final = ("Between ", "After ", "Before ")
_LEAST: Final = 2


class Head:
    """The entries at the top of a page, and where each stands in it."""

    def __init__(self, raw: bytes) -> None:
        found = _PREAMBLE.search(raw)
        begin = found.start() if found else len(raw)
        self._entries: list[str] = []
        self._places: list[tuple[int, int]] = []
        for one in _ENTRY.finditer(raw, begin):
            end = raw.find(b"</div>", one.end())
            end = len(raw) if end < 0 else end
            self._entries.append(Block(raw[one.start() : end]).root.text().strip(LAYOUT))
            self._places.append((one.end(), end))

    @property
    def section(self) -> str | None:
        """The server."""
        return (self._entries[0] or None) if self._entries else None

    @property
    def title(self) -> str | None:
        """The channel, with the category it stands in."""
        return (self._entries[1] or None) if len(self._entries) >= _LEAST else None

    @property
    def title_place(self) -> tuple[int, int]:
        """Where the title stands in the head."""
        return self._places[1]

    @property
    def kind(self) -> ConversationKind:
        """How many may speak, by the words the program has for private channels."""
        return kind_of_channel(self.section, self.title)

    @property
    def is_stretch(self) -> bool:
        """Whether the last entry reads as if the export were of a stretch of time. It may be a channel's topic."""
        return len(self._entries) > _LEAST and self._entries[-1].startswith(_STRETCH)

    @property
    def extra(self) -> str | None:
        """All entries, where there are more than the two that have a place."""
        if len(self._entries) <= _LEAST:
            return None
        return json.dumps({"preamble": self._entries}, ensure_ascii=False)


def kind_of_channel(section: str | None, title: str | None) -> ConversationKind:
    """How many may speak in a channel, by the words the program has for private ones."""
    if title is None:
        return ConversationKind.UNKNOWN
    if section != _DIRECT:
        return ConversationKind.GROUP
    kinds = {"Private": ConversationKind.DIRECT, "Group": ConversationKind.GROUP}
    return kinds.get(title.partition(" / ")[0], ConversationKind.UNKNOWN)


def read_footer(words: str) -> tuple[int | None, str | None, bool]:
    """The number of messages, the zone of the clock, and whether that is all it says."""
    count, zone = _EXPORTED.search(words), _ZONE.search(words)
    digits = "".join(char for char in count[1] if char.isdecimal()) if count else ""
    rest = _ZONE.sub("", _EXPORTED.sub("", words))
    number = int(digits) if digits and len(digits) <= 15 else None
    return number, zone[1] if zone else None, not rest.strip()
