"""Promises of the README: every command in it works as it is written there."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from safehand.sources import SOURCES

ROOT = Path(__file__).parents[3]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
START_LIMIT = 180
"""Seconds for ``make run`` to answer: it makes keys, a database, seals and hands in a sample. Seldom over 20."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_readme_shows_four_blocks_of_commands() -> None:
    assert len(BLOCKS) == 4


def test_sealing_verifying_and_checking_with_stock_tools_works_as_written(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "verifier", tmp_path / "verifier")
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    script = "set -euo pipefail\n" + "\n".join(BLOCKS[1:3])
    ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert 'Good "safehand-statement@v1" signature' in ran.stdout
    assert "data/0001.txt: OK" in ran.stdout
    assert "checked      The statement is signed by ssh-ed25519 " in ran.stdout


def test_the_two_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    commands = re.findall(r"^make \w+", BLOCKS[0], re.MULTILINE)
    assert commands == ["make run", "make test"]
    for command in commands:
        subprocess.run([*command.split(), "--dry-run"], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.slow
def test_make_run_serves_a_desk_that_is_backed_up_and_restored_as_written_while_it_runs(tmp_path: Path) -> None:
    port = free_port()
    command = ["make", "run", f"PORT={port}", f"RUN_DIR={tmp_path / 'var' / 'desk'}"]
    talk = tmp_path / "talk.txt"
    with talk.open("wb") as out:
        desk = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            page = wait_for_page(f"http://127.0.0.1:{port}/", desk)
            wait_for_words(talk, "Stop it with Ctrl-C", desk)
            told = back_up_and_restore(tmp_path)
        finally:
            os.killpg(desk.pid, signal.SIGTERM)
            desk.wait(timeout=30)
    said = talk.read_text("utf-8")
    assert re.search(r"^packages +1$", told, re.MULTILINE), "the sample, which was handed in, is there"
    assert (tmp_path / "restored" / "desk.sqlite3").is_file()
    assert "Sign in" in page
    assert f"http://127.0.0.1:{port}" in said
    assert re.search(r"\b\d{3} ?\d{3}\b", said), "the second factor's code is printed"


def back_up_and_restore(folder: Path) -> str:
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    command = ["bash", "-c", f"set -euo pipefail\n{BLOCKS[3]}"]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def wait_for_words(talk: Path, words: str, desk: subprocess.Popen[bytes]) -> None:
    # The door opens before the sample has been read, and how to sign in is said when there is something to see.
    limit = time.monotonic() + START_LIMIT
    while words not in talk.read_text("utf-8"):
        assert desk.poll() is None, "make run ended by itself"
        assert time.monotonic() < limit, "make run did not say how to sign in"
        time.sleep(0.2)


def wait_for_page(address: str, desk: subprocess.Popen[bytes]) -> str:
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        assert desk.poll() is None, "make run ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  an address on this machine
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise AssertionError("make run did not answer in time")


def test_every_platform_that_is_read_stands_in_the_readme_and_no_other() -> None:
    table = README.split("## What it reads")[1].split("\nEach reader")[0]
    rows = re.findall(r"^\| ([^|]+?) \|", table, re.MULTILINE)
    assert sorted(rows[1:]) == sorted(source.title for source in SOURCES)
