"""The reader of times that the desk hands to the rules of meeting: words of time in British informal English.

    IndicatorWatch(load_words(), times_read)

What it points to is analysis/meeting_time; here its readings are gathered by the words they stand on.
"""

from __future__ import annotations

from collections.abc import Iterable

from safehand.analysis.indicators.meeting_times import TimeRead
from safehand.analysis.meeting_time import MeetingTime, earliest_ahead, meeting_times, words_of_time
from safehand.model.instant import Instant


def times_read(text: str, sent: Instant) -> tuple[TimeRead, ...]:
    """The times of ``text`` in its order, each with the earliest moment it may mean.

    A stretch that has begun when the message was sent ("today") is counted from then. Where the message's own time is
    not known there are the words alone.
    """
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
