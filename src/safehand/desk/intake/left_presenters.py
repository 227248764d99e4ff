"""What stays at the public node, as the inbox says it: how many, why, and what is to be done; nothing of what it is."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from safehand.desk.core import say
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.intake.left import AWAY_AFTER, Left, left_now
from safehand.model.instant import MICRO


def left_sentences(clock: Clock = system_clock) -> tuple[str, ...]:
    """A sentence or two for each reason; none when everything that waits is being collected."""
    left = left_now()
    away = left.away_since and clock() - left.away_since >= AWAY_AFTER * MICRO
    return tuple(([_away(moment(left.away_since))] if away else []) + _why(left))


def _away(since: datetime) -> str:
    return (
        f"The public node has not answered since {say.uk_time(since)}, UK time. What holders send waits there. "
        "Tell whoever looks after the desk."
    )


def _why(left: Left) -> list[str]:
    most = say.size(settings.LARGEST_PACKAGE)
    full = (
        "this desk's disk is nearly full, and the last of it is kept for urgent notices. Tell whoever looks after the "
        "desk to make room: the rest goes by itself."
    )
    why = [
        (left.no_room, full),
        (
            left.too_large,
            f"larger than the {most} that this desk takes. Whoever looks after it can let in more (SAFEHAND_LARGEST).",
        ),
        (left.unknown, "this version of the desk does not know what it is. Bring the desk up to date."),
    ]
    said = [f"{_cannot(many)}: {words}" for many, words in why if many]
    if left.odd:
        entries = say.counted(left.odd, "entry", "entries")
        said.append(
            f"The public node's list has {entries} that this desk does not understand. All others are collected. Tell "
            "whoever looks after the public node."
        )
    return said


def _cannot(many: int) -> str:
    return f"{say.counted(many, 'parcel')} cannot be collected yet"
