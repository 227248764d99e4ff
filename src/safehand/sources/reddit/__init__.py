"""Reddit's own data: chats and private messages, as tables. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.reddit.claim import claim
from safehand.sources.reddit.forms import SOURCE_ID
from safehand.sources.reddit.read import read

SOURCE: Final = Source(SOURCE_ID, "Reddit", claim, read)

__all__ = ["SOURCE"]
