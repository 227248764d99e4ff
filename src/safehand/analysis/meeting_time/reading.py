"""Reads the times out of a text: the way in to this folder.

    times = meeting_times("meet at half 5 by the shop", message.sent)
    earliest_ahead(times, now)          the reading that drives the clock

Pure, deterministic, in time proportional to the text. No text and no instant makes it raise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from safehand.analysis.meeting_time.finding import find, may_say
from safehand.analysis.meeting_time.joining import Joined, joined
from safehand.analysis.meeting_time.own_time import OwnTime, local_micros, own_times
from safehand.analysis.meeting_time.resolving import Stretch, resolved
from safehand.analysis.meeting_time.said import Now, Said
from safehand.analysis.meeting_time.sentence import Sentence, read, small, worth_reading
from safehand.analysis.meeting_time.tense import Tenses
from safehand.analysis.meeting_time.times import MeetingTime, TimeDoubt
from safehand.model.instant import Instant

Words: TypeAlias = tuple[tuple[int, int], ...]
"""Stretches of a text, from and up to, in characters."""

_ANY_DAY: Final = Now(739_208, 720)
"""A Tuesday at noon, where it matters only whether a text names a time."""


def meeting_times(text: str, sent: Instant) -> tuple[MeetingTime, ...]:
    """Every reading of every time the text names, earliest first. None where it names none or has no time itself."""
    lowered = small(text)
    if not worth_reading(lowered):
        return ()
    sentence = read(lowered)
    if not may_say(sentence):
        return ()
    own = own_times(sent)
    found = [time for one in own for time in _read_by(sentence, one)]
    return tuple(sorted(dict.fromkeys(found), key=MeetingTime.order_key)) if len(found) > 1 else tuple(found)


def words_of_time(text: str) -> tuple[Words, ...]:
    """The words of each time the text names, in its order, for a message whose own time is not known."""
    lowered = small(text)
    if not worth_reading(lowered):
        return ()
    sentence = read(lowered)
    meant = joined(sentence, find(sentence, _ANY_DAY))
    return tuple(sorted({_words(sentence, _all_said(one)) for one in meant}))


def _words(sentence: Sentence, said: list[Said]) -> Words:
    return tuple(sentence.span(one.first, one.end) for one in said)


def _read_by(sentence: Sentence, own: OwnTime) -> Iterator[MeetingTime]:
    found = find(sentence, own.now)
    if not found:
        return
    tenses = Tenses(sentence)
    for meant in joined(sentence, found):
        said = _all_said(meant)
        looks_past = tenses.looks_past(said[0].first)
        words = _words(sentence, said)
        rules = tuple(one.rule for one in said)
        for stretch in resolved(meant, own.now, looks_past=looks_past):
            yield _time(stretch, own, words, rules)


def _all_said(meant: Joined) -> list[Said]:
    """What it is made of, in the order of the words."""
    return sorted((one for one in meant if one is not None), key=lambda one: one.first)


def _time(stretch: Stretch, own: OwnTime, words: tuple[tuple[int, int], ...], rules: tuple[str, ...]) -> MeetingTime:
    local, local_end = local_micros(stretch.first), local_micros(stretch.end)
    earliest, also = own.utc(local)
    until, latest = (earliest, also) if local == local_end else own.utc(local_end)
    doubts = list(stretch.doubts)
    if not own.zone_known:
        doubts.append(TimeDoubt.ZONE_UNKNOWN)
    elif earliest != also or until != latest:
        doubts.append(TimeDoubt.CLOCK_CHANGE)
    if local != local_end:
        latest -= 1
    return MeetingTime(earliest, latest, local, local_end, words, rules, tuple(dict.fromkeys(doubts)))
