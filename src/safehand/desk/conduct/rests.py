"""What an answer of the checklist rests on: a message, the holder's statement, a file of the package, or an exhibit.

    on_message(1, 41)             message 41 of conversation 1, with its bytes
    on_statement()                the statement of the package, by its SHA-256
    on_file("data/0001.txt")      a source file of the package, by its place there and its SHA-256
    on_exhibit("ABC/1")           an exhibit of the desk, by its reference; it is sealed, for it begins with initials

``found`` looks it up in the case, so that an answer never rests on what is not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from safehand.casefile.read import CaseFile
from safehand.desk.cases.evidence import account_rows
from safehand.desk.cases.models import Case, Package
from safehand.desk.cases.sealed_words import seal_words
from safehand.desk.conduct.models import ChecklistAnswer, RestsOn
from safehand.desk.custody.entry import Details
from safehand.errors import UsageError
from safehand.model.digest import sha256_of

STATEMENT: Final = "statement.json"
"""Where the statement stands in a package (docs/spec/package.md)."""

EXHIBIT: Final = re.compile(r"[A-Z]{2,4}/?[1-9][0-9]{0,3}[A-Z]?")
"""The producer's initials and a number, as in AB1, ABC/1 and ABC/1A (guidance on exhibits; local custom)."""


@dataclass(frozen=True, slots=True)
class Rests:
    """One thing that an answer rests on. Only what ``on`` asks for is set."""

    on: RestsOn
    message: tuple[int, int] | None = None
    file: str = ""
    exhibit: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """How it is kept: fields of the answer, what the custody entry says of it, and the entry's record."""

    fields: dict[str, Any] = field(default_factory=dict)
    details: Details = field(default_factory=dict)
    record: str = "case"


def on_message(conversation: int, number: int) -> Rests:
    """A message of the case."""
    return Rests(RestsOn.MESSAGE, message=(conversation, number))


def on_statement() -> Rests:
    """The holder's statement."""
    return Rests(RestsOn.STATEMENT)


def on_file(file: str) -> Rests:
    """A source file, by its place in the package."""
    return Rests(RestsOn.FILE, file=file)


def on_exhibit(reference: str) -> Rests:
    """An exhibit of the desk."""
    return Rests(RestsOn.EXHIBIT, exhibit=reference)


def statement_sha256(package: Package) -> str:
    """The SHA-256 of the statement; empty where the package has none that could be read."""
    return str(package.report.get("statement_sha256") or "")


def files_of(package: Package) -> dict[str, str]:
    """The source files by their places in the package, each with its SHA-256."""
    return {row.file: row.sha256 for row in account_rows(package)}


def found(case: Case, casefile: CaseFile, rests: Rests | None) -> Found:
    """What is kept of it. UsageError for a message, statement or file that is not there, or no reference."""
    if rests is None:
        return Found()
    match rests.on:
        case RestsOn.MESSAGE:
            return _message(casefile, rests.message or (0, 0))
        case RestsOn.STATEMENT:
            return _file(rests.on, STATEMENT, statement_sha256(case.package))
        case RestsOn.FILE:
            return _file(rests.on, rests.file, files_of(case.package).get(rests.file, ""))
        case RestsOn.EXHIBIT:
            return _exhibit(case, rests.exhibit)


def is_still_there(casefile: CaseFile, case: Case, one: ChecklistAnswer) -> bool:
    """Whether it is read from the same bytes as when it was named. Of an exhibit the desk holds nothing to compare."""
    match kind_of(one):
        case RestsOn.MESSAGE:
            line = casefile.message(one.conversation or 0, one.number or 0)
            span = line.message.span if line is not None else None
            return span is not None and (span.file, span.start, span.end) == (one.file, one.start, one.end)
        case RestsOn.STATEMENT:
            return one.sha256 == statement_sha256(case.package)
        case RestsOn.FILE:
            return files_of(case.package).get(one.file) == one.sha256
        case _:
            return True


def kind_of(one: ChecklistAnswer) -> RestsOn | None:
    """What it rests on; None for nothing. Answers from before there was a choice rest on a message or on nothing."""
    if one.rests_on:
        return RestsOn(one.rests_on)
    return RestsOn.MESSAGE if one.number is not None else None


def _message(casefile: CaseFile, where: tuple[int, int]) -> Found:
    conversation, number = where
    line = casefile.message(conversation, number)
    if line is None:
        raise UsageError(
            "There is no such message.", todo="Give a conversation and a message of this case, or neither."
        )
    span = line.message.span
    sha256 = next((one.sha256 for one in casefile.accounts() if one.file == span.file), "")
    fields = {"conversation": conversation, "number": number, "start": span.start, "end": span.end}
    return Found(
        {"rests_on": RestsOn.MESSAGE, "file": span.file, "sha256": sha256, **fields},
        {"rests_on": RestsOn.MESSAGE.value},
        f"conversation:{conversation}/message:{number}",
    )


def _file(on: RestsOn, file: str, sha256: str) -> Found:
    if not sha256:
        raise UsageError("The package has no such file.", todo="Choose one of its files, or something else.")
    return Found({"rests_on": on, "file": file, "sha256": sha256}, {"rests_on": on.value, "digest": sha256})


def _exhibit(case: Case, reference: str) -> Found:
    if not EXHIBIT.fullmatch(reference):
        raise UsageError("That is no exhibit reference.", todo="Give initials and a number, as in AB1 or ABC/1.")
    sealed = seal_words(case, reference)
    details: Details = {"rests_on": RestsOn.EXHIBIT.value, "exhibit": sha256_of(sealed)}
    return Found({"rests_on": RestsOn.EXHIBIT, "sealed_exhibit": sealed}, details)
