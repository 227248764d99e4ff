"""Which cases a note names, however its writer spelled their references, and whether an officer may know of them.

    references_in("sh-7k3m 9qxar: the school rings back")     {"SH-7K3M9QXAR"}
    slips_in(words)                                           what is written as one, and whose check does not fit
    closed_to(officer, references, clock)                     those of them that this officer may not open

What names a case in other words than its reference is not noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from safehand.desk.cases.models import Case, CaseOfficer
from safehand.desk.core.clock import Clock
from safehand.desk.officers.holding import may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.errors import UsageError
from safehand.model.crockford import as_read, check_character, is_spelled
from safehand.model.reference import parse_reference

_GAP: Final = r"[\s\-‐‑‒–—_.]*"
_SPELLED: Final = re.compile(
    rf"(?<![0-9A-Za-z])SH{_GAP}(?:[0-9A-Za-z]{_GAP}){{8}}[0-9A-Za-z](?![0-9A-Za-z])", re.IGNORECASE
)
"""As people and their telephones write one: in small letters, in groups, with blanks between."""

_PLAIN: Final = re.compile(r"(?<![0-9A-Za-z])SH-[0-9A-Za-z]{9}(?![0-9A-Za-z])", re.IGNORECASE)
"""As the desk writes one: what looks so is meant as one, whether or not its check character fits."""


def references_in(words: str) -> frozenset[str]:
    """Every reference that stands there, in its one spelling; those with a slip as they stand."""
    found = {f"SH-{as_read(each[3:])}" for each in _PLAIN.findall(words)}
    for each in _SPELLED.findall(words):
        try:
            found.add(parse_reference(each))
        except UsageError:
            continue  # words that only begin like one: "sh, the children"
    return frozenset(found)


def slips_in(words: str) -> tuple[str, ...]:
    """What is written as the desk writes references, and is none."""
    spelled = [(each, as_read(each[3:])) for each in _PLAIN.findall(words)]
    return tuple(each for each, rest in spelled if not is_spelled(rest) or check_character(rest[:8]) != rest[8])


def closed_to(officer: Officer, references: Iterable[str], clock: Clock) -> frozenset[str]:
    """Those that are cases this officer may not open. A case that nobody is on is open to whoever may take it."""
    wanted = frozenset(references)
    if not wanted:
        return wanted
    cases = Case.objects.filter(reference__in=wanted)
    open_to = set(
        Case.objects.readable_by(officer, clock).filter(reference__in=wanted).values_list("reference", flat=True)
    )
    if may(officer, Ability.TAKE_REPORTS):
        somebodys = CaseOfficer.objects.values("case")
        open_to |= set(cases.exclude(pk__in=somebodys).values_list("reference", flat=True))
    return frozenset(cases.values_list("reference", flat=True)) - open_to
