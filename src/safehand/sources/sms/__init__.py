"""Text messages and calls, as SMS Backup & Restore writes them. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.sms.claim import SOURCE_ID, claim
from safehand.sources.sms.read import read

SOURCE: Final = Source(SOURCE_ID, "SMS", claim, read)

__all__ = ["SOURCE"]
