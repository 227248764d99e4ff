r"""What stands below a header of DiscordChatExporter's text.

    The gate is open⏎⏎{Attachments}⏎https://example.org/plan.png⏎⏎{Reactions}⏎🥕 (2)⏎⏎
        → Body(text="The gate is open", attachments=(plan.png,), reactions=(🥕 2), …)

Sections come in the program's order, each behind an empty line. A message may hold words in braces itself: where what
follows is no section, it is text.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from safehand.model.message import Attachment, Kind, MediaState, Reaction, Share
from safehand.sources.discord.package_message import files_of

_MARKS: Final = ("Attachments", "Embed", "Stickers", "Reactions")
_SECTIONS: Final = {
    end: re.compile(end + end + r"\{(Attachments|Embed|Stickers|Reactions)\}" + end) for end in ("\n", "\r\n")
}
_REACTION: Final = re.compile(r"(\S+)(?: \((\d{1,9})\))?(?: |\Z)")


class Body(NamedTuple):
    """What a message says and shows."""

    kind: Kind
    text: str
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    share: Share | None = None
    kept: dict[str, str] | None = None
    """What has no place, for ``extra``."""
    is_read: bool = True


def read_body(words: str, line_end: str) -> Body:
    """``words`` are those below the header, without the empty lines at the end."""
    text, sections = _split(words, line_end)
    kept: dict[str, str] = {}
    files: list[Attachment] = []
    reactions: tuple[Reaction, ...] = ()
    share: Share | None = None
    is_read = True
    for mark, inside in sections:
        if mark == "Attachments":
            files += files_of(inside, "\n")
        elif mark == "Stickers":
            files += [Attachment(MediaState.NAMED, one.name, "sticker") for one in files_of(inside, "\n")]
        elif mark == "Embed":
            share = share or _share(inside)
        else:
            reactions = _reactions(inside)
            is_read = is_read and bool(reactions)
        if mark != "Reactions" or not reactions:
            kept[mark] = f"{kept[mark]}\n\n{inside}" if mark in kept else inside
    return Body(_kind(text, files, share), text, tuple(files), reactions, share, kept, is_read)


def _split(words: str, line_end: str) -> tuple[str, list[tuple[str, str]]]:
    """The text, and the sections that follow it. They begin at the first that the program's order allows."""
    # Where there is no text, older versions leave its line out.
    lead = next((end for end in (line_end * 2, line_end) if (end + words).startswith(line_end * 2 + "{")), "")
    shifted = lead + words
    marks = list(_SECTIONS[line_end].finditer(shifted))
    first, after = len(marks), len(_MARKS)
    for index in range(len(marks) - 1, -1, -1):
        place = _MARKS.index(marks[index][1])
        if place > after or (place == after and marks[index][1] != "Embed"):
            break
        if marks[index][1] == "Reactions" and line_end in shifted[marks[index].end() :]:
            break
        first, after = index, place
    if first == len(marks):
        return words, []
    ends = [*(mark.start() for mark in marks[first + 1 :]), len(shifted)]
    sections = [
        (mark[1], shifted[mark.end() : end].replace("\r\n", "\n").strip("\n"))
        for mark, end in zip(marks[first:], ends, strict=True)
    ]
    return shifted[: marks[first].start()], sections


def _kind(text: str, files: list[Attachment], share: Share | None) -> Kind:
    if files:
        return Kind.STICKER if all(one.type == "sticker" for one in files) and not text else Kind.MEDIA
    if text:
        return Kind.TEXT
    return Kind.SHARE if share is not None else Kind.EMPTY


def _share(inside: str) -> Share:
    """What is shown of a link: its first line that is an address, and the others as they stand."""
    lines = inside.split("\n")
    link = next((line for line in lines if line.startswith(("https://", "http://"))), None)
    return Share(link, "\n".join(line for line in lines if line != link) or None)


def _reactions(line: str) -> tuple[Reaction, ...]:
    """``🥕 (2) spade``; nothing for what is spelled otherwise."""
    found, at = [], 0
    while (match := _REACTION.match(line, at)) is not None:
        found.append(Reaction(match[1], None, int(match[2] or 1)))
        at = match.end()
    return tuple(found) if at == len(line) else ()
