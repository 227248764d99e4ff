"""What the page of the evidence store shows: where each package is kept, when it was last hashed there, what was found.

look(officer, page=1)     references, hashes and times; no name and no word of any package, so looking is no entry
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, Q

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.custody.copies import location_keys, second_key
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.location import FIRST
from safehand.desk.custody.models import DAMAGED, Copy, CopyState, SecondLocation
from safehand.desk.keeping.models import RepairAsked
from safehand.desk.keeping.whose import Whose, whose_are
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.settings.mirror import Folder

PER_PAGE: Final = 50
"""Packages of a page: a screen or two, and one query a location."""

MOST_DAMAGED: Final = 50
MOST_ASKED: Final = 20
"""What stands above the packages is what somebody must look at now: more than these is another matter than a page."""


@dataclass(frozen=True, slots=True)
class At:
    """One location in numbers."""

    location: str
    packages: int
    waiting: int
    damaged: int
    never: int
    """Not hashed since they came in, before copies were noted; or not yet, being copied."""
    late: int
    """Not hashed within the time that is set."""
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """One package."""

    of: Whose
    size: int
    first: Copy
    second: Copy | None


@dataclass(frozen=True, slots=True)
class Store:
    """The page."""

    first: At
    second: At | None
    """None where no second location is set."""
    state: SecondLocation | None
    one_disk: bool
    damaged: tuple[tuple[Copy, Copy | None, Whose], ...]
    """Each with the copy at the other location."""
    asked: tuple[RepairAsked, ...]
    packages: tuple[Kept, ...]
    page: Page[Copy]


def look(officer: Officer, number: int, clock: Clock = system_clock) -> Store:
    """The packages, the longest not looked at first. NotAllowed."""
    check_may(officer, Ability.SEE_STORE)
    found = Copy.objects.filter(location=FIRST).order_by(F("checked_at").asc(nulls_first=True), "pk")
    page = Paginator(found, PER_PAGE).get_page(number)
    copies = list(page.object_list)
    second = _at_second(copy.sha256 for copy in copies)
    of = whose_are(copy.sha256 for copy in copies)
    keys = location_keys()
    return Store(
        first=_numbers(FIRST, clock),
        second=_numbers(keys[1], clock) if len(keys) > 1 else None,
        state=SecondLocation.objects.filter(pk=second_key()).first(),
        one_disk=_one_disk(),
        damaged=_damaged(keys),
        asked=tuple(RepairAsked.objects.select_related("by").order_by("-pk")[:MOST_ASKED]),
        packages=tuple(Kept(of[each.sha256], each.size, each, second.get(each.sha256)) for each in copies),
        page=page,
    )


def _at_second(names: Iterable[str]) -> Mapping[str, Copy]:
    found = Copy.objects.filter(location=second_key(), sha256__in=tuple(names))
    return {copy.sha256: copy for copy in found}


def _numbers(location: str, clock: Clock) -> At:
    late = Q(checked_at__lt=moment(clock()) - settings.REHASH_WITHIN)
    there = Copy.objects.filter(location=location).aggregate(
        packages=Count("pk"),
        waiting=Count("pk", filter=Q(state=CopyState.WAITING)),
        damaged=Count("pk", filter=Q(state__in=DAMAGED)),
        never=Count("pk", filter=Q(checked_at=None) & ~Q(state=CopyState.WAITING)),
        late=Count("pk", filter=late),
        oldest=Min("checked_at"),
    )
    return At(location, **there)


def _damaged(keys: tuple[str, ...]) -> tuple[tuple[Copy, Copy | None, Whose], ...]:
    found = list(Copy.objects.filter(location__in=keys, state__in=DAMAGED).order_by("checked_at", "pk")[:MOST_DAMAGED])
    names = [copy.sha256 for copy in found]
    others = {(copy.sha256, copy.location): copy for copy in Copy.objects.filter(location__in=keys, sha256__in=names)}
    of = whose_are(names)
    return tuple((copy, _other(copy, keys, others), of[copy.sha256]) for copy in found)


def _other(copy: Copy, keys: tuple[str, ...], copies: Mapping[tuple[str, str], Copy]) -> Copy | None:
    return next((copies.get((copy.sha256, key)) for key in keys if key != copy.location), None)


def _one_disk() -> bool:
    """Would one broken disk take both?"""
    mirror = settings.MIRROR
    return isinstance(mirror, Folder) and EvidenceStore(settings.STATE).is_on_disk_of(mirror.path)
