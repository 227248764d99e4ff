"""Discord, as DiscordChatExporter writes a channel. What is known of the forms: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.discord.claim import SOURCE_ID, claim
from safehand.sources.discord.read import read

SOURCE: Final = Source(SOURCE_ID, "Discord", claim, read)

__all__ = ["SOURCE"]
