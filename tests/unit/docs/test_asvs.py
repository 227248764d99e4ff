"""docs/asvs.md is true: every item of level 2 stands there once, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from repository import ROOT

LEVEL_2: Final = """
1.1.1-7 1.2.1-4 1.4.1 1.4.4-5 1.5.1-4 1.6.1-4 1.7.1-2 1.8.1-2 1.9.1-2 1.10.1 1.11.1-2 1.12.2 1.14.1-6
2.1.1-12 2.2.1-3 2.3.1-3 2.4.1-5 2.5.1-7 2.6.1-3 2.7.1-6 2.8.1-7 2.9.1-3 2.10.1-4
3.1.1 3.2.1-4 3.3.1-4 3.4.1-5 3.5.1-3 3.7.1
4.1.1-3 4.1.5 4.2.1-2 4.3.1-3
5.1.1-5 5.2.1-8 5.3.1-10 5.4.1-3 5.5.1-4
6.1.1-3 6.2.1-6 6.3.1-2 6.4.1-2
7.1.1-4 7.2.1-2 7.3.1 7.3.3-4 7.4.1-3
8.1.1-4 8.2.1-3 8.3.1-8
9.1.1-3 9.2.1-4
10.2.1-2 10.3.1-3
11.1.1-8
12.1.1-3 12.2.1 12.3.1-6 12.4.1-2 12.5.1-2 12.6.1
13.1.1 13.1.3-5 13.2.1-3 13.2.5-6 13.3.1-2 13.4.1-2
14.1.1-4 14.2.1-6 14.3.2-3 14.4.1-7 14.5.1-4
"""
"""What the standard's own table of version 4.0.3 marks for level 2, without the numbers it deleted."""

STATES: Final = ("tested", "in part", "read", "not covered", "not ours")
NAMES_A_TEST: Final = ("tested", "in part")

_ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| \*\*([a-z ]+)\*\* (.+) \|$", re.MULTILINE)
_NAMED = re.compile(r"`((?:unit|journeys|faults|scripts)/[^`]*)`")


class Row(NamedTuple):
    item: str
    asks: str
    state: str
    words: str


def rows() -> list[Row]:
    return [Row(*found) for found in _ROW.findall((ROOT / "docs/asvs.md").read_text("utf-8"))]


def items() -> list[str]:
    found = []
    for each in LEVEL_2.split():
        section, _, last = each.rpartition(".")
        first, _, end = last.partition("-")
        found += [f"{section}.{number}" for number in range(int(first), int(end or first) + 1)]
    return found


@cache
def functions_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def is_there(named: str) -> bool:
    """Is it a test, or a file or a folder with tests?"""
    file, _, test = named.partition("::")
    path = ROOT / "tests" / file
    if path.is_dir():
        return any(path.glob("test_*.py"))
    names = functions_in(path) if path.is_file() else frozenset()
    return test in names if test else any(name.startswith("test_") for name in names)


def test_every_item_of_level_2_stands_there_once() -> None:
    assert len(items()) == 259, "as many as the table of the standard marks"
    assert [row.item for row in rows()] == items()


def test_no_line_of_a_table_is_passed_over() -> None:
    lines = (ROOT / "docs/asvs.md").read_text("utf-8").splitlines()
    assert len([line for line in lines if re.match(r"\| *\d", line)]) == len(rows())


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row.item))
def test_each_says_how_it_stands_and_names_what_is_there(row: Row) -> None:
    named = _NAMED.findall(row.words)
    assert row.state in STATES
    assert row.asks.strip()
    assert [each for each in named if not is_there(each)] == []
    if row.state in NAMES_A_TEST:
        assert named, "a row that says so names its test"
    if row.state == "read":
        assert re.search(r"\]\([^)]+\)", row.words), "it says where to read"
        assert not named
    if row.state in ("not covered", "not ours"):
        assert len(row.words) > 3, "it says why"


@pytest.mark.parametrize(
    "named",
    [
        "unit/desk/test_desk_sign_in.py::test_a_code_works_twice",
        "unit/desk/test_desk_sign_in.py::test_a_code_works",
        "unit/desk/test_desk_sign_out.py",
        "unit/docs/data",
        "conftest.py",
    ],
)
def test_a_test_that_is_not_there_would_be_seen(named: str) -> None:
    assert not is_there(named)
