"""Random schedules of deeds, faults and restarts: nothing lost, nothing doubled, and the log is whole.

make faults                              10,000
make faults SCHEDULES=1 FROM=4711        number 4711 again, which is what a failure prints
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Final

import pytest
from django.db import IntegrityError, connection

from desk_cast import hold, make_officer
from safehand.desk.core.state import State
from safehand.desk.officers.roles import HELD
from safehand.errors import SafehandError
from schedules import Desk, Event, draw, run

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="each begins with a database of its own, in memory"),
]

TIMES: Final = int(os.environ.get("SAFEHAND_SCHEDULES") or 200)
FROM: Final = int(os.environ.get("SAFEHAND_SCHEDULES_FROM") or 0)


@pytest.fixture
def desks(desk_state: State) -> Iterator[Callable[[], Desk]]:
    """Gives one to which nothing has happened, with nothing in it."""
    alice = hold(make_officer("alice", "A. Okafor"), *HELD)
    with closing(sqlite3.connect(":memory:")) as first:
        connection.connection.backup(first)

        def new() -> Desk:
            first.backup(connection.connection)
            for folder in (desk_state.evidence, desk_state.handover, desk_state.uploads):
                shutil.rmtree(folder)
            desk_state.log_signing.unlink(missing_ok=True)
            desk_state.make()
            return Desk(desk_state, alice)

        yield new
        new()


def test_whatever_goes_wrong_in_whatever_order_nothing_is_lost_and_nothing_doubled(desks: Callable[[], Desk]) -> None:
    for number in range(FROM, FROM + TIMES):
        schedule = draw(random.Random(number))
        try:
            run(schedule, desks())
        except BaseException as problem:
            said = "\n".join(map(str, schedule))
            raise AssertionError(f"make faults SCHEDULES=1 FROM={number}\n{said}") from problem


@pytest.mark.parametrize(
    ("place", "instead"),
    [
        ("safehand.desk.intake.actions._recognise", lambda *_: None),
        ("safehand.desk.custody.evidence_store.Incoming._put", lambda *_: True),
        ("safehand.desk.handover.store.ParcelStore._put", lambda *_: True),
        ("safehand.desk.core.clock.moment", None),
    ],
    ids=["the same twice", "evidence is not kept", "a parcel is not kept", "all is well"],
)
def test_a_desk_that_doubles_or_loses_is_found_out(
    place: str, instead: Callable[..., object] | None, desks: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = tuple(Event(deed, 0, "", 1) for deed in ("hand in", "hand in", "take in", "sign"))
    if instead is None:
        run(schedule, desks())
        return
    monkeypatch.setattr(place, instead)
    with pytest.raises((AssertionError, SafehandError, IntegrityError)):
        run(schedule, desks())
