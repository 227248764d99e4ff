"""A window that moves over a file, and where a JSON value ends, by brackets and quotes alone.

    Window       file bytes  ..........[ base ........ at ........ base+len(data) )..........
    Extent       {"a": "}", "b": [1, 2]}   →   the index just after the last brace

An Extent needs no memory of what it passed: it holds a depth and whether it stands in a string, so a value of any
length is measured a window at a time. It does not check the value; json_fields.py reads it. The grammar is RFC 8259.
"""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from safehand.errors import CannotRead
from safehand.sources.accounting import Ledger
from safehand.sources.contract import LONGEST_MESSAGE

END: Final = -1
"""What ``Window.peek`` gives at the end of the file."""

_BLANK: Final = re.compile(rb"[ \t\r\n]*")
_OUTSIDE: Final = re.compile(rb'["{}\[\]]')
_INSIDE: Final = re.compile(rb'["\\]')
_SCALAR_END: Final = re.compile(rb'[ \t\r\n,:"{}\[\]]')

_QUOTE: Final = 0x22
_OPENING: Final = frozenset(b"{[")


class Window:
    """The part of a file that is held: ``data`` starts at byte ``base``; ``at`` is the reader's place in ``data``."""

    __slots__ = ("_ledger", "_stream", "_text", "at", "base", "data", "ended", "size")

    def __init__(self, stream: BinaryIO, ledger: Ledger, size: int) -> None:
        self._stream = stream
        self._ledger = ledger
        self.size = size
        self._text: str | None = None
        self.data = b""
        self.base = 0
        self.at = 0
        self.ended = False

    @property
    def place(self) -> int:
        """The reader's place, as a byte of the file."""
        return self.base + self.at

    @property
    def text(self) -> str:
        """``data`` with one character for each byte, so that an index is a byte: Latin-1 maps all 256."""
        if self._text is None:
            self._text = self.data.decode("latin-1")
        return self._text

    def more(self) -> bool:
        """Forget what is before ``at``, read on. False when the file has no more.

        Reads as much as is kept, if that is more than a window: growing by doubling keeps a long value linear.
        """
        if self.ended:
            return False
        kept = self.data[self.at :]
        try:
            chunk = self._stream.read(min(max(self.size, len(kept)), LONGEST_MESSAGE))
        except OSError as err:
            raise CannotRead("The file could not be read on.", where=self._ledger.file) from err
        self.base += self.at
        self.at = 0
        self._text = None
        self.data = kept + chunk
        self._ledger.feed(chunk)
        self.ended = not chunk
        return not self.ended

    def peek(self) -> int:
        """Step over blanks; the byte there, or END."""
        while True:
            match = _BLANK.match(self.data, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.data):
                return self.data[self.at]
            if not self.more():
                return END


class Extent:
    """Measures one value. ``find`` is told each further stretch of bytes until it gives an end."""

    __slots__ = ("_depth", "_escaped", "_in_string", "_started", "scalar")

    def __init__(self) -> None:
        self.scalar = False
        """A number, ``true``, ``null`` or rubbish: it ends where something else starts, or with the file."""
        self._depth = 0
        self._in_string = False
        self._escaped = False
        self._started = False

    def find(self, data: bytes, at: int) -> int:
        """The index after the value's last byte, or -1 when it goes on after ``data``. ``at`` continues where it was.

        The first call stands on the value's first byte.
        """
        if not self._started and at < len(data):
            self._started = True
            self.scalar = data[at] != _QUOTE and data[at] not in _OPENING
        if self.scalar:
            match = _SCALAR_END.search(data, at)
            return match.start() if match else -1
        while True:
            if self._in_string:
                at = self._leave_string(data, at)
                if at < 0 or self._depth == 0:
                    return at
            match = _OUTSIDE.search(data, at)
            if match is None:
                return -1
            at = match.end()
            if self._pass(data[match.start()]):
                return at

    def _pass(self, byte: int) -> bool:
        """Go past a quote or bracket. True when it ends the value."""
        if byte == _QUOTE:
            self._in_string = True
            return False
        self._depth += 1 if byte in _OPENING else -1
        return self._depth <= 0

    def _leave_string(self, data: bytes, at: int) -> int:
        if self._escaped and at < len(data):
            self._escaped = False
            at += 1
        while match := _INSIDE.search(data, at):
            at = match.end()
            if data[match.start()] == _QUOTE:
                self._in_string = False
                return at
            if at >= len(data):
                self._escaped = True
                return -1
            at += 1
        return -1
