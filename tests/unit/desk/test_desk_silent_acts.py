"""No act is silent: what watches every test of the desk (silent_acts) finds one that leaves no entry, and misses none.

The acts in the first part are this file's own: it stands for the desk's code there.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import Client

from desk_cast import NOW, Ready, clock
from repository import text_of, tracked
from safehand.desk.cases.models import Case, Package
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.shell import look_after_officer, look_after_roles
from silent_acts import APART, DESK, ENTRIES, PLACES, Watch, watching

HERE = Path(__file__)
DAY = 86_400_000_000


@pytest.fixture
def watch(ready: Ready) -> Iterator[Watch]:  # noqa: ARG001  there is a package to change
    """Of the acts below."""
    with pytest.MonkeyPatch.context() as patch, watching(patch, HERE) as watch:
        yield watch


def entry() -> None:
    record(Verb.REPORT_SHOWN, actor="officer:alice", clock=clock)


def change() -> None:
    Package.objects.update(done=7)


def in_one_transaction() -> None:
    with recorded():
        change()
        entry()


def within_another() -> None:
    with recorded():
        with transaction.atomic():
            change()
        entry()


def by_itself() -> None:
    change()


def without_an_entry() -> None:
    with transaction.atomic():
        change()


def entry_in_another() -> None:
    with transaction.atomic():
        change()
    with transaction.atomic():
        entry()


def entry_before() -> None:
    with transaction.atomic():
        entry()
    with transaction.atomic():
        Case.objects.filter(pk=0).delete()
        change()


TOLD: list[Callable[[], None]] = [in_one_transaction, within_another]
SILENT: list[Callable[[], None]] = [by_itself, without_an_entry, entry_in_another, entry_before]


@pytest.mark.parametrize("act", TOLD)
def test_an_act_with_its_entry_in_its_transaction_is_not_silent(watch: Watch, act: Callable[[], None]) -> None:
    act()
    assert watch.silent == []


@pytest.mark.parametrize("act", SILENT)
def test_an_act_without_its_entry_in_its_transaction_is_found(watch: Watch, act: Callable[[], None]) -> None:
    act()
    (found,) = watch.silent
    assert "cases_package" in found


def test_a_page_that_opens_a_case_and_says_nothing_is_found(ready: Ready, as_alice: Client, silent_acts: Watch) -> None:
    where = f"/cases/{ready.case.reference}/conversations/"
    with pytest.MonkeyPatch.context() as patch, watching(patch) as watch:
        as_alice.get(where)
        assert watch.silent == []
        patch.setattr("safehand.desk.review.actions.enter", lambda *_: None)
        as_alice.get(where)
    assert watch.silent == silent_acts.silent == [f"GET {where} opened a case and made no entry"]
    silent_acts.silent.clear()


def test_what_a_test_writes_is_nobodys_act(ready: Ready) -> None:
    with pytest.MonkeyPatch.context() as patch, watching(patch) as watch:
        Package.objects.filter(case=ready.case).update(done=3)
    assert watch.silent == []


def test_the_lists_of_what_is_apart_are_of_what_there_is() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    tables |= {"django_migrations", "safehand_cache"}
    assert [name for name in APART if not any(table.startswith(name) for table in tables)] == []
    assert ENTRIES in tables
    assert not [name for name in APART if ENTRIES.startswith(name)]
    for place in PLACES:
        file, _, function = place.partition(":")
        assert f"def {function}(" in (DESK / file).read_text("utf-8"), place


def test_every_table_of_a_record_is_watched() -> None:
    """A new app is watched unless it is put apart, with its reason."""
    watched = {
        model._meta.app_label for model in apps.get_models() if not model._meta.db_table.startswith(tuple(APART))
    }
    assert {"cases", "conduct", "intake", "points", "review", "triage", "officers"} <= watched


@pytest.mark.usefixtures("all_routes")
@pytest.mark.parametrize("chore", settings.WORKER_CHORES)
def test_a_chore_is_not_silent_where_a_notice_and_a_case_wait(chore: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Late, so that much is due. What each does where there is more to do is asked by its own tests, watched too."""
    module, _, name = chore.rpartition(".")
    monkeypatch.setattr("safehand.desk.core.clock.system_clock", lambda: NOW + 9 * DAY)
    getattr(importlib.import_module(module), name)()


def test_every_task_only_calls_what_its_own_tests_call_watched() -> None:
    tasks = (DESK / "intake/tasks.py").read_text("utf-8")
    called = re.findall(r"^    from safehand\.desk\.intake\.(?:processing|collect) import (\w+)", tasks, re.MULTILINE)
    assert (tasks.count("@task()"), called) == (2, ["process", "collect"])
    tests = "\n".join(text_of(name) for name in tracked() if name.startswith("tests/unit/desk/"))
    assert [name for name in called if not re.search(rf"\b{name}\(", tests)] == []


@pytest.mark.usefixtures("cast")
def test_what_the_shell_does_to_officers_is_not_silent(desk_state: State) -> None:
    look_after_officer(desk_state, "K9", name="K. Nine", reset=False, retire=False, case=None)
    look_after_roles(desk_state, "K9", ["reviewer"], [])
    look_after_roles(desk_state, "K9", [], ["reviewer"])
    look_after_officer(desk_state, "K9", name=None, reset=False, retire=True, case=None)
    assert [row.verb for row in CustodyEntry.objects.all()] == ["role.given", "role.ended"]
