"""Drawing back, and what the other side does then. Rule 29. What points away is looked for as hard as what points to.

B: we should stop, this is wrong      withdrawal  withdraws
A: please dont go                     withdrawal  pursued   (1, 2)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.age import AGE_STATED, YOUNG
from safehand.analysis.indicators.age_gap import AGE_GAP, SCHOOL_STAGE
from safehand.analysis.indicators.age_thread import AGE_CONFLICT
from safehand.analysis.indicators.drawing_back import (
    PHRASES,
    drawing_back_from_age,
    taking_leave,
    withdrawing,
)
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.patterns import whole
from safehand.analysis.indicators.rule import Found, Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import WordRule, spread
from safehand.analysis.indicators.topics import topics_in

WITHDRAWAL: Final = Rule(
    "withdrawal",
    title="Drawing back",
    number=29,
    version=5,
    towards="The other side would not let it rest, or whoever drew back came back.",
    away="Whoever drew back gave it up, perhaps for good.",
    why="Giving up of one's own will bears on intent and on sentence; being held back by the other side bears on "
    "fairness.",
    false_alarms=("leaving for dinner", "quarrels", "a game that is over"),
    kinds=(
        Kind("withdraws", Points.AWAY, "may draw back, refuse or tell the other to stop"),
        Kind("pursued", Points.BOTH, "presses on after the other side may have drawn back"),
    ),
)

_AFTER: Final = 5
"""Messages after a drawing back in which the other side's pressing on is told."""

_PRESSES: Final = whole(
    r"(?:please|pls|plz) (?:don'?t|dont) (?:go|leave|stop|be|block)",
    r"(?:don'?t|dont) (?:go|leave me|stop (?:talking|now)|be like that|be boring|be scared|be shy|worry|block me)",
    r"come on|cmon|c'mon|go on|why not|but (?:i|you|u|we) (?:want|like|love|said|promised|wanted|thought)|<you> "
    r"(?:promised|said <you> would|owe me)",
    r"(?:i thought <you>|just (?:once|this once|one)|last time|no ?one will know|i won'?t tell|i wont tell|wait|stay|"
    r"miss <you>|i need <you>|if <you> (?:loved|liked|cared))",
)


def _drawn_back(line: Line) -> Iterator[Hit]:
    words = withdrawing(line)
    if words is not None:
        yield Hit("withdraws", *words.span())


_LED_UP: Final = (WITHDRAWAL, AGE_CONFLICT, AGE_GAP)


class Farewells:
    """Drawing back in few words, in answer to an age under 16: "oh. bye" says it there, and nothing elsewhere.

    Taking leave does too, soon after the same account drew back, doubted an age or remarked on it.
    """

    wakes = frozenset({AGE_STATED.id, SCHOOL_STAGE.id, *(rule.id for rule in _LED_UP)})

    def __init__(self) -> None:
        self.waiting = False
        self._age: Found | None = None
        self._answers = 0
        self._began: Found | None = None

    def look(self, line: Line) -> Iterable[Found]:
        """The next message."""
        told = tuple(self._gone(line)) if self._began is not None else ()
        if self._age is not None and line.by != self._age.by:
            self._answers += 1
            told = told or tuple(self._taken_leave(line, self._age))
            if told or self._answers >= _AFTER:
                self._age = None
        if line.found:
            self._stated(line)
        if self._began is not None and line.number - self._began.numbers[-1] >= _AFTER:
            self._began = None
        self.waiting = self._age is not None or self._began is not None
        return told

    def end(self) -> Iterable[Found]:
        """Nothing is left over."""
        return ()

    def _stated(self, line: Line) -> None:
        stated = line.first(AGE_STATED, *YOUNG) or line.first(SCHOOL_STAGE, "year_7_to_11")
        if stated is not None:
            self._age = stated
            self._answers = 0
        for rule in _LED_UP:
            began = line.first(rule)
            if began is not None and began.kind != "pursued":
                self._began = began

    def _gone(self, line: Line) -> Iterator[Found]:
        began = self._began
        if began is None or began.by != line.by or line.has(WITHDRAWAL):
            return
        words = taking_leave(line)
        if words is not None:
            numbers = (began.numbers[-1], line.number)
            yield Found(WITHDRAWAL, "withdraws", numbers, (line.place(*words.span()),), line.by)

    @staticmethod
    def _taken_leave(line: Line, age: Found) -> Iterator[Found]:
        words = None if line.has(WITHDRAWAL) else drawing_back_from_age(line)
        if words is not None:
            numbers = (*age.numbers[-1:], line.number)
            yield Found(WITHDRAWAL, "withdraws", numbers, (line.place(*words.span()),), line.by)


class Pursuits:
    """What the other side does within a few messages of a drawing back."""

    wakes = frozenset({WITHDRAWAL.id})

    def __init__(self) -> None:
        self.waiting = False
        self._drawn: Found | None = None

    def look(self, line: Line) -> Iterable[Found]:
        """The next message."""
        told = tuple(self._pressed(line))
        drawn = line.first(WITHDRAWAL, "withdraws")
        if drawn is not None:
            self._drawn = drawn
        elif told or (self._drawn is not None and line.number - self._drawn.numbers[-1] >= _AFTER):
            self._drawn = None
        self.waiting = self._drawn is not None
        return told

    def end(self) -> Iterable[Found]:
        """Nothing is left over."""
        return ()

    def _pressed(self, line: Line) -> Iterator[Found]:
        drawn = self._drawn
        if drawn is None or line.by == drawn.by or line.has(WITHDRAWAL):
            return
        numbers = (*drawn.numbers, line.number)
        presses = _PRESSES.first_in(line)
        if presses is not None:
            yield Found(WITHDRAWAL, "pursued", numbers, (line.place(*presses.span()),), line.by)
            return
        for _, found in topics_in(line):
            yield Found(WITHDRAWAL, "pursued", numbers, found.words, line.by)
            return


WORD_RULES: Final = (WordRule(WITHDRAWAL, PHRASES, _drawn_back, spread("stop")),)

BESIDE: Final = (_PRESSES,)
"""What is looked for after somebody drew back."""
