"""A data file of an offence, read strictly: what it does not know, lacks or contradicts is an error with its place.

    parse_offence("meeting", data)      the offence; UsageError says what is wrong, where, and where the format stands

The format, with an example, is docs/spec/offences.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from safehand.desk.points.offence import AttemptWords, Element, InForce, Line, Mark, Offence, TimeLimit, Wording
from safehand.desk.points.table import Table, refused
from safehand.model.digest import sha256_of

SCHEMA: Final = "safehand.offence/1"

_CODE: Final = re.compile(r"[a-z][a-z_]{0,39}")
_LETTER: Final = re.compile(r"[a-z]")
_NEVER: Final = re.compile(r"\bpro(?:ved|ven)\b", re.IGNORECASE)
"""Whether a point is made out is for a court: no line says that one is."""


class _Sources:
    """Where lines are from, by the short names that the file gives them. Each must be used."""

    def __init__(self, table: Table) -> None:
        self._where = table.where
        self._words = {name: table.words(name) for name in table.names()}
        self._used: set[str] = set()

    def of(self, name: str, where: str) -> str:
        """The source of that short name."""
        if name not in self._words:
            raise refused(f"{name} is none of its sources.", where)
        self._used.add(name)
        return self._words[name]

    def done(self) -> None:
        """UsageError for a source that no line names."""
        for name in self._words:
            if name not in self._used:
                raise refused(f"No line is from {name}.", self._where)


def parse_offence(code: str, data: bytes) -> Offence:
    """Read the file of that name. UsageError when it is not exactly as the format has it."""
    where = f"{code}.toml"
    if not _CODE.fullmatch(code):
        raise refused("An offence is called by at most 40 small letters and underscores.", where)
    table = Table(_toml(data, where), where)
    if table.words("schema") != SCHEMA:
        raise refused(f'It does not begin with schema = "{SCHEMA}".', where)
    sources = _Sources(table.table("sources"))
    label = table.words("label")
    offence = Offence(
        code=code,
        version=table.number("version"),
        sha256=sha256_of(data),
        checked_on=table.day("checked_on"),
        reviewer=table.words("reviewer", may_be_empty=True),
        title=table.words("title"),
        act=table.words("act"),
        section=table.words("section"),
        jurisdiction=table.words("jurisdiction"),
        in_force=_in_force(table, sources),
        attempt=_attempt(table.table("attempt"), sources),
        time_limit=_time_limit(table, sources),
        notes=tuple(_line(each, sources) for each in table.tables("notes")),
        elements=tuple(_element(each, label, sources) for each in table.tables("elements")),
    )
    table.done()
    sources.done()
    _check(offence, where)
    return offence


def _toml(data: bytes, where: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        raise refused("It is no TOML in UTF-8.", where) from err


def _line(table: Table, sources: _Sources) -> Line:
    """A line in a table of its own."""
    line = _said(table, sources)
    table.done()
    return line


def _said(table: Table, sources: _Sources) -> Line:
    words = table.words("words")
    if _NEVER.search(words):
        raise refused("No line says that anything is made out: that is for a court.", table.where)
    return Line(words, sources.of(table.words("source"), table.where), _mark(table, "mark"))


def _mark(table: Table, key: str) -> Mark:
    found = table.words(key)
    try:
        return Mark(found)
    except ValueError as err:
        raise refused(f"{key} is verified or unverified.", table.where) from err


def _in_force(table: Table, sources: _Sources) -> InForce | None:
    if not table.has("in_force"):
        return None
    about = table.table("in_force")
    held = InForce(about.day_or_none("from"), about.day_or_none("to"), _line(about, sources))
    if held.start is None and held.end is None:
        raise refused("It names a day from which, or to which, or both.", about.where)
    if held.start is not None and held.end is not None and held.end < held.start:
        raise refused("It ends before it begins.", about.where)
    return held


def _attempt(table: Table, sources: _Sources) -> AttemptWords:
    return AttemptWords(table.truth("offered"), _line(table, sources))


def _time_limit(table: Table, sources: _Sources) -> TimeLimit | None:
    if not table.has("time_limit"):
        return None
    about = table.table("time_limit")
    return TimeLimit(about.number("years"), _line(about, sources))


def _element(table: Table, label: str, sources: _Sources) -> Element:
    code = table.words("code")
    if not _LETTER.fullmatch(code):
        raise refused("code is one small letter.", table.where)
    element = Element(
        code=code,
        shown=f"{label}.{code}",
        name=table.words("name"),
        wordings=_wordings(table, sources),
        shows=tuple(_line(each, sources) for each in table.tables("shows")),
        undermines=tuple(_line(each, sources) for each in table.tables("undermines")),
        gaps=tuple(_line(each, sources) for each in table.tables("gaps")),
    )
    table.done()
    return element


def _wordings(table: Table, sources: _Sources) -> tuple[Wording, ...]:
    begun: list[tuple[Line, date | None, Mark | None]] = []
    for each in table.tables("wordings"):
        start = each.day_or_none("from")
        if (start is None) != (not begun):
            raise refused("The first wording has no from, and every later one has.", each.where)
        mark = _mark(each, "from_mark") if start is not None else None
        begun.append((_line(each, sources), start, mark))
    starts = [start for _, start, _ in begun if start is not None]
    if any(later <= earlier for earlier, later in pairwise(starts)):
        raise refused("Wordings stand in the order in which they began.", table.where)
    ends = [*(start - timedelta(days=1) for start in starts), None]
    return tuple(Wording(line, start, mark, end) for (line, start, mark), end in zip(begun, ends, strict=True))


def _check(offence: Offence, where: str) -> None:
    codes = [each.code for each in offence.elements]
    if len(set(codes)) != len(codes):
        raise refused("Two elements have one letter.", where)
    begins = offence.in_force.start if offence.in_force is not None else None
    changes = [each.start for element in offence.elements for each in element.wordings if each.start is not None]
    if begins is not None and any(change <= begins for change in changes):
        raise refused("A wording begins before the offence does.", where)
