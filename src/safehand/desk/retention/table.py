"""Classes by which cases are kept, and bases on which one is erased: a dated data file, read strictly.

    retention().class_of("serious")      title, words, years until it is looked at again
    retention().basis_of("statute")      on what basis a case is erased
    retention().unclassed_months         a case that nobody classed is looked at so long after it was opened

Every line says whether its wording was compared with its source. The desk counts days by it and does nothing else:
nothing is erased by itself (domain.md F10.5).
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from safehand.desk.retention.dates import years_after
from safehand.errors import UsageError

SCHEMA: Final = "safehand.retention/1"
_MARKS: Final = ("verified", "unverified")
_LONGEST_YEARS: Final = 30


@dataclass(frozen=True, slots=True)
class KeptBy:
    """A class: a case of it is looked at again so many years later."""

    code: str
    title: str
    words: str
    years: int
    source: str
    verified: bool

    def due_after(self, day: date) -> date:
        """When a case that is looked at on ``day`` is due again."""
        return years_after(day, self.years)


@dataclass(frozen=True, slots=True)
class Basis:
    """On what basis a case is erased."""

    code: str
    title: str
    words: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Retention:
    """The whole file. ``sha256`` is of its bytes: what an officer had before them."""

    version: int
    checked_on: date
    jurisdiction: str
    unclassed_months: int
    classes: tuple[KeptBy, ...]
    bases: tuple[Basis, ...]
    sha256: str

    def class_of(self, code: str) -> KeptBy | None:
        """The class of that code, or None."""
        return next((one for one in self.classes if one.code == code), None)

    def basis_of(self, code: str) -> Basis | None:
        """The basis of that code, or None."""
        return next((one for one in self.bases if one.code == code), None)


@cache
def retention() -> Retention:
    """The file as it is shipped."""
    return parse_retention((files("safehand.desk.retention") / "data" / "retention.toml").read_bytes())


def parse_retention(data: bytes) -> Retention:
    """Read it. UsageError says which line cannot be meant: a key too many, a mark or a number that is none."""
    try:
        table = tomllib.loads(data.decode("utf-8"))
    except ValueError as err:
        raise UsageError("The retention file is not TOML.", where=str(err)) from err
    keys = {"schema", "version", "checked_on", "reviewer", "jurisdiction", "unclassed_months", "classes", "bases"}
    _only(table, keys, "the file")
    if table["schema"] != SCHEMA:
        raise UsageError(f'The file begins with schema = "{SCHEMA}".')
    if type(table["checked_on"]) is not date:
        raise UsageError("A date is written as in 2026-11-28.", where="checked_on")
    found = Retention(
        version=_whole(table["version"], "version"),
        checked_on=table["checked_on"],
        jurisdiction=_said(table["jurisdiction"], "jurisdiction"),
        unclassed_months=_whole(table["unclassed_months"], "unclassed_months"),
        classes=tuple(_class(row) for row in table["classes"]),
        bases=tuple(_basis(row) for row in table["bases"]),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    _once([one.code for one in found.classes], "classes")
    _once([one.code for one in found.bases], "bases")
    return found


def _class(row: Mapping[str, Any]) -> KeptBy:
    where = f"class {row.get('code', '?')}"
    _only(row, {"code", "title", "words", "years", "source", "mark"}, where)
    years = _whole(row["years"], where)
    if years > _LONGEST_YEARS:
        raise UsageError(f"A case is looked at again within {_LONGEST_YEARS} years.", where=where)
    source, verified = _from(row, where)
    return KeptBy(*_three(row, where), years, source, verified)


def _basis(row: Mapping[str, Any]) -> Basis:
    where = f"basis {row.get('code', '?')}"
    _only(row, {"code", "title", "words", "source", "mark"}, where)
    source, verified = _from(row, where)
    return Basis(*_three(row, where), source, verified)


def _three(row: Mapping[str, Any], where: str) -> tuple[str, str, str]:
    return _said(row["code"], where), _said(row["title"], where), _said(row["words"], where)


def _from(row: Mapping[str, Any], where: str) -> tuple[str, bool]:
    if row["mark"] not in _MARKS:
        raise UsageError("A line is verified or unverified.", where=where)
    return _said(row["source"], where), row["mark"] == "verified"


def _only(row: Mapping[str, Any], keys: set[str], where: str) -> None:
    wrong = sorted(set(row) ^ keys)
    if wrong:
        raise UsageError("A key is not known here, or one is missing.", where=f"{where}: {wrong[0]}")


def _said(words: object, where: str) -> str:
    if not isinstance(words, str) or not words.strip():
        raise UsageError("Words are missing.", where=where)
    return words


def _whole(number: object, where: str) -> int:
    if type(number) is not int or number < 1:
        raise UsageError("A number is whole, and at least 1.", where=where)
    return number


def _once(codes: Sequence[str], where: str) -> None:
    if not codes or len(set(codes)) != len(codes):
        raise UsageError("Each code stands once, and there is at least one.", where=where)
