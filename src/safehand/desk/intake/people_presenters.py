"""Who is on a case, and who was, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from safehand.desk.cases.people import OnIt, People
from safehand.desk.officers.models import Officer


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One officer. ``until`` is None for who is on it now."""

    reference: str
    display_name: str
    is_self: bool
    is_owner: bool
    since: datetime
    put_on_by: str
    reason: str
    until: datetime | None = None
    ended_by: str = ""
    ended_for: str = ""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everything of the page. ``decides``: this officer may put colleagues on it, and take anybody off."""

    reference: str
    on_it: tuple[PersonRow, ...]
    left: tuple[PersonRow, ...]
    decides: bool
    may_take_off: bool
    is_on_it: bool


def people_page(people: People, looking: Officer) -> PeoplePage:
    """Present them."""
    on_it = tuple(_row(each, people, looking) for each in people.on_it)
    return PeoplePage(
        reference=people.case.reference,
        on_it=on_it,
        left=tuple(_row(each, people, looking) for each in people.left),
        decides=people.decides,
        may_take_off=bool(people.may_be_taken_off),
        is_on_it=any(row.is_self for row in on_it),
    )


def _row(each: OnIt, people: People, looking: Officer) -> PersonRow:
    row, ended = each.row, each.ended
    return PersonRow(
        reference=row.officer.reference,
        display_name=row.officer.display_name,
        is_self=row.officer == looking,
        is_owner=ended is None and row.officer == people.owner,
        since=row.since,
        put_on_by=_by(row.added_by, row.officer),
        reason=each.reason,
        until=ended.at if ended is not None else None,
        ended_by=_by(ended.by, row.officer) if ended is not None else "",
        ended_for=ended.reason if ended is not None else "",
    )


def _by(by: Officer | None, officer: Officer) -> str:
    if by is None:
        return "by the desk itself"
    return "by themself" if by == officer else f"by {by.reference}"
