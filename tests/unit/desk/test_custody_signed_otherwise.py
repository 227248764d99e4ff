"""The custody log is signed and audited where something is not as it should be: a clock, a checkpoint's own name."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from desk_cast import NOW, clock
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.auditing import audit_log
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.models import LogCheckpoint
from safehand.desk.custody.signed_log import sign_log, sign_when_due

pytestmark = pytest.mark.django_db


def write(times: int) -> None:
    with transaction.atomic():
        for _ in range(times):
            record(Verb.CASE_OPENED, actor="officer:alice", case="SH-7K3M9QXA1", clock=clock)


def test_a_clock_that_was_set_back_keeps_no_entry_waiting(desk_state: State, settings: Settings) -> None:
    settings.STATE = desk_state
    year = 365 * 86_400_000_000
    write(1)
    sign_log(desk_state, clock=lambda: NOW + year)
    write(1)
    sign_when_due(clock)
    assert list(LogCheckpoint.objects.order_by("size").values_list("size", "signed_at")) == [(1, NOW + year), (2, NOW)]
    assert list(problems_of_log()) == []
    assert audit_log(desk_state).problems == ()


@pytest.mark.parametrize("name", ["safehand-de+k", "safehand-desc"])
def test_a_first_checkpoint_of_which_the_name_was_changed_is_named_and_the_others_still_count(
    desk_state: State, name: str
) -> None:
    write(2)
    sign_log(desk_state, clock=clock)
    write(1)
    sign_log(desk_state, clock=clock)
    note = LogCheckpoint.objects.get(size=2).note.replace("safehand-desk", name, 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE custody_logcheckpoint SET note = %s WHERE size = 2", [note])
    audited = audit_log(desk_state)
    (problem,) = audited.problems
    assert "checkpoint of 2" in problem
    assert audited.compared == 1
