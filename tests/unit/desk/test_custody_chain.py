"""The custody log as a whole: vectors with their verdict inside, and the same check over the database."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.db import connection, transaction

from desk_cast import clock
from safehand.desk.custody import triggers
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import ACT_OF, Verb
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.entry import SCHEMA, hash_of, parse_entry
from safehand.errors import CannotRead

ROOT = Path(__file__).parents[3]
VECTORS = sorted((ROOT / "tests" / "vectors" / "custody").glob("*.json"))
SPEC = (ROOT / "docs" / "spec" / "custody-log.md").read_text()


def follows(entries: list[str]) -> bool:
    """The steps of the specification, written from it and from nothing else."""
    previous = None
    for number, spelled in enumerate(entries, 1):
        try:
            entry = parse_entry(spelled.encode())
        except CannotRead:
            return False
        if (entry.sequence, entry.previous) != (number, previous):
            return False
        previous = hash_of(spelled.encode())
    return True


def test_there_are_vectors_of_both_kinds() -> None:
    names = {path.stem.partition("-")[0] for path in VECTORS}
    assert names == {"good", "bad"}
    assert len(VECTORS) >= 10


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_a_chain_has_the_verdict_that_stands_in_it(path: Path) -> None:
    vector = json.loads(path.read_text())
    assert follows(vector["entries"]) is (vector["verdict"] == "good"), vector["why"]
    assert path.stem.startswith(vector["verdict"])


def test_the_specification_shows_a_real_entry_and_its_hash() -> None:
    (spelled,) = re.findall(r"^    (\{.*\})$", SPEC, re.MULTILINE)
    assert parse_entry(spelled.encode()).verb is Verb.MESSAGES_SHOWN
    assert hash_of(spelled.encode()) in SPEC
    assert f"`{SCHEMA}`" in SPEC


def test_the_specification_lists_every_verb_with_its_act() -> None:
    listed = dict(re.findall(r"^\| `([a-z_.]+)` \| (\w+) \|", SPEC.partition("## Verbs")[2], re.MULTILINE))
    assert listed == {verb.value: act.value for verb, act in ACT_OF.items()}


@pytest.fixture
def log(db: None) -> None:  # noqa: ARG001  wanted for what it does
    with transaction.atomic():
        for _ in range(5):
            record(Verb.CASE_OPENED, actor="officer:alice", case="SH-7K3M9QXA1", clock=clock)


@pytest.mark.usefixtures("log")
def test_a_log_nobody_touched_has_no_problem() -> None:
    assert list(problems_of_log()) == []


TOUCHED = {
    "an entry taken out": ("DELETE FROM {} WHERE sequence = 3", "entries 3 to 3 are missing"),
    "the first entries taken out": ("DELETE FROM {} WHERE sequence < 3", "entries 1 to 2 are missing"),
    "a column changed": ("UPDATE {} SET actor = 'officer:bob' WHERE sequence = 2", "entry 2: Its columns"),
    "an instant changed": ("UPDATE {} SET instant = instant + 1 WHERE sequence = 2", "entry 2: Its columns"),
    "a hash changed": ("UPDATE {} SET sha256 = 'x' WHERE sequence = 2", "entry 2: Its bytes do not match"),
    "a link changed": ("UPDATE {} SET previous = '' WHERE sequence = 4", "entry 4: It does not follow"),
    "two entries swapped": ("UPDATE {} SET sequence = 9 - sequence WHERE sequence = 4", "entry 5: Its columns"),
}


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("how", TOUCHED)
def test_a_log_somebody_touched_says_where(how: str) -> None:
    statement, found = TOUCHED[how]
    triggers.take_down(connection)
    with connection.cursor() as cursor:
        if how == "two entries swapped":
            cursor.execute(f"UPDATE {triggers.TABLE} SET sequence = 6 WHERE sequence = 5")  # noqa: S608  our own name
        cursor.execute(statement.format(triggers.TABLE))
    triggers.put_up(connection)
    assert any(found in problem for problem in problems_of_log()), list(problems_of_log())


@pytest.mark.usefixtures("log")
def test_a_log_whose_bytes_were_changed_says_so() -> None:
    triggers.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {triggers.TABLE} SET canonical = %s WHERE sequence = 2", [b"{}"])  # noqa: S608
    triggers.put_up(connection)
    problems = list(problems_of_log())
    assert any("entry 2: Its bytes do not match its hash" in problem for problem in problems)
    assert any("entry 2: " in problem and "not a custody entry" in problem for problem in problems)
