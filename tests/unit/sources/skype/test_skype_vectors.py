"""Every vector of tests/vectors/skype is read as its verdict says, whatever the window."""

from __future__ import annotations

import pytest

from safehand.sources.skype import SOURCE
from safehand.sources.skype.read import MESSAGES
from source_verdict import names_of, vector, verdict

NAMES = names_of("skype")


def test_there_are_vectors_good_and_bad() -> None:
    assert len(NAMES) >= 25
    assert sum("unparsed" in vector("skype", name)[1] for name in NAMES) >= 3


@pytest.mark.parametrize("window", [1 << 22, 1, 61, 1024])
@pytest.mark.parametrize("name", NAMES)
def test_a_vector_is_read_as_its_verdict_says_through_any_window(name: str, window: int) -> None:
    files, expected = vector("skype", name)
    assert verdict(SOURCE, files, MESSAGES, window) == expected
