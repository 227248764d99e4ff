"""Taking a package in: kept, a case opened for it, and the work of checking and reading it put in the queue.

    with store.begin(largest) as incoming:
        ... incoming.write(chunk) ...
        received = receive(officer, incoming)
    received.package.case.reference      SH-7K3M9QXAR

The browser, the shell and the sample desk all come through ``receive``. The same bytes a second time are recognised:
nothing is stored twice, no second case is opened, and the log says that it happened.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.http import Http404

from safehand.casefile.key import new_case_key, wrap_case_key
from safehand.desk.cases.models import Case, CaseOfficer, Package, PackageState
from safehand.desk.cases.opening import can_be_opened, is_read_as_now, was_read_with_words
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.core.reference import new_reference
from safehand.desk.core.state import State
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.copies import note_kept
from safehand.desk.custody.entry import Details
from safehand.desk.custody.evidence_store import Incoming, Kept
from safehand.desk.intake.tasks import process_package
from safehand.desk.intake.word_list import about_word_list
from safehand.desk.officers.holding import check_may, may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.signing.keys import load_desk_public


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a package that was handed in. ``new`` is False when the desk had these bytes already."""

    package: Package
    new: bool


class Again(StrEnum):
    """Why a package may be read again."""

    STOPPED = "stopped"
    """The desk had trouble of its own."""
    LOST = "lost"
    """Its case file, which is only derived, does not open."""
    READ_OTHERWISE = "read_otherwise"
    """Another version read it, and this one may make other rows of the same bytes."""
    WITHOUT_WORDS = "without_words"
    """The desk had no list of words then, and has one now."""


def receive(
    officer: Officer,
    incoming: Incoming,
    *,
    clock: Clock = system_clock,
    random_bits: Callable[[int], int] = secrets.randbits,
) -> Received:
    """Keep the package, open a case for it with this officer on it, and queue the work. Or recognise it."""
    check_may(officer, Ability.HAND_IN)
    state: State = settings.STATE
    recipients = load_desk_public(state.desk_public).recipients
    kept = incoming.keep()
    with recorded():
        in_turn()  # or two officers with the same file could both find that nobody has it
        return _recognise(officer, kept, clock) or _take_in(officer, kept, recipients, clock, random_bits)


def try_again(officer: Officer, case: Case, *, clock: Clock = system_clock) -> None:
    """Put a package back in the queue when there is a reason to (``why_again``). Http404 when there is none."""
    check_may(officer, Ability.SEE_REPORTS)
    with recorded():
        package = Package.objects.select_for_update().get(case=case)
        if why_again(officer, package) is None:
            raise Http404
        _record(Verb.PACKAGE_TRIED_AGAIN, officer, package, clock)
        _begin_again(package)


def read_all_again(actor: str, *, clock: Clock = system_clock) -> int:
    """Put every package that was read back in the queue, the latest first: no case file is there. How many."""
    with recorded():
        packages = list(Package.objects.filter(state=PackageState.READY).select_related("case"))
        for package in packages:
            _begin_again(package)
            _enter(Verb.PACKAGE_TRIED_AGAIN, actor, package, clock, {})
    return len(packages)


def show_report(officer: Officer, case: Case, *, clock: Clock = system_clock) -> Package:
    """The package with what was found in it. Its problems name files of the package, so looking is recorded, once
    it is finished; a page that only waits for the worker asks every other second and shows no evidence.
    """
    check_may(officer, Ability.SEE_REPORTS)
    package = case.package
    if package.finished:
        with recorded():
            _record(Verb.REPORT_SHOWN, officer, package, clock)
    return package


def why_again(officer: Officer, package: Package) -> Again | None:
    """The reason for which this officer may have it read again, or None. The desk never does so by itself.

    Whether its case file opens is tried with the case's key: never for an officer who may not read messages.
    """
    if package.state == PackageState.STOPPED:
        return Again.STOPPED
    if package.state != PackageState.READY or not may(officer, Ability.READ_MESSAGES):
        return None
    if not can_be_opened(package.case):
        return Again.LOST
    if not is_read_as_now(package.case):
        return Again.READ_OTHERWISE
    return Again.WITHOUT_WORDS if not was_read_with_words(package.case) and not about_word_list() else None


def _recognise(officer: Officer, kept: Kept, clock: Clock) -> Received | None:
    known = Package.objects.filter(sha256=kept.sha256, case__erased_at=None).select_related("case").first()
    if known is None:
        return None
    # The entry stands under no case: an officer who is not on it must not find its reference in the log.
    record(Verb.PACKAGE_RECOGNISED, actor=officer.actor, record=f"package:{kept.sha256}", clock=clock)
    return Received(known, new=False)


def _take_in(
    officer: Officer, kept: Kept, recipients: tuple[str, ...], clock: Clock, random_bits: Callable[[int], int]
) -> Received:
    at = moment(clock())
    case = Case.objects.create(
        reference=_unused_reference(random_bits),
        opened_at=at,
        opened_by=officer,
        wrapped_key=wrap_case_key(new_case_key(), recipients),
    )
    row = CaseOfficer.objects.create(case=case, officer=officer, since=at, added_by=officer)
    package = Package.objects.create(case=case, sha256=kept.sha256, size=kept.size, received_at=at, received_by=officer)
    said: Details = {"row": row_digest(row)}
    record(Verb.CASE_OPENED, actor=officer.actor, case=case.reference, record="case", details=said, clock=clock)
    note_kept(kept.sha256, kept.size, clock)
    _record(Verb.PACKAGE_RECEIVED, officer, package, clock, bytes=kept.size)
    _queue(package)
    return Received(package, new=True)


def _begin_again(package: Package) -> None:
    package.state = PackageState.RECEIVED
    package.why = ""
    package.attempt = ""
    package.finished_at = None
    package.save(update_fields=["state", "why", "attempt", "finished_at"])
    _queue(package)


def _queue(package: Package) -> None:
    package.task = process_package.enqueue(package.pk).id
    package.save(update_fields=["task"])


def _unused_reference(random_bits: Callable[[int], int]) -> str:
    while True:
        reference = new_reference(random_bits)
        if not Case.objects.filter(reference=reference).exists():
            return reference


def _record(verb: Verb, officer: Officer, package: Package, clock: Clock, **details: int) -> None:
    _enter(verb, officer.actor, package, clock, {**details})


def _enter(verb: Verb, actor: str, package: Package, clock: Clock, details: Details) -> None:
    record(
        verb,
        actor=actor,
        case=package.case.reference,
        record=f"package:{package.sha256}",
        details=details,
        clock=clock,
    )
