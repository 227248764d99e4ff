"""What a sample of a source is made of: who writes, when, and a word of its own in each message: ``plot0007``.

    Sample("telegram", "one chat", {"result.json": b"…"}, messages=40)

Each source has a module of samples beside this one, ``samples_telegram.py``; promise_samples.py is their table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

NAMES = ("Priya", "Zoë 🌻", "Tom: Plot 9")
WORD = re.compile(rb"plot\d{4,}")
_BEGIN = datetime(2026, 1, 4, 19, 2, 11, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """Files of one source, and how many messages stand in them."""

    source: str
    title: str
    files: dict[str, bytes]
    messages: int

    @property
    def words(self) -> list[bytes]:
        """The word of each message, oldest first."""
        return [word(number).encode() for number in range(self.messages)]


Builder = Callable[[int], Sample]


def word(number: int) -> str:
    return f"plot{number:04d}"


def text(number: int) -> str:
    """What is said: a line, or two, with letters beyond ASCII and marks that need escaping."""
    if number % 7 == 3:
        return f'{word(number)} is dug\nand “watered” at 10:15 — {{naïve}} [1] \\ "done" 🥕'
    return f"{word(number)} is dug"


def moment(number: int) -> datetime:
    # A day apart now and then, so that days beyond the twelfth come early and the order of dates is plain.
    return _BEGIN + timedelta(minutes=number, days=number // 2 if number < 60 else 30)


def name(number: int) -> str:
    return NAMES[number % len(NAMES)]
