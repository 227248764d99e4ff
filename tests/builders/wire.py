"""The line between a browser and a server: all the browser says, written down on the way, and cut where it is told.

    with written_down() as wire:
        browser.new_context(proxy=wire.proxy)
        wire.said                         each request: its line, its headers, its body
        wire.cuts[3] = Cut.HALF_SENT      the fourth request that matches wire.cut_at is cut off in the middle

Playwright's own account of a request leaves large bodies out, and its aborts never reach the server.
"""

from __future__ import annotations

import http.client
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import Enum
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from local_server import serving

if TYPE_CHECKING:
    from playwright.sync_api import ProxySettings

_OF_ONE_HOP = {"connection", "proxy-connection", "keep-alive", "transfer-encoding", "content-length"}


class Cut(Enum):
    """Where a line breaks."""

    HALF_SENT = "half of it had gone"
    UNANSWERED = "the server had all of it, and its answer never came"


class Wire:
    """What went by."""

    def __init__(self, port: int) -> None:
        # Chromium asks no proxy for its own machine unless it is told to.
        self.proxy: ProxySettings = {"server": f"http://127.0.0.1:{port}", "bypass": "<-loopback>"}
        self.said: list[bytes] = []
        self.cut_at = re.compile(r"(?!)")
        self.cuts: dict[int, Cut] = {}
        """By the number of the request, from 0, among those whose line matches ``cut_at``."""
        self.done: list[tuple[str, Cut]] = []
        self._matched = 0
        self._lock = threading.Lock()

    def cut(self, line: str) -> Cut | None:
        """Is this request cut off?"""
        if not self.cut_at.search(line):
            return None
        with self._lock:
            found = self.cuts.get(self._matched)
            self._matched += 1
            if found is not None:
                self.done.append((line, found))
        return found


@contextmanager
def written_down() -> Iterator[Wire]:
    """A proxy for plain http that hands everything on as it is."""

    class Handler(BaseHTTPRequestHandler):
        # A line for each request: on one that it used before, Chromium tries again by itself and says nothing.
        protocol_version = "HTTP/1.0"

        def _hand_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            wire.said.append(self.requestline.encode() + b"\n" + self.headers.as_bytes() + body)
            where = urlsplit(self.path)
            path = where.path + (f"?{where.query}" if where.query else "")
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _OF_ONE_HOP}
            cut = wire.cut(self.requestline)
            with closing(http.client.HTTPConnection(where.hostname or "", where.port or 80, timeout=60)) as onward:
                if cut is Cut.HALF_SENT:
                    onward.request(
                        self.command, path, body[: len(body) // 2], headers | {"Content-Length": str(len(body))}
                    )
                else:
                    onward.request(self.command, path, body or None, headers)
                    answer = onward.getresponse()
                    data = answer.read()
            if cut is None:
                self._answer(answer, data)
            else:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)

        def _answer(self, answer: http.client.HTTPResponse, data: bytes) -> None:
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _OF_ONE_HOP | {"server", "date"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        do_GET = _hand_on  # noqa: N815  the names are the library's
        do_HEAD = _hand_on  # noqa: N815
        do_POST = _hand_on  # noqa: N815
        do_PUT = _hand_on  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with serving(Handler) as port:
        wire = Wire(port)
        yield wire


@pytest.fixture(name="wire")
def _wire() -> Iterator[Wire]:
    """A line that is written down."""
    with written_down() as found:
        yield found
