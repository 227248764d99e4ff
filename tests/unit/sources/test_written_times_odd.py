"""A time that stands between two spellings is unreadable, and stops nobody."""

from __future__ import annotations

import pytest

from safehand.sources.written_times import _quick


@pytest.mark.parametrize(
    "text",
    ["2026-01-05 10:00+01 UTC", "2026-01-05 10+01:00 UTC", "2026-01-05 10:00-01 UTC"],
)
def test_an_offset_and_utc_in_one_time_is_no_quick_time(text: str) -> None:
    assert _quick(text) is None
