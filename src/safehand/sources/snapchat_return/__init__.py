"""What Snapchat gives to police: conversations in tables. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.snapchat_return.claim import SOURCE_ID, claim
from safehand.sources.snapchat_return.read import read

SOURCE: Final = Source(SOURCE_ID, "Snapchat return", claim, read, desk_only=True)

__all__ = ["SOURCE"]
