"""Is it in a language that the rules know? They know English, as it is written in British chats, and nothing else.

A message counts as English when it holds one of the commonest words of English or of chats. An account that writes ten
messages in a row of which three or fewer do is told to be **not analysed** from the first to the last of them. This
names no language and claims no more than it is: in ten English messages three or fewer such are very rare, and another
language has few of these words. What it must never do is let silence be read as "nothing there".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.everyday import COMMON
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.rule import Found, Kind, Points, Rule

RECORD_INTEGRITY: Final = Rule(
    "record_integrity",
    title="Passages not analysed",
    number=30,
    version=1,
    towards="Nothing. It says what the other rules could not see.",
    away="Nothing. What stands there may point either way, and somebody who reads that language has to look.",
    why="A rule that cannot read a passage finds nothing in it, and that must not pass for an answer. Where messages "
    "may "
    "be missing is told beside this, as gaps (analysis/gap.py).",
    false_alarms=("lists of names or of figures", "lyrics in another language", "messages of signs and pictures alone"),
    kinds=(
        Kind(
            "not_analysed", Points.CONTEXT, "belongs to a passage that is not analysed: it does not look like English"
        ),
    ),
)

WINDOW: Final = 10
"""Messages of an account that are judged together (analysis.md 0.9: never one message alone)."""

_MOST: Final = 3
"""Of WINDOW messages: this many with a common word or fewer is not English."""

_LEAST: Final = 4
"""Messages of a window that was cut short by the end; of so few, none may have a common word."""

_ACCOUNTS: Final = 64
"""Accounts that are watched in a conversation. In a group of more the others are taken together."""


class _Window:
    __slots__ = ("common", "first", "last", "messages", "open")

    def __init__(self) -> None:
        self.messages = self.common = self.first = self.last = 0
        self.open: tuple[int, int] | None = None


class LanguageWatch:
    """Looks at every message with words, of one conversation."""

    def __init__(self) -> None:
        self.not_analysed = 0
        """Messages told to be not analysed."""
        self._windows: dict[str | None, _Window] = {}

    def look(self, line: Line) -> Iterable[Found]:
        """The next message that has words. Found when a passage has ended: its first and last message."""
        window = self._windows.get(line.by)
        if window is None:
            key = line.by if len(self._windows) < _ACCOUNTS else None
            window = self._windows.setdefault(key, _Window())
        if not window.messages:
            window.first = line.number
        window.messages += 1
        window.last = line.number
        if not COMMON.isdisjoint(line.words):
            window.common += 1
        return self._judge(line.by, window, _MOST) if window.messages == WINDOW else ()

    def end(self) -> Iterator[Found]:
        """The conversation is over: windows that were cut short, and passages that are still open."""
        for by, window in self._windows.items():
            if window.messages >= _LEAST:
                yield from self._judge(by, window, 0)
            yield from _passage(by, window)

    def _judge(self, by: str | None, window: _Window, most: int) -> Iterable[Found]:
        found: Iterable[Found] = ()
        if window.common <= most:
            first = window.open[0] if window.open else window.first
            window.open = (first, window.last)
            self.not_analysed += window.messages
        else:
            found = tuple(_passage(by, window))
        window.messages = window.common = 0
        return found


def _passage(by: str | None, window: _Window) -> Iterator[Found]:
    if window.open:
        yield Found(RECORD_INTEGRITY, "not_analysed", window.open, by=by)
        window.open = None
