"""At the door of a desk whose disk is full: 503, and never that a right password was wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk_cast import PASSWORD, make_state
from desk_processes import WithTables

pytestmark = pytest.mark.slow

CODE = """
import json, resource, sys
from pathlib import Path
from safehand.desk.prepare import make_ready, set_up
state = set_up(Path(sys.argv[1]))
make_ready(state)
from django.test import Client
from safehand.desk.officers.actions import add_officer
add_officer("alice", "A. Okafor", sys.argv[2])

def sign_in(password):
    browser = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    answer = browser.post("/sign-in/", {"login": "alice", "password": password})
    return [answer.status_code, "disk may be full" in answer.content.decode()]

def may_grow_to(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

told = {"with room": sign_in(sys.argv[2])}
may_grow_to(1)
told["right"], told["wrong"] = sign_in(sys.argv[2]), sign_in("not it")
may_grow_to(resource.RLIM_INFINITY)
told["with room again"] = sign_in(sys.argv[2])
json.dump(told, sys.stdout)
"""


def test_on_a_full_disk_the_door_says_that_it_cannot_write(
    tmp_path: Path, sqlite_environment: dict[str, str], with_tables: WithTables
) -> None:
    """A file that may not grow is to a program what a full disk is."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(with_tables(make_state(tmp_path)).root), PASSWORD],
        env=sqlite_environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "with room": [302, False],
        "right": [503, True],
        "wrong": [503, True],
        "with room again": [302, False],
    }
    assert PASSWORD not in done.stderr
