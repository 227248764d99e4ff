"""The attachment register: every file a capture came with or speaks of, by name. None is opened.

    Registered(name="IMG-20260104-WA0003.jpg", size=48211, modified="2026-01-04T09:12:08", kind=image)

``name`` is text for reading; ``name_raw`` keeps the bytes where the archive's name is not plain UTF-8. The size and
the time are the archive directory's claims, and say nothing about what is inside.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class FileType(StrEnum):
    """By the ending of the name alone, except for a file that is named as text and begins as something else."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    CONTACT = "contact"
    ARCHIVE = "archive"
    TEXT = "text"
    OTHER = "other"


class Registered(msgspec.Struct, frozen=True, gc=False):
    """One file that was listed and not opened."""

    name: str
    type: FileType
    size: int | None = None
    modified: str | None = None
    """The archive's own clock reading, zone not stated; for a file on a disk its time in UTC, with a Z; or None."""
    crc32: str | None = None
    """Eight hexadecimal digits from the archive's directory: it claims them, nobody computed them."""
    container: str | None = None
    """The id of the archive it stood in."""
    name_raw: str | None = None
    """The name's bytes in hexadecimal, where they are not valid UTF-8 or hold control characters."""
    refused: str | None = None
    """Why it was listed although its name would have let it be read: a plain sentence."""
