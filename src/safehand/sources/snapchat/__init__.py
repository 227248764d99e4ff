"""Snapchat's own data as JSON. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.snapchat.claim import SOURCE_ID, claim
from safehand.sources.snapchat.read import read

SOURCE: Final = Source(SOURCE_ID, "Snapchat", claim, read)

__all__ = ["SOURCE"]
