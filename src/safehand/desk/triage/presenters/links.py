"""Other reports in words: what the desk noticed, what officers said of the two, and no more than may be known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse

from safehand.desk.cases.models import Case
from safehand.desk.core import say
from safehand.desk.intake.models import Notice, TraceOf
from safehand.desk.officers.models import Officer
from safehand.desk.triage.linking import SENT_AFTER, Alike, alike_of, decided_of, history_of, who_is_on
from safehand.desk.triage.models import Link, Together
from safehand.desk.triage.suggesting import notices_before

_WHY: Final[dict[str, Callable[[int], str]]] = {
    SENT_AFTER: lambda _: "The holder sent one of them as an addition to the other.",
    TraceOf.FILE: lambda many: f"{_are(many, 'source file')} the same in both, byte for byte.",
    TraceOf.ACCOUNT: lambda many: f"{say.counted(many, 'account')} {_write(many)} in both.",
    TraceOf.WORDS: lambda many: f"{say.counted(many, 'longer message')} have the same words in both.",
}


@dataclass(frozen=True, slots=True)
class OtherReport:
    """The other of two reports. ``link`` is empty for an officer who may not open it: a reference and who is on it."""

    reference: str
    owners: str
    link: str


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """What the desk noticed of another report, and nobody decided yet."""

    other: OtherReport
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """What an officer said of two reports. ``reason`` is empty where it stands in a case that is not this officer's."""

    other: OtherReport
    words: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class NoticeBefore:
    """An urgent notice that the holder sent before this report: its answers count for the grade."""

    reference: str
    state: str
    link: str


@dataclass(frozen=True, slots=True)
class LinksPage:
    """All of one report."""

    linked: tuple[LinkRow, ...]
    noticed: tuple[AlikeRow, ...]
    history: tuple[LinkRow, ...]
    notices: tuple[NoticeBefore, ...]


def links_shown(officer: Officer, case: Case) -> LinksPage:
    """Read after the custody entry of the page was written."""
    decided = decided_of(case)
    known = {link.beside(case).pk for link in decided}
    noticed = [alike for alike in alike_of(case) if alike.other.pk not in known]
    history = history_of(case)
    others = _others(officer, [*(link.beside(case) for link in history), *(alike.other for alike in noticed)])
    readable = {pk for pk, other in others.items() if other.link} | {case.pk}
    return LinksPage(
        linked=tuple(_row(link, case, others, readable) for link in decided if link.together != Together.APART),
        noticed=tuple(AlikeRow(others[alike.other.pk], why_words(alike)) for alike in noticed),
        history=tuple(_row(link, case, others, readable) for link in history),
        notices=tuple(_notice(notice) for notice in notices_before(case)),
    )


def why_words(alike: Alike) -> tuple[str, ...]:
    """Why the desk noticed it, a sentence each."""
    return tuple(_WHY[kind](many) for kind, many in alike.why)


def _others(officer: Officer, cases: Iterable[Case]) -> dict[int, OtherReport]:
    wanted = {case.pk: case for case in cases}
    readable = set(Case.objects.readable_by(officer).filter(pk__in=wanted).values_list("pk", flat=True))
    on = who_is_on(wanted)
    return {
        pk: OtherReport(
            case.reference,
            ", ".join(on[pk]) or "nobody yet",
            reverse("triage:triage", args=[case.reference]) if pk in readable else "",
        )
        for pk, case in wanted.items()
    }


def _row(link: Link, case: Case, others: dict[int, OtherReport], readable: set[int]) -> LinkRow:
    reason = link.reason if link.written_in_id in readable else ""
    words = Together(link.together).label
    return LinkRow(others[link.beside(case).pk], words, link.by.reference, link.at, reason)


def _notice(notice: Notice) -> NoticeBefore:
    reference = notice.arrival.desk_reference
    return NoticeBefore(reference, notice.get_state_display(), reverse("intake:notice", args=[reference]))


def _are(many: int, what: str) -> str:
    return f"{say.counted(many, what)} {'is' if many == 1 else 'are'}"


def _write(many: int) -> str:
    return "writes" if many == 1 else "write"
