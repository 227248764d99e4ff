"""What is known of one account while the messages of a conversation go by (watch.py), and the values made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from safehand.analysis.conduct.sides import (
    BREAK,
    LISTED,
    LONG_RUN,
    SILENCES,
    USUAL,
    Opening,
    Run,
    SideConduct,
    Stretch,
    Times,
)
from safehand.model.instant import MICRO, Instant

_HOUR: Final = 3_600
_LISTED_FROM: Final = SILENCES[USUAL] * _HOUR
_MICRO_HOUR: Final = _HOUR * MICRO
_MICRO_BREAK: Final = BREAK * MICRO


class Side:
    """One account so far."""

    __slots__ = (
        "_either",
        "_known",
        "_none",
        "_stretch",
        "answers",
        "calls",
        "compared",
        "first",
        "hours",
        "last",
        "long_runs",
        "longest",
        "messages",
        "not_compared",
        "opened",
        "openings",
        "questions",
        "reopened",
        "runs",
        "stretch_count",
        "stretches",
        "words",
    )

    def __init__(self, number: int) -> None:
        self.first = self.last = number
        self.messages = self.words = self.questions = self.calls = 0
        self.compared = self.not_compared = self.long_runs = 0
        self.opened = [0] * len(SILENCES)
        self.reopened = [0] * len(SILENCES)
        self.openings: list[Opening] = []
        self.longest: Run | None = None
        self.runs: list[Run] = []
        self.answers: defaultdict[int, int] = defaultdict(int)
        """How often it answered after so many seconds."""
        self.hours = [0] * 24
        """Of the stretches that have ended."""
        self.stretches: list[Stretch] = []
        self.stretch_count = 0
        self._known = self._either = self._none = 0
        self._stretch: _Stretch | None = None

    def open(self, number: int, silence: int, *, own: bool) -> None:
        """Message ``number`` came after a silence of an hour or more."""
        for place, hours in enumerate(SILENCES):
            if silence >= hours * _HOUR:
                self.opened[place] += 1
                self.reopened[place] += own
        if silence >= _LISTED_FROM and len(self.openings) < LISTED:
            self.openings.append(Opening(number, silence, own))

    def keep_run(self, run: Run) -> None:
        """A run has ended."""
        if self.longest is None or run.length > self.longest.length:
            self.longest = run
        if run.length >= LONG_RUN:
            self.long_runs += 1
            if len(self.runs) < LISTED:
                self.runs.append(run)

    def write_at(self, number: int, sent: Instant, reading: int | None) -> None:
        """Place it in the day and in a stretch. A day that can be read in two ways is in no stretch, as is no time."""
        if sent.utc is not None:
            self._known += 1
        elif sent.local is None:
            if sent.alternatives:
                self._either += 1
            else:
                self._none += 1
            return
        if reading is None:
            return
        stretch = self._stretch
        if stretch is None or reading - stretch.end >= _MICRO_BREAK or stretch.start - reading >= _MICRO_BREAK:
            self._end_stretch()
            stretch = self._stretch = _Stretch(number, reading)
        stretch.last = number
        if reading > stretch.end:
            stretch.end = reading
        elif reading < stretch.start:  # a source that runs back
            stretch.start = reading
        stretch.messages += 1
        stretch.hours[reading // _MICRO_HOUR % 24] += 1

    def told(self) -> SideConduct:
        """What it did, now that the conversation has ended."""
        self._end_stretch()
        device = self.messages - self._known - self._either - self._none
        return SideConduct(
            messages=self.messages,
            words=self.words,
            questions=self.questions,
            calls=self.calls,
            first=self.first,
            last=self.last,
            times=Times(self._known, device, self._either, self._none),
            compared=self.compared,
            not_compared=self.not_compared,
            opened=tuple(self.opened),
            reopened=tuple(self.reopened),
            openings=tuple(self.openings),
            long_runs=self.long_runs,
            longest=self.longest,
            runs=tuple(self.runs),
            answers=sum(self.answers.values()),
            answer_median=_median(self.answers),
            hours=tuple(self.hours),
            stretches=tuple(self.stretches),
            stretch_count=self.stretch_count,
        )

    def _end_stretch(self) -> None:
        stretch = self._stretch
        if stretch is not None:
            self.stretch_count += 1
            self.hours = [sum(both) for both in zip(self.hours, stretch.hours, strict=True)]
            if len(self.stretches) < LISTED:
                self.stretches.append(stretch.told())
        self._stretch = None


class _Stretch:
    """Writing without a long break, so far."""

    __slots__ = ("end", "first", "hours", "last", "messages", "start")

    def __init__(self, number: int, reading: int) -> None:
        self.first = self.last = number
        self.start = self.end = reading
        self.messages = 0
        self.hours = [0] * 24

    def told(self) -> Stretch:
        return Stretch(self.first, self.last, self.messages, self.start, self.end, tuple(self.hours))


def _median(counts: Mapping[int, int]) -> int | None:
    """The middle one, by counting up: exact, and no list of a million times is held."""
    middle = (sum(counts.values()) + 1) // 2
    for seconds in sorted(counts):
        middle -= counts[seconds]
        if middle <= 0:
            return seconds
    return None
