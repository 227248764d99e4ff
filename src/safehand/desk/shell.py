"""Running a desk and handing in, from the shell. Loaded by server.py once it is known where the desk is."""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from safehand.desk.cases.actions import put_on_case
from safehand.desk.cases.models import Package, PackageState
from safehand.desk.cases.not_read import not_read_of, nothing_to_read
from safehand.desk.cases.people import leave_all
from safehand.desk.core.counts import forget
from safehand.desk.core.reference import parse_reference
from safehand.desk.core.state import State
from safehand.desk.core.worker import work
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.intake.actions import receive
from safehand.desk.intake.reasons import reason_for
from safehand.desk.intake.word_list import about_word_list
from safehand.desk.officers import actions as officers
from safehand.desk.officers.actions import add_officer, find_officer
from safehand.desk.officers.holding import held_by, held_by_nobody
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import FIRST, held_of
from safehand.desk.prepare import alone, make_database, make_keys, make_ready, refuse_unless_safe, said_as
from safehand.desk.processes import Processes
from safehand.desk.sample.case import hand_in_sample
from safehand.desk.sample.officers import how_to_sign_in, make_officers, refuse_unless_sample
from safehand.desk.settings.places import Address
from safehand.errors import (
    CannotRead,
    CannotWrite,
    CheckFailed,
    NotRecognised,
    PackageDamaged,
    PackageFromTheFuture,
    SafehandError,
    UsageError,
    WrongKey,
)

FIRST_OFFICER: Final = "OFFICER1"

_KINDS: Final = {
    kind.code: kind for kind in (WrongKey, PackageDamaged, PackageFromTheFuture, CheckFailed, CannotRead, CannotWrite)
}
"""What a shell is told a package was refused or stopped for, by the code that the desk keeps."""

_WAIT: Final = 600.0
"""Seconds to wait for a desk that is running to read what was handed in."""


def serve(state: State, *, host: str, port: int, sample: bool, web: int | None, workers: int) -> None:
    """Everything that is missing is made, then the desk serves until it is told to stop."""
    address: Address = settings.ADDRESS
    with alone(state) as only_one:
        if not only_one:
            raise UsageError("A desk runs on this state directory already.", where=str(state.root))
        if not settings.ROLE.opens:
            _serve_node(state, host=host, port=port, web=web)
            return
        made_keys = make_keys(state)
        make_ready(state)
        _sweep(state.uploads)
        if sample:
            refuse_unless_sample(state)
        said = [] if sample else _first_officer()
        with _processes(state, host=host, port=port, called=address.host, web=web, workers=workers) as running:
            running.wait_until_it_answers()
            if sample:
                said = _sample_ready(state, address.origin, lambda: running.stopping)
            if not running.stopping:
                _tell(["", f"The desk is at {address.origin}", "", *said, *_about_keys(state, made=made_keys)])
                _tell(["", *about_word_list()] if about_word_list() else [])
                _tell(_about_roles())
                _tell(["", "Stop it with Ctrl-C."])
            running.watch()


def _serve_node(state: State, *, host: str, port: int, web: int | None) -> None:
    """The public node alone: no key is made here, no officer, and nothing is read."""
    if not state.desk_public.is_file():
        raise UsageError(
            "A public node needs the unit's desk.pub.",
            where=str(state.desk_public),
            todo="Bring it from the desk. Bring no other key: with one the node could open what it keeps.",
        )
    address: Address = settings.ADDRESS
    make_ready(state)
    _sweep(state.uploads)
    with _processes(state, host=host, port=port, called=address.host, web=web, workers=1) as running:
        running.wait_until_it_answers()
        if not running.stopping:
            _tell(["", f"The public node is at {address.origin}", "", "Stop it with Ctrl-C."])
        running.watch()


def _processes(state: State, **asked: Any) -> Processes:
    """With the port on which they are watched, where one was set. What is counted is counted from now on."""
    forget(state.counts)
    return Processes(metrics=settings.METRICS, **asked)


def work_here() -> None:
    """One worker beside a desk that runs, here or on another machine; until it is told to stop."""
    refuse_unless_safe()
    work()


def take_in(state: State, file: Path, officer: str | None) -> Mapping[str, str]:
    """Hand a file in, and see it through: by the desk that runs here, or by ourselves when none does."""
    _make_database_unless_it_runs(state)
    who = _who(officer)
    try:
        with file.open("rb") as stream, EvidenceStore(state).begin(settings.LARGEST_PACKAGE) as incoming:
            while chunk := stream.read(1 << 20):
                incoming.write(chunk)
            received = receive(who, incoming)
    except NotRecognised as err:
        raise NotRecognised(err.found, where=str(file), todo=err.todo) from err
    except OSError as err:
        raise CannotRead("The package cannot be opened.", where=str(file), todo=err.strerror or "") from err
    with alone(state) as nobody_else:
        if nobody_else:
            work(batch=True)
    package = _finished(received.package)
    _raise_unless_read(package)
    return {
        "reference": package.case.reference,
        "state": package.state,
        "sha256": package.sha256,
        "new": "yes" if received.new else "no, the desk had these bytes already",
        "not_read": _not_read(package),
    }


def look_after_officer(
    state: State, reference: str, *, name: str | None, reset: bool, retire: bool, case: str | None
) -> Sequence[str]:
    """One thing at a time: made, given new means to sign in, retired, or put on a case."""
    if sum([name is not None, reset, retire, case is not None]) != 1:
        raise UsageError("Say one thing to do with an officer.", todo="One of --name, --reset, --retire, --case.")
    _make_database_unless_it_runs(state)
    password = secrets.token_urlsafe(12)
    if name is not None:
        officer = add_officer(reference, name, password)
        return [*_handed_over(reference, password), *_held(officer)]
    known = find_officer(reference)
    if reset:
        officers.reset(known, password)
        return _handed_over(known.reference, password)
    if retire:
        officers.retire(known)
        nobodys = leave_all(known)
        left = ["Nobody is on these cases now; a supervisor puts a colleague on them:", *nobodys] if nobodys else []
        return [f"{known.reference} can no longer sign in.", *left]
    new = put_on_case(known, parse_reference(case or ""), by=None)
    return [f"{known.reference} {'is now' if new else 'was already'} on this case."]


def look_after_roles(state: State, reference: str, give: Sequence[str], end: Sequence[str]) -> Sequence[str]:
    """Give roles and end them; without either, say what the officer holds."""
    _make_database_unless_it_runs(state)
    officer = find_officer(reference)
    for role in give:
        officers.give_role(officer, held_of(role), by=None)
    for role in end:
        officers.end_role(officer, held_of(role), by=None)
    return _held(officer)


def _held(officer: Officer) -> Sequence[str]:
    held = " ".join(held_by(officer))
    if held:
        return [f"{officer.reference} holds: {held}"]
    return [f"{officer.reference} holds no role yet. Give one: {said_as()} desk role {officer.reference} --give ROLE"]


def _handed_over(reference: str, password: str) -> Sequence[str]:
    return [
        f"  officer     {reference}",
        f"  password    {password}",
        "",
        "This is shown once. The next sign-in sets up a second factor; the password is to be changed then.",
    ]


def _make_database_unless_it_runs(state: State) -> None:
    with alone(state) as nobody_else:
        if nobody_else:
            make_keys(state)
            make_database(state)


def _sample_ready(state: State, address: str, stopped: Callable[[], bool]) -> Sequence[str]:
    package = hand_in_sample(state, make_officers(state))
    while not package.finished and not stopped():
        time.sleep(0.1)
        package.refresh_from_db()
    reference = package.case.reference
    return [
        *how_to_sign_in(state),
        "",
        f"A made-up chat was sealed and handed in by the real path: case {reference}, {package.get_state_display()}.",
        f"  {address}/cases/{reference}/conversations/",
        "To hand in an export of your own:",
        f"  {said_as()} seal EXPORT --to {state.desk_public} -o chat.safehand",
        f"  and then {address}/hand-in/",
    ]


def _about_keys(state: State, *, made: bool) -> Sequence[str]:
    if not made:
        return []
    return [
        "",
        f"Keys were made in {state.keys}.",
        "For real work, take recovery.agekey off this machine; keep it safe.",
    ]


def _about_roles() -> Sequence[str]:
    lines = [
        f"Nobody is {role.value} at this desk: {said_as()} desk role REFERENCE --give {role.value}"
        for role in held_by_nobody()
    ]
    return ["", *lines] if lines else []


def _first_officer() -> Sequence[str]:
    if Officer.objects.exists():
        return []
    password = secrets.token_urlsafe(12)
    first = add_officer(FIRST_OFFICER, "First officer", password)
    for role in FIRST:
        officers.give_role(first, role, by=None)
    return _handed_over(FIRST_OFFICER, password)


def _who(reference: str | None) -> Officer:
    if reference is not None:
        return find_officer(reference)
    active = list(Officer.objects.filter(is_active=True)[:2])
    if len(active) != 1:
        raise UsageError("Say who hands this in.", todo="Give an officer's reference: --officer K4021.")
    return active[0]


def _finished(package: Package) -> Package:
    until = time.monotonic() + _WAIT
    while not package.finished and time.monotonic() < until:
        time.sleep(0.2)
        package.refresh_from_db()
    return package


def _raise_unless_read(package: Package) -> None:
    reason = reason_for(package)
    if reason is None:
        return
    kind = _KINDS.get(reason.code, CheckFailed if package.state == PackageState.REFUSED else SafehandError)
    kept = " It is kept, and its report says more." if package.state == PackageState.REFUSED else ""
    raise kind(reason.found, where=package.case.reference, todo=f"{reason.todo}{kept}")


def _not_read(package: Package) -> str:
    """What of the package an officer will not find among its conversations; empty when all of it was read."""
    if not package.finished:
        return "It was not read yet. Its report says how far it is."
    unread = package.summary.get("unparsed_bytes", 0)
    if not nothing_to_read(package) and not unread:
        return ""
    return " ".join(
        [
            "No conversation could be read from it."
            if nothing_to_read(package)
            else "Only a part of it could be read.",
            *not_read_of(package).sentences,
            f"Not read: {unread} of {package.summary.get('bytes', 0)} bytes. It is kept, and its report says more.",
        ]
    )


def _sweep(uploads: Path) -> None:
    # Nothing serves yet, so whatever lies here was cut off when the desk last stopped.
    for left in uploads.iterdir():
        left.unlink(missing_ok=True)


def _tell(lines: Sequence[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
