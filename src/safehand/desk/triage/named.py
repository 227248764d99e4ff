"""Which cases a note names, however its writer spelled their references, and whether an officer may know of them.

    references_in("7k3m 9qxar: the school rings back")        {"SH-7K3M9QXAR"}, and what only looks like one
    slips_in(words)                                           what is written as one, and whose check does not fit
    closed_to(officer, references, clock)                     those of them that this officer may not open

What names a case in other words than its reference is not noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import normalize

from safehand.desk.cases.models import Case, CaseOfficer
from safehand.desk.core.clock import Clock
from safehand.desk.officers.holding import may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.model.crockford import ALPHABET, as_read, check_character, is_spelled

_READ: Final = str.maketrans("OIL", "011")
_NINE: Final = re.compile(rf"(?=([{ALPHABET}]{{9}}))")
"""Wherever nine characters of one stand, one behind the other, though nine others begin in them."""

_PLAIN: Final = re.compile(r"(?<![0-9A-Za-z])SH[-‐‑‒–—−/:#]([0-9A-Za-z]{9})(?![0-9A-Za-z])", re.IGNORECASE)
"""As the desk writes one: what looks so is meant as one, whether or not its check character fits."""


def references_in(words: str) -> frozenset[str]:
    """Every reference that stands there, in its one spelling; those with a slip as they stand.

    With or without SH, whatever stands between its characters that is no letter and no digit, and with letters stuck
    on. So one in 32 of any nine characters is found too, and names a case once in 2 ** 40 times the cases of a desk:
    ask of those that are found which are cases.
    """
    plain = {f"SH-{as_read(each)}" for each in _PLAIN.findall(words)}
    letters = "".join(filter(str.isalnum, normalize("NFKC", words).upper())).translate(_READ)
    nines = {each for each in _NINE.findall(letters) if check_character(each[:8]) == each[8]}
    return frozenset(plain | {f"SH-{each}" for each in nines})


def slips_in(words: str) -> tuple[str, ...]:
    """What is written as the desk writes references, and is none."""
    spelled = [(each.group(), as_read(each[1])) for each in _PLAIN.finditer(words)]
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
