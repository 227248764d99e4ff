"""TikTok's own data as JSON, its direct messages. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.tiktok.claim import SOURCE_ID, claim
from safehand.sources.tiktok.read import read

SOURCE: Final = Source(SOURCE_ID, "TikTok", claim, read)

__all__ = ["SOURCE"]
