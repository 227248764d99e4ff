"""What Kik gives to police: messages with their text, and logs. What is known of the forms: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.kik.claim import SOURCE_ID, claim
from safehand.sources.kik.read import read

SOURCE: Final = Source(SOURCE_ID, "Kik return", claim, read, desk_only=True)

__all__ = ["SOURCE"]
