"""The table of grades, as it is read from TOML, with what a unit lays over it.

    table = read_table()                           data/grade-rules.toml
    table = read_table(Path("grades.toml"))        the same with the unit's own hours, grades and rules laid over it
    table.version                                  "safehand/1 5f3a09c1…", other after any change of it

A unit may set the hours, give a rule another grade, leave one out (``off``), try one out (``shadow``), add its own, and
add to the urgent questions. It may take none of those away: what is not answered always raises. A table that cannot be
meant is refused with UsageError before anything is graded by it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from safehand.desk.triage.facts import FACTS, OPEN
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.meeting_time import Hours
from safehand.desk.triage.rules import OWN_RULES, Rule, RuleTable
from safehand.errors import CannotRead, UsageError
from safehand.model.canonical import Json, format_canonical
from safehand.model.digest import sha256_of

SCHEMA: Final = "safehand.grade-rules/1"

LONGEST: Final = 200
"""Characters of a rule's words: they stand on a row of the inbox."""

_ID: Final = re.compile(r"[a-z][a-z_]{0,39}")
_KEYS: Final = {"grade", "words", "all", "off", "shadow"}
_MOST_HOURS: Final = 24 * 31


@cache
def read_table(unit: Path | None = None) -> RuleTable:
    """The table that this desk grades by. CannotRead when the unit's own is not there, UsageError when it cannot be."""
    shipped = tomllib.loads((files("safehand.desk.triage") / "data" / "grade-rules.toml").read_text("utf-8"))
    return table_of(shipped, _unit(unit) if unit is not None else {})


def table_of(shipped: Mapping[str, Any], unit: Mapping[str, Any]) -> RuleTable:
    """A table out of two: what the unit says counts, where it says anything."""
    if shipped.get("schema") != SCHEMA or unit.get("schema", SCHEMA) != SCHEMA:
        raise UsageError(f'A table of grades begins with schema = "{SCHEMA}".')
    _only(unit, {"schema", "name", "urgent", "hours", "rules"}, "the table")
    hours = _hours({**shipped["hours"], **unit.get("hours", {})})
    urgent = tuple(dict.fromkeys([*shipped["urgent"], *unit.get("urgent", [])]))
    for name in urgent:
        if OPEN not in FACTS.get(name, ()):
            raise UsageError("An urgent question is a fact that may be left open.", where=str(name))
    laid = {name: {**shipped["rules"].get(name, {}), **said} for name, said in unit.get("rules", {}).items()}
    rows = {**shipped["rules"], **laid}
    rules = tuple(_rule(name, row, hours) for name, row in rows.items() if row.get("off") is not True)
    name = str(unit.get("name", shipped["name"]))
    if not _ID.fullmatch(name):
        raise UsageError("A table of grades is called by small letters and underscores.")
    digest = sha256_of(format_canonical(table_value(rules, urgent, hours)))
    return RuleTable(f"{name}/{shipped['version']} {digest[:16]}", rules, urgent, hours)


def table_value(rules: tuple[Rule, ...], urgent: tuple[str, ...], hours: Hours) -> dict[str, Json]:
    """The whole table as it is kept with what was suggested by it, and hashed for its version."""
    rows: list[Json] = [
        {
            "id": rule.id,
            "grade": rule.grade.value,
            "words": rule.words,
            "all": {name: [*sorted(codes)] for name, codes in rule.all.items()},
            "shadow": rule.shadow,
        }
        for rule in rules
    ]
    return {"schema": SCHEMA, "urgent": [*urgent], "hours": dict(asdict(hours)), "rules": rows}


def _unit(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as err:
        raise CannotRead("The unit's table of grades cannot be read.", where=str(path)) from err
    except tomllib.TOMLDecodeError as err:
        raise UsageError("The unit's table of grades is no TOML.", where=str(path)) from err


def _hours(said: Mapping[str, Any]) -> Hours:
    _only(said, {"immediate", "priority", "under_way"}, "hours")
    if not all(type(value) is int and 1 <= value <= _MOST_HOURS for value in said.values()):
        raise UsageError(f"Hours of the table are whole numbers from 1 to {_MOST_HOURS}.")
    hours = Hours(**said)
    if hours.immediate > hours.priority:
        raise UsageError("What is immediate begins no earlier than what has priority.")
    return hours


def _rule(name: str, row: Mapping[str, Any], hours: Hours) -> Rule:
    if not _ID.fullmatch(name) or name in OWN_RULES:
        raise UsageError("A rule is called by small letters and underscores, and not as one of the desk's own.")
    _only(row, _KEYS, name)
    words, wanted, shadow = row.get("words"), row.get("all"), row.get("shadow", False)
    if not isinstance(words, str) or not 0 < len(words) <= LONGEST or "\n" in words:
        raise UsageError(f"A rule says why in one line of at most {LONGEST} characters.", where=name)
    if (
        not isinstance(wanted, dict)
        or not wanted
        or type(shadow) is not bool
        or type(row.get("off", False)) is not bool
    ):
        raise UsageError("A rule names at least one fact; shadow and off are true or false.", where=name)
    for fact, codes in wanted.items():
        if not isinstance(codes, list) or not codes or not {*map(str, codes)} <= {*FACTS.get(fact, ())}:
            raise UsageError(f"A rule lists codes that {fact} may have.", where=name)
    try:
        grade = Grade(str(row.get("grade")))
        said = words.format(**asdict(hours))
    except (ValueError, KeyError, IndexError, AttributeError) as err:
        raise UsageError(
            "A rule has one of the four grades, and words that name no other threshold.", where=name
        ) from err
    return Rule(name, grade, said, {fact: frozenset(codes) for fact, codes in wanted.items()}, shadow)


def _only(said: Mapping[str, Any], known: set[str], where: str) -> None:
    if not isinstance(said, dict) or not set(said) <= known:
        raise UsageError(f"The table of grades knows only: {', '.join(sorted(known))}.", where=where)
