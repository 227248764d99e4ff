"""How the packages are kept, at both locations: numbers for whoever watches the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min, QuerySet

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.figures import Figure, Sample, gauge
from safehand.desk.core.health import Health
from safehand.desk.custody.copies import location_keys, second_key
from safehand.desk.custody.location import FIRST
from safehand.desk.custody.models import DAMAGED, Copy, CopyState, SecondLocation


def copies(clock: Clock = system_clock) -> Iterator[Figure]:
    """By location and by what was found there last; how long ago the one was hashed that waits longest; who is away."""
    rows = _ours().order_by().values_list("location", "state").annotate(many=Count("pk"))
    many = {(_called(location), state): number for location, state, number in rows}
    samples = tuple(
        Sample({"location": name, "state": state}, many.get((name, state), 0))
        for name in map(_called, location_keys())
        for state in CopyState.values
    )
    yield Figure("safehand_copies", "gauge", "Packages at a location, by what was found there last.", samples)
    age = (moment(clock()) - (_oldest() or moment(clock()))).total_seconds()
    yield gauge("safehand_copy_unchecked_seconds", "Seconds since the copy was hashed that waits longest.", max(0, age))
    yield gauge("safehand_second_away", "1 while the second location does not answer.", _is_away())


def copies_whole(clock: Clock = system_clock) -> Iterator[Health]:
    """None is damaged, none was left unhashed for longer than the unit set, and the second location answers."""
    damaged = _ours().filter(state__in=DAMAGED).count()
    yield Health("copies whole", well=not damaged, words=f"{damaged} changed, gone or unreadable")
    now = moment(clock())
    ago = now - (_oldest() or now)
    yield Health("copies hashed", well=ago <= settings.REHASH_WITHIN, words=f"the longest ago {ago.days} days")
    if settings.MIRROR is not None:
        away = _is_away()
        yield Health("second location", well=not away, words="does not answer" if away else "answers")


def _ours() -> QuerySet[Copy]:
    return Copy.objects.filter(location__in=location_keys())


def _called(location: str) -> str:
    """A key says something of where the second is, and is not told."""
    return FIRST if location == FIRST else "second"


def _oldest() -> datetime | None:
    found: datetime | None = _ours().aggregate(at=Min("checked_at"))["at"]
    return found


def _is_away() -> bool:
    return SecondLocation.objects.filter(key=second_key(), away_since__isnull=False).exists()
