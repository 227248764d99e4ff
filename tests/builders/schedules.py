"""Random schedules of a desk: what is done, what goes wrong at which step, started again, and so on. One by its number.

    schedule = draw(random.Random(4711))
    run(schedule, state, officer)         AssertionError when something that was promised is gone, or is there twice

A kill is an exception that no handler of ours takes, after which nothing may be written any more: what a killed process
would have tidied up stays. tests/faults/test_killed_at_every_step.py kills real processes at the same steps.
"""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from unittest import mock

from desk_cast import LOOKS_SEALED, NOW
from safehand.desk.cases.models import Case, Package
from safehand.desk.core.clock import Clock
from safehand.desk.core.state import State
from safehand.desk.custody.auditing import audit_log
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint
from safehand.desk.custody.signed_log import sign_log
from safehand.desk.handover.actions import keep_parcel, parcel_store
from safehand.desk.handover.models import Parcel, ParcelKind
from safehand.desk.intake.actions import receive
from safehand.desk.officers.models import Officer
from safehand.durable import Step, watched_by
from safehand.errors import SafehandError
from safehand.log.note import Note
from safehand.model.digest import sha256_of

MOST_STEPS: Final = 16
"""A deed passes fewer: of a fault at a later one nothing is seen, and the deed is done."""

_DAY: Final = 86_400_000_000
_CLOCKS: Final = {"a day back": -_DAY, "a day on": _DAY, "a year back": -365 * _DAY, "a year on": 365 * _DAY}
_WRITES: Final = ("link", "rename", "replace", "unlink", "mkdir", "rmdir", "chmod", "fchmod", "utime", "fsync")


class Killed(BaseException):
    """The process. As KeyboardInterrupt, no handler of ours takes it for a fault that it may go on from."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a schedule."""

    deed: str
    what: int
    """Which package or parcel."""
    fault: str
    """``""``, ``killed``, ``disk full``, ``read-only``, or what the clock was set to before."""
    at: int
    """The step, counted from 1, at which it goes wrong."""


def draw(chance: random.Random) -> tuple[Event, ...]:
    """Two to four."""
    return tuple(
        Event(
            chance.choice(("hand in", "hand in", "take in", "sign")),
            chance.randrange(2),
            chance.choice(("killed", "killed", "killed", "", "disk full", "read-only", *_CLOCKS)),
            chance.randint(1, MOST_STEPS),
        )
        for _ in range(chance.randint(2, 4))
    )


@dataclass
class Promised:
    """What was said to be done."""

    packages: set[str] = field(default_factory=set)
    parcels: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    """Checkpoints that somebody took away."""
    entries: int = 0


@dataclass
class Desk:
    """One that lives through a schedule."""

    state: State
    officer: Officer
    promised: Promised = field(default_factory=Promised)
    off: int = 0
    """How far its clock is off."""

    @property
    def clock(self) -> Clock:
        """As it is set now."""
        return lambda: NOW + self.off

    def do(self, deed: str, what: int) -> None:
        """It, and what is promised by its end."""
        match deed:
            case "hand in":
                self._hand_in(_package(what))
            case "take in":
                self._take_in(_package(what + 2))
            case "sign":
                with suppress(SafehandError):  # there is no entry yet
                    self.promised.notes.append(sign_log(self.state, clock=self.clock).note)
        self.promised.entries = CustodyEntry.objects.count()

    def _hand_in(self, data: bytes) -> None:
        with EvidenceStore(self.state).begin(1 << 20) as incoming:
            incoming.write(data)
            receive(self.officer, incoming, clock=self.clock)
        self.promised.packages.add(sha256_of(data))

    def _take_in(self, data: bytes) -> None:
        keep_parcel(ParcelKind.NOTICE, parcel_store().keep([data]), clock=self.clock)
        self.promised.parcels.add(sha256_of(data))

    def check(self) -> None:
        """Nothing lost, nothing doubled, and the log is one with every checkpoint that was taken away."""
        assert list(problems_of_log()) == []
        assert audit_log(self.state, self.promised.notes).problems == ()
        assert CustodyEntry.objects.count() >= self.promised.entries
        store = EvidenceStore(self.state)
        names = list(store.names())
        for name in names:
            store.check(name)
        rows = list(Package.objects.values_list("sha256", flat=True))
        assert len(rows) == len(set(rows)) == Case.objects.count()
        assert self.promised.packages <= set(rows) <= set(names)
        kept = {path.name for path in parcel_store().places() if sha256_of(path.read_bytes()) == path.name}
        assert len(kept) == len(parcel_store().places())
        parcels = list(Parcel.objects.values_list("sha256", flat=True))
        assert len(parcels) == len(set(parcels))
        assert self.promised.parcels <= set(parcels) <= kept
        sizes = list(LogCheckpoint.objects.values_list("size", flat=True))
        assert len(sizes) == len(set(sizes))


def run(schedule: tuple[Event, ...], desk: Desk) -> None:
    """All of it; then everything again, undisturbed, as whoever was cut off does."""
    for event in schedule:
        desk.off = _CLOCKS.get(event.fault, desk.off)
        with suppress(Killed, SafehandError), _goes_wrong(event):
            desk.do(event.deed, event.what)
        if event.fault == "killed":
            desk.state.make()  # it is started again
            desk.check()
    for event in schedule:
        desk.do(event.deed, event.what)
    desk.check()
    assert desk.promised.packages == set(EvidenceStore(desk.state).names())
    assert {sha256_of(_package(event.what)) for event in schedule if event.deed == "hand in"} == desk.promised.packages


def _package(what: int) -> bytes:
    return LOOKS_SEALED + b"peas in row %d" % what


@contextmanager
def _goes_wrong(event: Event) -> Iterator[None]:
    """At the step that it says: a kill there and then, a disk from there on."""
    if event.fault not in {"killed", "disk full", "read-only"}:
        yield
        return
    seen = 0
    wrong: BaseException | None = None

    def watch(_: Step) -> None:
        nonlocal seen, wrong
        seen += 1
        if seen >= event.at:
            wrong = _FAULTS[event.fault]
            if isinstance(wrong, Killed):
                raise wrong

    def unless_wrong(plain: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            # On a full disk what is there can be taken away and be read: that is all that a handler may do then.
            if wrong is not None and not (event.fault == "disk full" and name in {"unlink", "rmdir", "utime"}):
                raise wrong
            return plain(*given, **named)

        return call

    with ExitStack() as stack:
        for name in _WRITES:
            stack.enter_context(mock.patch.object(os, name, unless_wrong(getattr(os, name), name)))
        stack.enter_context(watched_by(watch))
        yield


_FAULTS: Final[dict[str, BaseException]] = {
    "killed": Killed(),
    "disk full": OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "read-only": OSError(errno.EROFS, os.strerror(errno.EROFS)),
}
