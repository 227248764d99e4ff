"""The report of a verification: numbered steps, each with every problem found and the file it concerns.

    1  opens with this key, whole            passed
    2  the tar is exactly as written         passed
    3  the bag is complete                   failed   data/0001.txt   file_changed
    …

Nothing is "valid" by silence: a step that could not be taken says so (``not_checked``), and every file of the package
stands in ``files`` with what was found. Problems quote no content: a file is named by its place in the package.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from safehand.errors import CheckFailed, PackageDamaged, PackageFromTheFuture, WrongKey
from safehand.model.canonical import Json
from safehand.seal.statement import Statement

SCHEMA: Final = "safehand.report/1"

PACKAGE: Final = "package"
"""What a problem's ``file`` says when it concerns the package as a whole."""


class Outcome(StrEnum):
    """How a step, or a file, came out."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"
    """An earlier failure, or something that was not given, made it impossible."""
    ABSENT = "absent"
    """There is nothing to check: a package needs no timestamp."""


class Code(StrEnum):
    """Every problem there is. SENTENCES says each in words."""

    NOT_A_PACKAGE = "not_a_package"
    WRONG_KEY = "wrong_key"
    NEWER_ENCRYPTION = "newer_encryption"
    PACKAGE_CHANGED = "package_changed"
    CUT_SHORT = "cut_short"
    NOT_A_TAR = "not_a_tar"
    TAR_CUT = "tar_cut"
    TAR_HEADER = "tar_header"
    TAR_PADDING = "tar_padding"
    TAR_END = "tar_end"
    FILE_ORDER = "file_order"
    FILE_EXTRA = "file_extra"
    FILE_MISSING = "file_missing"
    FILE_TWICE = "file_twice"
    FILE_TOO_LARGE = "file_too_large"
    FILE_CHANGED = "file_changed"
    STATEMENT_SPELLING = "statement_spelling"
    STATEMENT_INVALID = "statement_invalid"
    FROM_THE_FUTURE = "from_the_future"
    DISAGREES = "disagrees"
    EMBEDDED_LEFT = "embedded_left"
    SIGNATURE_MALFORMED = "signature_malformed"
    SIGNATURE_WRONG = "signature_wrong"
    KEY_MALFORMED = "key_malformed"
    SIGNER_UNEXPECTED = "signer_unexpected"
    TIMESTAMP_WRONG = "timestamp_wrong"


SENTENCES: Final[dict[Code, str]] = {
    Code.NOT_A_PACKAGE: "This is not a sealed package.",
    Code.WRONG_KEY: "None of the keys it was sealed to is the one given; or its first lines were changed.",
    Code.NEWER_ENCRYPTION: "It is sealed in a way that a newer version of Safehand reads.",
    Code.PACKAGE_CHANGED: "It was changed or cut short after it was sealed; what stands before this place is whole.",
    Code.CUT_SHORT: "It is shorter than it was when it was sealed.",
    Code.NOT_A_TAR: "What is inside is not a tar file.",
    Code.TAR_CUT: "The tar file ends in the middle of this file.",
    Code.TAR_HEADER: "The header of this file in the tar is not as Safehand writes it.",
    Code.TAR_PADDING: "The bytes after the end of this file are not zero.",
    Code.TAR_END: "The tar file does not end as Safehand ends it.",
    Code.FILE_ORDER: "This file does not stand in its place in the tar.",
    Code.FILE_EXTRA: "This file does not belong to the package.",
    Code.FILE_MISSING: "This file is missing.",
    Code.FILE_TWICE: "This file is there more than once.",
    Code.FILE_TOO_LARGE: "This file is larger than any that Safehand writes in this place.",
    Code.FILE_CHANGED: "This file is not the one that was sealed: its hash does not match.",
    Code.STATEMENT_SPELLING: "The statement is not canonical JSON.",
    Code.STATEMENT_INVALID: "The statement breaks a rule of its form.",
    Code.FROM_THE_FUTURE: "The package is of a newer version than this Safehand reads. It is not damaged.",
    Code.DISAGREES: "This file does not agree with the statement.",
    Code.EMBEDDED_LEFT: "Data that may be a picture stands in this file; it should have been left out when sealing.",
    Code.SIGNATURE_MALFORMED: "The signature cannot be read.",
    Code.SIGNATURE_WRONG: "The signature is not of this statement by the key in the package.",
    Code.KEY_MALFORMED: "The holder's public key cannot be read.",
    Code.SIGNER_UNEXPECTED: "The package is signed with another key than the one expected.",
    Code.TIMESTAMP_WRONG: "The timestamp is not of this statement by an authority that was given.",
}

_FUTURE: Final = frozenset({Code.NEWER_ENCRYPTION, Code.FROM_THE_FUTURE})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: in which file of the package, what kind, and a sentence."""

    file: str
    """Its path in the package without ``bag/`` (``data/0001.txt``, ``statement.json``), or PACKAGE."""
    code: Code
    found: str


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step. It fails when it has a problem, and only then."""

    number: int
    title: str
    outcome: Outcome
    problems: tuple[Problem, ...] = ()
    note: str = ""
    """Why it was not checked, or what it rests on."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that the package holds, or should hold, and how it came out."""

    file: str
    size: int
    sha256: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found. ``statement`` is given only when its own steps passed and nothing else failed."""

    steps: tuple[Step, ...]
    files: tuple[CheckedFile, ...] = ()
    statement: Statement | None = None
    statement_sha256: str | None = None
    """The package's id."""
    package_sha256: str | None = None
    holder_key: str | None = None
    """``ssh-ed25519 AAAA…``: who signed."""
    stamped: str | None = None
    """RFC 3339, UTC: the moment an RFC 3161 timestamp proves, when step 7 passed."""

    @property
    def passed(self) -> bool:
        """Every step passed, but for what was not there to check. No steps is no pass."""
        fine = {Outcome.PASSED, Outcome.ABSENT}
        return any(step.outcome is Outcome.PASSED for step in self.steps) and all(
            step.outcome in fine or (step.number == TIMESTAMP_STEP and step.outcome is Outcome.NOT_CHECKED)
            for step in self.steps
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem of every step, in order."""
        return tuple(problem for step in self.steps for problem in step.problems)

    def raise_if_failed(self, where: str = "") -> None:
        """CheckFailed, of the kind that fits, unless the package passed."""
        if self.passed:
            return
        codes = {problem.code for problem in self.problems}
        if codes & _FUTURE:
            raise PackageFromTheFuture(
                "This package is of a newer version. It is not damaged.", where=where, todo="Update Safehand."
            )
        if Code.WRONG_KEY in codes:
            raise WrongKey(
                "This package is sealed for another key, or its first lines were changed.",
                where=where,
                todo="Give the desk.agekey of the unit it was sealed to.",
            )
        if not codes:
            raise CheckFailed("The package was not checked to its end.", where=where)
        if Code.NOT_A_PACKAGE in codes:
            raise PackageDamaged(SENTENCES[Code.NOT_A_PACKAGE], where=where, todo="Ask for the .safehand file itself.")
        if codes == {Code.SIGNER_UNEXPECTED}:  # nothing in it was changed: the key that was stated is another's
            raise CheckFailed(
                "The package is whole, and signed with another key than the one expected.",
                where=where,
                todo="Compare the key that you gave with the holder's receipt. If they are the same, the package is "
                "not the one of the receipt: ask the holder.",
            )
        count = len(self.problems)
        raise PackageDamaged(
            f"The package does not match its seal: {count} {'problem' if count == 1 else 'problems'}.",
            where=where,
            todo="Ask the holder for the file again. The report lists every problem with the file it concerns.",
        )


TIMESTAMP_STEP: Final = 7

TITLES: Final[dict[int, str]] = {
    1: "It opens with this key, whole to its end",
    2: "The tar inside is exactly as Safehand writes it",
    3: "The bag is complete, and every file matches its hash",
    4: "The statement is in its one spelling, of a version this Safehand reads",
    5: "The statement agrees with everything beside it",
    6: "The statement is signed by the key named",
    TIMESTAMP_STEP: "The timestamp is of this statement",
}


def report_value(report: Report) -> dict[str, Json]:
    """The report as JSON: what ``--json`` prints and the desk keeps. It quotes nothing of the holder's answers."""
    return {
        "schema": SCHEMA,
        "passed": report.passed,
        "package_sha256": report.package_sha256,
        "statement_sha256": report.statement_sha256,
        "holder_key": report.holder_key,
        "stamped": report.stamped,
        "steps": [_step_value(step) for step in report.steps],
        "files": [
            {"file": file.file, "size": file.size, "sha256": file.sha256, "outcome": str(file.outcome)}
            for file in report.files
        ],
    }


def _step_value(step: Step) -> Json:
    problems: list[Json] = [{"file": p.file, "code": str(p.code), "found": p.found} for p in step.problems]
    return {
        "number": step.number,
        "title": step.title,
        "outcome": str(step.outcome),
        "note": step.note,
        "problems": problems,
    }
