"""Picking out of every form that holds many conversations: what is left reads as it did, and no more is there."""

from __future__ import annotations

from functools import cache

import pytest

from promise_samples import BUILDERS, WORD
from safehand.errors import UsageError
from safehand.model.conversation import ConversationOpened
from safehand.model.message import Message
from safehand.seal.embedded_rules import marker
from safehand.seal.examine import examine
from safehand.seal.periods import Only
from safehand.seal.pick import pick
from safehand.seal.removed import sealed_pieces
from safehand.sources.contract import Capture, FileInMemory, ReadOptions, Veil
from safehand.sources.reading import Reading
from table_made import TABLES

MESSAGES = 24


def texts_by_conversation(capture: Capture) -> tuple[dict[str, list[str]], Reading]:
    found: dict[str, list[str]] = {}
    reading = Reading(capture, ReadOptions(tables=TABLES))
    current = ""
    for event in reading.events():
        if isinstance(event, ConversationOpened):
            current = event.id
            found[current] = []
        elif isinstance(event, Message):
            found[current].append(event.text or "")
    return found, reading


@cache
def capture_of_sample(name: str) -> Capture:
    made = BUILDERS[name](MESSAGES)
    return Capture(tuple(FileInMemory(n, n, data) for n, data in made.files.items() if not n.endswith(".zip")))


MANY = sorted(
    name for name in BUILDERS
    if not name.endswith("ZIP") and len(texts_by_conversation(capture_of_sample(name))[0]) > 1
)  # fmt: skip


def test_some_forms_hold_many_conversations() -> None:
    assert len(MANY) >= 8


@pytest.mark.parametrize("name", MANY)
def test_what_was_picked_reads_as_before_and_nothing_else_is_in_the_copy(name: str) -> None:
    capture = capture_of_sample(name)
    before, _ = texts_by_conversation(capture)
    for number in before:
        try:
            picked = pick(capture, Only((int(number),), "Not about this."), TABLES)
        except UsageError:
            continue
        copies, veils = [], {}
        for file in capture.files:
            if file.id in picked.whole:
                continue
            found = examine(file, picked.removed.get(file.id, ()), lambda _: None)
            with file.open() as stream:
                data = b"".join(sealed_pieces(stream, found.removed, marker))
            copies.append(FileInMemory(file.id, file.name, data))
            own, shift = [], 0
            for removed in found.removed:
                own.append(Veil(removed.start - shift, marker(removed)))
                shift += removed.end - removed.start - len(marker(removed))
            veils[file.id] = tuple(own)
        after, reading = texts_by_conversation(Capture(tuple(copies), veils=veils))
        assert [texts for texts in after.values() if texts] == [before[number]] * bool(before[number])
        assert [account.unparsed for account in reading.accounts()] == [()] * len(copies)
        words = {word for texts in before.values() for text in texts for word in WORD.findall(text.encode())}
        wanted = {word for text in before[number] for word in WORD.findall(text.encode())}
        left = {word for copy in copies for word in WORD.findall(copy.data)}
        assert left & (words - wanted) == set()
