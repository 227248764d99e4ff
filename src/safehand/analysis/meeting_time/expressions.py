"""Expressions of several words that are one thing: "boxing day" is a feast, "second half" is no time at all.

    EXPRESSIONS["boxing"]     ((("day",), ("feast", 2)),)      what follows the first word, longest first

The table is data/expressions.txt. ``blank`` is a word of time that tells of none here; it hides what stands in it from
every rule.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from safehand.analysis.meeting_time.tables import listed, table
from safehand.analysis.meeting_time.uk_calendar import FEASTS
from safehand.analysis.meeting_time.words import Word

FEAST_NAMES: Final = tuple(sorted(FEASTS))
"""The names of feasts, in the order in which the values of ``feast`` words count them."""

Ending: TypeAlias = tuple[tuple[str, ...], Word]
"""The words behind the first one, and what the whole is."""


def _rows() -> tuple[tuple[Word, tuple[str, ...]], ...]:
    return tuple(
        (
            (sort, FEAST_NAMES.index(value) if sort == "feast" else int(value)),
            tuple(texts.replace("|", " | ").split(" | ")),
        )
        for sort, value, texts in table("expressions.txt")
    )


_ROWS: Final = _rows()


def _collected() -> dict[str, tuple[Ending, ...]]:
    found: dict[str, list[Ending]] = {}
    for word, texts in _ROWS:
        for text in texts:
            first, *rest = text.split()
            found.setdefault(first, []).append((tuple(rest), word))
    return {first: tuple(sorted(endings, key=lambda ending: -len(ending[0]))) for first, endings in found.items()}


EXPRESSIONS: Final = _collected()
"""By the first word: what follows it, longest first, and what the whole is."""

_TOO_COMMON: Final = listed("at over new may good st early late six guy bank gd spring")

FIRST_WORDS: Final = (
    frozenset(text.split()[0] for (sort, _), texts in _ROWS if sort == "feast" for text in texts)
    | listed("years fawkes patricks paddys georges andrews davids holiday holidays hol hols bankholiday")
) - _TOO_COMMON
"""Words of feasts that make a text worth reading on."""
