"""Showing whether a record is whole: the verbs beside those of actions.py, kept by the same rules.

shown = list_gaps(officer, case)                 the entry is on the disk before the page exists
shown = read_sides(officer, case, 1)             two exports of one conversation, beside each other
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from django.http import Http404

from safehand.analysis.overlap import Row, Verdict
from safehand.casefile import whole
from safehand.casefile.read import CaseFile
from safehand.casefile.views import CaseConversation, Line
from safehand.casefile.whole import StoredOverlap, StoredRow
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import check_on_it, enter
from safehand.desk.review.covering import cover, hard_among
from safehand.desk.review.shown import Side, Sides, WholeShown

GAPS: Final = 200
"""Gaps on a page."""

ROWS: Final = 60
"""Stretches of two sides on a page."""

OF_A_STRETCH: Final = 20
"""Messages shown of a stretch that only one side has; a link leads to the rest."""

OF_THE_SAME: Final = 1
"""Messages shown at each end of a stretch that is the same: enough to know where one is."""


def list_gaps(officer: Officer, case: Case, after: int = 0, *, clock: Clock = system_clock) -> WholeShown:
    """Where the record may not be whole. ``after`` is the number of the last gap of the page before."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        found = whole.gaps(casefile, after, GAPS + 1)
        if after and not found:
            raise Http404
        shown = WholeShown(case, whole.gap_counts(casefile), found[:GAPS], len(found) > GAPS, whole.overlaps(casefile))
        counts: Details = {"gaps": len(shown.gaps), "pairs": len(shown.overlaps)}
        enter(Verb.GAPS_LISTED, officer, case, "case", counts, clock)
    return shown


def read_sides(officer: Officer, case: Case, pair: int, after: int = 0, *, clock: Clock = system_clock) -> Sides:
    """Two exports of one conversation, from the stretch behind position ``after``."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        overlap = whole.overlap(casefile, pair)
        if overlap is None:
            raise Http404
        a, b = _conversation(casefile, overlap.a), _conversation(casefile, overlap.b)
        rows = whole.overlap_rows(casefile, pair, after, ROWS + 1)
        if not rows:
            raise Http404
        sides = tuple(_side(casefile, overlap, stored) for stored in rows[:ROWS])
        people = (*casefile.participants(overlap.a), *casefile.participants(overlap.b))
        messages = sum(len(side.a) + len(side.b) for side in sides)
        enter(
            Verb.SIDES_SHOWN,
            officer,
            case,
            f"conversation:{overlap.a}",
            {"beside": overlap.b, "after": after, "messages": messages},
            clock,
        )
        covered = cover(officer, hard_among(casefile, _places(overlap, sides)), clock)
    return Sides(case, overlap, a, b, sides, len(rows) > ROWS, people, covered)


def _places(overlap: StoredOverlap, sides: Iterable[Side]) -> Iterator[tuple[int, int]]:
    for side in sides:
        yield from ((overlap.a, line.number) for line in side.a)
        yield from ((overlap.b, line.number) for line in side.b)


def _conversation(casefile: CaseFile, number: int) -> CaseConversation:
    found = casefile.conversation(number)
    if found is None:
        raise Http404
    return found


def _side(casefile: CaseFile, overlap: StoredOverlap, stored: StoredRow) -> Side:
    row = stored.row
    return Side(stored.position, row, _lines(casefile, overlap.a, row.a, row), _lines(casefile, overlap.b, row.b, row))


def _lines(casefile: CaseFile, conversation: int, first: int | None, row: Row) -> tuple[Line, ...]:
    """The messages shown of one side: the first of those that differ or it alone has, the ends of what is the same."""
    if first is None:
        return ()
    if row.verdict is not Verdict.SAME:
        return casefile.page(conversation, first, min(row.length, OF_A_STRETCH))
    if row.length <= 2 * OF_THE_SAME:
        return casefile.page(conversation, first, row.length)
    last = first + row.length - OF_THE_SAME
    return (*casefile.page(conversation, first, OF_THE_SAME), *casefile.page(conversation, last, OF_THE_SAME))
