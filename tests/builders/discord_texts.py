"""A channel as DiscordChatExporter writes it as text, made for tests: allotments, with the line breaks of Linux.

page([said(1, "priya", "The gate is open")], 1)         in_windows(…) has those of Windows, but for what people typed
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from discord_export import at

RULE = "=" * 62
TYPED = "\x00"
"""Stands for a line break that somebody typed, until the page is made."""


def said(
    number: int, who: str, words: str, *, sections: str = "", date: str = "", moment: datetime | None = None
) -> str:
    """A message. ``sections`` as ``section`` makes them."""
    sent = moment or at(number)
    shown = date or f"{sent.day:02d}/{sent.month:02d}/{sent.year} {sent.hour:02d}:{sent.minute:02d}"
    typed = words.replace("\n", TYPED)
    return f"[{shown}] {who}\n{typed}\n\n{sections}\n"


def section(mark: str, *lines: str) -> str:
    """Files, links and stickers end with an empty line; reactions do not."""
    return "\n".join([f"{{{mark}}}", *lines, ""] + ([] if mark == "Reactions" else [""]))


def page(messages: Sequence[str], count: int, *, topic: str = "", channel: str = "Private / robin") -> bytes:
    """The whole file."""
    head = f"{RULE}\nGuild: Direct Messages\nChannel: {channel}\n{topic}{RULE}\n\n"
    foot = f"{RULE}\nExported {count:,} message(s)\n{RULE}\n"
    return (head + "".join(messages) + foot).replace(TYPED, "\n").encode()


def in_windows(messages: Sequence[str], count: int) -> bytes:
    """The same with the program's own line breaks as on Windows."""
    head = f"{RULE}\nGuild: Direct Messages\nChannel: Private / robin\n{RULE}\n\n"
    foot = f"{RULE}\nExported {count:,} message(s)\n{RULE}\n"
    return (head + "".join(messages) + foot).replace("\n", "\r\n").replace(TYPED, "\n").encode()
