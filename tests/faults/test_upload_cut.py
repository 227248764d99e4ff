"""Sending to a public node that is cut off, killed, started again, or full: nothing lost, nothing doubled."""

from __future__ import annotations

import json
import random
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desk_cast import LOOKS_SEALED, make_state
from desk_processes import WithTables
from handing_over import SendingPage, asking_at
from running_roles import Running, free_port, wait_for
from safehand.desk.core.state import State
from safehand.model.digest import sha256_of

pytestmark = pytest.mark.slow

DATA = LOOKS_SEALED + random.Random(3).randbytes(18 << 20)


def node_state(folder: Path) -> State:
    """A node's: desk.pub and no other key."""
    desk = make_state(folder / "made")
    state = State(folder / "node")
    state.make()
    shutil.copy(desk.desk_public, state.desk_public)
    return state


def cut(page: SendingPage, port: int, number: int, part: bytes) -> None:
    """Begin to send a part, and lose the line half way."""
    head = (
        f"PUT {page.place}{number}/{sha256_of(part)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Authorization: Safehand {page.told['key']}\r\nContent-Length: {len(part)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(head.encode() + part[: len(part) // 2])


def test_cut_three_times_and_killed_in_the_middle_it_arrives_whole_and_once(
    tmp_path: Path, shipped_environment: dict[str, str], with_tables: WithTables
) -> None:
    state = with_tables(node_state(tmp_path))
    port = free_port()
    with Running(state.root, port, shipped_environment, role="handover") as node:
        page = SendingPage(asking_at(port))
        page.begin(len(DATA))
        parts = page.parts(DATA)
        assert len(parts) == 5
        for number in (2, 4, 5):
            cut(page, port, number, parts[number - 1])
            assert page.state()["have"] == []
        page.send(DATA, [4, 1])

        cut(page, port, 2, parts[1])
        node.kill_web()
        assert wait_for(node.answers), "another web server"
        assert page.state()["have"] == [1, 4]
        page.send(DATA, [2])

        node.stop(signal.SIGKILL)
        node.start()
        assert page.state()["have"] == [1, 2, 4]
        page.send(DATA, [5, 3, 3])
        with ThreadPoolExecutor(6) as impatient:
            answers = list(impatient.map(lambda _: page.finish(DATA), range(6)))
        assert [(status, told["state"]) for status, told in answers] == [(202, "waiting")] * 6

        node.stop(signal.SIGKILL)
        node.start()
        assert page.finish(DATA)[1]["state"] == "waiting"
    kept = [path for path in state.handover.rglob("*") if path.is_file()]
    assert [path.name for path in kept] == [sha256_of(DATA)]
    assert sha256_of(kept[0].read_bytes()) == sha256_of(DATA)


FULL = """
import json, resource, sys
from pathlib import Path
from safehand.desk.prepare import make_ready, set_up
state = set_up(Path(sys.argv[1]))
make_ready(state)
from django.test import Client
from handing_over import SendingPage, asking

def may_grow_to(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

data = b"age-encryption.org/v1\\n" + bytes(9 << 20)
page = SendingPage(asking(Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")))
told = {"begun": page.begin(len(data))[0]}
page.send(data, [1])
may_grow_to(5 << 20)
status, answer = page.put(2, page.parts(data)[1])
told["full"] = [status, answer["code"], "another way" in answer["todo"], page.state()["have"]]
may_grow_to(1)
status, answer = page.begin(len(data))
told["no room for a row"] = [status, answer["code"], "another way" in answer["todo"]]
may_grow_to(resource.RLIM_INFINITY)
page.send(data, [2, 3])
told["with room again"] = page.finish(data)[0]
json.dump(told, sys.stdout)
"""


def test_on_a_full_disk_it_is_said_what_to_do_and_what_came_before_stays(
    tmp_path: Path, sqlite_environment: dict[str, str], with_tables: WithTables
) -> None:
    """A file that may not grow is to a program what a full disk is."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(with_tables(node_state(tmp_path)).root)],
        env={**sqlite_environment, "SAFEHAND_ROLE": "handover"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "begun": 201,
        "full": [503, "cannot_keep", True, [1]],
        "no room for a row": [503, "cannot_keep", True],
        "with room again": 202,
    }
