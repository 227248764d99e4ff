"""Pictures written as text: where they stand in a source file, so that they can be left out of the sealed copy.

    {"photo":"data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ…"}
    {"photo":"data:image/jpeg;base64,[[safehand left out 48211 bytes]]"}

A picture in base64 is still the picture (domain.md 5.1), so it is never copied; the place and the length of what was
left out stay, to be matched later against the device. What counts is published in data/embedded.json, with the rules
in words: whoever seals must leave out the same bytes.

Ordinary text must cost almost nothing. A run of 1,024 bytes without a space covers 32 sampled bytes in a row when
every 32nd is looked at, and chats have a space every few letters: so one byte in 32 is read, and only where 32 samples
in a row may belong to a run does a pattern look closer (embedded_window.py). The places found are the same whatever
the sizes of the pieces, and memory stays at one piece whatever the length of a run.
"""

from __future__ import annotations

from safehand.seal.embedded_window import KEPT_BEHIND, Run, Window
from safehand.seal.removed import Removed, Why


class EmbeddedScan:
    """The search through one file: feed it the bytes in order, in pieces of any size, then ask for what was found."""

    __slots__ = ("_base", "_found", "_kept", "_next", "_open")

    def __init__(self) -> None:
        self._kept = b""
        self._base = 0
        self._next = 0
        self._open: Run | None = None
        self._found: list[Removed] = []

    @property
    def is_clear(self) -> bool:
        """Whether nothing of what was fed is to be left out, nor may be: no picture has begun."""
        return not self._found and self._open is None

    def feed(self, piece: bytes) -> None:
        """The next bytes of the file."""
        self._work(self._kept + piece, last=False)

    def finish(self) -> tuple[Removed, ...]:
        """Everything to leave out, in order. Call it once, after the last piece."""
        self._work(self._kept, last=True)
        return tuple(self._found)

    def _work(self, data: bytes, *, last: bool) -> None:
        window = Window(data, self._base, self._next - self._base, last=last)
        run = self._open or window.next_run()
        while run is not None:
            end = run.walk(window)
            if end is None:
                window.position = run.at - self._base
                break
            if run.is_left_out(end):
                self._found.append(Removed(run.start, end, Why.EMBEDDED))
            window.position = end - self._base
            run = window.next_run()
        self._open = run
        keep = max(0, window.position - KEPT_BEHIND)
        self._next = self._base + window.position
        self._base += keep
        self._kept = data[keep:]
