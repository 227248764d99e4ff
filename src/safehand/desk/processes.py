"""The processes of a running desk: the web server and the workers, started, watched and stopped together.

    with Processes(host="127.0.0.1", port=8000, called="desk.example") as running:
        running.wait_until_it_answers()
        running.watch()                     until told to stop; a process that dies is started again

The web server is gunicorn with threads (tech.md 6); a worker is ``work`` (core/worker.py). When this process is killed
outright, the kernel tells both to stop (PR_SET_PDEATHSIG), so that no half of a desk is left holding its port.
"""

from __future__ import annotations

import ctypes
import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from types import FrameType, TracebackType
from typing import Final, Self

from safehand.errors import CannotWrite, UsageError

WEB: Final = "web"
THREADS: Final = 8
"""Requests one process of the web server works on at a time: officers read, they do not hammer."""

MOST_WEB: Final = 4
"""Processes of the web server unless told: one a core, up to this."""

_STARTING: Final = 60.0
"""Seconds a web server may take until it answers: a first start on a slow disk."""

_STOPPING: Final = 15.0
"""Seconds a process may take to finish what it is at. What a worker does not finish is taken up at the next start."""

_PDEATHSIG: Final = 1  # prctl(2)

log = logging.getLogger("safehand.desk.processes")


class Processes:
    """One web server, so many workers, and with ``metrics`` the port on which they are watched (core/listening.py)."""

    def __init__(
        self, *, host: str, port: int, called: str, web: int | None = None, workers: int = 1, metrics: int | None = None
    ) -> None:
        self._host = host
        self._called = called
        self._port = port
        self._metrics = metrics
        self._commands = {WEB: self._web_command(web)}
        self._commands |= {f"worker {number}": _worker_command() for number in range(1, workers + 1)}
        self._commands |= {} if metrics is None else {"listener": _command("listen", metrics)}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def __enter__(self) -> Self:
        for port in (self._port, self._metrics):
            if port is not None:
                _free_or_refuse(self._host, port)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._told_to_stop)
        for name in self._commands:
            self._start(name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping = True
        for process in self._running.values():
            process.terminate()
        until = time.monotonic() + _STOPPING
        for process in self._running.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @property
    def stopping(self) -> bool:
        """Was it told to stop?"""
        return self._stopping

    def wait_until_it_answers(self) -> None:
        """The web server serves. CannotWrite when it ends instead, or takes too long."""
        until = time.monotonic() + _STARTING
        while not self._stopping:
            if self._answers():
                return
            if self._running[WEB].poll() is not None or time.monotonic() > until:
                raise CannotWrite("The web server did not start.", todo="What it said stands above.")
            time.sleep(0.1)

    def watch(self) -> None:
        """Until told to stop. A worker that died is started again; so is the web server."""
        while not self._stopping:
            time.sleep(0.3)
            for name, process in list(self._running.items()):
                if process.poll() is not None and not self._stopping:
                    log.warning("the %s ended (%s) and is started again", name, process.returncode)
                    time.sleep(1)  # a process that dies at once must not be started a thousand times
                    self._start(name)

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  signal's signature
        self._stopping = True

    def _start(self, name: str) -> None:
        # A group of its own: Ctrl-C in the terminal reaches this process alone, and it stops the others in order.
        self._running[name] = subprocess.Popen(
            self._commands[name],
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  no thread runs here
        )

    def _answers(self) -> bool:
        try:
            with closing(http.client.HTTPConnection(self._host, self._port, timeout=2)) as connection:
                connection.request("GET", "/health/live", headers={"Host": self._called})
                return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False

    def _web_command(self, web: int | None) -> list[str]:
        options = {
            "bind": f"{self._host}:{self._port}",
            "worker-class": "gthread",
            "workers": str(web or max(1, min(MOST_WEB, os.cpu_count() or 1))),
            "threads": str(THREADS),
            "graceful-timeout": "10",
            "log-level": "warning",  # and no access log: it would say who looked where without being a custody entry
            "limit-request-line": "2048",
        }
        given = [word for name, value in options.items() for word in (f"--{name}", value)]
        return [sys.executable, "-m", "gunicorn", "safehand.desk.wsgi:application", *given]


def _worker_command() -> list[str]:
    return _command("work", "--stop-with", os.getpid())


def _command(*words: str | int) -> list[str]:
    return [sys.executable, "-m", "django", *map(str, words)]


def _free_or_refuse(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as err:
            raise UsageError(
                f"Something else listens on port {port} of this machine.", todo="Choose another: --port 8001."
            ) from err


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)
