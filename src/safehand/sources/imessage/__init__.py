"""iMessage: what imessage-exporter writes, and the database of Messages itself. What is known of them: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.imessage.claim import SOURCE_ID, claim
from safehand.sources.imessage.read import read

SOURCE: Final = Source(SOURCE_ID, "iMessage", claim, read)

__all__ = ["SOURCE"]
