"""Retention in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from safehand.desk.retention.models import ErasureAnswered, ErasureAsked, Hold, Reviewed
from safehand.desk.retention.showing import RetentionList, RetentionOfCase
from safehand.desk.retention.table import Retention, retention

NOBODY_CLASSED = "Nobody has classed it yet"


@dataclass(frozen=True, slots=True)
class DueRow:
    """A case that is due."""

    reference: str
    opened: date
    due: date
    kept_by: str
    held: bool


@dataclass(frozen=True, slots=True)
class ErasedRow:
    """A case that was erased."""

    reference: str
    at: datetime
    asked_by: str
    confirmed_by: str
    swept: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was decided: what, by whom, when, why."""

    what: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class DuePage:
    """The list."""

    due: tuple[DueRow, ...]
    more: int
    """How many are due besides those that are shown."""
    waiting: tuple[ErasureAsked, ...]
    held: tuple[Hold, ...]
    erased: tuple[ErasedRow, ...]
    table: Retention


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case."""

    reference: str
    opened: datetime
    erased_at: datetime | None
    kept_by: str
    due: date
    hold: Hold | None
    waiting: ErasureAsked | None
    basis: str
    lines: tuple[Line, ...]
    """Everything that was decided, the latest first."""
    may_decide: bool
    may_confirm: bool
    may_refuse: bool
    table: Retention


def due_page(shown: RetentionList) -> DuePage:
    """Present the list."""
    return DuePage(
        due=tuple(DueRow(each.reference, each.opened, each.due, _class(each.kept_by), each.held) for each in shown.due),
        more=shown.due_total - len(shown.due),
        waiting=shown.waiting,
        held=shown.held,
        erased=tuple(_erased(each) for each in shown.erased),
        table=retention(),
    )


def case_page(shown: RetentionOfCase) -> CasePage:
    """Present one case."""
    lines = [
        *(_reviewed(each) for each in shown.reviews),
        *(_hold(each) for each in shown.holds),
        *(line for each in shown.asked for line in _erasure(each)),
    ]
    return CasePage(
        reference=shown.case.reference,
        opened=shown.case.opened_at,
        erased_at=shown.case.erased_at,
        kept_by=_class(shown.reviews[0].kept_by if shown.reviews else ""),
        due=shown.due,
        hold=shown.standing,
        waiting=shown.waiting,
        basis=_basis(shown.waiting.basis) if shown.waiting is not None else "",
        lines=tuple(sorted(lines, key=lambda line: line.at, reverse=True)),
        may_decide=shown.may_decide,
        may_confirm=shown.may_confirm,
        may_refuse=shown.may_refuse,
        table=retention(),
    )


def _class(code: str) -> str:
    found = retention().class_of(code)
    return found.title if found is not None else code or NOBODY_CLASSED


def _basis(code: str) -> str:
    found = retention().basis_of(code)
    return found.title if found is not None else code


def _erased(answer: ErasureAnswered) -> ErasedRow:
    asked = answer.asked
    return ErasedRow(asked.case.reference, answer.at, asked.by.reference, answer.by.reference, hasattr(answer, "swept"))


def _reviewed(row: Reviewed) -> Line:
    due = f"{row.due.day} {row.due:%B} {row.due.year}"
    return Line(f"Kept: {_class(row.kept_by)}. Looked at again on {due}", row.by.reference, row.at, row.reason)


def _hold(row: Hold) -> Line:
    return Line("The hold was ended" if row.ended else "Put on hold", row.by.reference, row.at, row.reason)


def _erasure(asked: ErasureAsked) -> list[Line]:
    lines = [Line(f"Asked to erase it: {_basis(asked.basis)}", asked.by.reference, asked.at, asked.reason)]
    answer: ErasureAnswered | None = getattr(asked, "answer", None)
    if answer is not None:
        what = "Confirmed: its key was destroyed" if answer.confirmed else "Not to be erased"
        lines.append(Line(what, answer.by.reference, answer.at, answer.reason))
        if hasattr(answer, "swept"):
            lines.append(Line("Its files are gone from this desk’s disk", "the desk", answer.swept.at, ""))
    return lines
