"""What the pages of intake are shown with: words for states, and for what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from safehand.desk.cases.evidence import Step, steps_of
from safehand.desk.cases.models import Case, Package, PackageState
from safehand.desk.cases.not_read import not_read_of, nothing_to_read
from safehand.desk.intake.actions import Again, why_again
from safehand.desk.intake.reasons import Reason, reason_for
from safehand.desk.officers.models import Officer


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four a package goes through. ``status`` is done, now, next or failed."""

    title: str
    status: str
    status_words: str


@dataclass(frozen=True, slots=True)
class Report:
    """How far a package is, and what was found."""

    reference: str
    state: str
    state_words: str
    sha256: str
    size: int
    received_at: datetime
    received_by: str
    finished: bool
    ready: bool
    readable: bool
    not_read: tuple[str, ...]
    stages: tuple[Stage, ...]
    messages_so_far: int
    steps: tuple[Step, ...]
    problem_count: int
    reason: Reason | None
    again: Again | None
    """Why it may be read again, by who is on the case."""
    on_it: bool
    """Who only broke the glass is shown no way to what they may not do."""
    conversations: int | None
    messages: int | None


@dataclass(frozen=True, slots=True)
class Already:
    """The same bytes are here. ``reference`` and ``link`` only for an officer who is on that case."""

    reference: str | None
    link: str | None


def present_report(officer: Officer, package: Package) -> Report:
    """One package, for an officer who may see it."""
    steps = steps_of(package)
    on_it = Case.objects.for_officer(officer).filter(pk=package.case_id).exists()
    again = why_again(officer, package)
    return Report(
        reference=package.case.reference,
        state=package.state,
        state_words=state_words(package),
        sha256=package.sha256,
        size=package.size,
        received_at=package.received_at,
        received_by=_received_by(package),
        finished=package.finished,
        ready=package.state == PackageState.READY and again is not Again.LOST,
        readable=not nothing_to_read(package),
        not_read=not_read_of(package).sentences,
        stages=_stages(package),
        messages_so_far=package.done,
        steps=steps,
        problem_count=sum(len(step.problems) for step in steps),
        reason=reason_for(package),
        again=again if on_it else None,
        on_it=on_it,
        conversations=_count(package, "conversations"),
        messages=_count(package, "messages"),
    )


def present_already(officer: Officer, package: Package) -> Already:
    """Says where the same bytes are, to those who may know."""
    case = Case.objects.for_officer(officer).filter(pk=package.case_id).first()
    if case is None:
        return Already(None, None)
    return Already(case.reference, reverse("intake:report", args=[case.reference]))


def _received_by(package: Package) -> str:
    return f"by {package.received_by.reference}" if package.received_by is not None else "from the public page"


def state_words(package: Package) -> str:
    """How far a package is, in words."""
    if package.state == PackageState.READY and nothing_to_read(package):
        return "Checked, nothing to read"
    return PackageState(package.state).label


def _count(package: Package, what: str) -> int | None:
    count = package.summary.get(what)
    return int(count) if count is not None else None


_TITLES = ("Received", "Checked", "Read")
_REACHED = {
    PackageState.RECEIVED: 1,
    PackageState.VERIFYING: 1,
    PackageState.READING: 2,
    PackageState.READY: 3,
}


def _stages(package: Package) -> tuple[Stage, ...]:
    state = PackageState(package.state)
    if state in _REACHED:
        reached, at_it = _REACHED[state], "now" if state != PackageState.RECEIVED else "next"
    else:
        reached, at_it = (2 if package.report.get("passed") else 1), "failed"
    words = {"done": "Done", "now": "Under way", "next": "Not yet", "failed": state.label}
    statuses = ["done" if at < reached else at_it if at == reached else "next" for at in range(len(_TITLES))]
    return tuple(Stage(title, status, words[status]) for title, status in zip(_TITLES, statuses, strict=True))
