"""Random tamperings, each found and named: by what the desk holds, or by the checkpoint that somebody outside holds.

make tamper                                       100,000
make tamper TIMES=1 FROM=4711                     number 4711 again, which is what a failure prints
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from typing import Final

import pytest
from django.db import connection

from desk_cast import Cast
from safehand.desk.core.state import State
from safehand.desk.custody import triggers
from safehand.desk.custody.auditing import audit_log
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.inspection import problems_of_stores
from tampered import WAYS, Ground, make_ground, tamper

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the same bytes stand there"),
]

TIMES: Final = int(os.environ.get("SAFEHAND_TAMPERINGS") or 1000)
FROM: Final = int(os.environ.get("SAFEHAND_TAMPERINGS_FROM") or 0)


@pytest.fixture
def ground(desk_state: State, cast: Cast) -> Iterator[Ground]:
    """As whoever owns the database has it: without what refuses to change an entry."""
    made = make_ground(desk_state, cast)
    triggers.take_down(connection)
    yield made
    triggers.put_up(connection)


def found_in_log(ground: Ground, *, with_lodged: bool = True) -> list[str]:
    """What ``safehand desk check`` finds of the log, and ``safehand log audit`` that is given the checkpoint."""
    audited = audit_log(ground.state, [ground.lodged] if with_lodged else [])
    return [*problems_of_log(), *audited.problems]


def found(ground: Ground) -> list[str]:
    """Of the stores too."""
    return [*found_in_log(ground), *problems_of_stores()]


def test_of_a_desk_that_nobody_touched_nothing_is_found(ground: Ground) -> None:
    assert found(ground) == []


def test_every_tampering_is_found_and_named(ground: Ground) -> None:
    done = Counter[str]()
    for number in range(FROM, FROM + TIMES):
        with ground.restored():
            what = tamper(random.Random(number), ground)
            problems = list(problems_of_stores()) if what.in_stores else found_in_log(ground)
            assert any(what.where in problem for problem in problems), f"make tamper TIMES=1 FROM={number}: {what}"
        done[what.kind] += 1
    assert found(ground) == [], "and each was undone"
    assert TIMES < 200 or len(done) == len(set(WAYS))


@pytest.mark.parametrize("way", [way for way in WAYS if way.__name__ in {"back_date", "take_out", "cut_off", "fork"}])
def test_who_has_the_desks_keys_too_is_found_by_the_checkpoint_outside_alone(ground: Ground, way: object) -> None:
    """docs/threat-model.md says so; it is why checkpoints are lodged and witnessed."""
    assert callable(way)
    with ground.restored():
        what = way(random.Random(1), ground)
        assert what.only_outside
        assert found_in_log(ground, with_lodged=False) == []
        (problem,) = found_in_log(ground)
        assert what.where in problem
