"""The machine that seals: handed in, so that the same values give the same bytes.

Machine(system="Linux 6.1.0", zone="Europe/London", tool="safehand", version="0.1.0")
"""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LOCALTIME: Final = Path("/etc/localtime")


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and with what something is sealed."""

    system: str
    zone: str | None
    """The IANA name of its zone, or None where the machine does not say."""
    tool: str = "safehand"
    version: str = "0"


def this_machine() -> Machine:
    """This computer, and this version of Safehand."""
    system = f"{platform.system()} {platform.release()}".strip() or "unknown"
    try:
        own = version("safehand")
    except PackageNotFoundError:
        own = "0"
    return Machine(system, _zone(), "safehand", own)


def _zone() -> str | None:
    """The zone as the machine names it: never guessed from an offset, which many zones share."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if not name and _LOCALTIME.is_symlink():
        name = str(_LOCALTIME.resolve()).partition("/zoneinfo/")[2]
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
