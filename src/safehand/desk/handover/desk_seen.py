"""When the desk was last here to collect: a holder is told when nobody comes."""

from __future__ import annotations

import time
from typing import Final

from django.core.cache import cache

AWAY: Final = 600
"""Seconds without the desk after which it is called away. It comes every few."""

_KEY: Final = "handover.desk_seen"


def see_desk() -> None:
    """It was here just now. Written down once in half a minute."""
    if time.time() - float(cache.get(_KEY, 0)) > 30:
        cache.set(_KEY, time.time(), None)


def desk_is_away() -> bool:
    """Has it not come for a while?"""
    return time.time() - float(cache.get(_KEY, 0)) > AWAY
