"""A desk that is killed -9 at each durable step in turn: it is done again, and nothing is lost or doubled.

Which steps there are, the code says itself (safehand.durable): what a deed passes when nobody disturbs it is walked
here, and a step that no deed passes is a test that is missing.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

import desk_fork
from desk_cast import make_state
from desk_fork import MESSAGES
from desk_packages import chat, sealed
from safehand.desk.core.worker import MOST_ATTEMPTS
from safehand.durable import Step

pytestmark = pytest.mark.slow

DEEDS: Final = {
    "hand-in": [],
    "work": ["hand-in"],
    "lost": ["hand-in", "give-up"],
    "sign": ["hand-in"],
    "send": [],
    "collect": ["send"],
    "export": ["sign"],
    "keys": [],
    "start": [],
    "put-aside": ["hand-in"],
    "destroy": ["hand-in"],
    "ask": [],
    "back-up": ["hand-in"],
}
"""What is done, and what was done before at the desk that it is done at."""

MAY_BE_AGAIN: Final = frozenset({"package.recognised", "package.verified"})
"""Entries that say truly that something was done twice."""


ON_FILES_ALONE: Final = frozenset({"export", "keys", "destroy", "start", "put-aside", "back-up"})
"""Not walked on PostgreSQL again, where they are the same."""

ON_POSTGRESQL: Final = "DATABASE_URL" in os.environ

COMMITS: Final = (
    "append.",
    "build.written",
    "chore.",
    "sent.collected",
    "sent.kept",
    "stamp.",
    "task.",
    "verify.begun",
)
"""Steps of its own database, the only ones that are walked on PostgreSQL: a database for each stop is dear there."""

WALKED_THERE: Final[dict[str, tuple[str, ...]]] = {"back-up": ("backup.", "export.")}
"""Steps at which such a deed is stopped; the others of it are another's too."""

WALKED_ELSEWHERE: Final = {
    "bucket.put",  # an object store of somebody else's: tests/unit/desk/test_desk_locations.py
    "bucket.put-aside",
    "move.written",  # a PostgreSQL beside the desk's own file: tests/unit/desk/test_desk_moving.py
    "move.named",
    "move.folder-synced",
    "stamp.kept",  # an authority of somebody else's: tests/unit/desk/test_custody_stamping.py
}
"""What needs another's machine."""


@dataclass
class Forks:
    """The fork server, and desks of it."""

    process: subprocess.Popen[str]
    place: Path
    made: dict[tuple[str, ...], Path] = field(default_factory=dict)
    number: int = 0

    def ask(self, **asked: Any) -> dict[str, Any]:
        """One line, and its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked, default=str) + "\n")
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def new(self, before: list[str]) -> Path:
        """A desk at which this was done before."""
        base = self.made.get(tuple(before))
        if base is None:
            base = self._copy("")
            assert self.do(base, *before)["ended"] == 0
            self.made[tuple(before)] = base
        return self._copy(base)

    def do(self, desk: Path, *deeds: str, stop: tuple[str, int] | None = None) -> dict[str, Any]:
        """In a process of its own."""
        return self.ask(desk=desk, do=deeds, stop=stop)

    def _copy(self, of: Path | str) -> Path:
        self.number += 1
        desk = self.place / f"desk{self.number}"
        self.ask(new=desk, of=of)
        return desk


@pytest.fixture
def forks(tmp_path: Path) -> Iterator[Forks]:
    """With a server."""
    place = tmp_path
    state = make_state(place)
    package = place / "made.safehand"
    package.write_bytes(sealed(state, place / "made", chat(MESSAGES)))
    state.root.rename(place / "first")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    with subprocess.Popen(
        [sys.executable, desk_fork.__file__, str(place), str(package)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert json.loads(process.stdout.readline()) == "ready"
        yield Forks(process, place)
        process.stdin.close()
        assert process.wait(180) == 0


def once(told: dict[str, Any]) -> dict[str, Any]:
    """What it holds, without what may truly have happened more than once."""
    verbs = [verb for verb in told["verbs"] if verb not in MAY_BE_AGAIN]
    tasks = [status for status, _ in told["tasks"]]
    once = {**told, "verbs": verbs, "tasks": tasks, "coming": None}
    if not told["backups"]:
        return once
    # Whoever asks again for a backup is given another one, of a longer log.
    return {**once, "verbs": set(verbs), "checkpoints": len(told["checkpoints"]) > 0, "backups": len(told["backups"])}


def walk(forks: Forks, deed: str) -> set[str]:
    """Do it undisturbed; then, at new desks, killed at each of the steps that it passed. Which those were."""
    quiet = forks.do(forks.new(DEEDS[deed]), deed, "sweep", "tell")
    assert len(quiet["told"]["problems"]) == (deed in {"lost", "destroy"}), "of a package that is gone it is said"
    steps = quiet["passed"]
    # A heart beats once at the start, and then when two seconds are over: its later beats are nobody's to count.
    stops = {(step, nth) for step in steps for nth in (1, 1 if step.startswith("task.") else steps.count(step))}
    there = COMMITS if ON_POSTGRESQL else WALKED_THERE.get(deed, "")
    for step, nth in sorted(stop for stop in stops if stop[0].startswith(there)):
        desk = forks.new(DEEDS[deed])
        killed = forks.do(desk, deed, "sweep", stop=(step, nth))
        assert killed == {"ended": -signal.SIGKILL}, (deed, step, nth)
        again = forks.do(desk, deed, "sweep", "tell")
        assert again["ended"] == 0, (deed, step, nth)
        assert once(again["told"]) == once(quiet["told"]), (deed, step, nth)
    return set(steps)


def read_once(forks: Forks) -> None:
    """Undisturbed, so that there is something to compare with."""
    told = forks.do(forks.new(["hand-in"]), "work", "tell")["told"]
    (package,) = told["packages"]
    assert package["state"] == "ready"
    assert package["read"] == package["messages"] == MESSAGES
    assert told["verbs"] == ["role.given", "case.opened", "package.received", "package.verified", "package.read"]
    assert told["tasks"] == [["SUCCESSFUL", 1]]


def given_up(forks: Forks) -> None:
    """A package that kills every worker, and the check of the desk says it too."""
    desk = forks.new(["hand-in"])
    for _ in range(MOST_ATTEMPTS):
        assert forks.do(desk, "work", stop=("verify.begun", 1)) == {"ended": -signal.SIGKILL}
    told = forks.do(desk, "work", "lost", "tell")["told"]
    assert told["packages"] == [{"state": "stopped", "why": "worker_died", "messages": None}]
    assert told["tasks"] == [["FAILED", MOST_ATTEMPTS]]
    assert told["verbs"][-1] == "package.stopped"
    assert len(told["problems"]) == 1


def test_killed_at_any_step_it_is_done_again_and_all_is_as_if_nobody_had_been_killed(forks: Forks) -> None:
    """One test, so that one server serves it."""
    read_once(forks)
    deeds = [deed for deed in DEEDS if not (ON_POSTGRESQL and deed in ON_FILES_ALONE)]
    passed = {step for deed in deeds for step in walk(forks, deed)}
    assert ON_POSTGRESQL or set(Step) - passed == WALKED_ELSEWHERE, "no step is left out"
    given_up(forks)
