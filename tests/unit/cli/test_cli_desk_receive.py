"""What `safehand desk receive` says and ends with, for each answer a desk may give."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safehand.cli import desk as desk_commands

ALL_READ = {"reference": "SH-7K3M9QXAR", "state": "ready", "sha256": "0" * 64, "new": "yes", "not_read": ""}
IN_PART = {**ALL_READ, "not_read": "Only a part of it could be read."}


class Desk:
    """Stands for a desk that gives this answer."""

    def __init__(self, answer: Mapping[str, str]) -> None:
        self.answer = answer

    def receive(self, file: Path, *, state: Path, officer: str | None) -> Mapping[str, str]:
        assert (file, state, officer) == (Path("chat.safehand"), Path("desk"), None)
        return self.answer


def receive(monkeypatch: pytest.MonkeyPatch, answer: Mapping[str, str], *options: str) -> Result:
    monkeypatch.setattr(desk_commands, "desk_server", lambda: Desk(answer))
    return CliRunner().invoke(
        desk_commands.desk, ["receive", "chat.safehand", "--state", "desk", *options], standalone_mode=False
    )


def test_a_package_that_was_read_ends_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    told = receive(monkeypatch, ALL_READ)
    assert (told.return_value, told.stderr) == (0, "")
    assert "SH-7K3M9QXAR" in told.stdout
    assert "not_read" not in told.stdout


def test_a_package_that_was_not_read_whole_ends_with_5_and_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    told = receive(monkeypatch, IN_PART, "--quiet")
    assert told.return_value == 5
    assert told.stderr == "safehand: SH-7K3M9QXAR: Only a part of it could be read.\n"


def test_the_object_holds_the_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    told = receive(monkeypatch, IN_PART, "--json")
    assert told.return_value == 5
    assert json.loads(told.stdout) == {"schema": "safehand.received/1", **IN_PART}
