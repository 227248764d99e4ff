"""Sorts of words: each has one letter, so that a sentence becomes a string, and a rule a pattern over it.

    "see u at half 5"   →   other other at half hour   →   five letters
    pattern("half past? HOUR")      a regular expression over such letters

Position in the string is position among the words, so a match says at once which words it stands on. Regular
expressions here have no nested repeats: matching takes time in proportion to the text.
"""

from __future__ import annotations

import re
from string import ascii_letters
from typing import Final

_NAMES: Final = """
numbers: hour is 1 to 12 in figures, hour_word one to twelve, pad 00 to 09, num 13 to 99, long has three or four figures
  hour hour_word hour_ish pad num tens long big clock12 clock24 date_year date_short ordinal nth_word
what makes a clock time of them
  half quarter past to til ampm oclock ish noon midnight
days and what goes with them
  weekday risky_day relday night_of month risky_month feast weekend part meal meal_time school
  day days week fortnight months minutes hours year span this next last every coming end_of away ago time
small words
  at on in for by from before after about around_word between say is_ do good sharp instead begin travel be give there
  a the of and_ or_ dash comma stop question me pron other_small couple few glad
what is never a time
  money unit blank other
"""
"""Lines that begin with two spaces name the sorts."""

_SIGNS: Final = ascii_letters + "".join(chr(sign) for sign in range(0xC0, 0x100))

LETTERS: Final = dict(
    zip([name for line in _NAMES.splitlines() if line.startswith("  ") for name in line.split()], _SIGNS, strict=False)
)
"""The letter of each sort. None of them means anything in a regular expression."""

MANY: Final = "{0,3}"
"""What ``*`` means: nobody writes more small words in a row, and an open end would make long texts slow."""

_MACROS: Final = {
    "HOUR": "(hour|hour_word)",
    "CLOCK": "(clock12|clock24)",
    "MINUTE": "(hour|hour_word|num|tens hour_word|tens)",
    "COUNT": "(hour|hour_word|num|tens|a couple of|couple of|a couple|couple|a few|few|a)",
    # What may follow a bare figure, so that it can be an hour: the end, a small word; never a thing that is counted.
    "QUIET": (
        "(?=$|stop|question|comma|dash|other_small|at|on|in|for|by|from|before|after|about|til|and_|or_|me|pron|the|good|"
        "sharp|instead|is_|do|there|this|next|weekday|relday|night_of|part|be|around_word|glad|say|meal_time|coming|"
        "begin|to)"
    ),
}


def pattern(written: str) -> str:
    """The regular expression over letters that ``written`` means. KeyError for a sort that there is not."""
    for name, meaning in _MACROS.items():
        written = re.sub(rf"\b{name}\b", lambda _, meaning=meaning: meaning, written)  # type: ignore[misc]
    without_groups = re.sub(r"\((?!\?)", "(?:", written)
    letters = re.sub(r"[a-z_]+[0-9]*", lambda word: LETTERS[word[0]], without_groups).replace(" ", "")
    return letters.replace("*", MANY)


def any_of(names: str) -> frozenset[str]:
    """The letters of some sorts, named with spaces between."""
    return frozenset(LETTERS[name] for name in names.split())
