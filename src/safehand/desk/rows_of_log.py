"""Whether what was decided still is what the custody log says was decided (core/kept.py, docs/spec/custody-log.md).

    problems_of_rows()     a sentence for each entry whose row was changed or is gone, one for rows that no entry made

Rows that are kept are written once, so each entry that holds the digest of one finds it as it was. Those that are ended
later (who is on a case, roles, broken glass) are asked by rows_ended_later.py. An entry of before rows had digests says
nothing of its row: as many rows as there are such entries may stand there without one. A table of rules is kept once,
and every suggestion that was made by it speaks of it: one that none speaks of decided nothing, and is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from django.apps import apps

from safehand.desk.core import say
from safehand.desk.core.kept import Kept, row_digest, rows_digest
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Entry, parse_entry
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.points.models import Entry as PointEntry
from safehand.desk.points.models import EntryCites
from safehand.desk.rows_ended_later import CHANGED, ENDED_LATER, OTHER_KEY, problems_of_standing
from safehand.desk.triage.models import RulesUsed
from safehand.errors import CannotRead

OF_BEFORE: Final = frozenset(
    {
        *(Verb.GRADE_SUGGESTED, Verb.GRADE_GIVEN, Verb.REPORT_TAGGED, Verb.WORK_BEGUN, Verb.WORK_TAKEN_OVER),
        *(Verb.WORK_PUT_DOWN, Verb.ASSESSMENT_MADE, Verb.TRIAGE_LEFT, Verb.MEETING_CONFIRMED, Verb.MEETING_TAKEN_BACK),
        *(Verb.NOTE_WRITTEN, Verb.NOTE_READ, Verb.REPORTS_LINKED, Verb.REPORTS_PARTED, Verb.OFFICER_ENDED),
        *(Verb.MESSAGE_CITED, Verb.CITATION_FOLLOWED, Verb.CITATION_TAKEN_BACK),
        *(Verb.ACCOUNT_RECORDED, Verb.CONDUCT_WRITTEN, Verb.CHECKLIST_ANSWERED),
        *(Verb.OFFENCE_CHOSEN, Verb.OFFENCE_TAKEN_BACK, Verb.POINT_ENTERED, Verb.POINT_FOLLOWED, Verb.POINT_TAKEN_BACK),
    }
)
"""Verbs that made kept rows before their entries held digests."""

_AT_A_TIME: Final = 1000


def problems_of_rows() -> Iterator[str]:
    """A sentence each. Nothing is changed, and no word of any row is said."""
    said, of_before = _said()
    rows = {model: [row_digest(row) for row in model._default_manager.iterator()] for model in _kept()}  # noqa: SLF001  Django's word
    there = {
        *chain.from_iterable(rows.values()),
        *(rows_digest(entry.cites.all()) for entry in PointEntry.objects.iterator()),
    }
    if said and not there & set(said):
        yield OTHER_KEY
        return
    yield from problems_of_standing()
    for digest, sequence in said.items():
        if digest not in there:
            yield f"custody log, entry {sequence}: {CHANGED}"
    unknown = sum(digest not in said for model, found in rows.items() if model is not RulesUsed for digest in found)
    if unknown > of_before:
        rows_there = say.counted(unknown, "row")
        yield f"What was decided: {rows_there} without an entry, of which the log explains {say.count(of_before)}."


def _kept() -> list[type[Kept]]:
    """What an entry rests on is asked as a whole, with the entry."""
    return [model for model in apps.get_models() if issubclass(model, Kept) and model is not EntryCites]


def _said() -> tuple[dict[str, int], int]:
    """The digests of kept rows, each with the entry that says it; and how many entries made a row and hold none."""
    said: dict[str, int] = {}
    of_before = 0
    for row in CustodyEntry.objects.order_by("sequence").iterator(chunk_size=_AT_A_TIME):
        try:
            entry = parse_entry(bytes(row.canonical))
        except CannotRead:
            continue  # which the log's own check says (custody/chain.py)
        for digest in _digests(entry):
            said.setdefault(digest, entry.sequence)
        of_before += entry.verb in OF_BEFORE and "row" not in entry.details
    return said, of_before


def _digests(entry: Entry) -> Iterator[str]:
    if entry.verb in ENDED_LATER:
        return
    for name in ("row", "rules", "cites"):
        digest = entry.details.get(name)
        if isinstance(digest, str):
            yield digest
