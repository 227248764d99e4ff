r"""The words of one message of signal-export's text, parted from what the program wrote around them.

    Me: ⏎⏎> Shall we dig⏎⏎hi  ⏎(- Ada: 👍, Tom: 🌱 -)![a.jpg](./media/a.jpg)  ⏎
        └── quote ─────┘  said  └── reactions ───────┘└── attachment ───────┘

Everything is taken off the two ends, so that what stands in the middle stays as it was typed. All of it can be typed
by a person, too: the form has no way to tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from safehand.model.message import Attachment, Call, Kind, MediaState, Reaction
from safehand.sources.signal.export_parts import PADDING, call_of, quoted_of

DELETED: Final = "(This message was deleted)"
HEADER_LIKE: Final = re.compile(r"^\[[0-9]{4}-[0-9]{2}-[0-9]{2},? [0-9]{2}:[0-9]{2}(?::[0-9]{2})?\] ", re.MULTILINE)

_QUOTE: Final = re.compile(r"\n\n(>[^\n]*(?:\n>[^\n]*)*)\n\n")
_FILE_END: Final = ")  "
_FILE: Final = "](./"
_STICKER_FILE: Final = "](../exported_stickers/"
_REACTIONS, _REACTIONS_END = "\n(- ", " -)"
_STICKER, _STICKER_END = "\n(( ", " ))"


@dataclass(slots=True)
class Words:
    """One message in its parts."""

    text: str | None = None
    kind: Kind = Kind.TEXT
    tool: bool = False
    """The words are the program's own."""
    quoted: str | None = None
    sticker: str | None = None
    call: Call | None = None
    attachments: list[Attachment] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)


def read_words(written: str) -> Words:
    """The parts of what stands behind the name, without the line breaks at its end."""
    words = Words()
    quote = _QUOTE.match(written)
    rest = written if quote is None else written[quote.end() :]
    words.quoted = None if quote is None else quoted_of(quote[1])
    rest = _take_reactions(_take_sticker(_take_files(rest, words), words), words)
    words.text = rest.removesuffix(PADDING) or None
    words.call = call_of(words.text)
    words.tool = words.text == DELETED or words.call is not None
    words.kind = _kind(words)
    return words


def _kind(words: Words) -> Kind:
    if words.tool:
        return Kind.CALL if words.call else Kind.DELETED
    if words.sticker is not None and words.text is None:
        return Kind.STICKER
    if words.attachments:
        return Kind.MEDIA
    return Kind.TEXT if words.text else Kind.EMPTY


def _take_files(rest: str, words: Words) -> str:
    """Links at the end, the last first: ``![name](./media/name)  ``."""
    end = len(rest)
    while rest.endswith(_FILE_END, 0, end):
        line = rest.rfind("\n", 0, end) + 1
        at, sticker = rest.rfind(_FILE, line, end), rest.rfind(_STICKER_FILE, line, end)
        begin = rest.rfind("[", line, max(at, sticker)) if max(at, sticker) >= 0 else -1
        if begin < 0:
            break
        if sticker > at:
            path = rest[sticker + len("](../") : end - len(_FILE_END)]
            words.attachments.append(Attachment(MediaState.NAMED, path, "sticker"))
            words.sticker = rest[begin + 1 : sticker]
        else:
            path = rest[at + len(_FILE) : end - len(_FILE_END)]
            words.attachments.append(Attachment(MediaState.NAMED, path))
            begin -= rest.endswith("!", line, begin)
        end = begin
    words.attachments.reverse()
    return rest[:end]


def _take_sticker(rest: str, words: Words) -> str:
    at = rest.rfind("\n")
    if at < 0 or not (rest.startswith(_STICKER, at) and rest.endswith(_STICKER_END)):
        return rest
    words.sticker = rest[at + len(_STICKER) : -len(_STICKER_END)]
    return rest[:at]


def _take_reactions(rest: str, words: Words) -> str:
    at = rest.rfind("\n")
    if at < 0 or not (rest.startswith(_REACTIONS, at) and rest.endswith(_REACTIONS_END)):
        return rest
    found = [one.rpartition(": ") for one in rest[at + len(_REACTIONS) : -len(_REACTIONS_END)].split(", ")]
    if not all(name and value for name, _, value in found):
        return rest
    words.reactions = [Reaction(value, name) for name, _, value in found]
    return rest[:at]
