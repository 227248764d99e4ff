"""Every vector of tests/vectors/snapchat is read as its verdict says, whatever the window."""

from __future__ import annotations

import pytest

from safehand.sources.snapchat import SOURCE
from safehand.sources.snapchat.chats import CHATS
from source_verdict import names_of, vector, verdict

NAMES = names_of("snapchat")


def test_there_are_vectors_good_and_bad() -> None:
    assert len(NAMES) >= 24
    assert sum("unparsed" in vector("snapchat", name)[1] for name in NAMES) >= 7


@pytest.mark.parametrize("window", [1 << 22, 1, 61, 1024])
@pytest.mark.parametrize("name", NAMES)
def test_a_vector_is_read_as_its_verdict_says_through_any_window(name: str, window: int) -> None:
    files, expected = vector("snapchat", name)
    assert verdict(SOURCE, files, CHATS, window) == expected
