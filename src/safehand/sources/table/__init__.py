"""Tables whose columns a person has stated. What is known of the form: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.table.read import read
from safehand.sources.table.shape import SOURCE_ID, claim

SOURCE: Final = Source(SOURCE_ID, "Tables", claim, read)

__all__ = ["SOURCE"]
