"""Where words about a case lie sealed under the desk's own key: with the case they are overwritten, row by row.

    erase_words(case, clock)       how many rows; one custody entry each

Words under the case's key need nothing: they open no more when it is destroyed. Each row that is overwritten has an
entry with its digest as it was and as it is now (core/kept.py), so that ``safehand desk check`` goes on comparing every
row with the log, and finds one that was blanked without this. The digest of the words says nothing to who has no key.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.db.models import BinaryField, Value

from safehand.desk.cases.models import Case, GlassBroken
from safehand.desk.core.clock import Clock
from safehand.desk.core.kept import row_digest
from safehand.desk.core.sealed_field import ERASED, ERASED_BYTES
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.keeping.models import RepairAsked
from safehand.desk.retention.models import Hold, Reviewed
from safehand.desk.triage.meeting_models import MeetingPast
from safehand.desk.triage.models import Assessment, Grading, Link, Turn
from safehand.desk.triage.shift import notes_that_name


@dataclass(frozen=True, slots=True)
class Words:
    """A column, and how its rows reach the case that they are of."""

    model: type[models.Model]
    column: str
    of: str = "case"


WORDS: Final = (
    Words(GlassBroken, "reason"),
    Words(Grading, "reason"),
    Words(Turn, "reason"),
    Words(Assessment, "answers"),
    Words(Link, "reason", of="written_in"),
    Words(MeetingPast, "reason"),
    Words(Reviewed, "reason"),
    Words(Hold, "reason"),
    Words(RepairAsked, "reason"),
)
"""Every column of sealed_field.py but those of an erasure itself (models.py says why)."""

TABLES: Final = (
    *("cases_case", "cases_package", "intake_trace", "triage_standing", "triage_shiftnote"),
    *(words.model._meta.db_table for words in WORDS),  # noqa: SLF001  Django's word
)
"""Tables of which an erasure changes or deletes rows."""


def erase_words(case: Case, actor: str, clock: Clock) -> int:
    """Overwrite them. How many rows. In the transaction of the erasure, and nowhere else."""
    found = [*_of(case), *((note, "sealed_words") for note in notes_that_name(case.reference))]
    for row, column in found:
        was, kind = _states(row), str(row._meta.model_name)  # noqa: SLF001  Django's word
        _overwrite(row, column)
        row.refresh_from_db()
        for before, now in zip(was, _states(row), strict=True):
            record(
                Verb.WORDS_ERASED,
                actor=actor,
                case=case.reference,
                record="case",
                details={"of": kind, "was": before, "row": now},
                clock=clock,
            )
    return len(found)


def _of(case: Case) -> Iterator[tuple[models.Model, str]]:
    for words in WORDS:
        for row in words.model._default_manager.filter(**{words.of: case}):  # noqa: SLF001  Django's word
            if getattr(row, words.column) not in ("", {}, ERASED):
                yield row, words.column


def _overwrite(row: models.Model, column: str) -> None:
    # Past KeptRows, which refuses: this is the one place where a row that is kept is changed.
    rows: models.QuerySet[models.Model] = models.QuerySet(model=type(row)).filter(pk=row.pk)
    rows.update(**{column: Value(ERASED_BYTES, output_field=BinaryField())})


def _states(row: models.Model) -> tuple[str, ...]:
    """Its digest; of broken glass also as it was before a supervisor knew, which has an entry too."""
    if not isinstance(row, GlassBroken) or row.known_at is None:
        return (row_digest(row),)
    before = copy(row)
    before.known_at = before.known_by = None
    return (row_digest(before), row_digest(row))
