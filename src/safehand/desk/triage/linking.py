"""Reports that belong together: linked by an officer, never merged, and parted again in one act.

    alike_of(case)                                     what the desk itself notices, with the reason
    decide(officer, case, other, Together.SAME, "…")   this officer's word on the two, from now on
    decided_of(case)                                   every pair that somebody decided on, by its newest word

Nothing is put together: each report keeps its package, its key, its grade and its officers. Who is on one of two and
not on the other learns that other's reference and who is on it, and nothing else (cases/models.py: need to know).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.http import Http404

from safehand.desk.cases.glass import reason_digest
from safehand.desk.cases.models import Case, CaseOfficer
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import KeptRows, row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.intake.models import Arrival, Trace, TraceOf
from safehand.desk.officers.models import Officer
from safehand.desk.triage.asking import check_may_grade
from safehand.desk.triage.models import LONGEST_REASON, Link, Together
from safehand.errors import UsageError

SENTENCES: Final = 3
"""Messages that must be the same: one may be a saying, and two a coincidence."""

COMMON: Final = 10
"""What stands in more reports than this is everybody's: a file of every export, an account of the platform."""

SENT_AFTER: Final = "sent_after"
"""The holder sent it as an addition."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two reports that have something in common. ``why`` counts by what it is: a TraceOf, or SENT_AFTER."""

    other: Case
    why: tuple[tuple[str, int], ...]


def alike_of(case: Case) -> tuple[Alike, ...]:
    """What the desk notices, the most plain reason first. No message is read for it: traces stand in rows."""
    shared: dict[int, dict[str, int]] = defaultdict(dict)
    for other in _sent_with(case):
        shared[other][SENT_AFTER] = 1
    for kind, digests in _others(case).items():
        for other in {each for cases in digests for each in cases}:
            many = sum(other in cases for cases in digests)
            if many >= (SENTENCES if kind == TraceOf.WORDS else 1):
                shared[other][kind] = many
    order = (SENT_AFTER, *TraceOf.values)
    cases = Case.objects.filter(pk__in=shared).order_by("opened_at", "pk")
    found = [
        Alike(each, tuple((kind, shared[each.pk][kind]) for kind in order if kind in shared[each.pk])) for each in cases
    ]
    return tuple(sorted(found, key=lambda alike: order.index(alike.why[0][0])))


def decided_of(case: Case) -> tuple[Link, ...]:
    """The newest word on each pair, the latest first; the words before it stand as they were."""
    newest: dict[int, Link] = {}
    for link in _rows([case.pk]).select_related("one", "other", "by", "written_in"):
        newest[link.beside(case).pk] = link
    return tuple(sorted(newest.values(), key=lambda link: link.pk, reverse=True))


def history_of(case: Case) -> tuple[Link, ...]:
    """Every word on any pair of this report, the latest first."""
    return tuple(_rows([case.pk]).select_related("one", "other", "by", "written_in").order_by("-pk"))


def linked_with(cases: Iterable[int]) -> dict[int, int]:
    """How many reports each of these is linked with; none is left out."""
    wanted = list(cases)
    newest = {(one, other): together for one, other, together in _rows(wanted).values_list("one", "other", "together")}
    linked = [pair for pair, together in newest.items() if together != Together.APART]
    return {case: sum(case in pair for pair in linked) for case in wanted}


def who_is_on(cases: Iterable[int]) -> dict[int, list[str]]:
    """The officers on each, by reference, the first first: what may be told of a report that is somebody else's."""
    on: dict[int, list[str]] = {case: [] for case in cases}
    rows = CaseOfficer.objects.filter(case__in=on).order_by("since", "pk")
    for case, reference in rows.values_list("case_id", "officer__reference"):
        on[case].append(reference)
    return on


def decide(
    officer: Officer, case: Case, other: Case, together: Together, reason: str, *, clock: Clock = system_clock
) -> Link:
    """Link the two, or part them. UsageError without a reason, or for one report; Http404 for what they may not name.

    An officer may name a report they are on, one that the desk noticed, and one that was decided on before: to be told
    of another that exists would tell them of a case they are not on.
    """
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON or case == other:
        raise UsageError(f"Two reports are linked or parted with a reason, in at most {LONGEST_REASON} characters.")
    check_may_grade(officer, case)
    if not may_name(officer, case, other):
        raise Http404
    with recorded():
        in_turn()
        one, two = sorted((case, other), key=lambda each: each.pk)
        link = Link.objects.create(
            one=one,
            other=two,
            together=together.value,
            at=moment(clock()),
            by=officer,
            written_in=case,
            reason=words,
        )
        verb = Verb.REPORTS_PARTED if together is Together.APART else Verb.REPORTS_LINKED
        said: Details = {"why": together.value, "reason": reason_digest(case, words), "row": row_digest(link)}
        for here, there in ((case, other), (other, case)):
            record(
                verb,
                actor=officer.actor,
                case=here.reference,
                record=f"case:{there.reference}",
                details=said,
                clock=clock,
            )
    return link


def may_name(officer: Officer, case: Case, other: Case) -> bool:
    """May this officer, who is on ``case``, be told that ``other`` is there?"""
    if Case.objects.for_officer(officer).filter(pk=other.pk).exists():
        return True
    known = {link.beside(case).pk for link in decided_of(case)} | {alike.other.pk for alike in alike_of(case)}
    return other.pk in known


def _rows(cases: list[int]) -> KeptRows[Link]:
    return Link.objects.filter(Q(one__in=cases) | Q(other__in=cases)).order_by("pk")


def _others(case: Case) -> dict[str, list[set[int]]]:
    traces = Trace.objects.filter(case=case)
    mine = set(traces.values_list("of", "digest"))
    rows = (
        Trace.objects.filter(digest__in=traces.values("digest"))
        .exclude(case=case)
        .values_list("of", "digest", "case_id")
    )
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for kind, digest, other in rows:
        if (kind, digest) in mine:
            found[kind, digest].add(other)
    by_kind: dict[str, list[set[int]]] = defaultdict(list)
    for (kind, _), cases in found.items():
        if len(cases) < COMMON:
            by_kind[kind].append(cases)
    return by_kind


def _sent_with(case: Case) -> set[int]:
    after = Arrival.objects.filter(case=case, follows__case__isnull=False).values_list("follows__case_id", flat=True)
    before = Arrival.objects.filter(follows__case=case, case__isnull=False).values_list("case_id", flat=True)
    return {*after, *before} - {case.pk}
