"""The evidence store in words: what stands on top, what must be looked at, and each package."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from safehand.desk.core import say
from safehand.desk.custody.models import DAMAGED, Copy, CopyState, SecondLocation
from safehand.desk.keeping.forms import RepairForm
from safehand.desk.keeping.looking import which
from safehand.desk.keeping.models import RepairAsked
from safehand.desk.keeping.repairing import NO_WHOLE_COPY
from safehand.desk.keeping.second import ANOTHERS, AWAY, EMPTY, UNWRITABLE
from safehand.desk.keeping.showing import At, Kept, Store
from safehand.desk.keeping.whose import Whose

_AWAY: Final = {
    AWAY: "It is not there, or does not answer.",
    EMPTY: "It is there and empty, without this desk’s mark: the disk may not be mounted. Nothing is written there.",
    ANOTHERS: "Another desk keeps its packages there. Nothing is written there.",
    UNWRITABLE: "The desk cannot write there.",
}

_WHY: Final = {
    "cannot_write": "it could not be written: the disk may be full",
    "check_failed": "the package at the first location is not what came in",
    "package_gone": "the package is gone from the first location",
    "cannot_read": "the package at the first location cannot be read",
    NO_WHOLE_COPY: "the other copy is not whole either: bring it back from the backup",
}


@dataclass(frozen=True, slots=True)
class LocationCard:
    """One location on top of the page. ``pressing``: somebody must do something."""

    name: str
    words: tuple[str, ...]
    pressing: bool


@dataclass(frozen=True, slots=True)
class DamagedRow:
    """One damaged copy, with the form to have it put back where that can be asked."""

    reference: str
    sha256: str
    location: str
    words: str
    other: str
    asked: str
    form: RepairForm | None


@dataclass(frozen=True, slots=True)
class CopyCell:
    """One package at one location."""

    words: str
    at: datetime | None
    pressing: bool


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One package."""

    reference: str
    sha256: str
    size: int
    cells: tuple[CopyCell, ...]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """What a custodian asked for, and why."""

    at: datetime
    by: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class StorePage:
    """The page."""

    lead: str
    cards: tuple[LocationCard, ...]
    damaged: tuple[DamagedRow, ...]
    more_damaged: int
    heads: tuple[str, ...]
    rows: tuple[PackageRow, ...]
    asked: tuple[AskedRow, ...]
    number: int
    pages: int
    newer: int | None
    older: int | None


def store_page(store: Store, *, repairs: bool, bound: RepairForm | None = None) -> StorePage:
    """``repairs``: this officer may have copies put back. ``bound``: a form that was sent and must be mended."""
    damaged = store.first.damaged + (store.second.damaged if store.second is not None else 0)
    page = store.page
    return StorePage(
        lead=_lead(store, damaged),
        cards=_cards(store),
        damaged=tuple(_damaged(*each, repairs=repairs, bound=bound) for each in store.damaged),
        more_damaged=damaged - len(store.damaged),
        heads=("First location", "Second location") if store.second is not None else ("First location",),
        rows=tuple(_row(each, two=store.second is not None) for each in store.packages),
        asked=tuple(_asked(each) for each in store.asked),
        number=page.number,
        pages=page.paginator.num_pages,
        newer=page.previous_page_number() if page.has_previous() else None,
        older=page.next_page_number() if page.has_next() else None,
    )


def _lead(store: Store, damaged: int) -> str:
    if not store.first.packages:
        return "No package has come in yet."
    if damaged:
        they = "it" if damaged == 1 else "they"
        return f"{say.counted(damaged, 'copy', 'copies')} not as {they} came in: to be looked at now."
    packages = say.counted(store.first.packages, "package")
    where = "at both locations" if store.second is not None else "where they are kept"
    if store.second is not None and (store.second.waiting or store.state is None):
        where = "where they are kept so far"
    return f"{packages}, each as it came in when it was last hashed {where}."


def _cards(store: Store) -> tuple[LocationCard, ...]:
    first = LocationCard("First location", _in_words(store.first), bool(store.first.damaged))
    if store.second is None:
        none = "None is set: whoever loses this disk loses every package that is in no backup."
        return first, LocationCard("Second location", (none,), pressing=False)
    away = _away(store.state)
    one_disk = ("Both locations are on one disk: if it breaks, both are gone.",) if store.one_disk else ()
    words = (*away, *_in_words(store.second), *one_disk)
    return first, LocationCard("Second location", words, pressing=bool(away or store.second.damaged))


def _away(state: SecondLocation | None) -> tuple[str, ...]:
    if state is None or state.away_since is None:
        return ()
    return (f"Away since {say.uk_time(state.away_since)}. {_AWAY.get(state.away_why, '')}",)


def _in_words(at: At) -> tuple[str, ...]:
    there = say.counted(at.packages - at.waiting, "package")
    said = [f"{there}. {_looked(at)}"]
    if at.waiting:
        verb = "waits" if at.waiting == 1 else "wait"
        said.append(f"{say.counted(at.waiting, 'package')} {verb} to be copied.")
    if at.damaged:
        said.append(f"{say.counted(at.damaged, 'package')} not as {'it' if at.damaged == 1 else 'they'} came in.")
    if at.late:
        said.append(f"{say.counted(at.late, 'package')} not hashed again in time: see that a worker runs.")
    if at.never:
        said.append(f"{say.counted(at.never, 'package')} not hashed again yet.")
    return tuple(said)


def _looked(at: At) -> str:
    return f"The longest not looked at was hashed on {say.uk_time(at.oldest)}." if at.oldest is not None else ""


def _damaged(copy: Copy, other: Copy | None, of: Whose, *, repairs: bool, bound: RepairForm | None) -> DamagedRow:
    asked = copy.repair_asked_at
    words = f"{CopyState(copy.state).label} at the {which(copy.location)} location"
    if copy.checked_at is not None:
        words += f", found on {say.uk_time(copy.checked_at)}"
    if copy.why:
        words += f"; {_WHY.get(copy.why, 'it could not be put back')}"
    form = None
    if repairs and other is not None and asked is None:
        mine = bound is not None and bound.is_of(copy.sha256, which(copy.location))
        form = bound if mine else RepairForm.of(copy.sha256, which(copy.location))
    return DamagedRow(
        of.called,
        copy.sha256,
        which(copy.location),
        f"{words}.",
        _other(other),
        f"Asked on {say.uk_time(asked)} to be put back: a worker does it." if asked is not None else "",
        form,
    )


def _other(other: Copy | None) -> str:
    if other is None or other.state == CopyState.WAITING:
        return "There is no other copy: bring it back from the backup."
    if other.state in DAMAGED:
        return "The other copy is damaged too."
    at = f" on {say.uk_time(other.checked_at)}" if other.checked_at is not None else " as it came in"
    return f"The copy at the {which(other.location)} location was whole{at}."


def _row(kept: Kept, *, two: bool) -> PackageRow:
    cells = (_cell(kept.first), _cell(kept.second)) if two else (_cell(kept.first),)
    return PackageRow(kept.of.called, kept.first.sha256, kept.size, cells)


def _cell(copy: Copy | None) -> CopyCell:
    if copy is None:
        return CopyCell(CopyState.WAITING.label, None, pressing=False)
    state = CopyState(copy.state)
    words = state.label
    if state is CopyState.WAITING and copy.why:
        words += f": {_WHY.get(copy.why, 'it could not be copied')}"
    elif state is CopyState.WHOLE and copy.checked_at is None:
        words = "Not hashed again yet"
    return CopyCell(words, copy.checked_at, pressing=state in DAMAGED)


def _asked(row: RepairAsked) -> AskedRow:
    found = CopyState(row.found).label.lower()
    words = f"{row.sha256[:16]}…, {found} at the {which(row.location)} location"
    return AskedRow(row.at, row.by.reference, words, row.reason)
