"""Numbers that a unit sets in variables of the environment: read strictly, with what to do where one is none.

    number("SAFEHAND_LARGEST", 4 << 30)                          bytes
    minutes("SAFEHAND_UNREAD", timedelta(minutes=10))
    days("SAFEHAND_REHASH", timedelta(days=30))
    port("SAFEHAND_METRICS")                                     1024 to 65535, or None where it is not set
    several("SAFEHAND_MARKS", MEETING_MARKS)                     "240 60": minutes, in the order of what is set

All raise UsageError for what is no whole number from 1 on, and none of them quotes it.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from typing import Final

from safehand.errors import UsageError

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
_MOST_DAYS: Final = 366
_MOST_MINUTES: Final = 60 * 24 * _MOST_DAYS


def number(name: str, unless_told: int) -> int:
    """A whole number from 1 to 10^18 - 1."""
    said = os.environ.get(name, "")
    return _read(name, said) if said else unless_told


def minutes(name: str, unless_told: timedelta) -> timedelta:
    """A stretch of time of at most a year, set in minutes."""
    said = os.environ.get(name, "")
    return _stretch(name, said) if said else unless_told


def days(name: str, unless_told: timedelta) -> timedelta:
    """A stretch of time of at most a year, set in days."""
    said = os.environ.get(name, "")
    value = _read(name, said) if said else unless_told.days
    if value > _MOST_DAYS:
        raise UsageError(f"{name} is more than a year.", todo="Set it in days.")
    return timedelta(days=value)


def port(name: str) -> int | None:
    """A port of this machine that needs no right to be taken. None where it is not set."""
    said = os.environ.get(name, "")
    value = _read(name, said) if said else None
    if value is not None and not 1024 <= value <= 65535:
        raise UsageError(f"{name} is no port from 1024 to 65535.", todo="Set one that nothing else uses: 9108.")
    return value


def several(name: str, unless_told: dict[str, timedelta]) -> dict[str, timedelta]:
    """As many stretches as there are to set, in their order and parted by a space."""
    words = os.environ.get(name, "").split()
    if not words:
        return unless_told
    if len(words) != len(unless_told):
        raise UsageError(
            f"{name} takes {len(unless_told)} numbers of minutes.",
            todo=f"Set them in this order: {', '.join(unless_told)}.",
        )
    return dict(zip(unless_told, (_stretch(name, word) for word in words), strict=True))


def _stretch(name: str, said: str) -> timedelta:
    value = _read(name, said)
    if value > _MOST_MINUTES:
        raise UsageError(f"{name} is more than a year.", todo="Set it in minutes.")
    return timedelta(minutes=value)


def _read(name: str, said: str) -> int:
    if _NUMBER.fullmatch(said) is None:
        raise UsageError(f"{name} is no whole number from 1 on.", todo="Write it in digits alone, or leave it out.")
    return int(said)
