"""Google Chat, as Google Takeout writes it: one folder a conversation. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.google_chat.claim import SOURCE_ID, claim
from safehand.sources.google_chat.read import read

SOURCE: Final = Source(SOURCE_ID, "Google Chat", claim, read)

__all__ = ["SOURCE"]
