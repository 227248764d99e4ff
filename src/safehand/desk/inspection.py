"""Is all well? Everything that can be found out about a desk without changing anything.

inspect()      a sentence for each thing that is wrong; nothing when all is well
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from safehand.desk.cases.models import Package, PackageState
from safehand.desk.cases.opening import can_be_opened, case_file_path, is_whole
from safehand.desk.core.state import State
from safehand.desk.custody.auditing import problems_of_signed_log
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.publishing import problems_of_publishing
from safehand.desk.custody.stamping import problems_of_stamps
from safehand.desk.custody.witnessing import problems_of_witnesses
from safehand.desk.handover.actions import parcel_store
from safehand.desk.handover.models import Parcel, ParcelState
from safehand.desk.intake.models import Arrival, Notice
from safehand.desk.intake.word_list import about_word_list
from safehand.desk.keeping.checking import problems_of_copies
from safehand.desk.keys_shell import problems_of_keys
from safehand.desk.prepare import problems_of_settings
from safehand.desk.retention.sweeping import problems_of_erasures
from safehand.desk.rows_of_log import problems_of_rows
from safehand.errors import SafehandError
from safehand.model.digest import sha256_of_stream


def inspect() -> Sequence[str]:
    """Settings, database, stores, case files, the custody log, what was signed of it, and the rows it speaks of."""
    state: State = settings.STATE
    if not state.secret_key.exists():
        return [f"{state.root}: There is no desk here. Start one: safehand desk run --state {state.root}"]
    outdated = list(_migrations())
    found = [*problems_of_settings(), *outdated]
    if outdated:
        return found  # tables may be missing: nothing more can be asked
    found += [" ".join(about_word_list())] if settings.ROLE.opens and about_word_list() else []
    log = [*problems_of_log(), *problems_of_signed_log(state), *problems_of_stamps()]
    log += [*problems_of_witnesses(), *problems_of_publishing()]
    stores = [*problems_of_stores(), *problems_of_copies(), *problems_of_erasures()]
    return [*found, *_keys(), *stores, *log, *problems_of_rows()]


def _keys() -> Iterator[str]:
    """Whether what is sealed to desk.pub, and to each case's key, opens here."""
    state: State = settings.STATE
    if settings.ROLE.opens:
        try:
            yield from problems_of_keys(state)
        except SafehandError as problem:
            yield str(problem)


def problems_of_stores() -> Iterator[str]:
    """Packages, parcels and case files: each that is gone, or is not what it was."""
    yield from _evidence()
    yield from _parcels()
    yield from _case_files()


def _migrations() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield f"The database is of an older version ({len(waiting)} changes wait). Start the desk once to bring it up."


def _evidence() -> Iterator[str]:
    state: State = settings.STATE
    store = EvidenceStore(state)
    known = dict(Package.objects.filter(case__erased_at=None).values_list("sha256", "case__reference"))
    notices = Notice.objects.filter(arrival__erased_at=None)
    known |= dict(notices.values_list("arrival__sha256", "arrival__desk_reference"))
    for sha256, reference in sorted(known.items(), key=lambda pair: pair[1]):
        try:
            store.check(sha256)
        except SafehandError as problem:
            yield f"{reference}: {problem}"
    collected = set(Arrival.objects.filter(erased_at=None).values_list("sha256", flat=True))
    for name in store.names():
        if name not in known and name not in collected:
            yield f"{name}: This package lies in the evidence store and belongs to no case. Hand it in again."


def _parcels() -> Iterator[str]:
    """What waits on the public node: there, and as it came."""
    store = parcel_store()
    for parcel in Parcel.objects.filter(state=ParcelState.WAITING):
        try:
            with store.path(parcel.sha256).open("rb") as stream:
                same = sha256_of_stream(stream) == (parcel.sha256, parcel.size)
        except OSError:
            same = False
        if not same:
            yield f"{parcel.reference}: What waits for the desk is gone, or not what it was. Its holder has it still."


def _case_files() -> Iterator[str]:
    for package in Package.objects.filter(state=PackageState.READY).select_related("case"):
        if not case_file_path(package.case).exists():
            yield f"{package.case.reference}: Its case file is gone. Its report offers to make it again."
        elif not can_be_opened(package.case):
            yield f"{package.case.reference}: Its case file does not open. Its report offers to make it again."
        elif not is_whole(package.case):
            yield f"{package.case.reference}: Its case file is damaged. Taken away, its report offers to make it again."
    for package in Package.objects.filter(state=PackageState.STOPPED).select_related("case"):
        yield f"{package.case.reference}: Reading it stopped ({package.why}). Its report offers to try again."
