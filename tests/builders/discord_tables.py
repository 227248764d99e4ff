"""Channels of Discord as tables, made for tests: DiscordChatExporter's, and the package's as it was until about 2024.

table([row(1, PRIYA, "The gate is open")])      package_table([package_row(1, "The gate is open")])
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from discord_export import Who, at, snowflake


def quoted(field: str) -> str:
    """As the programs do."""
    return '"' + field.replace('"', '""') + '"'


def row(
    number: int,
    who: Who,
    words: str,
    *,
    date: str = "",
    files: str = "",
    reactions: str = "",
    moment: datetime | None = None,
) -> str:
    """A row of DiscordChatExporter's, every field in quotes; .NET's "o" has seven digits."""
    sent = (moment or at(number)).isoformat(timespec="microseconds").replace("+", "0+")
    return ",".join(map(quoted, (who[0], who[1].lower(), date or sent, words, files, reactions)))


def table(rows: Sequence[str]) -> bytes:
    """The whole file."""
    return "\r\n".join(["AuthorID,Author,Date,Content,Attachments,Reactions", *rows, ""]).encode()


def package_row(number: int, words: str, *, files: str = "", moment: datetime | None = None) -> str:
    """A row of the package's: in quotes what needs them."""
    sent = moment or at(number)
    told = quoted(words) if any(sign in words for sign in ',"\n') else words
    return f"{snowflake(sent, number % 4096)},{sent.isoformat(sep=' ', timespec='microseconds')},{told},{files}"


def package_table(rows: Sequence[str]) -> bytes:
    """The whole file, the rows given oldest first."""
    return "\r\n".join(["ID,Timestamp,Contents,Attachments", *reversed(rows), ""]).encode()
