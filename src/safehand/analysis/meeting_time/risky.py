"""Words that are a day of the week, or something else: "sat", "sun", "mon", "wed".

    see u sat        a day            i sat down        none
    sun morning      a day            the sun is out    none

A word is a day here only where something beside it says so, and nothing beside it says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from safehand.analysis.meeting_time.sorts import any_of
from safehand.analysis.meeting_time.tables import listed

_PEOPLE: Final = listed(
    "i he she they it we who just the a that was were been all dad mum nan cat dog everyone still have had im hes shes"
    " my his her mon ami have your our"
)
_SEEN: Final = listed(
    "see c cu cya free til till until by on this next last every from for or before after around about come coming"
    " time not do is be to meet busy open through thru between"
)
_NOT_BEHIND: Final = {
    "sat": listed(
        "down there here next nav still up outside behind beside under with in on around waiting watching together"
        " through alone opposite inside near at"
    ),
    "sun": listed(
        "is was out came comes cream shine screen hat tan bathe bathing set sets rise burn burnt shining goes gone and"
        " hats"
    ),
    "mon": listed("ami petit cher dieu frere amour then cheri"),
    "wed": listed("planner my her him each in to his the"),
}
_TIMES: Final = any_of(
    "at hour hour_word clock12 clock24 part meal_time meal ordinal half quarter question stop comma or_ dash week"
    " fortnight til noon midnight num weekday risky_day relday night_of next this before after from instead glad good"
    " about month date_short ampm by"
)
_CLOCKS: Final = any_of("hour hour_word clock12 clock24 half quarter noon midnight long")


_AT: Final = any_of("at")
_BOTH: Final = any_of("or_ dash and_ weekday")
_PRONOUN: Final = any_of("pron")
_PART_OR_WEEK: Final = any_of("part week")
_STOP: Final = "".join(any_of("stop"))


def means_a_day(words: Sequence[str], letters: Sequence[str], place: int) -> bool:
    """Whether the risky word at ``place`` is a day of the week. ``letters`` are those of sorts.py."""
    word = words[place]
    before = words[place - 1] if place else ""
    letter_before = letters[place - 1] if place else _STOP
    behind = words[place + 1] if place + 1 < len(words) else ""
    letter_behind = letters[place + 1] if place + 1 < len(words) else _STOP
    if letter_behind in _AT and word == "sat":
        after_at = letters[place + 2] if place + 2 < len(words) else ""
        return after_at in _CLOCKS and before not in _PEOPLE
    if behind in _NOT_BEHIND[word] and not (word == "sat" and behind in {"in", "on"} and before in _SEEN):
        return False
    if before in _PEOPLE:
        return letter_behind in _PART_OR_WEEK and before not in {"i", "he", "she", "they", "we"}
    if before in _SEEN or letter_behind in _TIMES or letter_before in _BOTH:
        return True
    return letter_before in _PRONOUN and word != "sat"
