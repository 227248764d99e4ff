"""One conversation in two forms of its platform is seen to be one: the same words at the same moments."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import pytest

from promise_samples import BUILDERS
from safehand.analysis.overlap import Verdict
from safehand.analysis.whole import Whole
from safehand.model.conversation import ConversationOpened
from safehand.model.message import Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading

MESSAGES = 40
APART = {
    "roblox": "chat and private messages are two kinds of record, not two forms of one",
    "omegle": "its logs have no times to lay beside each other",
}
"""Platforms whose forms are never of one conversation."""


def files_of(name: str, folder: str) -> list[FileInMemory]:
    made = BUILDERS[name](MESSAGES)
    return [FileInMemory(f"{folder}/{file}", f"{folder}/{file}", data) for file, data in made.files.items()]


def moments_of(name: str) -> set[int]:
    reading = Reading(Capture(tuple(files_of(name, "a"))))
    keys = [event.sent.order_key() for event in reading.events() if isinstance(event, Message)]
    return {key // 3_600_000_000 for key in keys if key is not None}


def pairs() -> list[tuple[str, str]]:
    by_source: dict[str, list[str]] = defaultdict(list)
    for name in sorted(BUILDERS):
        if not name.endswith("ZIP") and name.split(",")[0] not in APART:
            by_source[name.split(",")[0]].append(name)
    found = [pair for names in by_source.values() for pair in combinations(names, 2)]
    # Some samples are made at moments of their own: those are other conversations, whatever is said in them.
    return [(a, b) for a, b in found if moments_of(a) & moments_of(b)]


PAIRS = pairs()


def test_many_forms_are_held_against_each_other() -> None:
    assert len(PAIRS) >= 30


@pytest.mark.parametrize(("a", "b"), PAIRS, ids=[f"{a} and {b}" for a, b in PAIRS])
def test_two_forms_of_one_conversation_are_laid_side_by_side(a: str, b: str) -> None:
    reading = Reading(Capture((*files_of(a, "first"), *files_of(b, "second"))))
    whole = Whole()
    events = list(whole.watched(reading.events()))
    of_first = {event.id for event in events if isinstance(event, ConversationOpened) and "first/" in event.files[0]}
    found = whole.overlaps()
    assert found
    for one in found:
        assert (one.a in of_first) != (one.b in of_first)
        assert one.overlap.count(Verdict.DIFFERING) == 0
    assert sum(one.overlap.count(Verdict.SAME) for one in found) == MESSAGES
