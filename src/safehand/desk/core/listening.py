"""The loopback port that tells whoever watches the desk how it is: figures for Prometheus, and its health.

    GET /metrics          core/figures.py
    GET /health/all       a line for each thing that is looked at; 503 where one is not well
    GET /health/ready, /health/live

It listens on this machine alone, whatever it is told, and answers no request that was not meant for this machine by
name: a page in a browser that was led here by another name gets 403. A monitor elsewhere comes through the unit's own
agent or tunnel (docs/operations.md). It is a process of its own: a desk too busy to serve can still say so.
"""

from __future__ import annotations

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Final

from django.db import close_old_connections

from safehand.desk.core.figures import CONTENT_TYPE, all_figures, format_figures
from safehand.desk.core.health import all_health, ready

HOST: Final = "127.0.0.1"
_NAMES: Final = ("127.0.0.1", "localhost")
_PATIENCE: Final = 5.0
"""Seconds a caller may take to say what they want: one is answered at a time."""

_PLAIN: Final = "text/plain; charset=utf-8"


def listener(port: int) -> HTTPServer:
    """Bound, and not serving yet. Port 0 takes any that is free."""
    return HTTPServer((HOST, port), _Answers)


def answer(path: str) -> tuple[int, str, str]:
    """The status, kind and text of an answer."""
    match path:
        case "/metrics":
            return HTTPStatus.OK, CONTENT_TYPE, format_figures(all_figures())
        case "/health/live":
            return HTTPStatus.OK, _PLAIN, "ok\n"
        case "/health/ready":
            return (HTTPStatus.OK, _PLAIN, "ready\n") if ready() else (_UNWELL, _PLAIN, "not ready\n")
        case "/health/all":
            looked = all_health()
            lines = "".join(f"{'well' if each.well else 'LOOK'}  {each.what}: {each.words}\n" for each in looked)
            return (HTTPStatus.OK if all(each.well for each in looked) else _UNWELL), _PLAIN, lines
    return HTTPStatus.NOT_FOUND, _PLAIN, "/metrics, /health/live, /health/ready, /health/all\n"


_UNWELL: Final = HTTPStatus.SERVICE_UNAVAILABLE


class _Answers(BaseHTTPRequestHandler):
    timeout = _PATIENCE
    server_version = "desk"
    sys_version = ""

    def do_GET(self) -> None:
        """Django's own server and its pages are not here: nothing of a session is read."""
        if self.headers.get("Host", "").split(":")[0] not in _NAMES:
            self._send(HTTPStatus.FORBIDDEN, _PLAIN, "This is asked for on this machine alone.\n")
            return
        close_old_connections()
        self._send(*answer(self.path))

    def _send(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  http.server's signature
        """Nobody needs a line for each look."""
