"""The library of offences that this version ships: data files, each read strictly, in the order they are shown in.

offence_of("meeting")       section 15 of the Sexual Offences Act 2003; None for what is not in the library
attempt()                   the elements of an attempt, which stand below those of the offence that was attempted
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from safehand.desk.points.offence import InForce, Offence, Wording
from safehand.desk.points.offence_file import parse_offence

CODES: Final = ("under_thirteen", "inciting", "watching", "arranging", "meeting", "communication", "network")
"""One data file each. Written out, so that an officer finds them in the order of their sections."""

ATTEMPT: Final = "attempt"
"""The file of what an attempt adds; it is chosen with an offence and never alone."""


@cache
def library() -> tuple[Offence, ...]:
    """Every offence that can be looked at."""
    return tuple(_read(code) for code in CODES)


@cache
def attempt() -> Offence:
    """What an attempt adds."""
    return _read(ATTEMPT)


def offence_of(code: str) -> Offence | None:
    """The offence of that code, or None."""
    return next((each for each in library() if each.code == code), None)


@cache
def days_of_change() -> frozenset[date]:
    """Every day on which something that this library tells of changed: the first day of what began, and of what came
    after something ended.
    """
    every = (*library(), attempt())
    spans: list[InForce | Wording] = [
        *(each.in_force for each in every if each.in_force is not None),
        *(wording for each in every for element in each.elements for wording in element.wordings),
    ]
    begun = {each.start for each in spans if each.start is not None}
    return frozenset(begun | {each.end + timedelta(days=1) for each in spans if each.end is not None})


def _read(code: str) -> Offence:
    return parse_offence(code, (files("safehand.desk.points") / "data" / f"{code}.toml").read_bytes())
