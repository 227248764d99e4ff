"""What a stretch of words says: a day, a clock time, a part of a day, a moment counted from the message.

    "a week on friday"    Said(Kind.DAY, first=0, end=4, rule="day.week_from", days=(Days(739218, 739218),))
    "half 5"              Said(Kind.CLOCK, …, clocks=(Clock(minute=330),))

``first`` and ``end`` are places among the words of a sentence (sentence.py). Days are ordinals (date.toordinal),
moments are minutes of the message's own clock: ordinal * 1440 + minutes after midnight.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from safehand.analysis.meeting_time.sentence import Sentence
from safehand.analysis.meeting_time.sorts import LETTERS
from safehand.analysis.meeting_time.times import TimeDoubt

DAY_MINUTES: Final = 1440


class Now(NamedTuple):
    """When the message was sent, by its own clock."""

    day: int
    minute: int
    """Minutes after midnight."""
    whole_day: bool = False
    """The source gives the day and no time."""

    @property
    def moment(self) -> int:
        """In minutes, as in Said."""
        return self.day * DAY_MINUTES + self.minute

    @property
    def weekday(self) -> int:
        """0 is Monday."""
        return (self.day + 6) % 7


class Kind(Enum):
    """What is said."""

    DAY = "day"
    CLOCK = "clock"
    PART = "part"
    MOMENT = "moment"


class Days(NamedTuple):
    """One reading of a day or of some days: the last is included."""

    first: int
    last: int
    doubts: tuple[TimeDoubt, ...] = ()


class Clock(NamedTuple):
    """A clock time: minutes after midnight, in the first half of the day unless ``exact``. ``end`` of a stretch."""

    minute: int
    exact: bool = False
    end: int | None = None
    end_exact: bool = False
    about: bool = False
    past_the_hour: bool = False
    """Minutes past an hour that is not named: "at half past"."""


class Said(NamedTuple):
    """One thing that is said, where, and by which rule it was read."""

    kind: Kind
    first: int
    end: int
    rule: str
    days: tuple[Days, ...] = ()
    part: str | None = None
    clocks: tuple[Clock, ...] = ()
    moments: tuple[int, int] | None = None
    weak: bool = False
    """It counts beside a day or a clock time alone: "night", "tea"."""
    movable: bool = False
    """It comes again: a past one is meant as easily as the next ("Friday", "the 12th", "at 5")."""


Make: TypeAlias = Callable[[Sentence, int, int, Now], "Said | None"]
"""Reads the words from the one place up to the other; None where their figures are no time after all."""


class Rule(NamedTuple):
    """A pattern over sorts of words (sorts.py), and what to make of the words it stands on.

    ``name`` tells the rows of a table apart; a reading tells the ``rule`` of its Said, which several rows may share.
    """

    name: str
    written: str
    make: Make


def value_of(sentence: Sentence, first: int, end: int, *sorts: str) -> int | None:
    """The value of the first word of one of these sorts, or None."""
    wanted = [LETTERS[sort] for sort in sorts]
    for place in range(first, end):
        if sentence.letters[place] in wanted:
            return sentence.values[place]
    return None


def has(sentence: Sentence, first: int, end: int, sort: str) -> bool:
    """Whether a word of this sort is there."""
    return sentence.letters.find(LETTERS[sort], first, end) >= 0


def count(sentence: Sentence, first: int, end: int) -> tuple[int, int]:
    """How many, from and to: "a few" is two to five, "a couple" is two, no figure at all is one."""
    if has(sentence, first, end, "few"):
        return 2, 5
    if has(sentence, first, end, "couple"):
        return 2, 2
    tens = value_of(sentence, first, end, "tens")
    ones = value_of(sentence, first, end, "hour", "hour_word", "num")
    if tens is not None:
        total = tens + (ones if ones is not None and ones < 10 else 0)
        return total, total
    return (1, 1) if ones is None else (ones, ones)
