"""Promises of wall clocks: what a reading without a zone is, and what a stated zone makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, reset_tzpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import UsageError
from safehand.model.doubt import Doubt
from safehand.model.instant import EAST_MOST, MICRO, WEST_MOST, Basis, Precision, format_utc
from safehand.sources.local_time import LocalClock, doubts_of, local_micros

HOUR = 3600 * MICRO


def test_without_a_zone_the_interval_runs_from_fourteen_hours_before_to_twelve_after() -> None:
    local = local_micros(2026, 1, 9, 22, 27)
    sent = LocalClock().instant("09/01/2026, 22:27", local, Precision.MINUTE)
    assert (sent.utc, sent.local) == (None, local)
    assert (sent.earliest, sent.latest) == (local - EAST_MOST, local + WEST_MOST)
    assert (sent.basis, sent.zone, sent.zone_by) == (Basis.DEVICE_LOCAL, None, None)
    assert doubts_of(sent) == (Doubt.ZONE_UNKNOWN,)


def test_the_basis_of_an_exporters_clock_is_kept_while_no_zone_is_stated() -> None:
    sent = LocalClock().instant("x", 0, Precision.SECOND, Basis.EXPORTER_LOCAL)
    assert sent.basis is Basis.EXPORTER_LOCAL


def test_a_stated_zone_gives_utc_and_says_who_stated_it() -> None:
    clock = LocalClock("Europe/London", "holder")
    sent = clock.instant("x", local_micros(2026, 7, 1, 12, 0), Precision.MINUTE)
    assert sent.utc is not None
    assert format_utc(sent.utc, Precision.MINUTE) == "2026-07-01T11:00:00Z"
    assert (sent.basis, sent.zone, sent.zone_by) == (Basis.STATED, "Europe/London", "holder")
    assert sent.earliest == sent.latest == sent.utc
    assert doubts_of(sent) == ()


def test_the_hour_that_comes_twice_has_no_utc_and_an_interval_over_both() -> None:
    local = local_micros(2026, 10, 25, 1, 30)
    sent = LocalClock("Europe/London").instant("x", local, Precision.MINUTE)
    assert (sent.utc, sent.earliest, sent.latest) == (None, local - HOUR, local)
    assert doubts_of(sent) == (Doubt.ZONE_FOLD,)


def test_the_hour_that_never_comes_has_no_utc_and_an_interval_over_both() -> None:
    local = local_micros(2026, 3, 29, 1, 30)
    sent = LocalClock("Europe/London").instant("x", local, Precision.MINUTE)
    assert (sent.utc, sent.earliest, sent.latest) == (None, local - HOUR, local)
    assert doubts_of(sent) == (Doubt.ZONE_FOLD,)


def test_other_hours_of_a_day_with_a_clock_change_are_sure() -> None:
    clock = LocalClock("Europe/London")
    before = local_micros(2026, 10, 25, 0, 59)
    after = local_micros(2026, 10, 25, 2, 0)
    assert clock.instant("x", before, Precision.MINUTE).utc == before - HOUR
    assert clock.instant("x", after, Precision.MINUTE).utc == after


def test_two_readings_stand_side_by_side_and_the_interval_covers_both() -> None:
    readings = (("day first", local_micros(2023, 4, 3)), ("month first", local_micros(2023, 3, 4)))
    sent = LocalClock().either("03/04/2023", readings, Precision.DAY)
    assert (sent.utc, sent.local) == (None, None)
    assert [found.label for found in sent.alternatives] == ["day first", "month first"]
    assert sent.earliest == readings[1][1] - EAST_MOST
    assert sent.latest == readings[0][1] + WEST_MOST
    assert doubts_of(sent) == (Doubt.ORDER_AMBIGUOUS, Doubt.ZONE_UNKNOWN)


def test_two_readings_with_a_stated_zone_each_have_their_utc() -> None:
    readings = (("day first", local_micros(2023, 7, 1)), ("month first", local_micros(2023, 1, 7)))
    sent = LocalClock("Europe/London", "holder").either("01/07/2023", readings, Precision.DAY)
    assert [found.utc for found in sent.alternatives] == [readings[0][1] - HOUR, readings[1][1]]
    assert sent.basis is Basis.STATED
    assert doubts_of(sent) == (Doubt.ORDER_AMBIGUOUS,)


def test_a_reading_among_two_that_falls_into_a_clock_change_is_told() -> None:
    readings = (("day first", local_micros(2026, 3, 29, 1, 30)), ("other", local_micros(2026, 3, 30, 1, 30)))
    sent = LocalClock("Europe/London").either("x", readings, Precision.MINUTE)
    assert doubts_of(sent) == (Doubt.ORDER_AMBIGUOUS, Doubt.ZONE_FOLD)


def test_readings_that_agree_are_one() -> None:
    local = local_micros(2023, 5, 5)
    sent = LocalClock().either("05/05/2023", (("day first", local), ("month first", local)), Precision.DAY)
    assert (sent.local, sent.alternatives) == (local, ())


@pytest.mark.parametrize("name", ["Europe/Lodnon", "", "../zones", "/etc/localtime", "tzdata.zi", "europe/london"])
def test_a_name_that_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        LocalClock(name)


def test_a_reading_beyond_what_a_date_can_hold_is_unreadable_and_raises_nothing() -> None:
    for local in (10**18, -(10**18)):
        assert doubts_of(LocalClock("Europe/London").instant("x", local, Precision.SECOND)) == (Doubt.TIME_UNREADABLE,)
        assert doubts_of(LocalClock().either("x", (("a", local), ("b", 0)), Precision.SECOND)) == (
            Doubt.TIME_UNREADABLE,
        )


@pytest.mark.parametrize("fields", [(2023, 2, 30), (2023, 13, 1), (0, 1, 1), (2023, 1, 1, 24), (2023, 1, 1, 1, 60)])
def test_a_time_that_no_clock_shows_is_a_value_error(fields: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  datetime words it
        local_micros(*fields)


@pytest.fixture(scope="module")
def _zones_of_the_package() -> Iterator[None]:
    """The judge must read the same edition of the database: the machine's own may be older."""
    reset_tzpath(to=())
    yield
    reset_tzpath()


@pytest.mark.usefixtures("_zones_of_the_package")
@given(
    st.sampled_from(
        ["Europe/London", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu", "Africa/Casablanca"]
    ),
    st.datetimes(min_value=datetime(1975, 1, 1), max_value=datetime(2036, 1, 1)),  # noqa: DTZ001  clock readings
)
def test_a_stated_zone_agrees_with_zoneinfo_for_every_reading(name: str, reading: datetime) -> None:
    clock = LocalClock(name)
    local = (reading.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    sent = clock.instant("x", local, Precision.MICROSECOND)
    zone = ZoneInfo.no_cache(name)
    moments = {reading.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    micros = sorted((m - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) for m in moments)
    assert (sent.earliest, sent.latest) == (micros[0], micros[-1])
    assert sent.utc == (micros[0] if len(micros) == 1 else None)
