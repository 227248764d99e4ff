"""What the worker found, as it is kept beside the package and read again for a page.

    package.report = report_value(report)             the verification, step by step, with every problem
    steps_of(package)                                 the same, for a page
    package.account = account_value(accounts)         how many bytes of each file are what, and what could not be read
    account_rows(package)                             the same, for a page

Files are called by their place in the package (``data/0001.txt``): the names the holder's phone gave them may hold the
name of a person, and stand in the case file alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from safehand.desk.cases.models import Package
from safehand.sources.accounting import FileAccount

_LISTED: Final = 500
"""Unparsed stretches a page can list for one file."""


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One thing that is not as it should be."""

    file: str
    code: str
    found: str


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered step of verification. ``outcome`` is one of seal.report.Outcome."""

    number: int
    title: str
    outcome: str
    note: str
    problems: tuple[ProblemRow, ...]


@dataclass(frozen=True, slots=True)
class UnparsedRow:
    """Bytes ``start`` to ``end`` could not be read."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """So many stretches of this kind, so many bytes."""

    kind: str
    count: int
    bytes: int


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One source file, all of it."""

    file: str
    bytes: int
    sha256: str
    segments: tuple[SegmentRow, ...]
    unparsed: tuple[UnparsedRow, ...]
    not_listed: int
    """Stretches beyond the first ones, which the case file holds: a hostile file may have millions."""


def account_value(accounts: Sequence[FileAccount]) -> list[dict[str, Any]]:
    """The account, as it is kept with the package."""
    return [
        {
            "file": account.file,
            "bytes": account.bytes,
            "sha256": account.sha256,
            "segments": {kind: [tally.count, tally.bytes] for kind, tally in sorted(account.segments.items())},
            "unparsed": [[stretch.start, stretch.end, stretch.reason] for stretch in account.unparsed[:_LISTED]],
            "not_listed": max(0, len(account.unparsed) - _LISTED),
        }
        for account in accounts
    ]


def account_rows(package: Package) -> tuple[AccountRow, ...]:
    """The account, for a page."""
    return tuple(_account(stored) for stored in package.account)


def steps_of(package: Package) -> tuple[Step, ...]:
    """The verification, for a page."""
    return tuple(
        Step(
            stored["number"],
            stored["title"],
            stored["outcome"],
            stored["note"],
            tuple(ProblemRow(problem["file"], problem["code"], problem["found"]) for problem in stored["problems"]),
        )
        for stored in package.report.get("steps", ())
    )


def _account(stored: dict[str, Any]) -> AccountRow:
    return AccountRow(
        stored["file"],
        stored["bytes"],
        stored["sha256"],
        tuple(SegmentRow(kind, *tally) for kind, tally in stored["segments"].items()),
        tuple(UnparsedRow(*stretch) for stretch in stored["unparsed"]),
        stored["not_listed"],
    )
