"""A worker that is killed half way: another takes its work up, and nothing is lost or doubled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import desk_fault
from desk_cast import make_state
from desk_fault import STEPS
from desk_packages import chat, sealed

pytestmark = pytest.mark.slow

MESSAGES = 12_000
"""More than two reports of progress, so that it can be killed between them."""


@dataclass(frozen=True)
class Desk:
    """A desk in processes of its own."""

    state: Path
    package: Path
    environment: dict[str, str]

    def do(self, *words: str, expected: int = 0) -> str:
        """One command of desk_fault.py."""
        done = subprocess.run(
            [sys.executable, desk_fault.__file__, str(self.state), *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == expected, done.stderr
        return done.stdout

    def tell(self) -> dict[str, Any]:
        """What it holds."""
        told: dict[str, Any] = json.loads(self.do("tell"))
        return told


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package, and beside it the keys it was sealed to."""
    place = tmp_path_factory.mktemp("sealed")
    state = make_state(place)
    path = place / "made.safehand"
    path.write_bytes(sealed(state, place / "made", chat(MESSAGES)))
    return path


@pytest.fixture
def desk(package: Path, tmp_path: Path, shipped_environment: dict[str, str]) -> Desk:
    """A new desk with the package handed in."""
    made = Desk(make_state(tmp_path).root, package, shipped_environment)
    made.do("hand-in", str(package))
    return made


@pytest.fixture(scope="module")
def undisturbed(package: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a desk holds when nobody kills anything."""
    state = make_state(tmp_path_factory.mktemp("quiet"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("DATABASE_URL", None)
    quiet = Desk(state.root, package, environment)
    quiet.do("hand-in", str(package))
    quiet.do("work")
    return quiet.tell()


def test_undisturbed_everything_is_read_once(undisturbed: dict[str, Any]) -> None:
    (package,) = undisturbed["packages"]
    assert package["state"] == "ready"
    assert package["read"] == package["messages"] == MESSAGES
    assert undisturbed["verbs"] == ["role.given", "case.opened", "package.received", "package.verified", "package.read"]
    assert undisturbed["tasks"] == [["SUCCESSFUL", 1]]
    assert undisturbed["problems"] == []


@pytest.mark.parametrize("steps", [STEPS[:4], STEPS[4:]], ids=["before reading", "from reading on"])
def test_a_worker_killed_at_every_step_is_followed_by_another(
    steps: tuple[str, ...], desk: Desk, undisturbed: dict[str, Any]
) -> None:
    for step in steps:
        desk.do("work", step, expected=-signal.SIGKILL)
    assert desk.tell()["tasks"] == [["RUNNING", len(steps)]], "as the library leaves it, for ever"
    desk.do("work")
    told = desk.tell()
    assert told["packages"] == undisturbed["packages"], "the same rows as when nobody was killed"
    assert told["tasks"] == [["SUCCESSFUL", len(steps) + 1]]
    assert told["verbs"].count("package.read") == 1
    assert told["verbs"].count("package.received") == 1
    assert set(told["verbs"]) == set(undisturbed["verbs"])
    assert told["problems"] == [], "the custody log has no gap, the store no orphan"
    assert told["unsealed"] == []
    assert told["casefiles"] == undisturbed["casefiles"]


def test_a_package_that_kills_every_worker_is_given_up_and_said_so(desk: Desk) -> None:
    for _ in range(5):
        desk.do("work", STEPS[1], expected=-signal.SIGKILL)
    desk.do("work")
    told = desk.tell()
    assert told["packages"] == [{"state": "stopped", "why": "worker_died", "messages": None}]
    assert told["tasks"] == [["FAILED", 5]]
    assert told["verbs"][-1] == "package.stopped"
    assert len(told["problems"]) == 1, "and the check of the desk says it too"
