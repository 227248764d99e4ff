"""What is done for who reads hard material.

    note_hard_page(officer, clock)         by a page that holds some, in its own transaction
    covers(officer)                        whether what is hard is covered for them
    choose(officer, covers=False, reminds=True)
    break_due(officer)                     how long without a break, once that is too long; None until then
    put_off(officer)                       not now
    own_time(officer)                      the officer's own, for themself
    time_of_everybody(lead)                for the welfare lead, and for nobody else

None of these makes a custody entry or a line of a log: what an officer reads is in the log already, and how they bear
it is nobody's evidence (adr/0015).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.officers.holding import check_may, officers_who_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.welfare.models import Comfort, HardStretch
from safehand.desk.welfare.stretches import BREAK, GAP, KEPT, Stretch, since_a_break

_RUN = timedelta(hours=12)
"""How far back a run without a break is looked for: longer than any session (SESSION_COOKIE_AGE)."""


@dataclass(frozen=True, slots=True)
class TimeOf:
    """The stretches of one officer that are kept, in the order they began."""

    officer: Officer
    stretches: tuple[Stretch, ...]


def note_hard_page(officer: Officer, clock: Clock) -> None:
    """This officer is given a page that holds hard material. For the transaction in which the page is recorded."""
    now = moment(clock())
    newest = HardStretch.objects.filter(officer=officer).order_by("-last_at").first()
    if newest is not None and now - newest.last_at <= GAP:
        HardStretch.objects.filter(pk=newest.pk).update(last_at=max(now, newest.last_at))
    else:
        HardStretch.objects.create(officer=officer, began_at=now, last_at=now)


def covers(officer: Officer) -> bool:
    """Whether hard material is covered for them until they ask: yes, until they choose otherwise."""
    return comfort_of(officer).covers


def comfort_of(officer: Officer) -> Comfort:
    """What they chose, or what stands for whoever chose nothing."""
    return Comfort.objects.filter(officer=officer).first() or Comfort(officer=officer)


def choose(officer: Officer, *, covers: bool, reminds: bool) -> None:
    """From their next page on."""
    Comfort.objects.update_or_create(officer=officer, defaults={"covers": covers, "reminds": reminds})


def put_off(officer: Officer, *, clock: Clock = system_clock) -> None:
    """Not now: they are asked again when as much time has passed once more."""
    Comfort.objects.update_or_create(officer=officer, defaults={"put_off_at": moment(clock())})


def break_due(officer: Officer, *, clock: Clock = system_clock) -> timedelta | None:
    """How long without a break, once it is as long as BREAK_AFTER; None before, and for who wants no reminder."""
    after: timedelta = settings.BREAK_AFTER
    now = moment(clock())
    rows = HardStretch.objects.filter(officer=officer, last_at__gt=now - _RUN)
    if not any(now - row.last_at < BREAK for row in rows.order_by("-last_at")[:1]):
        return None  # most officers, most of the time: one look at an index
    comfort = comfort_of(officer)
    if not comfort.reminds:
        return None
    stretches = [Stretch(row.began_at, row.last_at) for row in rows]
    run = since_a_break(stretches, now)
    asked = comfort.put_off_at
    later = [Stretch(max(one.began, asked), one.last) for one in stretches if one.last > asked] if asked else stretches
    since = since_a_break(later, now)
    return run if since >= after else None


def own_time(officer: Officer, *, clock: Clock = system_clock) -> TimeOf:
    """What is kept of this officer. Asked for by themself: no other page calls it."""
    return TimeOf(officer, tuple(_kept(clock, officer).get(officer.pk, ())))


def time_of_everybody(lead: Officer, *, clock: Clock = system_clock) -> tuple[TimeOf, ...]:
    """Everybody who reads, by reference and in no other order. NotAllowed for who is not the welfare lead."""
    check_may(lead, Ability.SEE_WELFARE)
    kept = _kept(clock)
    readers = {each.pk: each for each in officers_who_may(Ability.READ_MESSAGES)}
    others = Officer.objects.filter(pk__in=kept.keys() - readers.keys())
    everybody = sorted([*readers.values(), *others], key=lambda each: each.reference)
    return tuple(TimeOf(each, tuple(kept.get(each.pk, ()))) for each in everybody)


def forget_old(clock: Clock = system_clock) -> int:
    """A chore: what is older than KEPT is deleted. How many."""
    old = HardStretch.objects.filter(last_at__lt=moment(clock()) - KEPT)
    if not old.exists():
        return 0
    with transaction.atomic():
        return old.delete()[0]


def _kept(clock: Clock, officer: Officer | None = None) -> dict[int, list[Stretch]]:
    rows = HardStretch.objects.filter(last_at__gte=moment(clock()) - KEPT)
    found: defaultdict[int, list[Stretch]] = defaultdict(list)
    for row in rows.filter(officer=officer) if officer is not None else rows:
        found[row.officer_id].append(Stretch(row.began_at, row.last_at))
    return dict(found)
