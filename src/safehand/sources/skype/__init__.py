"""Skype's own data as JSON. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.skype.claim import SOURCE_ID, claim
from safehand.sources.skype.read import read

SOURCE: Final = Source(SOURCE_ID, "Skype", claim, read)

__all__ = ["SOURCE"]
