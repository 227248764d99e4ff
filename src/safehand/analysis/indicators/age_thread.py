"""What became of an age: the answer to a question, what the other side did with it, and ages that do not agree.
Rules 01 (a bare number), 04 and 06.

    A: how old r u    B: 13           age_stated   13_to_15   (1, 2)
    A: ok cool                        age_reply    continues / acknowledges / disputes / withdraws / silent
    B: im 16 really                   age_conflict ages_differ (2, 4)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.acts import acknowledging_age
from safehand.analysis.indicators.age import AGE_QUESTION, AGE_STATED, YOUNG, YOUNGEST, age_kind, number_of
from safehand.analysis.indicators.age_gap import SCHOOL_STAGE
from safehand.analysis.indicators.doubting import DOUBTS_AGE, ELSEWHERE, doubting_age, elsewhere
from safehand.analysis.indicators.drawing_back import drawing_back_from_age
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.rule import Found, Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import WordRule

AGE_REPLY: Final = Rule(
    "age_reply",
    title="Answer to an age",
    number=4,
    version=6,
    towards="The other side took note of the age, or went on after it.",
    away="The other side drew back, doubted it, or never answered: it may not have been read or believed.",
    why="What follows a stated age shows what was known and what was done with it. Drawing back is for the other side.",
    false_alarms=("an answer to something else", "jokes"),
    kinds=(
        Kind("acknowledges", Points.TOWARDS, "may take note of an age that was stated"),
        Kind("continues", Points.TOWARDS, "goes on after an age was stated"),
        Kind("disputes", Points.AWAY, "may doubt an age that was stated"),
        Kind("withdraws", Points.AWAY, "may draw back after an age was stated"),
        Kind("silent", Points.AWAY, "stated an age, and nobody answered after it"),
    ),
)

AGE_CONFLICT: Final = Rule(
    "age_conflict",
    title="Ages that differ, and doubt",
    number=6,
    version=5,
    towards="The age that was believed may have been the lower one.",
    away="Another age was stated elsewhere, or the age was doubted: a belief in 16 or more may have been reasonable.",
    why="Reasonable belief that the other is 16 or over is a defence; whatever supports it has to be found as surely.",
    false_alarms=("slips of the finger", "jokes", "a birthday between the two"),
    kinds=(
        Kind("ages_differ", Points.AWAY, "states an age that does not fit one that its account stated before"),
        Kind("doubted", Points.AWAY, "doubts an age, or sets something else against it"),
    ),
)

_REPLIES: Final = 5
"""Messages of the other side after an age in which the reply is looked for (analysis.md section 6)."""

_ANSWERED_IN: Final = 3
"""Messages after a question of age in which a bare number is its answer."""

_PENDING: Final = 4
"""Stated ages whose replies are being waited for at once; of more, the oldest is told as it stands."""

_ACCOUNTS: Final = 64
"""Accounts whose stated ages are compared; beyond, in a larger group, they are not."""

_BARE: Final = re.compile(
    r"\W*(?:boy |girl |male |female |m |f |im |i'm |i am |erm+ |um+ |only |just |well |like |ok |lol |haha |"
    r"nearly |almost )*(\d{1,2}|eight|nine|"
    r"ten|eleven|"
    r"twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)(?:\s*(?:yrs?|years?|f|m|yo))?"
    r"(?:\W+(?:btw|lol|haha|hbu|wbu|u|you|and you|n u|f|m|why|y|x+|in \w+|soon|sorry|is that ok|tho|though|u\?|"
    r"nearly \d\d|yh|yeah))*\W*"
)
_YEAR: Final = 366 * 86_400_000_000
_RANK: Final = ("continues", "acknowledges", "disputes", "withdraws")
_REPLY: Final = (
    ("withdraws", drawing_back_from_age),
    ("disputes", doubting_age),
    ("acknowledges", acknowledging_age),
)


class BareAnswers:
    """A number alone, soon after somebody else asked for an age, is an age stated."""

    wakes = frozenset({AGE_QUESTION.id})

    def __init__(self) -> None:
        self.waiting = False
        self._asked: tuple[int, str | None] | None = None

    def look(self, line: Line) -> Iterable[Found]:
        """The next message."""
        told = tuple(self._answer(line))
        if line.has(AGE_QUESTION, "asks"):
            self._asked = (line.number, line.by)
        elif self._asked is not None and line.number - self._asked[0] >= _ANSWERED_IN:
            self._asked = None
        self.waiting = self._asked is not None
        return told

    def end(self) -> Iterable[Found]:
        """Nothing is left over."""
        return ()

    def _answer(self, line: Line) -> Iterator[Found]:
        if self._asked is None or line.by == self._asked[1] or line.has(AGE_STATED):
            return
        bare = _BARE.fullmatch(line.text)
        if bare is None or (age := number_of(bare[1])) < YOUNGEST:
            return
        numbers = (self._asked[0], line.number)
        yield Found(AGE_STATED, age_kind(age), numbers, (line.place(*bare.span(1)),), line.by, age)


class _Awaited:
    __slots__ = ("answers", "kind", "replies", "stated")

    def __init__(self, stated: Found) -> None:
        self.stated = stated
        self.kind: str | None = None
        self.replies: dict[str, Found] = {}
        """The first of each kind."""
        self.answers = 0


class Replies:
    """What the other side does after an age under 16, or a school year up to 11, is stated."""

    wakes = frozenset({AGE_STATED.id, SCHOOL_STAGE.id})

    def __init__(self) -> None:
        self.waiting = False
        self._awaited: list[_Awaited] = []

    def look(self, line: Line) -> Iterable[Found]:
        """The next message."""
        told: list[Found] = []
        for one in tuple(self._awaited):
            if line.by != one.stated.by:
                _weigh(one, line)
                if one.answers >= _REPLIES or one.kind == "withdraws":
                    self._awaited.remove(one)
                    told.extend(_reply(one))
        stated = line.first(AGE_STATED, *YOUNG) or line.first(SCHOOL_STAGE, "year_7_to_11")
        if stated is not None:
            self._awaited.append(_Awaited(stated))
            if len(self._awaited) > _PENDING:
                told.extend(_reply(self._awaited.pop(0)))
        self.waiting = bool(self._awaited)
        return told

    def end(self) -> Iterator[Found]:
        """The conversation is over: what was answered, and what nobody answered."""
        for one in self._awaited:
            yield from _reply(one)


def _weigh(one: _Awaited, line: Line) -> None:
    one.answers += 1
    kind, words = _kind_of_reply(line)
    if one.kind is None or _RANK.index(kind) > _RANK.index(one.kind):
        one.kind = kind
    if kind not in one.replies:
        places = (line.place(*words.span()),) if words is not None else ()
        numbers = (*one.stated.numbers[-1:], line.number)
        one.replies[kind] = Found(AGE_REPLY, kind, numbers, places, line.by, one.stated.value)


def _kind_of_reply(line: Line) -> tuple[str, re.Match[str] | None]:
    for kind, words_of in _REPLY:
        words = words_of(line)
        if words is not None:
            return kind, words
    return "continues", None


def _reply(one: _Awaited) -> Iterator[Found]:
    """The replies to an age, in their order: taking note of it, doubting and drawing back may follow each other.

    That somebody went on is told where there is nothing else to tell.
    """
    if one.kind == "continues":
        yield one.replies["continues"]
    elif one.kind is not None:
        yield from (reply for kind, reply in one.replies.items() if kind != "continues")
    else:
        yield _silent(one)


def _silent(one: _Awaited) -> Found:
    return Found(AGE_REPLY, "silent", one.stated.numbers[-1:], one.stated.words, one.stated.by, one.stated.value)


class Conflicts:
    """Ages of one account that do not agree; and of the doubts that were found, those of somebody else's age."""

    wakes = frozenset({AGE_STATED.id, AGE_CONFLICT.id})
    waiting = False

    def __init__(self) -> None:
        self._stated: dict[str | None, tuple[int, int, int | None]] = {}
        self._told: set[tuple[str | None, int, int]] = set()

    def look(self, line: Line) -> Iterable[Found]:
        """The next message in which something was found."""
        line.found = [found for one in line.found for found in self._doubted(one, line)]
        return tuple(self._differ(line))

    def end(self) -> Iterable[Found]:
        """Nothing is left over."""
        return ()

    def _differ(self, line: Line) -> Iterator[Found]:
        for found in line.found:
            if found.rule is not AGE_STATED or found.value is None:
                continue
            before = self._stated.get(line.by)
            if before is None:
                if len(self._stated) < _ACCOUNTS:
                    self._stated[line.by] = (line.number, found.value, line.at)
            elif not _fits(before, found.value, line.at) and self._is_new((line.by, before[1], found.value)):
                yield Found(AGE_CONFLICT, "ages_differ", (before[0], line.number), found.words, line.by, found.value)

    def _is_new(self, pair: tuple[str | None, int, int]) -> bool:
        if pair in self._told or len(self._told) >= _TOLD:
            return False
        self._told.add(pair)
        return True

    def _doubted(self, found: Found, line: Line) -> Iterator[Found]:
        """The same, but a doubt points to the age that another account stated, and is none where there is no such."""
        if found.rule is not AGE_CONFLICT:
            yield found
            return
        others = [number for by, (number, _, _) in self._stated.items() if by != line.by]
        # What a profile says of an age needs none that was stated beside it.
        if not others and elsewhere(line) is not None:
            yield found
        elif others:
            yield found._replace(numbers=(max(others), line.number))


DOUBTED_WITHIN: Final = 50
"""Messages after an age in which plain words such as "are you sure" are taken to be about it."""

_TOLD: Final = 500
"""Pairs of ages that do not fit, of one conversation, that are told: beyond, they are told no more."""


def _fits(before: tuple[int, int, int | None], age: int, at: int | None) -> bool:
    """Whether an age may follow an earlier one: the same, or older by as many birthdays as lie between."""
    _, was, then = before
    years = 0 if at is None or then is None else max(0, at - then) // _YEAR
    return was <= age <= was + years + 1


def _doubts(line: Line) -> Iterator[Hit]:
    words = doubting_age(line)
    if words is not None:
        yield Hit("doubted", *words.span())


def _elsewhere(line: Line) -> Iterator[Hit]:
    words = elsewhere(line)
    if words is not None and doubting_age(line) is None:
        yield Hit("doubted", *words.span())


WORD_RULES: Final = (
    WordRule(AGE_CONFLICT, (DOUBTS_AGE,), _doubts, near=AGE_STATED, within=DOUBTED_WITHIN),
    WordRule(AGE_CONFLICT, (ELSEWHERE,), _elsewhere),
)
