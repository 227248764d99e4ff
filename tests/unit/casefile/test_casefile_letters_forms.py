"""In every form, one account has one letter: in the messages and in the list of who takes part."""

from __future__ import annotations

import pytest

from promise_samples import BUILDERS
from safehand.casefile.letters import Cast
from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.message import Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading


@pytest.mark.parametrize("name", sorted(name for name in BUILDERS if not name.endswith("ZIP")))
def test_whoever_wrote_has_the_letter_that_the_list_of_accounts_gives(name: str) -> None:
    files = tuple(FileInMemory(file, file, data) for file, data in BUILDERS[name](24).files.items())
    cast, wrote = Cast(), set[int | None]()
    for number, event in enumerate(Reading(Capture(files)).events()):
        match event:
            case ConversationOpened():
                cast.enter(event.platform, number)
                wrote = set()
            case Message():
                wrote.add(cast.of_message(event))
            case ConversationClosed():
                listed = {cast.of_participant(one) for one in event.participants if one.messages}
                assert listed == wrote - {None}
                silent = {cast.of_participant(one) for one in event.participants if not one.messages}
                assert not silent & wrote
