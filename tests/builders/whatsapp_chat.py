"""WhatsApp text exports, made for tests: the inverse of the reader.

``write_chat`` gives the bytes a phone would share: ``[14/01/2023, 00:05:00] Priya: beans are up``, and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

BEGIN: Final = datetime(2023, 1, 14)  # noqa: DTZ001  a wall clock, in a zone nobody states; day 14 decides the order


@dataclass(frozen=True, slots=True)
class Said:
    """One message: by whom (None: the platform), what, and how many minutes after BEGIN."""

    sender: str | None
    text: str
    minute: int


@dataclass(frozen=True, slots=True)
class Phone:
    """How a phone writes: what stands before the time, in it, and after it; and how a line ends."""

    form: str
    line_end: str


ANDROID: Final = Phone("{:%d/%m/%Y, %H:%M} - ", "\n")
IOS: Final = Phone("[{:%d/%m/%Y, %H:%M:%S}] ", "\r\n")


def write_chat(said: Sequence[Said], phone: Phone) -> bytes:
    """The export, as ``phone`` would write it."""
    lines = []
    for one in said:
        head = phone.form.format(BEGIN + timedelta(minutes=one.minute))
        lines.append(head + (one.text if one.sender is None else f"{one.sender}: {one.text}") + phone.line_end)
    return "".join(lines).encode()
