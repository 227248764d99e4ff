"""What Roblox gives to police: chat records and private messages. What is known of the forms: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.roblox.claim import SOURCE_ID, claim
from safehand.sources.roblox.read import read

SOURCE: Final = Source(SOURCE_ID, "Roblox return", claim, read, desk_only=True)

__all__ = ["SOURCE"]
