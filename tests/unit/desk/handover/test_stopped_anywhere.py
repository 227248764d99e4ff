"""Stopped before each write in turn, on the node and at the desk: a package arrives whole, once, and signed for.

A run is the whole way of one package: begun, sent in parts, put together, collected, acknowledged. It is stopped before
its first write to the disk or the database, then before its second, and so on to the last; each time whoever was cut
off does what they do after a cut, and the end must be the same.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.backends.utils import CursorWrapper
from django.test import Client
from pytest_django import Settings

from desk_cast import LOOKS_SEALED, make_state
from handing_over import SendingPage, asking
from safehand.desk.cases.models import Case, Package
from safehand.desk.core.clock import system_clock
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.handover import unfinished, work
from safehand.desk.handover.models import Coming, Parcel
from safehand.desk.intake.collect import collect, look_for_parcels
from safehand.desk.intake.models import Arrival
from safehand.desk.intake.source_here import ParcelsHere
from safehand.model.digest import sha256_of
from safehand.model.instant import MICRO
from safehand.seal.acknowledgement import Signed, acknowledgement_of, check_acknowledgement
from safehand.signing.keys import load_desk_public

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PART = 1000
DATA = LOOKS_SEALED + random.Random(11).randbytes(PART + 321)
WRITES = ("fsync", "pwrite", "link", "unlink", "open", "mkdir", "rmdir", "fchmod", "utime")


class Stopped(BaseException):
    """The machine. As KeyboardInterrupt, no handler of ours takes it for a fault that it may go on from."""


class Stop:
    """Stops before write number ``at``; never when that is 0. Counts them all."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.seen = 0
        self.before = ""

    def count(self, what: str) -> None:
        """One more is about to be done."""
        self.seen += 1
        if self.seen == self.at:
            self.before = what
            raise Stopped(what)


@contextmanager
def watching(stop: Stop) -> Iterator[None]:
    """Every write of this process goes by ``stop``."""
    plain = CursorWrapper.execute

    def execute(cursor: CursorWrapper, query: str, parameters: Any = None) -> Any:
        if query.startswith(("INSERT", "UPDATE", "DELETE")):
            stop.count(query.split('"', maxsplit=1)[0] + query.split('"')[1])
        return plain(cursor, query, parameters)

    with ExitStack() as patched:
        patched.enter_context(mock.patch.object(CursorWrapper, "execute", execute))
        for name in WRITES:
            patched.enter_context(mock.patch.object(os, name, _counted(stop, name)))
        yield


def _counted(stop: Stop, name: str) -> Callable[..., Any]:
    plain = getattr(os, name)

    def write(*args: Any, **kwargs: Any) -> Any:
        if name != "open" or args[1] & os.O_CREAT:
            stop.count(name)
        return plain(*args, **kwargs)

    return write


@pytest.fixture(autouse=True)
def node(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HANDOVER_PART = PART
    monkeypatch.setattr(work, "EASY", 1)


def send(page: SendingPage) -> None:
    """What the page does, and does again after every cut: what it knows is its id, its key and its code."""
    if not page.told:
        assert page.begin(len(DATA))[0] == 201
    state = page.state()
    if state["state"] == "coming":
        missing = [number for number in (1, 2) if number not in state["have"]]
        if missing:
            page.send(DATA, missing)
        assert page.finish(DATA)[0] == 202


def bring() -> None:
    """What the desk does, and does again."""
    for each in ParcelsHere().waiting().parcels:
        collect(each, ParcelsHere())


def run(state: State, stop: Stop) -> None:
    """All of it, with one stop; then what is there is looked at."""
    page = SendingPage(asking(Client()))
    with watching(stop):
        for _ in range(2):
            try:
                send(page)
                bring()
                break
            except Stopped:
                continue
        else:
            raise AssertionError("it was stopped a second time")
    assert_arrived(page, state)


def assert_arrived(page: SendingPage, state: State) -> None:
    sha256 = sha256_of(DATA)
    assert [parcel.sha256 for parcel in Parcel.objects.all()] == [sha256]
    assert (Arrival.objects.count(), Case.objects.count(), Package.objects.count()) == (1, 1, 1)
    assert EvidenceStore(state).path(sha256).read_bytes() == DATA
    assert list(EvidenceStore(state).names()) == [sha256]
    assert [entry.verb for entry in CustodyEntry.objects.all()] == ["case.opened", "package.received", "holder.told"]
    told = page.state()
    assert told["state"] == "collected"
    said = acknowledgement_of(told["acknowledgement"])
    check_acknowledgement(Signed(said, told["signature"]), load_desk_public(state.desk_public))
    assert (said.sha256, said.size, said.reference) == (sha256, len(DATA), Parcel.objects.get().reference)
    # Where the desk was stopped before it wrote down that it was heard, it says it once more, half a minute later.
    look_for_parcels(lambda: system_clock() + 60 * MICRO)
    assert Arrival.objects.get().acknowledged_at is not None
    assert page.state() == told, "in the same bytes"
    # What a stop left behind is swept, and what is there stays.
    later = system_clock() + 2 * unfinished.PATIENCE * MICRO
    unfinished.expire_unfinished(lambda: later)
    assert [path for path in state.handover.rglob("*") if path.is_file()] == []
    assert [coming.parcel_id is not None for coming in Coming.objects.all()] == [True]
    assert page.state()["state"] == "collected"


def test_stopped_before_any_write_a_package_arrives_whole_and_once_and_signed_for(
    tmp_path: Path, settings: Settings
) -> None:
    before: list[str] = []
    for at in range(1, 1000):
        settings.STATE = make_state(tmp_path / str(at))
        cache.clear()
        stop = Stop(at)
        block = transaction.atomic()
        # As Django's own around a whole test: transactions that must be the outermost may be inside of it.
        block._from_testcase = True  # type: ignore[attr-defined]
        with block:
            run(settings.STATE, stop)
            transaction.set_rollback(True)
        if not stop.before:
            break
        before.append(stop.before)
    assert len(before) > 40, "it was stopped indeed"
    assert {"fsync", "link", "unlink", "pwrite", "INSERT INTO intake_arrival"} <= set(before)
