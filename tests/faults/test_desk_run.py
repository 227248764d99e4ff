"""A desk that runs: started, killed in part and in whole, stopped, and started again."""

from __future__ import annotations

import http.client
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

_PATIENCE = 60.0


class Run:
    """``safehand desk run --sample`` on a state directory, and what it says."""

    def __init__(self, state: Path, port: int, environment: dict[str, str]) -> None:
        self.port = port
        code = "import sys; from pathlib import Path; from safehand.desk.server import run\n"
        code += "run(Path(sys.argv[1]), port=int(sys.argv[2]), sample=True)"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(state), str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        self.said = ""

    def until(self, words: str) -> str:
        """What it has said when it says ``words``."""
        assert self.process.stdout is not None
        end = time.monotonic() + _PATIENCE
        while words not in self.said:
            ready, _, _ = select.select([self.process.stdout], [], [], 0.5)
            if ready:
                self.said += os.read(self.process.stdout.fileno(), 65536).decode()
            assert self.process.poll() is None, f"it ended: {self.said} {self._complaint()}"
            assert time.monotonic() < end, self.said
        return self.said

    def children(self) -> dict[int, str]:
        """Its processes, and what each is."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        rows = (line.split(maxsplit=1) for line in listed.stdout.splitlines())
        return {int(pid): "web" if "gunicorn" in args else "worker" for pid, args in rows}

    def answers(self) -> bool:
        """Does the web server?"""
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)) as connection:
                connection.request("GET", "/health")
                return connection.getresponse().status == 200
        except OSError:
            return False

    def end(self) -> int:
        """Stop it as a terminal or a service manager does."""
        self.process.terminate()
        return self.gone()

    def gone(self) -> int:
        """How it ended, and its pipes closed."""
        returned = self.process.wait(30)
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()
        return returned

    def _complaint(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()


def wait_for(what: Callable[[], bool]) -> bool:
    """Is it so within a few seconds?"""
    end = time.monotonic() + 20
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture
def port() -> int:
    """One that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(tmp_path: Path, port: int, bare_environment: dict[str, str]) -> Iterator[Callable[[], Run]]:
    """Starts a desk on one state directory; whatever is left of it at the end is killed."""
    started: list[Run] = []

    def start() -> Run:
        started.append(Run(tmp_path / "desk", port, bare_environment))
        return started[-1]

    yield start
    for run in started:
        if run.process.poll() is None:
            run.process.kill()
            run.gone()


def test_a_desk_is_started_killed_in_part_and_in_whole_and_started_again(
    start: Callable[[], Run], tmp_path: Path, port: int
) -> None:
    run = start()
    said = run.until("Stop it with Ctrl-C")
    assert f"The desk is at http://127.0.0.1:{port}" in said
    reference = re.search(r"case (SH-[0-9A-Z]{9}), Ready to read", said)
    assert reference, said
    for word in ("officer", "password", "code", "secret"):
        assert re.search(rf"^  {word} +\S", said, re.MULTILINE), word

    (worker,) = (pid for pid, what in run.children().items() if what == "worker")
    os.kill(worker, signal.SIGKILL)
    assert wait_for(lambda: "worker" in run.children().values() and worker not in run.children()), "another worker"
    (web,) = (pid for pid, what in run.children().items() if what == "web")
    os.kill(web, signal.SIGKILL)
    assert wait_for(lambda: web not in run.children() and run.answers()), "another web server"

    children = run.children()
    run.process.kill()
    run.gone()
    assert wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children)), "nothing holds the port"
    assert wait_for(lambda: not run.answers())

    again = start()
    said = again.until("Stop it with Ctrl-C")
    assert f"case {reference[1]}, Ready to read" in said, "the sample is not made twice"
    assert "Keys were made" not in said
    assert len(list((tmp_path / "desk" / "evidence").rglob("*"))) == 2

    second = start()
    assert second.gone() != 0, "one desk a state directory"
    assert again.answers()

    children = again.children()
    assert again.end() == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)
