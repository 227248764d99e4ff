"""Omegle's saved logs, as text and as a web page. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.omegle.claim import SOURCE_ID, claim
from safehand.sources.omegle.read import read

SOURCE: Final = Source(SOURCE_ID, "Omegle", claim, read)

__all__ = ["SOURCE"]
