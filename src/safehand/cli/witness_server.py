"""A witness as a server: C2SP's tlog-witness, for this machine alone.

    POST /add-checkpoint                200, 400, 403, 404, 409, 422 (log/witness.py says which, and when)
    GET  /<SHA-256 of origin>/checkpoint        what it signed last of that log, for monitors

For others a proxy with a certificate stands before it. Whoever runs it is told of every split view.
"""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from safehand.errors import SafehandError
from safehand.log.witness import PLAIN
from safehand.log.witness_folder import Caught, WitnessFolder

HOST: Final = "127.0.0.1"

LARGEST: Final = 1 << 16
"""Bytes of a request: 63 hashes and a checkpoint with a hundred signatures have half of that."""

_PATIENCE: Final = 10
"""Seconds for a request to come in."""


def serve(folder: WitnessFolder, port: int, clock: Callable[[], int], tell: Callable[[Caught], None]) -> None:
    """Answer until stopped. OSError when the port is taken."""
    with witness_server(folder, port, clock, tell) as server:
        server.serve_forever()


def witness_server(
    folder: WitnessFolder, port: int, clock: Callable[[], int], tell: Callable[[Caught], None]
) -> ThreadingHTTPServer:
    """Bound, and not serving yet. Port 0 takes any."""

    class Handler(BaseHTTPRequestHandler):
        timeout = _PATIENCE
        server_version = "witness"
        sys_version = ""

        def do_POST(self) -> None:
            body = self._body()
            if self.path != "/add-checkpoint" or body is None:
                self._send(404 if body is not None else 400, "")
                return
            try:
                caught = folder.answer(body, clock())
            except SafehandError:
                self._send(500, "")
                return
            tell(caught)
            self._send(caught.answered.status, caught.answered.body, caught.answered.media_type)

        def do_GET(self) -> None:
            try:
                text = folder.checkpoint(self.path.removeprefix("/"))
            except SafehandError:
                self._send(500, "")
                return
            self._send(200 if text is not None else 404, text or "")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  what was asked, and by whom, is not kept
            pass

        def _body(self) -> bytes | None:
            length = self.headers.get("Content-Length", "")
            if not (length.isascii() and length.isdigit()) or int(length[:9]) > LARGEST or len(length) > 9:
                return None
            return self.rfile.read(int(length))

        def _send(self, status: int, body: str, media_type: str = PLAIN) -> None:
            data = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return ThreadingHTTPServer((HOST, port), Handler)
