"""The data files of a conduct review, read strictly: a key that is not known is an error, as is one that is missing.

    questions().asked_of(Ran.CITIZEN)        the questions for an account that a private citizen ran
    questions().checked_on                   when its lines were compared with their sources

Every line of law says whether its wording was read in a copy of its source (docs/guides/conduct-review.md).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from safehand.analysis.conduct.formulas import FORMULAS
from safehand.desk.review.tags import TAGS
from safehand.errors import UsageError

SCHEMA: Final = "safehand.conduct-questions/1"


class Ran(StrEnum):
    """Who ran a decoy account: the law asks differently of each."""

    STATE = "state"
    CITIZEN = "citizen"


class Mark(StrEnum):
    """Whether the wording of a line was read in a copy of its source."""

    VERIFIED = "verified"
    NOT_VERIFIED = "not verified"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of law in plain words."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True)
class Law:
    """A judgment, a ruling or a provision, and what is taken from it."""

    id: str
    title: str
    of: frozenset[Ran]
    says: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``figures`` are codes of FORMULAS, ``tags`` of review's tags: where to look for an answer."""

    id: str
    ask: str
    of: frozenset[Ran]
    figures: tuple[str, ...]
    tags: tuple[str, ...]
    law: tuple[str, ...]
    beside: str


@dataclass(frozen=True, slots=True)
class Questions:
    """The whole file."""

    version: int
    checked_on: date
    nation: str
    laws: tuple[Law, ...]
    questions: tuple[Question, ...]

    def asked_of(self, ran: Collection[Ran]) -> tuple[Question, ...]:
        """Those that are asked where any of these ran an account, in the order of the file."""
        return tuple(one for one in self.questions if one.of.intersection(ran))

    def law_of(self, ran: Collection[Ran]) -> tuple[Law, ...]:
        """The law that is asked about where any of these ran an account."""
        return tuple(one for one in self.laws if one.of.intersection(ran))


@cache
def questions() -> Questions:
    """The questions as they are shipped."""
    return questions_of(shipped("conduct-questions.toml"))


def shipped(name: str) -> dict[str, Any]:
    """A data file of this app, as TOML."""
    return tomllib.loads((files("safehand.desk.conduct") / "data" / name).read_text("utf-8"))


def questions_of(table: Mapping[str, Any]) -> Questions:
    """The file as values. UsageError says which line cannot be meant."""
    only(table, {"schema", "version", "checked_on", "nation", "law", "question"}, "the file")
    if table["schema"] != SCHEMA:
        raise UsageError(f'The file begins with schema = "{SCHEMA}".')
    laws = tuple(_law(id_, row) for id_, row in table["law"].items())
    ids = {law.id for law in laws}
    asked = tuple(_question(row, ids) for row in table["question"])
    if len({one.id for one in asked}) != len(asked):
        raise UsageError("Two questions have the same id.", where="question")
    return Questions(int(table["version"]), dated(table["checked_on"]), str(table["nation"]), laws, asked)


def _law(id_: str, row: Mapping[str, Any]) -> Law:
    where = f"law.{id_}"
    only(row, {"for", "title", "says"}, where)
    lines = []
    for line in row["says"]:
        only(line, {"mark", "words"}, where)
        lines.append(Line(one_of(Mark, line["mark"], where), said(line["words"], where)))
    return Law(id_, said(row["title"], where), _ran(row["for"], where), tuple(lines))


def _question(row: Mapping[str, Any], laws: Collection[str]) -> Question:
    where = f"question {row.get('id', '?')}"
    only(row, {"id", "for", "ask", "figures", "tags", "from"}, where, may={"beside"})
    return Question(
        id=said(row["id"], where),
        ask=said(row["ask"], where),
        of=_ran(row["for"], where),
        figures=known(row["figures"], FORMULAS, where),
        tags=known(row["tags"], [tag.code for tag in TAGS], where),
        law=known(row["from"], laws, where),
        beside=str(row.get("beside", "")),
    )


def only(table: Mapping[str, Any], must: set[str], where: str, may: Collection[str] = ()) -> None:
    """UsageError for a key that is not known, or one that is missing."""
    wrong = sorted(set(table) - must - set(may)) or sorted(must - set(table))
    if wrong:
        raise UsageError(
            "A key is not known here, or one is missing.",
            where=f"{where}: {wrong[0]}",
            todo=f"It has {', '.join(sorted(must))}" + (f", and may have {', '.join(sorted(may))}." if may else "."),
        )


def known(codes: Sequence[str], among: Collection[str], where: str) -> tuple[str, ...]:
    """The codes, each of which must be known."""
    for code in codes:
        if code not in among:
            raise UsageError(
                "A code is not known.", where=f"{where}: {code}", todo=f"One of {', '.join(sorted(among))}."
            )
    return tuple(codes)


def said(words: object, where: str) -> str:
    """Some words; UsageError for none."""
    if not isinstance(words, str) or not words.strip():
        raise UsageError("Words are missing.", where=where)
    return words


def dated(value: object) -> date:
    """A date as TOML has them."""
    if type(value) is not date:
        raise UsageError("A date is written as in 2026-11-22.", where="checked_on")
    return value


def one_of(kind: type[Mark], value: object, where: str) -> Mark:
    """Whether a line was verified."""
    try:
        return kind(str(value))
    except ValueError as err:
        raise UsageError("A line is either verified or not verified.", where=where) from err


def _ran(names: Sequence[str], where: str) -> frozenset[Ran]:
    return frozenset(Ran(name) for name in known(names, [one.value for one in Ran], where))
