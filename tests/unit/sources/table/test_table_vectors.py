"""Every vector of tests/vectors/table is read as its verdict says, whatever the window."""

from __future__ import annotations

import pytest

from safehand.sources.table import SOURCE
from safehand.sources.table.shape import FORM
from source_verdict import names_of, stated, vector, verdict

NAMES = names_of("table")


def test_there_are_vectors_good_and_bad() -> None:
    assert len(NAMES) >= 32
    assert sum("unparsed" in vector("table", name)[1] for name in NAMES) >= 7


@pytest.mark.parametrize("window", [1 << 22, 1, 61, 1024])
@pytest.mark.parametrize("name", NAMES)
def test_a_vector_is_read_as_its_verdict_says_through_any_window(name: str, window: int) -> None:
    files, expected = vector("table", name)
    assert verdict(SOURCE, files, FORM, window, stated("table", name)) == expected
