"""Message databases: read where somebody names one, and taken into a package never.

    safehand read chat.db          read, with chat.db-wal if it lies beside it
    safehand read folder           listed: a folder may hold anything
    safehand seal chat.db          refused in words: it may hold preview pictures (docs/adr/0009)

By their names alone. Whether one is read is decided where files are opened (archive.py), never by a source.
"""

from __future__ import annotations

import re
from typing import Final

DATABASE_NAME: Final = re.compile(r"(?:^|/)(?:chat\.db|sms\.db|3d0d7e5fb2ce288813306e4d4636395e047a3d28)$")
"""What Messages calls it on a Mac, on an iPhone, and in the backup of one."""

LOG: Final = "-wal"
"""What the newest pages are called, where they were not written back yet."""

MAGIC: Final = b"SQLite format 3\x00"
_LOG_MAGIC: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"")

REFUSED: Final = (
    "It is the message database of a Mac or an iPhone, which may hold pictures, and a package takes text alone. Keep "
    "it, and ask the desk how it wants it. safehand read opens it when it is named itself."
)
NOT_ONE: Final = "It has the name of a message database and does not begin as one: it was not read."
WITH_LOG: Final = "Its log lay beside it and was read with it: the newest messages may stand there."
WITHOUT_LOG: Final = "No log was there, the file of this name with -wal behind it. The newest messages may stand in it."


def is_database(name: str) -> bool:
    """Whether a file of this name is a message database or the log of one."""
    return DATABASE_NAME.search(name.removesuffix(LOG)) is not None


def begins_as_one(name: str, head: bytes) -> bool:
    """Whether the first bytes are those of a database, or of a log. A log may be empty."""
    return head.startswith(MAGIC) if not name.endswith(LOG) else head[:4] in _LOG_MAGIC
