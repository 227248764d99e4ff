"""Every vector of tests/vectors/discord is read as its verdict says, whatever the window."""

from __future__ import annotations

import pytest

from safehand.sources.discord import SOURCE
from safehand.sources.discord.package_claim import JSON
from source_verdict import names_of, vector, verdict

NAMES = names_of("discord")


def test_there_are_vectors_good_and_bad() -> None:
    assert len(NAMES) >= 30
    assert sum("unparsed" in vector("discord", name)[1] for name in NAMES) >= 4


@pytest.mark.parametrize("window", [1 << 22, 1, 61, 1024])
@pytest.mark.parametrize("name", NAMES)
def test_a_vector_is_read_as_its_verdict_says_through_any_window(name: str, window: int) -> None:
    files, expected = vector("discord", name)
    assert verdict(SOURCE, files, JSON, window) == expected
