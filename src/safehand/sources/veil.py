"""Veils: the places in a sealed copy where something was left out, so that no reader takes the marker for words.

    [{"id": 1, …}, [[safehand excluded 812 bytes]]{"id": 9, …}]
    [{"id": 1, …},                                 {"id": 9, …}]       what a reader is handed

A marker is no part of any platform's form. Where the statement says that one stands, and nowhere else (anybody can type
the words of a marker into a chat), a reader is handed blanks of the same length, which every form passes over, and the
places of all other bytes stay what they are. What is hashed and accounted for is the copy as it is: ``Veiled.true``.

A message that a veil lies in, or that ends where one lies, says so: ``left_out_here``.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

import msgspec

from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.sources.contract import Capture, SourceFile, Veil

_BLANK: Final = b" "
_LETTERS: Final = "mail"
"""The platform whose messages are followed by an empty line."""
_NEAR: Final = 16
"""Bytes that may stand between a message and what was left out after it: a comma, a line break, blanks. No message of
any form is so short that another would fit in there.
"""


@dataclass(frozen=True, slots=True)
class Veiled:
    """A source file with its veils drawn: the same id, name, size and places."""

    file: SourceFile
    veils: tuple[Veil, ...]
    """In order, apart from each other."""

    @property
    def id(self) -> str:
        """As of the file itself."""
        return self.file.id

    @property
    def name(self) -> str:
        """As of the file itself."""
        return self.file.name

    @property
    def size(self) -> int:
        """As of the file itself."""
        return self.file.size

    def open(self) -> BinaryIO:
        """A new stream at byte 0, blank where a veil lies."""
        return io.BufferedReader(_VeiledStream(self.file.open(), self.veils))

    def true(self, start: int, data: bytes) -> bytes:
        """``data`` from byte ``start`` on, as the file has it."""
        return _laid(start, data, self.veils, lambda veil: veil.marker)


def with_veils(capture: Capture) -> Capture:
    """The same capture, with veils drawn wherever it says that a marker stands."""
    if not capture.veils:
        return capture
    files = tuple(
        Veiled(file, capture.veils[file.id]) if capture.veils.get(file.id) else file for file in capture.files
    )
    return Capture(files, capture.register, capture.notes, capture.veils)


def say_left_out(events: Iterator[Event], veils: Mapping[str, tuple[Veil, ...]]) -> Iterator[Event]:
    """The same events; a message that a veil lies in or right behind bears the doubt, and so does its conversation."""
    starts = {file: [veil.start for veil in own] for file, own in veils.items()}
    touched = 0
    in_letters = False
    for event in events:
        match event:
            case Message(span=span):
                own = veils.get(span.file)
                veil = None if own is None else _veil_of(event, own, starts[span.file])
                touched += veil is not None
                yield event if veil is None else _told(event, veil, in_letters=in_letters)
            case ConversationOpened():
                in_letters = event.platform == _LETTERS
                touched = int(_is_title_veiled(event, veils))
                yield msgspec.structs.replace(event, title=None, title_span=None) if touched else event
            case ConversationClosed():
                yield _closed(event, touched) if touched else event


def _closed(closed: ConversationClosed, touched: int) -> ConversationClosed:
    doubts = tuple(sorted((*closed.doubts, (Doubt.LEFT_OUT_HERE, touched))))
    people = tuple(
        msgspec.structs.replace(one, names=tuple(name for name in one.names if not name.isspace()))
        for one in closed.participants
    )
    return msgspec.structs.replace(closed, doubts=doubts, participants=people)


def _is_title_veiled(opened: ConversationOpened, veils: Mapping[str, tuple[Veil, ...]]) -> bool:
    span = opened.title_span
    return span is not None and any(
        span.start <= veil.start and veil.end <= span.end for veil in veils.get(span.file, ())
    )


def _veil_of(message: Message, veils: Sequence[Veil], starts: Sequence[int]) -> Veil | None:
    """The last veil that begins inside of the message, or right behind its end."""
    at = bisect_right(starts, message.span.end + _NEAR) - 1
    return veils[at] if at >= 0 and veils[at].end > message.span.start else None


def _told(message: Message, veil: Veil, *, in_letters: bool) -> Message:
    text = message.text
    if text is not None:  # in forms of lines, what is blank is one more line of the message before it
        bare = text.removesuffix("\n").removesuffix("\n" + " " * len(veil.marker))
        text = (bare.rstrip("\n") if in_letters else bare) or None  # a letter's last line breaks are no part of it
    return msgspec.structs.replace(message, text=text, doubts=(*message.doubts, Doubt.LEFT_OUT_HERE))


class _VeiledStream(io.RawIOBase):
    """Reads what stands beneath, with the veils blank."""

    def __init__(self, beneath: BinaryIO, veils: tuple[Veil, ...]) -> None:
        super().__init__()
        self._beneath = beneath
        self._veils = veils

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._beneath.seek(offset, whence)

    def tell(self) -> int:
        return self._beneath.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's WriteableBuffer has no len
        start = self._beneath.tell()
        data = self._beneath.read(len(buffer))
        buffer[: len(data)] = _laid(start, data, self._veils, lambda veil: _BLANK * len(veil.marker))
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._beneath.close()
        super().close()


def _laid(start: int, data: bytes, veils: tuple[Veil, ...], what: Callable[[Veil], bytes]) -> bytes:
    """``data``, which begins at byte ``start``, with ``what`` each veil says in its place."""
    end = start + len(data)
    first = bisect_right(veils, start, key=lambda veil: veil.start) - 1
    out: bytearray | None = None
    for veil in veils[max(0, first) :]:
        if veil.start >= end:
            break
        begin, stop = max(veil.start, start), min(veil.end, end)
        if begin < stop:
            out = bytearray(data) if out is None else out
            out[begin - start : stop - start] = what(veil)[begin - veil.start : stop - veil.start]
    return data if out is None else bytes(out)
