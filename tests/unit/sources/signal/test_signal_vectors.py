"""Every vector of tests/vectors/signal is read as its verdict says, whatever the window."""

from __future__ import annotations

import pytest

from safehand.sources.signal import SOURCE
from safehand.sources.signal.read import EXPORT_TEXT
from source_verdict import names_of, stated, vector, verdict

NAMES = names_of("signal")


def test_there_are_vectors_good_and_bad() -> None:
    assert len(NAMES) >= 35
    assert sum("unparsed" in vector("signal", name)[1] for name in NAMES) >= 10


@pytest.mark.parametrize("window", [1 << 22, 1, 61, 1024])
@pytest.mark.parametrize("name", NAMES)
def test_a_vector_is_read_as_its_verdict_says_through_any_window(name: str, window: int) -> None:
    files, expected = vector("signal", name)
    assert verdict(SOURCE, files, EXPORT_TEXT, window, stated("signal", name)) == expected
