"""With which letters a match can begin: so that a rule is asked only where it may fit.

    first_letters(pattern("half past? HOUR"))      the letter of half
    first_letters(pattern("(on)? weekday"))        those of on and of weekday

Reads what ``sorts.pattern`` writes: letters, groups, alternatives, ``?`` and ``MANY``, and what looks ahead and takes
no letter.
"""

from __future__ import annotations

from safehand.analysis.meeting_time.sorts import MANY


def first_letters(expression: str) -> frozenset[str]:
    """The letters. An expression that can match nothing at all is no rule."""
    letters, _, _ = _alternatives(expression, 0)
    return frozenset(letters)


def _alternatives(expression: str, at: int) -> tuple[set[str], bool, int]:
    """The first letters from ``at`` to the closing bracket, whether nothing will do too, and where the bracket is."""
    letters: set[str] = set()
    empty = False
    while True:
        more, nothing, at = _sequence(expression, at)
        letters |= more
        empty = empty or nothing
        if at == len(expression) or expression[at] == ")":
            return letters, empty, at
        at += 1


def _sequence(expression: str, at: int) -> tuple[set[str], bool, int]:
    letters: set[str] = set()
    open_still = True
    while at < len(expression) and expression[at] not in "|)":
        more, nothing, at = _item(expression, at)
        if expression.startswith(MANY, at):
            nothing, at = True, at + len(MANY)
        elif expression.startswith("?", at):
            nothing, at = True, at + 1
        if open_still:
            letters |= more
            open_still = nothing
    return letters, open_still, at


def _item(expression: str, at: int) -> tuple[set[str], bool, int]:
    sign = expression[at]
    if sign == "$":
        return set(), True, at + 1
    if sign != "(":
        return {sign}, False, at + 1
    looks_ahead = expression[at + 1 : at + 3] in {"?=", "?!"}
    letters, nothing, close = _alternatives(expression, at + 3)
    return (set(), True, close + 1) if looks_ahead else (letters, nothing, close + 1)
