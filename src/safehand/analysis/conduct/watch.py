"""Counting what each account of a conversation does: one pass, and a memory that does not grow with the messages.

    watch = ConductWatch()
    watch.see(message, account=1, reading=…)     every message, in the order of the conversation
    watch.sides()                                {1: SideConduct(…), 2: SideConduct(…)}

An **act** is a message, a call or a reaction of an account. A note of the platform's is none. A message whose account
is not known may have been anybody's: nothing is claimed across it, neither a silence nor a run.
"""

from __future__ import annotations

from collections import Counter
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
from safehand.model.message import Kind, Message

_HOUR: Final = 3_600
_LEAST: Final = SILENCES[0] * _HOUR
_ANSWERED: Final = SILENCES[USUAL] * _HOUR
"""Seconds within which writing after another is an answer; beyond, it opens anew."""

_NOT_WRITTEN: Final = frozenset({Kind.CALL, Kind.REACTION_NOTICE})


class ConductWatch:
    """Looks at the messages of one conversation as they go by."""

    def __init__(self) -> None:
        self._sides: dict[int, _Side] = {}
        self._by: int | None = None
        self._sent: Instant | None = None
        self._run: tuple[int, int, int, int] | None = None

    def see(self, message: Message, account: int | None, reading: int | None) -> None:
        """The next message. ``reading`` is what the clock that is shown read, in microseconds, or None."""
        if message.kind is Kind.SYSTEM:
            return
        if account is None:
            self._end_run()
            self._by = self._sent = None
            return
        side = self._sides.get(account)
        if side is None:
            side = self._sides[account] = _Side(message.number)
        silence = _silence(self._sent, message.sent)
        self._act(side, message.number, account, silence)
        if message.kind in _NOT_WRITTEN:
            side.calls += message.kind is Kind.CALL
        else:
            self._written(side, message, account, silence)
            side.times[_known(message.sent)] += 1
            side.write_at(message.number, message.sent, reading)
        self._by, self._sent = account, message.sent

    def sides(self) -> dict[int, SideConduct]:
        """Every account that did anything, by its number, in the order of their first acts."""
        self._end_run()
        return {account: side.told() for account, side in self._sides.items()}

    def _act(self, side: _Side, number: int, account: int, silence: int | None) -> None:
        side.last = number
        if self._run is not None and self._run[0] != account:
            self._end_run()
        if silence is None:
            side.not_compared += 1
            return
        side.compared += 1
        if silence < _LEAST:
            return  # nine messages in ten: what follows is of silences alone
        own = self._by == account
        for place, hours in enumerate(SILENCES):
            if silence >= hours * _HOUR:
                side.opened[place] += 1
                side.reopened[place] += own
        if silence >= _ANSWERED and len(side.openings) < LISTED:
            side.openings.append(Opening(number, silence, own))

    def _written(self, side: _Side, message: Message, account: int, silence: int | None) -> None:
        text = message.text or ""
        side.messages += 1
        side.words += len(text.split())
        side.questions += "?" in text
        if self._by not in (None, account) and silence is not None and silence < _ANSWERED:
            side.answers[silence] += 1
        _, first, _, length = self._run or (account, message.number, 0, 0)
        self._run = (account, first, message.number, length + 1)

    def _end_run(self) -> None:
        if self._run is not None:
            account, *run = self._run
            self._sides[account].keep_run(Run(*run))
        self._run = None


class _Side:
    """What is known of one account so far."""

    def __init__(self, number: int) -> None:
        self.first = self.last = number
        self.messages = self.words = self.questions = self.calls = 0
        self.compared = self.not_compared = self.long_runs = 0
        self.times = [0, 0, 0, 0]
        self.opened = [0] * len(SILENCES)
        self.reopened = [0] * len(SILENCES)
        self.openings: list[Opening] = []
        self.longest: Run | None = None
        self.runs: list[Run] = []
        self.answers: Counter[int] = Counter()
        self.hours = [0] * 24
        self.stretches: list[Stretch] = []
        self.stretch_count = 0
        self._stretch: _Stretch | None = None

    def keep_run(self, run: Run) -> None:
        if self.longest is None or run.length > self.longest.length:
            self.longest = run
        if run.length >= LONG_RUN:
            self.long_runs += 1
            if len(self.runs) < LISTED:
                self.runs.append(run)

    def write_at(self, number: int, sent: Instant, reading: int | None) -> None:
        """Place it in the day and in a stretch. A day that can be read in two ways is in no stretch, as is no time."""
        if reading is None or not _is_one(sent):
            return
        hour = reading // (_HOUR * MICRO) % 24
        self.hours[hour] += 1
        stretch = self._stretch
        if stretch is None or (reading - stretch.end) >= BREAK * MICRO or (stretch.start - reading) >= BREAK * MICRO:
            self._end_stretch()
            stretch = self._stretch = _Stretch(number, reading)
        stretch.add(number, reading, hour)

    def told(self) -> SideConduct:
        self._end_stretch()
        return SideConduct(
            messages=self.messages,
            words=self.words,
            questions=self.questions,
            calls=self.calls,
            first=self.first,
            last=self.last,
            times=Times(*self.times),
            compared=self.compared,
            not_compared=self.not_compared,
            opened=tuple(self.opened),
            reopened=tuple(self.reopened),
            openings=tuple(self.openings),
            long_runs=self.long_runs,
            longest=self.longest,
            runs=tuple(self.runs),
            answers=self.answers.total(),
            answer_median=_median(self.answers),
            hours=tuple(self.hours),
            stretches=tuple(self.stretches),
            stretch_count=self.stretch_count,
        )

    def _end_stretch(self) -> None:
        if self._stretch is not None:
            self.stretch_count += 1
            if len(self.stretches) < LISTED:
                self.stretches.append(self._stretch.told())
        self._stretch = None


class _Stretch:
    """Writing without a long break, so far."""

    def __init__(self, number: int, reading: int) -> None:
        self.first = self.last = number
        self.start = self.end = reading
        self.messages = 0
        self.hours = [0] * 24

    def add(self, number: int, reading: int, hour: int) -> None:
        self.last = number
        if reading > self.end:
            self.end = reading
        elif reading < self.start:  # a source that runs back
            self.start = reading
        self.messages += 1
        self.hours[hour] += 1

    def told(self) -> Stretch:
        return Stretch(self.first, self.last, self.messages, self.start, self.end, tuple(self.hours))


def _silence(before: Instant | None, sent: Instant) -> int | None:
    """Seconds between two acts; None where their clocks are not known to agree, or the source runs back."""
    if before is None:
        return None
    if sent.utc is not None and before.utc is not None:
        silence = sent.utc - before.utc
    elif sent.utc is None and before.utc is None and sent.local is not None and before.local is not None:
        silence = sent.local - before.local
    else:
        return None
    return silence // MICRO if silence >= 0 else None


def _is_one(sent: Instant) -> bool:
    return sent.utc is not None or sent.local is not None


def _known(sent: Instant) -> int:
    """Which of Times counts it, by its place there."""
    if sent.utc is not None:
        return 0
    if sent.local is not None:
        return 1
    return 2 if sent.alternatives else 3


def _median(counts: Counter[int]) -> int | None:
    """The middle one, by counting up: exact, and no list of a million times is held."""
    middle = (counts.total() + 1) // 2
    for seconds in sorted(counts):
        middle -= counts[seconds]
        if middle <= 0:
            return seconds
    return None
