"""A sexual topic, by words of a published list and by nothing else. Rules 07 and 08.

    [sexual-remark]         sexual_first    first, and later for each one after it by the same account
    … quiet, [sexual-remark], an answer       sexual_episode  followed, ignored or refused

Which words are meant stands in no file of this repository (lists.py). A word of the list is a candidate: whether it is
a sexual topic at all, and whose, a person says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.acts import is_refusal
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.lists import WordClass, WordList, finder
from safehand.analysis.indicators.rule import Found, Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import WordRule, hits

SEXUAL_FIRST: Final = Rule(
    "sexual_first",
    title="Words of a sexual topic",
    number=7,
    version=2,
    towards="Whoever wrote the first of them may have raised a sexual topic.",
    away="The other side may have raised it first; and such words stand in medical talk, in banter and in swearing.",
    why="Who raised it first, and what came after, is asked by ss.10 and 15A and by every question of fairness.",
    false_alarms=("medical and school talk", "slang and banter", "adults among themselves"),
    kinds=(
        Kind("first", Points.BOTH, "holds the first word of a sexual topic that its account wrote"),
        Kind("later", Points.BOTH, "holds a word of a sexual topic"),
    ),
)

SEXUAL_EPISODE: Final = Rule(
    "sexual_episode",
    title="Episodes of a sexual topic",
    number=8,
    version=2,
    towards="Whoever began it came to the topic again after it had rested.",
    away="The other side began it, or whoever began it let it go when it was refused.",
    why="Persistence, and who led, are shown by episodes and not by the number of words.",
    false_alarms=("all that sets off rule 7",),
    kinds=(
        Kind("followed", Points.BOTH, "began an episode, and the other side took the topic up"),
        Kind("ignored", Points.BOTH, "began an episode that the other side did not take up"),
        Kind("refused", Points.BOTH, "began an episode that the other side refused"),
        Kind("open", Points.CONTEXT, "began an episode at the end of the conversation"),
    ),
)

REST: Final = 20
"""Messages without the topic after which the next is a new episode (analysis.md 3)."""

_ANSWERS: Final = 5
"""Messages of the other side in which the topic is taken up, refused, or let lie."""

_ACCOUNTS: Final = 64
"""Accounts whose first word is told apart; in a larger group the rest are told as later ones."""


def word_rules(words: WordList) -> tuple[WordRule, ...]:
    """Rule 07. Acts and parts of the body mark the topic; profanity does not."""
    acts, body = finder(words, WordClass.ACT), finder(words, WordClass.BODY)

    def _found(line: Line) -> Iterator[Hit]:
        yield from sorted(hits(line, ("later", acts), ("later", body)), key=lambda hit: hit.start)

    return (WordRule(SEXUAL_FIRST, (acts, body), _found),)


class FirstWords:
    """Makes the first hit of every account ``first``. It adds nothing: it changes what was found in the line."""

    wakes = frozenset({SEXUAL_FIRST.id})
    waiting = False

    def __init__(self) -> None:
        self._seen: set[str | None] = set()

    def look(self, line: Line) -> Iterable[Found]:
        """The next message in which something was found."""
        if line.by in self._seen or len(self._seen) >= _ACCOUNTS:
            return ()
        for place, found in enumerate(line.found):
            if found.rule is SEXUAL_FIRST:
                line.found[place] = found._replace(kind="first")
                self._seen.add(line.by)
                break
        return ()

    def end(self) -> Iterable[Found]:
        """Nothing is left over."""
        return ()


class Episodes:
    """Episodes of the topic, with what the other side did."""

    wakes = frozenset({SEXUAL_FIRST.id})

    def __init__(self) -> None:
        self.waiting = False
        self._last: int | None = None
        self._begun: Found | None = None
        self._answers = 0

    def look(self, line: Line) -> Iterable[Found]:
        """The next message."""
        hit = line.first(SEXUAL_FIRST)
        told = tuple(self._answered(line, hit))
        if hit is not None:
            if self._begun is None and (self._last is None or line.number - self._last > REST):
                self._begun = hit
                self._answers = 0
                self.waiting = True
            self._last = line.number
        return told

    def end(self) -> Iterator[Found]:
        """The conversation is over: an episode that nobody answered."""
        if self._begun is not None:
            yield self._told("ignored" if self._answers else "open", self._begun, None)

    def _answered(self, line: Line, hit: Found | None) -> Iterator[Found]:
        begun = self._begun
        if begun is None or line.by == begun.by:
            return
        self._answers += 1
        kind = "followed" if hit is not None else "refused" if is_refusal(line) else None
        if kind is None and self._answers < _ANSWERS:
            return
        yield self._told(kind or "ignored", begun, line if kind else None)
        self._begun = None
        self.waiting = False

    @staticmethod
    def _told(kind: str, begun: Found, answer: Line | None) -> Found:
        # Told where it began, with what answered it where that is known.
        numbers = begun.numbers if answer is None else (*begun.numbers, answer.number)
        return Found(SEXUAL_EPISODE, kind, numbers, begun.words, begun.by)
