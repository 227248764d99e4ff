"""Figures beside a day or a time: an hour there needs no "at".

sat 11?            an hour, for it stands behind a day
7 tonight          the same before one
at 4 or 5          the 5 is an hour as the 4 is
tomorrow 4-5       from four until five
"""

from __future__ import annotations

import re
from typing import Final

from safehand.analysis.meeting_time.clock_words import said_clock, stretch
from safehand.analysis.meeting_time.said import Clock, Kind, Said
from safehand.analysis.meeting_time.sentence import Sentence
from safehand.analysis.meeting_time.sorts import any_of, pattern
from safehand.analysis.meeting_time.tables import listed

_DAY, _CLOCK, _PART, _MOMENT, _WEAK = "\u0001\u0002\u0003\u0004\u0005"
_MARK: Final = {Kind.DAY: _DAY, Kind.CLOCK: _CLOCK, Kind.PART: _PART, Kind.MOMENT: _MOMENT}

_HOUR: Final = pattern("HOUR")
_QUIET: Final = pattern("QUIET").replace("(?=", f"(?=[{_DAY}{_CLOCK}{_PART}{_WEAK}]|")
_RANGE: Final = pattern("HOUR (dash|to|til) HOUR")
_LINK: Final = pattern("(comma|question|dash|at|about|around_word|for|from|say|stop)*")
_OR: Final = pattern("(or_|instead of|dash|comma or_|comma)")

_BEHIND: Final = f"(?<=[{_DAY}{_PART}{_WEAK}]){_LINK}"
_AFTER_DAY: Final = f"{_BEHIND}(?P<r1>{_RANGE}){_QUIET}|{_BEHIND}(?P<h1>{_HOUR}){_QUIET}"
_THEN_DAY: Final = f"(?={pattern('(comma|on|this)?')}[{_DAY}])"
_THEN_DAY_OR_PART: Final = f"(?={pattern('(on|this)?')}[{_DAY}{_PART}])"
_BEFORE_DAY: Final = f"(?P<r2>{_RANGE}){_THEN_DAY}|(?P<h2>{_HOUR}){_THEN_DAY_OR_PART}"
_BESIDE_CLOCK: Final = f"(?<={_CLOCK}){_OR}(?P<h3>{_HOUR}){_QUIET}|(?P<h4>{_HOUR})(?={pattern('or_')}{_CLOCK})"
_BESIDE: Final = re.compile(f"{_AFTER_DAY}|{_BEFORE_DAY}|{_BESIDE_CLOCK}")

_FOR_AND_TO: Final = frozenset({"2", "4"})
_NUMBERED: Final = listed(
    "period year room no number bus page lesson chapter question plot flat part week route platform gate size level"
    " class set row pitch court grade track lane door bay unit"
)
_HOURS: Final = any_of("hour hour_word")
_AT: Final = any_of("at")


def beside(sentence: Sentence, found: list[Said]) -> list[Said]:
    """The same with the figures beside it. ``found`` is in order; so is the answer."""
    if _HOURS.isdisjoint(sentence.letters):
        return found
    letters, places = _reduced(sentence, found)
    added: list[Said] = []
    for match in _BESIDE.finditer(letters):
        for group in ("r1", "h1", "r2", "h2", "h3", "h4"):
            if match[group] is None:
                continue
            first, last = places[match.start(group)], places[match.end(group) - 1]
            said = _range(sentence, first, last) if group.startswith("r") else _hour(sentence, first, group)
            if said is not None:
                added.append(said)
    return sorted([*found, *added], key=lambda said: said.first) if added else found


def _reduced(sentence: Sentence, found: list[Said]) -> tuple[str, list[int]]:
    """The letters with one mark for each thing that is said, and the place of each among the words."""
    letters: list[str] = []
    places: list[int] = []
    at = 0
    for said in found:
        letters.extend(sentence.letters[at : said.first])
        places.extend(range(at, said.first))
        letters.append(_WEAK if said.weak and sentence.letters[said.first] not in _AT else _MARK[said.kind])
        places.append(said.first)
        at = said.end
    letters.extend(sentence.letters[at:])
    places.extend(range(at, len(sentence.letters)))
    return "".join(letters), places


def _hour(sentence: Sentence, place: int, group: str) -> Said | None:
    if group == "h2" and sentence.words[place] in _FOR_AND_TO:
        return None  # "see u 2 tomorrow", "free 4 tonight": "too", "to" or "for"; all of the day is told
    if place and sentence.words[place - 1] in _NUMBERED:
        return None  # "period 6 tomorrow" names a lesson
    hour = sentence.values[place]
    return said_clock(sentence, place, place + 1, "clock.beside", Clock(hour % 12 * 60))


def _range(sentence: Sentence, first: int, last: int) -> Said | None:
    found = stretch(sentence, first, first + 1, last + 1)
    return None if found is None else said_clock(sentence, first, last + 1, "clock.range_beside", found)
