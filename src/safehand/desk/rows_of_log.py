"""Whether what was decided still is what the custody log says was decided (core/kept.py, docs/spec/custody-log.md).

    problems_of_rows()     a sentence for each entry whose row was changed or is gone, one for rows that no entry made

Rows that are kept are written once, so each entry that holds the digest of one finds it as it was. Those that are ended
later (who is on a case, roles, broken glass) are asked by rows_ended_later.py. An entry of before rows had digests says
nothing of its row: as many rows of a kind as there are such entries may stand there without one, until the next start
of the desk writes one digest of them all into the log (rows_of_before.py). From then on they must be the same rows. A
table of rules is kept once, and every suggestion that was made by it speaks of it: one that none speaks of decided
nothing, and is not counted.

Words that were erased with their case have an entry with both digests of the row (``words.erased``): from then on the
row must be as that entry says. One that was blanked otherwise is found like any other change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

from django.apps import apps

from safehand.desk.cases.models import LeftCase
from safehand.desk.conduct.models import AccountRecord, ChecklistAnswer, ReviewStep
from safehand.desk.core import say
from safehand.desk.core.kept import Kept, digest_of_all, row_digest, rows_digest
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Entry, parse_entry
from safehand.desk.custody.models import (
    CustodyEntry,
    LogAuthority,
    LogCheckpoint,
    LogCosignature,
    LogKeyEnded,
    LogSplitView,
    LogTimestamp,
)
from safehand.desk.points.models import Chosen, EntryCites
from safehand.desk.points.models import Entry as PointEntry
from safehand.desk.review.models import Citation
from safehand.desk.rows_ended_later import CHANGED, ENDED_LATER, GLASS_ROW, OTHER_KEY, problems_of_standing
from safehand.desk.triage.meeting_models import MeetingSaid
from safehand.desk.triage.models import (
    Assessment,
    Grading,
    LeftAgain,
    LeftTriage,
    Link,
    RulesUsed,
    ShiftNote,
    ShiftNoteRead,
    Suggested,
    Tagging,
    Turn,
)
from safehand.errors import CannotRead

OF_BEFORE: Final[dict[Verb, tuple[type[Kept], ...]]] = {
    Verb.GRADE_SUGGESTED: (Suggested,),
    Verb.GRADE_GIVEN: (Grading,),
    Verb.REPORT_TAGGED: (Tagging,),
    **dict.fromkeys((Verb.WORK_BEGUN, Verb.WORK_TAKEN_OVER, Verb.WORK_PUT_DOWN), (Turn,)),
    Verb.ASSESSMENT_MADE: (Assessment,),
    Verb.TRIAGE_LEFT: (LeftTriage, LeftAgain),
    **dict.fromkeys((Verb.MEETING_CONFIRMED, Verb.MEETING_TAKEN_BACK), (MeetingSaid,)),
    Verb.NOTE_WRITTEN: (ShiftNote,),
    Verb.NOTE_READ: (ShiftNoteRead,),
    **dict.fromkeys((Verb.REPORTS_LINKED, Verb.REPORTS_PARTED), (Link,)),
    Verb.OFFICER_ENDED: (LeftCase,),
    **dict.fromkeys((Verb.MESSAGE_CITED, Verb.CITATION_FOLLOWED, Verb.CITATION_TAKEN_BACK), (Citation,)),
    Verb.ACCOUNT_RECORDED: (AccountRecord,),
    Verb.CONDUCT_WRITTEN: (ReviewStep,),
    Verb.CHECKLIST_ANSWERED: (ChecklistAnswer,),
    **dict.fromkeys((Verb.OFFENCE_CHOSEN, Verb.OFFENCE_TAKEN_BACK), (Chosen,)),
    **dict.fromkeys((Verb.POINT_ENTERED, Verb.POINT_FOLLOWED, Verb.POINT_TAKEN_BACK), (PointEntry,)),
}
"""Verbs that made kept rows before their entries held digests, each with the kind of its row."""

OTHERS: Final = "Rows of before entries held digests were changed since, put in or taken away."

_Models: TypeAlias = tuple[type[Kept], ...]
_KIND: Final = {model: kind for kind in OF_BEFORE.values() for model in kind}

_AT_A_TIME: Final = 1000


def problems_of_rows() -> Iterator[str]:
    """A sentence each. Nothing is changed, and no word of any row is said."""
    told, rows = _told(), _digests_of_rows()
    there = {
        *chain.from_iterable(rows.values()),
        *(rows_digest(entry.cites.all()) for entry in PointEntry.objects.iterator()),
    }
    if told.said and not there & set(told.said):
        yield OTHER_KEY
        return
    yield from problems_of_standing()
    for digest, sequence in told.said.items():
        if digest not in there:
            yield f"custody log, entry {sequence}: {CHANGED}"
    unknown = _unknown(rows, told)
    if told.sealed is None:
        yield from _more_than_told(unknown, told)
    elif told.sealed.details.get("digest") != digest_of_all(_as_sealed(unknown)):
        yield f"custody log, entry {told.sealed.sequence}: {OTHERS}"


def rows_of_before() -> tuple[str, ...] | None:
    """The digests of rows that no entry speaks of. None where the log explains fewer, or one digest was written."""
    told, rows = _told(), _digests_of_rows()
    unknown = _unknown(rows, told)
    if told.sealed is not None or list(_more_than_told(unknown, told)):
        return None
    return _as_sealed(unknown)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the log says of kept rows."""

    said: Mapping[str, int]
    """Digests, each with the entry that says it."""
    of_before: Counter[_Models]
    """How many entries of each kind hold none."""
    sealed: Entry | None
    """The one that holds a digest of all rows of before."""
    was: Mapping[str, str]
    """Of rows whose words were erased: the digest now, and the one before."""
    gone: frozenset[str]
    """Digests that an entry held of a row before its words were erased."""


def _kept() -> list[type[Kept]]:
    """What an entry rests on is asked as a whole, with the entry."""
    signed = {
        LogCheckpoint,
        LogCosignature,
        LogAuthority,
        LogTimestamp,
        LogSplitView,
        LogKeyEnded,
    }  # the log itself, and who else signed it
    apart = {EntryCites, *signed}  # and rows of another row
    return [model for model in apps.get_models() if issubclass(model, Kept) and model not in apart]


def _digests_of_rows() -> dict[type[Kept], list[str]]:
    return {model: [row_digest(row) for row in model._default_manager.iterator()] for model in _kept()}  # noqa: SLF001  Django's word


def _unknown(rows: Mapping[type[Kept], Iterable[str]], told: _Told) -> dict[type[Kept], list[str]]:
    """Those that no entry speaks of; with the digest that they had before their words were erased, if they were."""
    before = {model: [told.was.get(digest, digest) for digest in found] for model, found in rows.items()}
    return {
        model: [digest for digest in found if digest not in told.said and digest not in told.gone]
        for model, found in before.items()
        if model is not RulesUsed
    }


def _as_sealed(unknown: Mapping[type[Kept], Iterable[str]]) -> tuple[str, ...]:
    """With what entries for points rest on."""
    entries = set(unknown[PointEntry])
    cites = (rows_digest(entry.cites.all()) for entry in PointEntry.objects.iterator() if row_digest(entry) in entries)
    return tuple(sorted([*chain.from_iterable(unknown.values()), *cites]))


def _more_than_told(unknown: Mapping[type[Kept], list[str]], told: _Told) -> Iterator[str]:
    found: Counter[_Models] = Counter()
    for model, digests in unknown.items():
        found[_KIND.get(model, (model,))] += len(digests)
    more = sum((found - told.of_before).values())  # kind by kind: a note of before explains no grade
    if more:
        explained = sum(found.values()) - more
        rows_there = say.counted(more + explained, "row")
        yield f"What was decided: {rows_there} without an entry, of which the log explains {say.count(explained)}."


def _told() -> _Told:
    said: dict[str, int] = {}
    of_before: Counter[_Models] = Counter()
    sealed: Entry | None = None
    was: dict[str, str] = {}
    gone: set[str] = set()
    for row in CustodyEntry.objects.order_by("sequence").iterator(chunk_size=_AT_A_TIME):
        try:
            entry = parse_entry(bytes(row.canonical))
        except CannotRead:
            continue  # which the log's own check says (custody/chain.py)
        if entry.verb is Verb.WORDS_ERASED:
            before, now = str(entry.details["was"]), str(entry.details["row"])
            was[now] = before
            gone |= {before} if said.pop(before, None) is not None else set()
        for digest in _digests(entry):
            said.setdefault(digest, entry.sequence)
        if entry.verb in OF_BEFORE and "row" not in entry.details:
            of_before[OF_BEFORE[entry.verb]] += 1
        if entry.verb is Verb.ROWS_OF_BEFORE:
            sealed = sealed or entry  # the first: whoever could write a second would have it fit
    of_before[(Link,)] //= 2  # each of the two reports has the entry
    return _Told(said, of_before, sealed, was, frozenset(gone))


def _digests(entry: Entry) -> Iterator[str]:
    if entry.verb in ENDED_LATER or (entry.verb is Verb.WORDS_ERASED and entry.details.get("of") == GLASS_ROW):
        return
    for name in ("row", "rules", "cites"):
        digest = entry.details.get(name)
        if isinstance(digest, str):
            yield digest
