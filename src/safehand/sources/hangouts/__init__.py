"""Google Hangouts, as Google Takeout writes it: one file for all conversations. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.hangouts.claim import SOURCE_ID, claim
from safehand.sources.hangouts.read import read

SOURCE: Final = Source(SOURCE_ID, "Google Hangouts", claim, read)

__all__ = ["SOURCE"]
