"""Discord: its own data package, and channels that DiscordChatExporter wrote. What is known of the forms: NOTES.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.model.conversation import Event
from safehand.sources.contract import Claim, ReadingDesk, Source
from safehand.sources.discord.claim import SOURCE_ID, claim
from safehand.sources.discord.csv_read import DCE_CSV, read_table
from safehand.sources.discord.html_read import DCE_HTML, read_page
from safehand.sources.discord.package_read import read as read_package
from safehand.sources.discord.read import DCE_JSON
from safehand.sources.discord.read import read as read_dce
from safehand.sources.discord.txt_read import DCE_TXT, read_text

_READERS: Final = {DCE_JSON: read_dce, DCE_HTML: read_page, DCE_CSV: read_table, DCE_TXT: read_text}


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of ``claim``, by the reader of its form."""
    return _READERS.get(claim.form, read_package)(claim, desk)


SOURCE: Final = Source(SOURCE_ID, "Discord", claim, read)

__all__ = ["SOURCE"]
