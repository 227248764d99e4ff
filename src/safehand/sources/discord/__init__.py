"""Discord: its own data package, and channels that DiscordChatExporter wrote. What is known of the forms: NOTES.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.model.conversation import Event
from safehand.sources.contract import Claim, ReadingDesk, Source
from safehand.sources.discord.claim import SOURCE_ID, claim
from safehand.sources.discord.html_read import DCE_HTML, read_page
from safehand.sources.discord.package_read import read as read_package
from safehand.sources.discord.read import read as read_dce

_PACKAGE: Final = "discord/package-"


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of ``claim``, by the reader of its form."""
    if claim.form.startswith(_PACKAGE):
        return read_package(claim, desk)
    return (read_page if claim.form == DCE_HTML else read_dce)(claim, desk)


SOURCE: Final = Source(SOURCE_ID, "Discord", claim, read)

__all__ = ["SOURCE"]
