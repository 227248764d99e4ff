"""Indicators of a reading: every message is asked as it goes by, whatever the source.

    watch = IndicatorWatch(load_words())
    for event in watch.watched(reading.events()): …
    watch.take()                     what is known of the conversations that have ended, and no more held
    watch.found()                    indicators, in the order of the conversations and of their last messages
    watch.tallies("1")               of every rule: how many, per 1,000 messages, or why none were looked for

The watch holds a bounded number of indicators, and a bounded memory of the conversation that is open. Nothing is added
up: a tally is of one rule in one conversation, a rate is per 1,000 messages, and none found is told as "no candidate
found", never as "not present".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from safehand.analysis.indicators.asked import asked_with
from safehand.analysis.indicators.catalogue import thread_rules
from safehand.analysis.indicators.indicator import LISTED, Indicator
from safehand.analysis.indicators.language import LanguageWatch
from safehand.analysis.indicators.line import Line, line_of
from safehand.analysis.indicators.lists import WordList
from safehand.analysis.indicators.meeting_times import TimesIn, no_times
from safehand.analysis.indicators.rule import Found
from safehand.analysis.indicators.sorts import PICTURE, ThreadRule
from safehand.analysis.indicators.tally import Looked, Tally, tallies
from safehand.analysis.indicators.timing import Timing
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.message import Kind, Message

_NOBODY_SPEAKS: Final = frozenset({Kind.SYSTEM, Kind.CALL, Kind.DELETED, Kind.REACTION_NOTICE})
"""Kinds in which the platform speaks, or nobody."""


# Looking a member up on its class, or its hash, costs as much as two calls; these are asked of every message.
_TEXT: Final = Kind.TEXT
_MEDIA: Final = Kind.MEDIA

EVERY: Final = -1
"""All bits: every rule."""


class Taken(NamedTuple):
    """Indicators of conversations that ended; counts by conversation, rule, kind and account; what was looked at."""

    indicators: tuple[Indicator, ...]
    counts: dict[tuple[str, str, str, str | None], int]
    looked: dict[str, Looked]


class IndicatorWatch:
    """Looks at the events of a reading as they go by."""

    def __init__(self, words: WordList, times: TimesIn = no_times) -> None:
        """``words`` is the list that was built (lists.py), or a test's own; ``times`` reads times."""
        self.counts: Counter[tuple[str, str, str, str | None]] = Counter()
        """Indicators by conversation, rule, kind and account, those that are not listed too."""
        self.looked: dict[str, Looked] = {}
        """What was looked at of each conversation."""
        self._words = words
        self._times = times
        self._asked = asked_with(words)
        self._listed: Counter[tuple[str, str]] = Counter()
        self._indicators: list[Indicator] = []
        self._begin("")

    def watched(self, events: Iterable[Event]) -> Iterator[Event]:
        """The same events, looked at."""
        for event in events:
            if type(event) is Message:
                self._message(event)
            elif isinstance(event, ConversationOpened):
                self._begin(event.id)
            elif isinstance(event, ConversationClosed):
                self._end()
            yield event

    def found(self) -> tuple[Indicator, ...]:
        """Every listed indicator so far."""
        return tuple(self._indicators)

    def take(self) -> Taken:
        """Everything known of the conversations that have ended since it was last taken; it is then held no more.

        A reading of thousands of conversations is stored as it goes by: what the watch holds is bounded by one.
        """
        taken = Taken(tuple(self._indicators), dict(self.counts), dict(self.looked))
        self._indicators.clear()
        self._listed.clear()
        self.counts.clear()
        self.looked.clear()
        return taken

    def tallies(self, conversation: str) -> tuple[Tally, ...]:
        """One of each rule of the catalogue, in its order, for a conversation that was read."""
        return tallies(conversation, self.counts, self.looked[conversation], self._words)

    def _begin(self, conversation: str) -> None:
        self._open = conversation
        self._looked_at = 0
        self._language = LanguageWatch()
        self._last: dict[str, int] = {}
        self._timing = Timing()
        self._threads: tuple[ThreadRule, ...] = thread_rules(self._times)
        self._waiting = 0
        """Those that have to see the next message, a bit each, in their order from the lowest."""
        self._woken_by: dict[str, int] = {PICTURE: 0}
        """By rule, those that something it finds wakes."""
        for place, thread in enumerate(self._threads):
            for rule in thread.wakes:
                self._woken_by[rule] = self._woken_by.get(rule, 0) | 1 << place

    def _message(self, message: Message) -> None:
        kind = message.kind
        if kind is not _TEXT and kind in _NOBODY_SPEAKS:
            return
        self._looked_at += 1
        line = line_of(message)
        if line.words:
            wanted = self._asked.wanted(line)
            if wanted:
                self._asked.about(line, wanted, self._last)
            line.found.extend(self._language.look(line))
        # A picture may come with a message in which nothing is found.
        with_picture = bool(message.attachments) or kind is _MEDIA
        if line.found or with_picture or self._waiting:
            self._follow(line, with_picture=with_picture)
        line.found.extend(self._timing.look(line))
        for found in line.found:
            self._keep(found)

    def _follow(self, line: Line, *, with_picture: bool) -> None:
        """Ask the rules that wait for this message, and those that what was found in it wakes, in their order."""
        woken = self._woken_by[PICTURE] if with_picture else 0
        for found in line.found:
            woken |= self._woken_by.get(found.rule.id, 0)
        # Most messages are followed for what came before them, and nothing in them wakes another rule.
        if woken or line.found:
            self._ask(line, self._waiting | woken, EVERY)
        else:
            asked = self._waiting
            more = self._ask(line, asked, 0)
            if more & ~asked:
                self._ask(line, more & ~asked, EVERY & ~asked)

    def _ask(self, line: Line, asked: int, may_wake: int) -> int:
        """Ask rules, a bit each, from the lowest. What one finds wakes those after it that ``may_wake``; gives all."""
        woken_by, woken = self._woken_by, 0
        while asked:
            bit = asked & -asked
            asked ^= bit
            thread = self._threads[bit.bit_length() - 1]
            for found in thread.look(line):
                self._last[found.rule.id] = line.number
                line.found.append(found)
                wakes = woken_by.get(found.rule.id, 0)
                woken |= wakes
                asked |= wakes & may_wake & -(bit << 1)
            if thread.waiting:
                self._waiting |= bit
            else:
                self._waiting &= ~bit
        return woken

    def _end(self) -> None:
        for thread in self._threads:
            for found in thread.end():
                self._keep(found)
        for found in self._language.end():
            self._keep(found)
        self.looked[self._open] = Looked(self._looked_at, self._language.not_analysed)
        self._begin("")

    def _keep(self, found: Found) -> None:
        rule = found.rule
        self.counts[self._open, rule.id, found.kind, found.by] += 1
        self._listed[self._open, rule.id] += 1
        if self._listed[self._open, rule.id] <= LISTED:
            self._indicators.append(
                Indicator(
                    rule.id, rule.version, self._open, found.kind, found.numbers, found.words, found.by, found.value
                )
            )
