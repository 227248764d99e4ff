"""Which page needs what, and so which roles get it: read off the URL table, and printed into docs/guides/roles.md.

    scripts/roles           prints them anew

A page stands in it by being an address of the desk: nobody writes it down twice. What the table says is asked of every
page, in every role, on the case and not on it (tests/unit/desk/test_desk_roles_by_routes.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

from safehand.desk.officers.asking import needed_by
from safehand.desk.officers.lets_in import INBOX, is_open
from safehand.desk.officers.roles import ABILITIES_OF, FOR_EVERYBODY, HELD, Ability, Held

START: Final = "<!-- printed by scripts/roles: from here -->"
END: Final = "<!-- to here -->"


class Answer(StrEnum):
    """What a page does when it is asked for."""

    LETS_IN = "lets in"
    REFUSES = "403"
    KNOWS_NO_CASE = "404"
    LEADS_ON = "302"


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One address that is not for everybody. ``needs`` is None where it was forgotten: nobody gets it."""

    path: str
    name: str
    needs: Ability | None
    of_a_case: bool


def desk_pages() -> list[DeskPage]:
    """Every one, by address. The four names allauth has for the door are the door's own pages, once."""
    found = {page.path: page for page in sorted(_walk(get_resolver(), "/", ""), key=lambda page: page.name)}
    return [found[path] for path in sorted(found)]


def answer(page: DeskPage, roles: Sequence[Held], *, on_the_case: bool) -> Answer:
    """What an officer of these roles gets."""
    may = FOR_EVERYBODY.union(*(ABILITIES_OF[role] for role in roles))
    if page.needs not in may:
        return Answer.LEADS_ON if page.name == INBOX else Answer.REFUSES
    return Answer.KNOWS_NO_CASE if page.of_a_case and not on_the_case else Answer.LETS_IN


def print_tables() -> str:
    """The two tables of the guide: abilities by roles, pages by roles."""
    head = f"| | {' | '.join(each.value.replace('_', ' ') for each in HELD)} |\n|---|{'---|' * len(HELD)}\n"
    abilities = "".join(
        f"| {ability.words} | {' | '.join(_mark(ability in ABILITIES_OF[each]) for each in HELD)} |\n"
        for ability in Ability
        if ability not in FOR_EVERYBODY
    )
    pages = "".join(_page_row(page) for page in desk_pages() if page.needs not in FOR_EVERYBODY)
    return f"{START}\n\n{head}{abilities}\n{head}{pages}\n{END}"


def put_into(guide: str) -> str:
    """The guide with the tables as they are now."""
    before, _, rest = guide.partition(START)
    return before + print_tables() + rest.partition(END)[2]


def _page_row(page: DeskPage) -> str:
    lets_in = "on it" if page.of_a_case else "yes"
    cells = [
        lets_in
        if answer(page, (each,), on_the_case=True) is Answer.LETS_IN
        else answer(page, (each,), on_the_case=True)
        for each in HELD
    ]
    return f"| `{page.path}` | {' | '.join('–' if cell == Answer.REFUSES else cell for cell in cells)} |\n"


def _mark(allowed: bool) -> str:  # noqa: FBT001  a mark of a truth
    return "yes" if allowed else "–"


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[DeskPage]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, path, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif not is_open(_view(pattern)):
            yield DeskPage(
                re.sub(r"<\w+:", "<", path),
                f"{namespace}{pattern.name}",
                needed_by(_view(pattern)),
                "<reference:" in path,
            )


def _view(pattern: URLPattern) -> Callable[..., object]:
    view: Callable[..., object] = pattern.callback
    return view
