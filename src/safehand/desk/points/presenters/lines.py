"""Lines of the library in words, each with its mark where it is unverified.

15.b   from 13 April 2015 (this day is unverified): A has met or communicated with B on one or more occasions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safehand.desk.core import say
from safehand.desk.points.offence import Line, Mark, Offence, Wording
from safehand.desk.points.spread import Spread, may_hold


@dataclass(frozen=True, slots=True)
class LineWords:
    """One line. ``when`` is empty where it holds for all of the case."""

    words: str
    source: str
    unverified: bool
    when: str = ""


def line_words(line: Line) -> LineWords:
    """A line."""
    return LineWords(line.words, line.source, line.mark is Mark.UNVERIFIED)


def lines_words(lines: Iterable[Line]) -> tuple[LineWords, ...]:
    """Some of them."""
    return tuple(map(line_words, lines))


def wordings_words(wordings: Iterable[Wording], spread: Spread) -> tuple[LineWords, ...]:
    """How an element reads, as far as some message may be from that time."""
    return tuple(
        LineWords(each.line.words, each.line.source, each.line.mark is Mark.UNVERIFIED, _when(each))
        for each in wordings
        if may_hold(each, spread)
    )


def checked_words(*offences: Offence) -> str:
    """How much of what stands on a page was compared with its source, and by whom it was not."""
    lines = [line for each in offences for line in each.lines]
    unverified = sum(line.mark is Mark.UNVERIFIED for line in lines)
    by = ", ".join(dict.fromkeys(each.reviewer for each in offences if each.reviewer))
    lawyer = f"Compared with the statute by {by}." if by else "No lawyer has compared this library with the statutes."
    checked = max(each.checked_on for each in offences)
    marked = f"{say.count(unverified)} of {say.counted(len(lines), 'line')} are unverified, and marked."
    return f"{marked} {lawyer} Checked on {say.day(checked)}."


def _when(wording: Wording) -> str:
    words = []
    if wording.start is not None:
        unsure = " (this day is unverified)" if wording.start_mark is Mark.UNVERIFIED else ""
        words.append(f"from {say.day(wording.start)}{unsure}")
    if wording.end is not None:
        words.append(f"until {say.day(wording.end)}")
    return ", ".join(words)
