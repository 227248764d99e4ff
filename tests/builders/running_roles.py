"""Safehand in processes of its own, in either role: ``safehand desk run`` on a state directory and a port.

with Running(state, port, environment, role="handover") as node: …
"""

from __future__ import annotations

import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_PATIENCE: Final = 90.0
_CODE: Final = """
import sys
from pathlib import Path
from safehand.desk.server import run
run(Path(sys.argv[1]), port=int(sys.argv[2]))
"""


class Running:
    """One of them. What it says on stderr goes to a file, so that it can be searched."""

    def __init__(self, state: Path, port: int, environment: dict[str, str], *, role: str, node: str = "") -> None:
        self.state = state
        self.port = port
        self.log = state.parent / f"{state.name}.log"
        self._environment = {**environment, "SAFEHAND_ROLE": role}
        if node:
            self._environment["SAFEHAND_NODE"] = node
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop(signal.SIGTERM)

    def start(self) -> None:
        """Until it serves."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _CODE, str(self.state), str(self.port)],
                stdout=subprocess.PIPE,
                stderr=log,
                env=self._environment,
            )
        assert self.process.stdout is not None
        said = b""
        end = time.monotonic() + _PATIENCE
        while b"Stop it with" not in said:
            ready, _, _ = select.select([self.process.stdout], [], [], 0.5)
            if ready:
                said += os.read(self.process.stdout.fileno(), 65536)
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()

    def stop(self, how: signal.Signals) -> None:
        """SIGTERM in order, SIGKILL without a word: nothing of it is left running."""
        if self.process is None:
            return
        children = self._children()
        self.process.send_signal(how)
        self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None
        assert wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))

    def kill_web(self) -> None:
        """Kill the web server outright, workers of it too; the desk starts another."""
        for pid in self._children("gunicorn"):
            workers = _children_of(pid)
            os.kill(pid, signal.SIGKILL)  # first: it would start others in the place of those that die
            for worker in workers:
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)

    def answers(self) -> bool:
        """Does the web server?"""
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)) as connection:
                connection.request("GET", "/health")
                return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def _children(self, what: str = "") -> list[int]:
        assert self.process is not None
        return [pid for pid in _children_of(self.process.pid) if what in _command_of(pid)]


def _children_of(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def wait_for(what: Callable[[], bool], patience: float = 60) -> bool:
    """Is it so within a while?"""
    end = time.monotonic() + patience
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def free_port() -> int:
    """One that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
