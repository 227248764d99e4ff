"""Exports that others published are read whole: as many messages as they hold, and every byte accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from safehand.model.conversation import ConversationOpened
from safehand.model.message import Kind, Match, Message
from safehand.sources.google_chat import SOURCE
from safehand.sources.google_chat.read import CONVERSATION
from source_verdict import claims_of, read_files

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "google_chat"


@pytest.mark.skipif(not SAMPLES.exists(), reason="the published samples are not on this machine")
def test_the_published_sample_is_read_whole() -> None:
    files = {path.name: path.read_bytes() for path in sorted(SAMPLES.glob("*.json"))}
    assert len(files) == 2
    (claim,) = claims_of(SOURCE, files)
    assert len(claim.files) == 2
    events, accounts = read_files(SOURCE, files, CONVERSATION)
    assert isinstance(events[0], ConversationOpened)
    messages = [event for event in events if isinstance(event, Message)]
    assert [one.kind for one in messages] == [Kind.TEXT, Kind.TEXT, Kind.DELETED, Kind.MEDIA]
    assert messages[1].reply is not None
    assert messages[1].reply.match is Match.EXACT
    assert messages[1].edited is not None
    assert all(account.unparsed == () for account in accounts)
