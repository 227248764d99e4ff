"""Promises of instants: integers in UTC, the raw text beside them, and never a zone that nobody stated."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.model.instant import MICRO, Basis, Precision, format_utc, unknown_instant, utc_instant

moments = st.datetimes(
    min_value=datetime(1, 1, 2),  # noqa: DTZ001  hypothesis wants it naive; the zone is given beside
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(moments)
def test_a_written_instant_reads_back_to_the_microsecond(moment: datetime) -> None:
    micros = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // (moment.resolution)
    assert datetime.fromisoformat(format_utc(micros)) == moment


@pytest.mark.parametrize(
    ("micros", "precision", "text"),
    [
        (0, Precision.SECOND, "1970-01-01T00:00:00Z"),
        (-1, Precision.MICROSECOND, "1969-12-31T23:59:59.999999Z"),
        (1_767_996_421 * MICRO, Precision.MINUTE, "2026-01-09T22:07:01Z"),
        (1_767_996_421_250_000, Precision.MILLISECOND, "2026-01-09T22:07:01.250Z"),
        (1_767_996_421_000_000, Precision.MILLISECOND, "2026-01-09T22:07:01.000Z"),
    ],
)
def test_an_instant_is_written_with_the_digits_its_source_gave(micros: int, precision: Precision, text: str) -> None:
    assert format_utc(micros, precision) == text


def test_an_instant_in_utc_has_no_width() -> None:
    instant = utc_instant("1767996421", 1_767_996_421 * MICRO, Precision.SECOND)
    assert instant.earliest == instant.utc == instant.latest == instant.order_key()


def test_a_time_that_could_not_be_read_claims_nothing() -> None:
    instant = unknown_instant("half past")
    assert instant.raw == "half past"
    assert instant.basis is Basis.NONE
    assert instant.order_key() is None


def test_a_moment_outside_the_calendar_is_refused() -> None:
    with pytest.raises(OverflowError):
        format_utc(10**18)
