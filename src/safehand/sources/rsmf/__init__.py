"""RSMF 2.0, the review format of legal teams: its manifest. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.rsmf.claim import SOURCE_ID, claim
from safehand.sources.rsmf.read import read

SOURCE: Final = Source(SOURCE_ID, "RSMF", claim, read)

__all__ = ["SOURCE"]
