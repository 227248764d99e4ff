"""A reading looked at as a whole: where it may have gaps, and which of its conversations are one in two exports.

    whole = Whole(capture names)
    for event in whole.watched(reading.events()): …
    whole.gaps.found(), whole.gaps.counts        gaps.py
    whole.overlaps()                             ("1", "3", Overlap(…)), …

Two conversations are laid side by side where they share words that are not said by chance. To find such pairs among
thousands without comparing each with each, a sample of the hashes of long words is kept: all of a short conversation,
one in sixteen of a long one, chosen by the hash itself so that both sides choose the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final, NamedTuple

from safehand.analysis.gaps import SILENCE, GapWatch
from safehand.analysis.overlap import Overlap, overlap_of
from safehand.analysis.prints import Prints
from safehand.model.conversation import ConversationOpened, Event
from safehand.model.message import Message

_SHORT: Final = 2_000
"""Messages of a conversation of which every hash is kept."""

_ONE_IN: Final = 16

_IN_MOST: Final = 8
"""Conversations in which one text may stand and still tell: a greeting sent to everyone tells nothing."""

_LEAST_SHARED: Final = 2
"""Texts of the sample that two conversations must share before they are laid side by side."""

_LEAST_SHARE: Final = 0.25
"""The part of the smaller side's messages, where both were running, that must have the same words: less is a few
messages passed on from one conversation to another."""


class SideBySide(NamedTuple):
    """Two conversations of one capture, by their ids, and how they lie beside each other."""

    a: str
    b: str
    overlap: Overlap


class Whole:
    """Looks at the events of a reading as they go by."""

    def __init__(self, listed_names: Iterable[str] = (), silence: int = SILENCE) -> None:
        """``listed_names`` are the names of all files of the capture; ``silence`` is in seconds."""
        self.gaps = GapWatch(listed_names, silence)
        self.platforms: set[str] = set()
        """Of the conversations that were read."""
        self._prints: dict[str, Prints] = {}

    def watched(self, events: Iterable[Event]) -> Iterator[Event]:
        """The same events, looked at."""
        prints = Prints()
        for event in self.gaps.watched(events):
            if type(event) is Message:
                prints.add(event)
            elif isinstance(event, ConversationOpened):
                prints = self._prints[event.id] = Prints()
                self.platforms.add(event.platform)
            yield event

    def overlaps(self) -> tuple[SideBySide, ...]:
        """Every pair of conversations that is one conversation in two exports, in the order they were read."""
        found = []
        for a, b in self._candidates():
            overlap = overlap_of(self._prints[a], self._prints[b])
            if overlap is not None and _is_one(overlap):
                found.append(SideBySide(a, b, overlap))
        return tuple(found)

    def _candidates(self) -> list[tuple[str, str]]:
        order = {ident: place for place, ident in enumerate(self._prints)}
        standing: dict[int, list[str]] = {}
        for ident, prints in self._prints.items():
            for text in _sample(prints):
                standing.setdefault(text, []).append(ident)
        shared = Counter(
            pair for idents in standing.values() if 1 < len(idents) <= _IN_MOST for pair in combinations(idents, 2)
        )
        pairs = [pair for pair, count in shared.items() if count >= _LEAST_SHARED]
        return sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))


def _sample(prints: Prints) -> set[int]:
    every = len(prints) <= _SHORT
    return {
        text
        for index in range(len(prints))
        if prints.long[index] and ((text := prints.text(index)) % _ONE_IN == 0 or every)
    }


def _is_one(overlap: Overlap) -> bool:
    """Whether enough is the same, where both exports were running, for the two to be one conversation."""
    together = overlap.together
    if together is None:
        return False
    inside = overlap.rows[together[0] : together[1] + 1]
    same = sum(row.length for row in inside if row.has_same_words)
    a = sum(row.length for row in inside if row.a is not None)
    b = sum(row.length for row in inside if row.b is not None)
    return same >= _LEAST_SHARE * min(a, b)
