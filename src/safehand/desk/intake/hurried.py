"""A connection that is over when its time is, whatever the other side does.

    connection.connect()
    hurry(connection, lambda: until - time.monotonic())

The time-out of a socket begins again with every byte. A node that is slow, or that means ill, could give one in four
seconds for ever, and keep the worker's heart, which asks it, from looking after anything else.
"""

from __future__ import annotations

import http.client
import io
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Left: TypeAlias = Callable[[], float]
"""Seconds that are left: none or fewer when it is over."""

_BUFFER: Final = 1 << 16


def hurry(connection: http.client.HTTPConnection, left: Left) -> None:
    """From now on ``connection``, which is made already, raises TimeoutError as soon as nothing is left."""
    connection.sock = cast("socket.socket", _Hurried(connection.sock, left))  # all that http.client asks of one


class _Hurried:
    """A socket, as far as http.client uses one: it sends, is read as a file, and is closed."""

    def __init__(self, plain: socket.socket, left: Left) -> None:
        self._plain = plain
        self._left = left
        self._patience = plain.gettimeout()

    def sendall(self, data: bytes) -> None:
        """All of it, in what is left."""
        self._plain.settimeout(_not_over(self._left, self._patience))
        self._plain.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002  as http.client calls it: "rb", always
        """What comes back."""
        return io.BufferedReader(_Reading(self._plain, self._left, self._patience), _BUFFER)

    def close(self) -> None:
        """The socket itself is closed once nobody reads from it any more (socket.SocketIO)."""
        self._plain.close()


class _Reading(io.RawIOBase):
    def __init__(self, plain: socket.socket, left: Left, patience: float | None) -> None:
        super().__init__()
        self._plain = plain
        self._inside = plain.makefile("rb", buffering=0)
        self._left = left
        self._patience = patience

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        self._plain.settimeout(_not_over(self._left, self._patience))
        return self._inside.readinto(buffer)

    def close(self) -> None:
        self._inside.close()
        super().close()


def _not_over(left: Left, patience: float | None) -> float:
    seconds = left()
    if seconds <= 0:
        raise TimeoutError("it took too long altogether")
    return seconds if patience is None else min(seconds, patience)
