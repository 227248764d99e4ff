"""What makes something last passes a durable step (safehand.durable): our code is read for what does not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from repository import ROOT
from safehand import durable
from safehand.durable import Step, passed, watched_by

SOURCE: Final = ROOT / "src" / "safehand"

LASTING: Final = frozenset(
    {"rename", "renames", "link", "symlink", "fdatasync", "fsync", "atomic", "exclusive_transaction"}
)
"""Names of calls after which something stands that did not. ``replace`` is one too, where it is a file's."""

_WORTH_READING: Final = re.compile(rf"\b(?:{'|'.join(LASTING)}|replace)\b")

ONCE_A_LIFE: Final = {
    "durable.py": "this is it",
    "desk/core/committing.py": "and this",
    "analysis/indicators/classing.py": "what make builds of the lists of words",
    "desk/officers/actions.py": "an officer who is added, by whoever sets up the desk",
    "desk/sample/officers.py": "the sample's",
    "desk/welfare/actions.py": "an officer's own time, which stands in no entry on purpose (adr/0015)",
    "desk/keeping/rounds.py": "a round in the queue, which is put there again by the next worker when it was not",
    "desk/triage/marks.py": "an alarm, which is raised again by the next worker when it was not",
    "desk/triage/suggesting.py": "a suggestion, which is made again in the same way",
}
"""Files that need none of their own, and why."""


def lasting(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Calls that make something last, in functions that pass no step after them."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        steps = [call.lineno for call in calls if any(map(_is_step, (call, *call.args)))]
        for call in calls:
            if _lasts(call) and not any(line >= call.lineno for line in steps):
                yield call.lineno, ast.unparse(call.func)


def _is_step(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="passed")) | ast.Attribute(value=ast.Name(id="Step")):
            return True
    return False


def _lasts(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Name(id="os"), attr="replace"):
            return True
        case ast.Attribute(attr="replace"):  # a text's takes two, dataclasses' takes names
            return len(call.args) == 1 and not call.keywords
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in LASTING
    return False


def _read(path: Path) -> ast.AST:
    code = path.read_text("utf-8")
    return ast.parse(code if _WORTH_READING.search(code) else "")


def found(code: str) -> list[str]:
    return [what for _, what in lasting(ast.parse(code))]


def test_nothing_of_ours_is_made_to_last_without_a_step() -> None:
    silent = [
        f"{path.relative_to(SOURCE)}:{line}: {what}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.relative_to(SOURCE).as_posix() not in ONCE_A_LIFE and "migrations" not in path.parts
        for line, what in lasting(_read(path))
    ]
    assert silent == [], "give each a step of its own in safehand/durable.py, and pass it there"


@pytest.mark.parametrize(
    "line",
    [
        "os.fsync(handle)",
        "os.replace(one, other)",
        "part.replace(path)",
        "hidden.rename(path)",
        "os.link(hidden, path)",
        "obstore.rename(store, one, other, overwrite=False)",
        "transaction.atomic()",
        "passed(Step.KEY_NAMED)\n    hidden.rename(path)",
    ],
)
def test_what_lasts_and_passes_no_step_is_found(line: str) -> None:
    assert len(found(f"def keep():\n    {line}\n")) == 1
    assert found(f"def keep():\n    {line}\n    passed(Step.KEY_NAMED)\n") == []
    assert found(f"def keep():\n    {line}\n    sync_folder(folder, Step.KEY_FOLDER_SYNCED)\n") == []


@pytest.mark.parametrize("line", ["text.replace('a', 'b')", "replace(row, size=3)", "moment.replace(tzinfo=None)"])
def test_what_only_looks_like_it_is_not(line: str) -> None:
    assert found(f"def keep():\n    {line}\n") == []


def test_every_step_is_passed_somewhere_and_by_no_other_name() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py") if path.name != "durable.py")
    assert [step for step in Step if f"Step.{step.name}" not in code] == []
    assert all(step.name == step.value.upper().replace(".", "_").replace("-", "_") for step in Step)


def test_a_watch_is_told_for_as_long_as_it_watches() -> None:
    told: list[Step] = []
    passed(Step.KEY_NAMED)
    with watched_by(told.append):
        passed(Step.TILE_RENAMED)
    passed(Step.KEY_NAMED)
    assert told == [Step.TILE_RENAMED]
    assert durable._watch is None
