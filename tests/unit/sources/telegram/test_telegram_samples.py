"""Exports that others published are read whole: as many messages as they hold, and every byte accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from safehand.model.conversation import ConversationClosed
from safehand.model.message import Kind, Message
from telegram_reading import claims_of, read_file

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "telegram"

# Messages in the file itself; SOURCES.tsv counts seven of the first, from its name, and leaves out the service message.
COUNTS = {"ca_DM_2A_7M.json": 8, "cm_single.json": 2}


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_a_published_sample_is_read_whole(name: str) -> None:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the published samples are not on this machine")
    data = path.read_bytes()
    assert len(claims_of(data)) == 1
    events, account = read_file(data)
    messages = [one for one in events if isinstance(one, Message)]
    assert len(messages) == COUNTS[name]
    assert account.unparsed == ()
    closed = events[-1]
    assert isinstance(closed, ConversationClosed)
    assert closed.messages == COUNTS[name]
    if name.startswith("ca_"):
        assert [one.kind for one in messages] == [
            Kind.SYSTEM, Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.MEDIA, Kind.MEDIA, Kind.CALL,
        ]  # fmt: skip
        assert messages[-1].call is not None
        assert messages[-1].call.seconds == 56
        assert [one.sent.utc is None for one in messages] == [True] * 3 + [False] * 5
