"""Files that a person hands to a command and that are never long: a checkpoint, a policy, an entry of a log."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from safehand.errors import CannotRead

LONGEST: Final = 4_000_000
"""Bytes. A signed note has at most a million characters (log/note.py)."""


def read_bytes(path: Path) -> bytes:
    """All of it. CannotRead when it cannot be opened, or is longer than anything of that sort."""
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
    except OSError as err:
        raise CannotRead("The file cannot be opened.", where=str(path), todo=err.strerror or "") from err
    if len(data) > LONGEST:
        raise CannotRead("This is too long to be what is asked for.", where=str(path))
    return data


def read_text(path: Path) -> str:
    """The same as text. CannotRead when it is no UTF-8."""
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as err:
        raise CannotRead("This is no text in UTF-8.", where=str(path)) from err
