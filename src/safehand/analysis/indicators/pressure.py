"""The same request again after it was refused, by whichever side. Rule 23.

A: send a pic?   B: nah   A: go on just one pic       pressure_after_refusal  image  (1, 2, 3)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.acts import insisting, is_refusal
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.rule import Found, Kind, Points, Rule
from safehand.analysis.indicators.topics import TOPICS, topics_in

PRESSURE_AFTER_REFUSAL: Final = Rule(
    "pressure_after_refusal",
    title="Asked again after a refusal",
    number=23,
    version=3,
    towards="A refusal was not taken for one.",
    away="It may be the child or decoy account that pressed, or nagging about something quite ordinary.",
    why="It may be coercion, or persistence by whoever led the talk: the same rule looks at both sides.",
    false_alarms=("nagging about homework", "no as an answer to something else"),
    kinds=tuple(
        Kind(topic, Points.BOTH, f"comes back to something that may have been refused: {topic}")
        for topic in ("sexual", "image", "meeting", "gift", "supervision", "platform")
    ),
)

_ASKED: Final = frozenset(kind.code for kind in PRESSURE_AFTER_REFUSAL.kinds)

_REFUSED_IN: Final = 5
"""Messages after a request in which a refusal is of it."""

_AGAIN_IN: Final = 20
"""Messages after a refusal in which the same topic by the same account is pressure (analysis.md 3)."""

_INSISTS_IN: Final = 4
"""Messages after a refusal in which "go on" asks for the same again."""

_REQUESTS: Final = 8
"""Requests that are remembered at once."""


class Pressure:
    """Requests, refusals of them, and the same request again."""

    wakes = frozenset(TOPICS)

    def __init__(self) -> None:
        self.waiting = False
        self._asked: dict[tuple[str, str | None], int] = {}
        self._refused: dict[tuple[str, str | None], tuple[int, int]] = {}

    def look(self, line: Line) -> Iterable[Found]:
        """The next message."""
        told = tuple(self._again(line)) if self._refused else ()
        if self._asked:
            self._refusal(line)
        if line.found:
            self._remember(line)
        if self._asked or self._refused:
            self._forget(line.number)
        self.waiting = bool(self._asked) or any(
            line.number - refused < _INSISTS_IN for _, refused in self._refused.values()
        )
        return told

    def end(self) -> Iterable[Found]:
        """Nothing is left over."""
        return ()

    def _remember(self, line: Line) -> None:
        for topic, _ in topics_in(line):
            if topic in _ASKED:
                self._asked.pop((topic, line.by), None)
                self._asked[topic, line.by] = line.number

    def _again(self, line: Line) -> Iterator[Found]:
        for topic, found in topics_in(line):
            refused = self._refused.pop((topic, line.by), None)
            if refused is not None and line.number - refused[1] <= _AGAIN_IN:
                yield Found(PRESSURE_AFTER_REFUSAL, topic, (*refused, line.number), found.words, line.by)
                return
        yield from self._in_few_words(line)

    def _in_few_words(self, line: Line) -> Iterator[Found]:
        """The request that was refused last, made again without its words: "go on", "please"."""
        for topic, by in reversed(self._refused):
            asked, refused = self._refused[topic, by]
            if by == line.by and line.number - refused <= _INSISTS_IN:
                words = insisting(line)
                if words is not None:
                    del self._refused[topic, by]
                    numbers = (asked, refused, line.number)
                    yield Found(PRESSURE_AFTER_REFUSAL, topic, numbers, (line.place(*words.span()),), line.by)
                return

    def _refusal(self, line: Line) -> None:
        open_ = [(key, number) for key, number in self._asked.items() if key[1] != line.by]
        if open_ and is_refusal(line):
            for key, number in open_:
                self._refused[key] = (number, line.number)
                del self._asked[key]

    def _forget(self, number: int) -> None:
        # They stand in the order of their messages: what is to be forgotten stands first.
        while self._asked and number - next(iter(self._asked.values())) >= _REFUSED_IN:
            del self._asked[next(iter(self._asked))]
        if self._refused:
            for key in [key for key, (_, refused) in self._refused.items() if number - refused > _AGAIN_IN]:
                del self._refused[key]
        for memory in (self._asked, self._refused):
            while len(memory) > _REQUESTS:
                del memory[next(iter(memory))]
