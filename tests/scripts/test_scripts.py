"""The promises of the command line, as scripts that read like a session in a shell.

A script is a text file beside this one:

    What this file is about, in a sentence or two.

    -- chat.txt --
    03/01/2026, 07:12 - Priya: The gate is open
    -- end --

    # What the block settles, and where that was asked for.
    $ safehand read chat.txt --account
    | {"schema": "safehand.account/1", [...]
    ! safehand: [...]
    ? 5

``|`` is a line of stdout and ``!`` one of stderr, in order and complete; ``?`` is the exit code, 0 where it is not
given. ``[...]`` stands for anything within a line, and alone on a line for any number of lines. Files in ``--`` are
written first. The commands of a file run one after another in one folder, each in its own process.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SCRIPTS = sorted(path.name for path in HERE.glob("*.txt"))
_FILE = re.compile(r"^-- (?P<name>[\w./ -]+) --\n(?P<content>.*?)^-- end --\n", re.MULTILINE | re.DOTALL)
_ANY = "[...]"
_LIMIT = 60
"""Seconds for one command: a hang is a failure, not a long wait."""


@dataclass
class Block:
    """One command, and what it promises."""

    settles: str
    command: str = ""
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    code: int = 0


def files_of(script: str) -> dict[str, str]:
    """The files a script begins with."""
    return {found["name"]: found["content"] for found in _FILE.finditer(script)}


def blocks_of(script: str) -> list[Block]:
    """The commands of a script, in order."""
    blocks: list[Block] = []
    for number, line in enumerate(_FILE.sub("", script).splitlines(), 1):
        mark, rest = line[:1], line[2:]
        last = blocks[-1] if blocks else None
        if mark == "#" and (last is None or last.command):
            blocks.append(Block(rest))
        elif mark == "#" and last is not None:
            last.settles += " " + rest
        elif mark == "$":
            assert last is not None, f"line {number}: a command opens with what it settles"
            if last.command:
                last = Block(last.settles)
                blocks.append(last)
            last.command = rest
        elif mark in {"|", "!", "?"} and line[1:2] in {" ", ""}:
            assert last is not None, f"line {number}: there is no command before it"
            assert last.command, f"line {number}: there is no command before it"
            if mark == "?":
                last.code = int(rest)
            else:
                (last.out if mark == "|" else last.err).append(rest)
        else:
            assert not line or last is None, f"line {number} is none of: # $ | ! ?"
    return blocks


def pattern_of(lines: list[str]) -> str:
    """A regular expression for promised lines."""
    spelled = []
    for line in lines:
        if line == _ANY:
            spelled.append("(?:.*\n)*?")
        else:
            spelled.append(".*?".join(re.escape(part) for part in line.split(_ANY)) + "\n")
    return "".join(spelled)


def run_in(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run one command as a shell would, with our own ``safehand`` first on the path and nobody's settings."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {"PATH": path, "HOME": str(folder), "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=_LIMIT,
    )  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_command_does_what_the_script_says(name: str, tmp_path: Path) -> None:
    script = (HERE / name).read_text(encoding="utf-8")
    for file, content in files_of(script).items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(content, encoding="utf-8")
    for block in blocks_of(script):
        ran = run_in(tmp_path, block.command)
        told = f"{name}: {block.settles}\n$ {block.command}\n{ran.stdout}{ran.stderr}? {ran.returncode}"
        assert ran.returncode == block.code, told
        assert re.fullmatch(pattern_of(block.out), ran.stdout), told
        assert re.fullmatch(pattern_of(block.err), ran.stderr), told


def test_there_are_scripts_and_each_runs_something() -> None:
    assert len(SCRIPTS) >= 5
    for name in SCRIPTS:
        blocks = blocks_of((HERE / name).read_text(encoding="utf-8"))
        assert blocks, name
        assert all(block.command and block.settles for block in blocks), name


@pytest.mark.parametrize(
    ("promised", "printed", "kept"),
    [
        (["one", "two"], "one\ntwo\n", True),
        (["one"], "one\ntwo\n", False),
        ([], "one\n", False),
        (["o[...]e"], "otherwise\n", True),
        (["o[...]e"], "one\nmore\n", False),
        ([_ANY, "two"], "one\none\ntwo\n", True),
        (["a.c"], "abc\n", False),
    ],
)
def test_a_promise_is_kept_or_it_is_not(promised: list[str], printed: str, kept: bool) -> None:  # noqa: FBT001  a column
    assert (re.fullmatch(pattern_of(promised), printed) is not None) is kept
