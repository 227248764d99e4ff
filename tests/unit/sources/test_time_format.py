"""Times of a table: what a person states of them is what is read, and everything else is left open."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import UsageError
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision, format_utc
from safehand.sources.local_time import LocalClock, doubts_of
from safehand.sources.time_format import LONGEST, TimeFormat

NOWHERE = LocalClock()
LONDON = LocalClock("Europe/London", "holder")

READ = [
    ("DD/MM/YYYY HH:MM", "22/04/2023 10:00", "2023-04-22T09:00:00Z", Precision.MINUTE),
    ("dd/mm/yyyy hh:mm", " 2/4/2023  9:05 ", "2023-04-02T08:05:00Z", Precision.MINUTE),
    ("MM/DD/YY HH:MM AM", "4/22/23 12:05 a.m.", "2023-04-21T23:05:00Z", Precision.MINUTE),
    ("D.M.YYYY, HH:MM PM", "3.1.2023, 12:05 PM", "2023-01-03T12:05:00Z", Precision.MINUTE),
    ("HH:MM DD MMM YYYY", "10:00 3 Sept 2023", "2023-09-03T09:00:00Z", Precision.MINUTE),
    ("YYYYMMDD'at'HHMMSS.SSS", "20230422at100001.25", "2023-04-22T09:00:01.250Z", Precision.MILLISECOND),
    ("YYYY-MM-DDTHH:MM:SSZ", "2023-04-22T10:00:00+0530", "2023-04-22T04:30:00Z", Precision.SECOND),
    ("YYYY-MM-DD HH:MM:SS UTC", "2023-04-22 10:00:00 UTC", "2023-04-22T10:00:00Z", Precision.SECOND),
    ("iso", "2023-04-22 10:00:00.123456Z", "2023-04-22T10:00:00.123456Z", Precision.MICROSECOND),
    ("ISO", "2023-04-22T10:00", "2023-04-22T09:00:00Z", Precision.MINUTE),
    ("unix", "1682157600", "2023-04-22T10:00:00Z", Precision.SECOND),
    ("unix", "1682157600.5", "2023-04-22T10:00:00.500Z", Precision.MILLISECOND),
    ("unix-ms", "1682157600123", "2023-04-22T10:00:00.123Z", Precision.MILLISECOND),
]


@pytest.mark.parametrize(("form", "raw", "utc", "precision"), READ)
def test_a_time_is_read_as_it_was_stated_to_be_written(form: str, raw: str, utc: str, precision: Precision) -> None:
    found = TimeFormat(form).instant(raw, LONDON)
    assert found.utc is not None
    assert format_utc(found.utc, precision) == utc
    assert (found.precision, found.raw) == (precision, raw.strip())


@pytest.mark.parametrize(
    ("form", "raw", "clock", "earliest", "latest"),
    [
        ("MMMM D, YYYY", "January 3, 2023", LONDON, "2023-01-03T00:00:00Z", "2023-01-03T23:59:59.999999Z"),
        ("iso", "2023-04-22", LONDON, "2023-04-21T23:00:00Z", "2023-04-22T22:59:59.999999Z"),
        ("iso", "2023-03-26", LONDON, "2023-03-26T00:00:00Z", "2023-03-26T22:59:59.999999Z"),
        ("iso", "2023-04-22", NOWHERE, "2023-04-21T10:00:00Z", "2023-04-23T11:59:59.999999Z"),
        ("DD/MM/YYYY Z", "22/04/2023 +01:00", NOWHERE, "2023-04-21T23:00:00Z", "2023-04-22T22:59:59.999999Z"),
    ],
)
def test_a_day_is_all_of_that_day_and_no_moment_of_it(
    form: str, raw: str, clock: LocalClock, earliest: str, latest: str
) -> None:
    found = TimeFormat(form).instant(raw, clock)
    assert (found.precision, found.utc) == (Precision.DAY, None)
    assert found.earliest is not None
    assert found.latest is not None
    assert (format_utc(found.earliest), format_utc(found.latest)) == (earliest, latest)
    assert doubts_of(found) == ((Doubt.ZONE_UNKNOWN,) if form == "iso" and clock is NOWHERE else ())


@pytest.mark.parametrize(
    ("form", "raw"),
    [
        ("DD/MM/YYYY HH:MM", "22/04/23 10:00"),
        ("DD/MM/YYYY HH:MM", "31/02/2023 10:00"),
        ("DD/MM/YYYY HH:MM", "12/13/2023 10:00"),
        ("DD/MM/YYYY HH:MM", "22/04/2023 24:00"),
        ("DD/MM/YYYY HH:MM", "22/04/2023 10:00:00"),
        ("DD/MM/YYYY HH:MM", "22/04/2023"),
        ("DD/MM/YYYY HH:MM", ""),
        ("DD/MM/YYYY", "22/04/1899"),
        ("DD/MM/YYYY", "22/04/9999"),
        ("DD/MM/YYYY HH:MM AM", "22/04/2023 13:00 PM"),
        ("YYYY-MM-DDTHH:MM:SSZ", "2023-04-22T10:00:00+99:00"),
        ("iso", "2023-04-22T10"),
        ("unix", "1682157600123456"),
        ("unix", "-5"),
        ("unix-ms", "1682157600.5"),
        ("unix", "１６８２１５７６００"),
    ],
)
def test_a_time_that_is_written_otherwise_is_left_as_it_stands(form: str, raw: str) -> None:
    found = TimeFormat(form).instant(raw, LONDON)
    assert (found.raw, found.basis, found.utc) == (raw, Basis.NONE, None)


def test_without_a_zone_there_is_an_interval_and_no_moment() -> None:
    found = TimeFormat("DD/MM/YYYY HH:MM").instant("22/04/2023 10:00", NOWHERE)
    assert found.utc is None
    assert found.local is not None
    assert found.basis is Basis.DEVICE_LOCAL


@pytest.mark.parametrize(
    "form",
    [
        "", " ", "DD", "MM/YYYY", "DD/MM/YYYY HH", "DD/MM/YYYY DD", "DD/MM/YYYY YY", "foo", "DD/MM/YYYY AM", "D" * 200,
        "SS DD/MM/YYYY", "DD/MM/YYYY .SSS", "YYYY-MM-DD hours", "DD/MM/YYYY HH:MM:SS:MM", "x" * (LONGEST + 1),
    ],
)  # fmt: skip
def test_what_is_no_form_of_a_time_is_refused_with_what_to_write(form: str) -> None:
    with pytest.raises(UsageError, match="no form of a time") as error:
        TimeFormat(form)
    assert "DD/MM/YYYY HH:MM" in error.value.todo


@given(st.text(st.sampled_from("DMYHSAPZT'UC/:-. ,0é("), max_size=24), st.text(max_size=30))
def test_any_form_and_any_time_give_a_moment_or_none(form: str, raw: str) -> None:
    try:
        known = TimeFormat(form)
    except UsageError:
        return
    found = known.instant(raw, LONDON)
    assert found.utc is not None or found.basis in (Basis.NONE, Basis.STATED)


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(9998, 1, 1)),  # noqa: DTZ001  a clock reading has no zone
    st.sampled_from([("DD/MM/YYYY HH:MM:SS", "%d/%m/%Y %H:%M:%S"), ("iso", "%Y-%m-%dT%H:%M:%S")]),
)
def test_what_a_program_writes_comes_back(moment: datetime, form: tuple[str, str]) -> None:
    found = TimeFormat(form[0]).instant(f"{moment:{form[1]}}", NOWHERE)
    assert found.local is not None
    assert format_utc(found.local, Precision.SECOND) == f"{moment:%Y-%m-%dT%H:%M:%S}Z"
