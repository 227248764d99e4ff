"""One conversation in two forms of its platform is seen to be one: the same words at the same moments."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import combinations

import pytest

from promise_samples import BUILDERS
from safehand.analysis.overlap import Differs, Verdict
from safehand.analysis.whole import Whole
from safehand.model.conversation import ConversationOpened
from safehand.model.message import Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading
from sample import WORD

MESSAGES = 40
APART = {
    "table": "what its columns are is stated by a person",
    "roblox": "chat and private messages are two kinds of record, not two forms of one",
}
"""Platforms whose forms are never of one conversation."""


def files_of(name: str, folder: str) -> list[FileInMemory]:
    made = BUILDERS[name](MESSAGES)
    return [FileInMemory(f"{folder}/{file}", f"{folder}/{file}", data) for file, data in made.files.items()]


def moments_of(name: str) -> set[int]:
    reading = Reading(Capture(tuple(files_of(name, "a"))))
    keys = [event.sent.order_key() for event in reading.events() if isinstance(event, Message)]
    return {key // 3_600_000_000 for key in keys if key is not None}


@cache
def writers_of(name: str) -> dict[str, str | None]:
    """Who wrote the message with each sample's own word."""
    reading = Reading(Capture(tuple(files_of(name, "a"))))
    told = (event for event in reading.events() if isinstance(event, Message))
    return {
        word[0].decode(): one.sender_id or one.sender
        for one in told
        if (word := WORD.findall((one.text or "").encode()))
    }


def are_of_the_same(a: str, b: str) -> bool:
    """Whether each account of one sample is one of the other. Not all samples are of the same accounts."""
    of_a, of_b = writers_of(a), writers_of(b)
    both = {(of_a[word], of_b[word]) for word in of_a.keys() & of_b.keys()}
    return len(both) == len({one for one, _ in both}) == len({other for _, other in both})


def pairs() -> list[tuple[str, str]]:
    by_source: dict[str, list[str]] = defaultdict(list)
    for name in sorted(BUILDERS):
        if not name.endswith("ZIP") and name.split(",")[0] not in APART:
            by_source[name.split(",")[0]].append(name)
    found = [pair for names in by_source.values() for pair in combinations(names, 2)]
    # Some samples are made at moments of their own: those are other conversations, whatever is said in them.
    return [(a, b) for a, b in found if moments_of(a) & moments_of(b) or not (moments_of(a) or moments_of(b))]


PAIRS = pairs()
ACROSS = [
    ("sms, text messages", "imessage, exporter text"),
    ("sms, text messages", "imessage, database"),
    ("whatsapp, Android", "telegram, one chat"),
    ("whatsapp, iPhone", "telegram, pages"),
    ("omegle, text", "whatsapp, Android"),
]
"""Forms of two platforms: somebody copied the chat from one to the other, or the telephone has it in two programs."""


def test_many_forms_are_held_against_each_other() -> None:
    assert len(PAIRS) >= 30


def test_a_form_without_times_is_held_against_its_other_form() -> None:
    assert any(a.startswith("omegle") and b.startswith("omegle") for a, b in PAIRS)


@pytest.mark.parametrize(("a", "b"), PAIRS + ACROSS, ids=[f"{a} and {b}" for a, b in PAIRS + ACROSS])
def test_two_forms_of_one_conversation_are_laid_side_by_side(a: str, b: str) -> None:
    reading = Reading(Capture((*files_of(a, "first"), *files_of(b, "second"))))
    whole = Whole()
    events = list(whole.watched(reading.events()))
    of_first = {event.id for event in events if isinstance(event, ConversationOpened) and "first/" in event.files[0]}
    found = whole.overlaps()
    assert found
    for one in found:
        assert (one.a in of_first) != (one.b in of_first)
        assert one.overlap.count_differing(None) == 0
        assert one.overlap.count_differing(Differs.MEDIA) == 0
    differing = sum(one.overlap.count_differing(Differs.WHO) for one in found)
    same = sum(one.overlap.count(Verdict.SAME) for one in found)
    assert same + differing == MESSAGES + 2 * (a.startswith("omegle") and b.startswith("omegle"))  # its own two lines
    assert (differing == 0) == are_of_the_same(a, b)
