"""A public node that answers whatever a test has it answer, over a real socket: for a desk that must not believe it.

with LyingNode(lambda path: ok(b"{}")) as node: ParcelsAt(node.address, key).waiting()
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from safehand.desk.settings.places import Address


class LyingNode:
    """``answer`` gets a path with its query, and gives the pieces of a whole answer, its first line too."""

    def __init__(self, answer: Callable[[str], Iterable[bytes]]) -> None:
        self._answer = answer
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.asked: list[str] = []
        self.address = Address.parse(f"http://127.0.0.1:{self._listening.getsockname()[1]}")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A shutdown wakes who waits in accept(); closing alone does not.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listening.accept()
                with line, suppress(OSError):
                    self._speak(line)

    def _speak(self, line: socket.socket) -> None:
        line.settimeout(10)
        asked = b""
        while b"\r\n\r\n" not in asked:
            asked += line.recv(65536) or b"\r\n\r\n"
        if not asked.strip():
            return  # whoever it was let go before it asked
        path = asked.split(b" ")[1].decode()
        self.asked.append(path)
        for piece in self._answer(path):
            line.sendall(piece)


def ok(body: bytes, status: str = "200 OK") -> list[bytes]:
    """A whole answer in one piece."""
    return [f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body]


def listed(*entries: Any, **more: Any) -> list[bytes]:
    """A list of parcels."""
    return ok(json.dumps({"schema": "safehand.waiting/1", "parcels": entries, **more}).encode())


def entry(number: int, **other: Any) -> dict[str, Any]:
    """One parcel as a node lists it, with ``other`` said in its place."""
    good = {
        "parcel": f"{number:032x}",
        "kind": "package",
        "sha256": f"{number:064x}",
        "size": 1_000,
        "reference": f"SH-{number:09d}",
        "received": "2026-11-22T10:00:00Z",
        "follows": None,
    }
    return {**good, **other}
