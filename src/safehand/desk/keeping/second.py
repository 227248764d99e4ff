"""The second location: begun, away, and there again. Each is an entry, once.

    second = reach_second(clock)        ready to be written to and read, or None

A location is believed by its mark: a word that this desk wrote there when it began. Without it an empty folder, under a
disk that is not mounted, would pass for one that lost everything; with another's word on it, it is another desk's.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models

from safehand.desk.core.clock import Clock, moment
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.copies import second_key
from safehand.desk.custody.folder import LocationAway
from safehand.desk.custody.location import FIRST, Marked, the_second
from safehand.desk.custody.models import Copy, CopyState, SecondLocation
from safehand.errors import CannotRead, CannotWrite

ACTOR: Final = "desk:worker"

AGAIN: Final = timedelta(minutes=1)
"""After which a location that is away is tried again."""

AWAY: Final = "away"
EMPTY: Final = "empty"
ANOTHERS: Final = "anothers"
UNWRITABLE: Final = "unwritable"

_AT_ONCE: Final = 1000


def reach_second(clock: Clock, random_mark: Callable[[], str] = lambda: secrets.token_hex(16)) -> Marked | None:
    """The second location, with this desk's mark on it. None where none is set, or it is away."""
    location = the_second(settings.MIRROR)
    if location is None:
        return None
    row = SecondLocation.objects.filter(pk=second_key()).first() or _begin(clock, random_mark)
    if row.away_since is not None and moment(clock()) < row.look_at:
        return None
    why = _what_is_wrong(location, row)
    if why:
        note_away(why, clock)
        return None
    _note_there(row, clock)
    return location


def is_there(location: Marked) -> bool:
    """Is it still there, and still ours? What is missing from one that went away is not gone."""
    mark = SecondLocation.objects.filter(pk=second_key()).values_list("mark", flat=True).first()
    try:
        return location.mark() == mark
    except LocationAway:
        return False


def note_away(why: str, clock: Clock) -> None:
    """It cannot be used now. Said again for the same reason, only when it is tried next changes."""
    now = moment(clock())
    known = SecondLocation.objects.filter(pk=second_key(), away_since__isnull=False, away_why=why)
    if _still_away(known, now):
        return
    with recorded():
        in_turn()
        row = SecondLocation.objects.get(pk=second_key())
        row.away_since, row.away_why, row.look_at = row.away_since or now, why, now + AGAIN
        row.save(update_fields=["away_since", "away_why", "look_at"])
        record(Verb.LOCATION_AWAY, actor=ACTOR, record="store", details={"why": why}, clock=clock)


def _still_away(known: models.QuerySet[SecondLocation], now: datetime) -> bool:
    return known.update(look_at=now + AGAIN) == 1


def _what_is_wrong(location: Marked, row: SecondLocation) -> str:
    try:
        mark = location.mark()
        if not mark and row.marked_at is None:
            location.set_mark(row.mark)
            mark = location.mark()
    except CannotRead:
        return AWAY
    except CannotWrite:
        return UNWRITABLE
    if mark == row.mark:
        return ""
    return ANOTHERS if mark else EMPTY


def _begin(clock: Clock, random_mark: Callable[[], str]) -> SecondLocation:
    """Every package waits to be copied there."""
    now, key = moment(clock()), second_key()
    with recorded():
        in_turn()
        row, new = SecondLocation.objects.get_or_create(
            pk=key, defaults={"mark": random_mark(), "begun_at": now, "look_at": now}
        )
        if new:
            missing = Copy.objects.filter(location=FIRST).exclude(
                sha256__in=Copy.objects.filter(location=key).values("sha256")
            )
            Copy.objects.bulk_create(
                (
                    Copy(
                        sha256=each.sha256, size=each.size, location=key, since=now, state=CopyState.WAITING, due_at=now
                    )
                    for each in missing.iterator(chunk_size=_AT_ONCE)
                ),
                batch_size=_AT_ONCE,
            )
            waiting = Copy.objects.filter(location=key, state=CopyState.WAITING).count()
            record(Verb.LOCATION_BEGUN, actor=ACTOR, record="store", details={"packages": waiting}, clock=clock)
    return row


def _note_there(row: SecondLocation, clock: Clock) -> None:
    if row.away_since is None and row.marked_at is not None:
        return
    with recorded():
        in_turn()
        if row.marked_at is None:
            row.marked_at = moment(clock())
        row.away_since, row.away_why = None, ""
        row.save(update_fields=["marked_at", "away_since", "away_why"])
        record(Verb.LOCATION_THERE, actor=ACTOR, record="store", clock=clock)
