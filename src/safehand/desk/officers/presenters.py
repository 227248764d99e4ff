"""What the page of roles is shown with: who holds which, since when, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from safehand.desk.officers.actions import everybody
from safehand.desk.officers.models import Officer, RoleHeld
from safehand.desk.officers.roles import ABILITIES_OF, HELD, Ability, held_of


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One role that an officer holds."""

    role: str
    words: str
    since: datetime
    given_by: str


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One officer. ``is_self`` is whoever looks: nobody changes their own roles."""

    reference: str
    display_name: str
    is_self: bool
    held: tuple[HeldRow, ...]
    not_held: tuple[tuple[str, str], ...]
    """Roles that may be given: value and words."""


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role, and what it lets an officer do."""

    words: str
    may: tuple[str, ...]


def officer_rows(looking: Officer) -> tuple[OfficerRow, ...]:
    """Everybody who may sign in."""
    return tuple(_row(officer, looking) for officer in everybody(looking))


def role_rows() -> tuple[RoleRow, ...]:
    """The eight of them, and what an officer may be appointed to beside."""
    return tuple(
        RoleRow(held.words, tuple(each.words for each in Ability if each in ABILITIES_OF[held])) for held in HELD
    )


def _row(officer: Officer, looking: Officer) -> OfficerRow:
    held = {held.role: held for held in officer.roles.all() if held.ended_at is None}
    return OfficerRow(
        officer.reference,
        officer.display_name,
        officer == looking,
        tuple(_held(held[each]) for each in HELD if each in held),
        tuple((each.value, each.words) for each in HELD if each not in held),
    )


def _held(held: RoleHeld) -> HeldRow:
    by = held.given_by.reference if held.given_by is not None else "from the shell"
    return HeldRow(held.role, held_of(held.role).words, held.since, by)
