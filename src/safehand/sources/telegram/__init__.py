"""Telegram Desktop's exports: JSON of a chat or a whole account, and the pages of a chat. What is known: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.telegram.claim import SOURCE_ID, claim
from safehand.sources.telegram.read import read

SOURCE: Final = Source(SOURCE_ID, "Telegram", claim, read)

__all__ = ["SOURCE"]
