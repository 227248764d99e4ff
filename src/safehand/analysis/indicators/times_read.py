"""The reader of times that the desk hands to the rules of meeting: words of time in British informal English.

    IndicatorWatch(load_words(), times_read)

What it points to is analysis/meeting_time; here its readings are gathered by the words they stand on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from safehand.analysis.indicators.folding import fold, words
from safehand.analysis.indicators.meeting_times import TimeRead
from safehand.analysis.indicators.needs import DIGIT
from safehand.analysis.meeting_time import WORTH, MeetingTime, earliest_ahead, meeting_times, words_of_time
from safehand.model.instant import Instant

_WORTH: Final = WORTH.union({DIGIT}, *(words(fold(word).text) for word in WORTH))
"""A text with none of these names no time, and most have none. As they are written, and as they are folded."""


def times_read(text: str, sent: Instant, bag: Iterable[str]) -> tuple[TimeRead, ...]:
    """The times of ``text`` in its order, each with the earliest moment it may mean. ``bag``: its words (line.py).

    A stretch that has begun when the message was sent ("today") is counted from then. Where the message's own time is
    not known there are the words alone.
    """
    if _WORTH.isdisjoint(bag):
        return ()
    if sent.earliest is None or sent.latest is None:
        return tuple(TimeRead(*_from_to(words), None) for words in words_of_time(text))
    by_words: dict[tuple[tuple[int, int], ...], list[MeetingTime]] = {}
    for time in meeting_times(text, sent):
        by_words.setdefault(time.words, []).append(time)
    return tuple(TimeRead(*_from_to(words), _earliest(by_words[words], sent.earliest)) for words in sorted(by_words))


def _from_to(words: Iterable[tuple[int, int]]) -> tuple[int, int]:
    starts, ends = zip(*words, strict=True)
    return min(starts), max(ends)


def _earliest(times: list[MeetingTime], sent: int) -> int:
    ahead = earliest_ahead(times, sent)
    return min(time.earliest for time in times) if ahead is None else max(ahead.earliest, sent)
