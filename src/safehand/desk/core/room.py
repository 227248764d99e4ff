"""Room on the disk, and what of it is never given to what comes in from outside.

    free_beyond_reserve(state.evidence) >= size          there is room for it

A desk whose disk is full to the last byte can neither write its log nor show a message. So what anybody may send stops
short of that, on the public node and at the desk; urgent notices and the database go on.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

RESERVE: Final = 256 << 20
"""Bytes of a disk that are left free: some ten thousand urgent notices, or a day of the database."""


def free_beyond_reserve(folder: Path) -> int:
    """Bytes that may still come in on the disk of ``folder``. Less than nothing when the reserve is begun already."""
    return shutil.disk_usage(folder).free - RESERVE


def disk_of(folder: Path) -> int:
    """Bytes that the disk of ``folder`` has, used and free."""
    return shutil.disk_usage(folder).total
