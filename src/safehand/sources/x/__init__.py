"""X's own archive, its direct messages. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.x.claim import SOURCE_ID, claim
from safehand.sources.x.read import read

SOURCE: Final = Source(SOURCE_ID, "X", claim, read)

__all__ = ["SOURCE"]
