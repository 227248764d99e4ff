"""The files of an erased case are taken off the disk, and what the database kept of its rows is written over.

    sweep(answer)              at once, when an erasure was confirmed
    sweep_erased(clock)        a chore: what a crash, a full disk or a busy database left

Each step may be done again: what is gone already is no error. That it is done is an entry, made when it is.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from django.conf import settings
from django.db import connection

from safehand.desk.cases.models import Case, Package
from safehand.desk.cases.opening import case_file_path
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.free_pages import forget_old_pages
from safehand.desk.core.kept import row_digest
from safehand.desk.core.state import State
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.destroying import overwrite_and_unlink
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.folder import LocationAway
from safehand.desk.custody.location import Location, the_second
from safehand.desk.intake.models import Arrival
from safehand.desk.retention.erasing import arrivals_of
from safehand.desk.retention.models import ErasureAnswered, Swept
from safehand.desk.retention.words_of_case import TABLES
from safehand.errors import CannotWrite

ACTOR: Final = "desk:worker"

log = logging.getLogger("safehand.desk.retention")

Forget = Callable[[Sequence[str]], None]


def sweep_erased(clock: Clock = system_clock) -> int:
    """Every case that was erased and not swept. How many were."""
    waiting = ErasureAnswered.objects.filter(confirmed=True, swept=None).select_related("asked__case__package")
    done = 0
    for answer in waiting:
        try:
            sweep(answer, clock=clock)
        except (CannotWrite, LocationAway) as problem:
            log.warning("an erased case is not swept yet: %s", problem.code)
        else:
            done += 1
    return done


def problems_of_erasures() -> Iterator[str]:
    """A sentence for each case whose key was destroyed and whose files may still be here."""
    waiting = ErasureAnswered.objects.filter(confirmed=True, swept=None).select_related("asked__case")
    for answer in waiting:
        yield f"{answer.asked.case.reference}: It was erased, and its files are not all gone. A worker goes on with it."


def sweep(answer: ErasureAnswered, *, clock: Clock = system_clock, forget: Forget | None = None) -> Swept:
    """Take the files away. CannotWrite, LocationAway where one will not go just now: the chore goes on."""
    case = answer.asked.case
    files = _files(case)
    if connection.in_atomic_block and forget is None:
        raise CannotWrite("Old pages are written over outside a transaction.", todo="It is tried again.")
    (forget or forget_old_pages)(TABLES)
    with recorded():
        in_turn()
        known = Swept.objects.filter(pk=answer.pk).first()
        if known is not None:
            return known
        row = Swept.objects.create(answer=answer, files=files, at=moment(clock()))
        record(
            Verb.CASE_SWEPT,
            actor=ACTOR,
            case=case.reference,
            record=f"package:{case.package.sha256}",
            details={"files": files, "row": row_digest(row)},
            clock=clock,
        )
    return row


def _files(case: Case) -> int:
    """How many files were there and are gone."""
    state: State = settings.STATE
    stores: list[Location] = [EvidenceStore(state), *_elsewhere()]
    sealed = {case.package.sha256, *(each.sha256 for each in arrivals_of(case))}
    alone = sorted(sha256 for sha256 in sealed if not _is_kept_for_another(sha256))
    gone = sum(store.destroy(sha256) for store in stores for sha256 in alone)
    place = case_file_path(case)
    gone += sum(overwrite_and_unlink(path) for path in place.parent.glob(f"{place.name}*"))  # one that was cut off, too
    for left in state.work.glob(f"{case.reference}-*"):
        shutil.rmtree(left)
        gone += 1
    return gone


def _elsewhere() -> list[Location]:
    second = the_second(settings.MIRROR)
    if second is None:
        return []
    if not second.mark():
        raise LocationAway("The second location is not there: what it holds of the case is taken away once it is.")
    return [second]


def _is_kept_for_another(sha256: str) -> bool:
    """The same bytes may have been handed in anew since: they are another case's."""
    again = Package.objects.filter(sha256=sha256, case__erased_at=None)
    return again.exists() or Arrival.objects.filter(sha256=sha256, erased_at=None).exists()
