"""Every vector of tests/vectors/kik is read as its verdict says, whatever the window."""

from __future__ import annotations

import pytest

from safehand.sources.kik import SOURCE
from source_verdict import names_of, vector, verdict

FORM = "kik/content-csv"
NAMES = names_of("kik")


def test_there_are_vectors_good_and_bad() -> None:
    assert len(NAMES) >= 19
    assert sum("unparsed" in vector("kik", name)[1] for name in NAMES) >= 4


@pytest.mark.parametrize("window", [1 << 22, 1, 61, 1024])
@pytest.mark.parametrize("name", NAMES)
def test_a_vector_is_read_as_its_verdict_says_through_any_window(name: str, window: int) -> None:
    files, expected = vector("kik", name)
    assert verdict(SOURCE, files, FORM, window) == expected
