"""The table of grades as data: what a unit may lay over it and what not, and that each change has another version."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from safehand.desk.triage.facts import Facts
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.rule_table import read_table, table_of
from safehand.desk.triage.rules import UNANSWERED, suggest
from safehand.errors import CannotRead, UsageError

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
SHIPPED: dict[str, Any] = tomllib.loads(
    (files("safehand.desk.triage") / "data" / "grade-rules.toml").read_text("utf-8")
)
ANYTHING = {"child_in_danger": ["yes"]}


def grade_of(unit: dict[str, Any], **declared: str) -> Grade:
    known = Facts({name: frozenset({code}) for name, code in declared.items()})
    return suggest(known, NOW, table_of(SHIPPED, unit)).grade


def test_the_table_as_shipped_has_every_row_of_the_domain() -> None:
    table = read_table()
    assert re.fullmatch(r"safehand/1 [0-9a-f]{16}", table.version)
    assert len(table.rules) >= 25
    assert {rule.grade for rule in table.rules} == {*Grade}
    assert not any("{" in rule.words or rule.shadow for rule in table.rules)


CHANGES: dict[str, dict[str, Any]] = {
    "other hours": {"hours": {"immediate": 6}},
    "another grade": {"rules": {"fragile": {"grade": "immediate"}}},
    "other words": {"rules": {"fragile": {"words": "It may be lost."}}},
    "one left out": {"rules": {"fragile": {"off": True}}},
    "one tried out": {"rules": {"fragile": {"shadow": True}}},
    "one more": {"rules": {"posted_twice": {"grade": "priority", "words": "Shown.", "all": {"published": ["yes"]}}}},
    "one more question": {"urgent": ["published"]},
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_of_the_table_is_another_version(name: str) -> None:
    versions = {table_of(SHIPPED, {}).version, *(table_of(SHIPPED, unit).version for unit in CHANGES.values())}
    assert len(versions) == len(CHANGES) + 1
    assert table_of(SHIPPED, CHANGES[name]).version == table_of(SHIPPED, CHANGES[name]).version


def test_hours_are_the_units_own_and_are_said_in_the_words() -> None:
    table = table_of(SHIPPED, {"hours": {"immediate": 6, "priority": 72}})
    words = {rule.id: rule.words for rule in table.rules}
    assert words["meeting_near"] == "A meeting begins within 72 hours."
    assert "within 6 hours" in words["meeting_soon"]


def test_a_unit_may_grade_higher_and_add_a_rule_and_a_question() -> None:
    assert grade_of({"rules": {"danger_now": {"grade": "priority"}}}, child_in_danger="yes") is Grade.PRIORITY
    table = table_of(SHIPPED, {"urgent": ["published", "child"]})
    assert table.urgent[-1] == "published"
    assert len(table.urgent) == len(SHIPPED["urgent"]) + 1


def test_a_rule_that_is_tried_out_changes_no_grade_and_is_told_apart() -> None:
    table = table_of(SHIPPED, {"rules": {"danger_now": {"shadow": True}}})
    known = Facts({"child_in_danger": frozenset({"yes"})})
    suggestion = suggest(known, NOW, table)
    assert suggestion.grade is Grade.PRIORITY, "what is not answered"
    assert [(reason.rule, reason.grade) for reason in suggestion.shadow] == [("danger_now", Grade.IMMEDIATE)]
    assert "danger_now" not in [reason.rule for reason in suggestion.reasons]


def test_no_unit_can_take_away_that_what_is_not_answered_raises() -> None:
    everything_off = {"rules": {name: {"off": True} for name in SHIPPED["rules"]}}
    assert grade_of(everything_off) is Grade.PRIORITY
    assert grade_of({"urgent": []}) is Grade.PRIORITY


REFUSED: dict[str, dict[str, Any]] = {
    "another schema": {"schema": "safehand.grade-rules/2"},
    "a key nobody knows": {"scores": {}},
    "a name with blanks": {"name": "Kent Police"},
    "no hours": {"hours": {"immediate": 0}},
    "half an hour": {"hours": {"immediate": 0.5}},
    "true as hours": {"hours": {"immediate": True}},
    "hours of another name": {"hours": {"soon": 4}},
    "immediate before priority": {"hours": {"immediate": 49}},
    "a year": {"hours": {"priority": 9000}},
    "an urgent question that is none": {"urgent": ["tags"]},
    "an urgent question nobody knows": {"urgent": ["score"]},
    "the desk's own rule": {"rules": {UNANSWERED: {"grade": "information", "words": "-", "all": ANYTHING}}},
    "a rule with a capital": {"rules": {"Danger": {"grade": "priority", "words": "-", "all": ANYTHING}}},
    "a fifth grade": {"rules": {"fragile": {"grade": "urgent"}}},
    "no grade": {"rules": {"a_new_one": {"words": "-", "all": ANYTHING}}},
    "no words": {"rules": {"fragile": {"words": ""}}},
    "words of two lines": {"rules": {"fragile": {"words": "one\ntwo"}}},
    "words without an end": {"rules": {"fragile": {"words": "x" * 201}}},
    "words that name another threshold": {"rules": {"fragile": {"words": "within {soon}"}}},
    "words that reach inside": {"rules": {"fragile": {"words": "{immediate.__class__}{0}"}}},
    "a rule of no fact": {"rules": {"fragile": {"all": {}}}},
    "a rule of a fact nobody knows": {"rules": {"fragile": {"all": {"score": ["yes"]}}}},
    "a code that the fact never has": {"rules": {"fragile": {"all": {"fragile": ["soon"]}}}},
    "no codes": {"rules": {"fragile": {"all": {"fragile": []}}}},
    "codes that are no list": {"rules": {"fragile": {"all": {"fragile": "yes"}}}},
    "a weight": {"rules": {"fragile": {"weight": 3}}},
    "off that is a word": {"rules": {"fragile": {"off": "no"}}},
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_table_that_cannot_be_meant_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        table_of(SHIPPED, REFUSED[name])


def test_the_units_table_is_read_from_its_file(tmp_path: Path) -> None:
    unit = tmp_path / "grades.toml"
    unit.write_text('name = "allotment_road"\n[hours]\nimmediate = 6\n', "utf-8")
    assert read_table(unit).version.startswith("allotment_road/1 ")
    assert read_table(unit).hours.immediate == 6


@pytest.mark.parametrize(("text", "error"), [(None, CannotRead), (b"\xff", CannotRead), (b"hours = ", UsageError)])
def test_a_file_that_is_no_table_says_so(tmp_path: Path, text: bytes | None, error: type[Exception]) -> None:
    unit = tmp_path / "grades.toml"
    if text is not None:
        unit.write_bytes(text)
    with pytest.raises(error):
        read_table(unit)
