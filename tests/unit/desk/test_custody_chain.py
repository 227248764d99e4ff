"""The custody log as a whole: vectors with their verdict inside, and the same check over the database."""

from __future__ import annotations

import hashlib
import hmac
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
from safehand.desk.custody.entry import OLDER, SCHEMA, parse_entry
from safehand.desk.custody.leaves import leaf_hash_of
from safehand.errors import CannotRead

ROOT = Path(__file__).parents[3]
VECTORS = sorted((ROOT / "tests" / "vectors" / "custody").glob("*.json"))
SPEC = (ROOT / "docs" / "spec" / "custody-log.md").read_text()


def follows(entries: list[str], salts: list[str]) -> bool:
    """The steps of the specification, written from it and from nothing else."""
    called: dict[str, str | None] = {OLDER: None, SCHEMA: None}
    forms = []
    for number, spelled in enumerate(entries, 1):
        try:
            entry = parse_entry(spelled.encode())
        except CannotRead:
            return False
        forms.append(entry.schema)
        if (entry.sequence, entry.previous) != (number, called[entry.schema]) or forms != sorted(forms):
            return False
        called = {OLDER: hashlib.sha256(spelled.encode()).hexdigest(), SCHEMA: leaf_hash(spelled, salts[number - 1])}
    return True


def leaf_hash(spelled: str, salt: str) -> str:
    """docs/spec/log.md, "The leaf"."""
    commitment = hmac.digest(bytes.fromhex(salt), spelled.encode(), "sha256").hex()
    return hashlib.sha256(f"\0safehand.leaf/1 {commitment}\n".encode()).hexdigest()


def test_there_are_vectors_of_both_kinds() -> None:
    names = {path.stem.partition("-")[0] for path in VECTORS}
    assert names == {"good", "bad"}
    assert len(VECTORS) >= 10


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_a_chain_has_the_verdict_that_stands_in_it(path: Path) -> None:
    vector = json.loads(path.read_text())
    assert follows(vector["entries"], vector.get("salts", ["00" * 32] * len(vector["entries"]))) is (
        vector["verdict"] == "good"
    ), vector["why"]
    assert path.stem.startswith(vector["verdict"])


def test_the_specification_shows_a_real_entry_and_its_hash() -> None:
    (spelled,) = re.findall(r"^    (\{.*\})$", SPEC, re.MULTILINE)
    assert parse_entry(spelled.encode()).verb is Verb.MESSAGES_SHOWN
    salt = re.findall(r"[0-9a-f]{64}", SPEC.partition("Under the salt")[2])[0]
    assert leaf_hash(spelled, salt) in SPEC
    assert leaf_hash_of(bytes.fromhex(salt), spelled.encode()) == leaf_hash(spelled, salt)
    assert f"`{SCHEMA}`" in SPEC
    assert f"`{OLDER}`" in SPEC


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
    "a salt changed": (
        "UPDATE {} SET salt = (SELECT salt FROM {} WHERE sequence = 1) WHERE sequence = 2",
        "entry 2: Its bytes and its salt",
    ),
    "a salt cut": ("UPDATE {} SET salt = SUBSTR(salt, 1, 31) WHERE sequence = 2", "entry 2: Its bytes and its salt"),
    "a leaf changed": ("UPDATE {} SET leaf_hash = sha256 WHERE sequence = 2", "entry 3: It does not follow"),
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
        cursor.execute(statement.format(triggers.TABLE, triggers.TABLE))
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
