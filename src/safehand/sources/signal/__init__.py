"""Signal, by its own export and by the programs that read Signal Desktop. What is known of the forms: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.signal.claim import SOURCE_ID, claim
from safehand.sources.signal.read import read

SOURCE: Final = Source(SOURCE_ID, "Signal", claim, read)

__all__ = ["SOURCE"]
