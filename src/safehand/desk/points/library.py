"""The library of offences that this version ships: data files, each read strictly, in the order they are shown in.

offence_of("meeting")       section 15 of the Sexual Offences Act 2003; None for what is not in the library
attempt()                   the elements of an attempt, which stand below those of the offence that was attempted
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from safehand.desk.points.offence import Offence
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


def _read(code: str) -> Offence:
    return parse_offence(code, (files("safehand.desk.points") / "data" / f"{code}.toml").read_bytes())
