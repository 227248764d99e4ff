"""The words that matter, as people type them: "tmrw", "weds", "arvo", "qtr". The table is data/words.txt.

    WORDS["2moro"]       ("relday", 1)
    WORDS["thrusday"]    ("weekday", 3)        misspelt, one slip from the long name (spelling.py)

Apostrophes are taken out before a word is looked up: "o'clock" is "oclock". What is not here is ``other``. Expressions
of several words are in expressions.py.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from safehand.analysis.meeting_time.spelling import one_slip
from safehand.analysis.meeting_time.tables import listed, table

Word: TypeAlias = tuple[str, int]
"""The sort of a word (sorts.py), and its value: the hour, the number of days, the place in a list."""

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PART_NAMES: Final = ("morning", "afternoon", "evening", "night")
MEALS: Final = ("breakfast", "lunch", "tea", "dinner")
PLACES: Final = ("school", "work")
MEAL_TIMES: Final = ("breakfast", "lunch", "tea", "dinner", "home_time", "bedtime", "first_thing")


def _collected() -> dict[str, Word]:
    found: dict[str, Word] = {}
    for place, name in enumerate(WEEKDAYS):
        for word in one_slip(name):
            found[word] = found[f"{word}s"] = ("weekday", place)
    for word in one_slip("tomorrow"):
        found[word] = ("relday", 1)
    for sort, value, spellings in table("words.txt"):
        found.update(dict.fromkeys(spellings.split(), (sort, int(value))))
    return found


WORDS: Final = _collected()
"""Every word with its sort and value."""

_EVERYDAY: Final = listed(
    "at on in for by from before after about around_word between say is_ do sharp instead begin travel be give there a"
    " the of and_ or_ couple few every me pron good glad other_small unit to til past ampm this next last coming away"
    " ago time year day nth_word"
)

TRIGGERS: Final = frozenset(word for word, (sort, _) in WORDS.items() if sort not in _EVERYDAY)
"""A text that names a time has at least one of these, or a figure. Most messages have neither: they go no further."""
