"""Which roles an officer holds, and so what they may do.

may(officer, Ability.READ_MESSAGES)       yes or no
check_may(officer, Ability.GIVE_ROLES)    NotAllowed: the desk answers 403
ask_once(officer)                         for a page that only shows: both are looked up once
"""

from __future__ import annotations

from safehand.desk.officers.models import Officer, RoleHeld
from safehand.desk.officers.roles import ABILITIES_OF, FOR_EVERYBODY, HELD, Ability, Held, Role
from safehand.errors import NotAllowed


def held_by(officer: Officer) -> tuple[Held, ...]:
    """The roles they hold now and what they are appointed to, in the order of HELD. None for who has left."""
    if not officer.is_active:
        return ()
    held = set(RoleHeld.objects.filter(officer=officer, ended_at=None).values_list("role", flat=True))
    return tuple(each for each in HELD if each.value in held)


def roles_of(officer: Officer) -> tuple[Role, ...]:
    """Their roles alone."""
    return tuple(each for each in held_by(officer) if isinstance(each, Role))


def abilities_of(officer: Officer) -> frozenset[Ability]:
    """What all of their roles together let them do. Nothing for who has left."""
    if not officer.is_active:
        return frozenset()
    if officer.abilities_found is not None:
        return officer.abilities_found
    return FOR_EVERYBODY.union(*(ABILITIES_OF[each] for each in held_by(officer)))


def ask_once(officer: Officer) -> None:
    """Look it up now, and not again for this object: for the officer of one request that only shows, who is another
    object in the next. Whatever changes something asks anew, in its own transaction.
    """
    officer.abilities_found = abilities_of(officer)


def may(officer: Officer, ability: Ability) -> bool:
    """Does a role that they hold let them?"""
    return ability in abilities_of(officer)


def check_may(officer: Officer, ability: Ability) -> None:
    """NotAllowed when none does. A page has been asked for already (lets_in.py); an action asks for itself."""
    if not may(officer, ability):
        raise NotAllowed(
            f"No role that this officer holds lets them {ability.words}.",
            todo="An admin gives roles, or: safehand desk role.",
        )


def held_by_nobody() -> tuple[Role, ...]:
    """Of the two roles a desk cannot do without, those nobody holds: nobody is told, or nobody gives roles."""
    held = RoleHeld.objects.filter(ended_at=None, officer__is_active=True)
    return tuple(role for role in (Role.SUPERVISOR, Role.ADMIN) if not held.filter(role=role.value).exists())


def officers_who_may(ability: Ability) -> list[Officer]:
    """Every officer whom a role lets, by reference."""
    roles = [role.value for role, abilities in ABILITIES_OF.items() if ability in abilities]
    held = RoleHeld.objects.filter(ended_at=None, role__in=roles).values("officer")
    return list(Officer.objects.filter(is_active=True, pk__in=held).order_by("reference"))
