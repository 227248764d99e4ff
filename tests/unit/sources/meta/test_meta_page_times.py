"""The times of Meta's pages: every spelling that was seen, and what is said of a zone."""

from __future__ import annotations

import re

import pytest

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision, format_utc
from safehand.sources.meta.html_times import PageTimes
from safehand.sources.month_names import FULL, SHORT, months_of


@pytest.mark.parametrize(
    ("raw", "local"),
    [
        ("Apr 23, 2022 10:03 am", "2022-04-23T10:03:00Z"),
        ("Apr 23, 2022 12:03 am", "2022-04-23T00:03:00Z"),
        ("Apr 23, 2022 12:03 pm", "2022-04-23T12:03:00Z"),
        ("Sep 13, 2020, 12:26 PM", "2020-09-13T12:26:00Z"),
        ("Sep 13, 2020 at 12:26 PM", "2020-09-13T12:26:00Z"),
        ("Sep 13, 2020, 12:26\u202fPM", "2020-09-13T12:26:00Z"),
        ("13 Sep 2020, 12:26", "2020-09-13T12:26:00Z"),
        ("01 Jan 2020, 09:59", "2020-01-01T09:59:00Z"),
        ("Jan 2, 2006, 3:04 PM", "2006-01-02T15:04:00Z"),
        ("Jun 01, 2025 3:31:29 pm", "2025-06-01T15:31:29Z"),
        ("Jul 12, 2024 4:54:10pm", "2024-07-12T16:54:10Z"),
        ("Feb 16, 2018 10:17pm", "2018-02-16T22:17:00Z"),
        ("Jun 26, 2026 21:05:20", "2026-06-26T21:05:20Z"),
        ("juil 13, 2021 10:58:25 am", "2021-07-13T10:58:25Z"),
        ("août 29, 2019 9:28:24 pm", "2019-08-29T21:28:24Z"),
        ("jun. 07, 2024 5:44 am", "2024-06-07T05:44:00Z"),
        ("7月 01, 2026 6:25:04 PM", "2026-07-01T18:25:04Z"),
        ("6월 30, 2026 5:30 오후", "2026-06-30T17:30:00Z"),
        ("พ.ค. 24, 2023 7:12:54 pm", "2023-05-24T19:12:54Z"),
        ("9 de octubre de 2025, 8:09:15 a. m.", "2025-10-09T08:09:15Z"),
        ("dimanche 5 avril 2015, 10:00", "2015-04-05T10:00:00Z"),
        ("13. desember 2015 kl. 22:01", "2015-12-13T22:01:00Z"),
        ("Freitag, 4. Oktober 2013 um 22:05", "2013-10-04T22:05:00Z"),
        ("2020年9月13日 下午12:26", "2020-09-13T12:26:00Z"),
    ],
)
def test_a_time_is_a_clock_reading_in_a_zone_that_nobody_knows(raw: str, local: str) -> None:
    timed = PageTimes().read(raw)
    assert timed.instant.local is not None
    assert format_utc(timed.instant.local) == local
    assert (timed.instant.raw, timed.instant.basis, timed.instant.utc) == (raw, Basis.SERVER_LOCAL, None)
    assert timed.instant.precision is (Precision.SECOND if raw.count(":") == 2 else Precision.MINUTE)
    assert timed.doubts == (Doubt.ZONE_UNKNOWN,)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "nonsense",
        "Feb 30, 2018 10:17 pm",
        "Jan 2, 2006, 13:04 PM",
        "Jan 2, 2006, 24:00",
        "Jan 2, 2006, 3:60 PM",
        "Jan 2, 3:04 PM",
        "Xyz 26, 2026 9:05 am",
        "13月 01, 2026 6:25:04 PM",
        "Friday, October 4, 2013 at 10:05pm UTC+19",
        "Jan 2, 0000, 3:04 PM",
        "03/04/2022, 10:03",
    ],
)
def test_what_is_no_time_is_kept_and_not_guessed(raw: str) -> None:
    timed = PageTimes().read(raw)
    assert (timed.instant.raw, timed.instant.basis) == (raw, Basis.NONE)
    assert timed.doubts == (Doubt.TIME_UNREADABLE,)


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("UTC+05:30", "2013-10-04T16:35:00Z"),
        ("UTC+8", "2013-10-04T14:05:00Z"),
        ("UTC-07", "2013-10-05T05:05:00Z"),
        ("UTC", "2013-10-04T22:05:00Z"),
        ("Asia/Kuala_Lumpur", "2013-10-04T14:05:00Z"),
    ],
)
def test_a_zone_that_stands_beside_the_time_is_used(zone: str, utc: str) -> None:
    times = PageTimes()
    timed = times.read(f"Friday, October 4, 2013 at 10:05pm {zone}")
    assert timed.instant.utc is not None
    assert format_utc(timed.instant.utc) == utc
    assert timed.doubts == ()
    assert timed.instant.basis is (Basis.UTC if zone == "UTC" else Basis.OFFSET)
    assert timed.instant.zone_by is None
    assert times.zones == {zone}


def test_an_hour_that_the_named_zone_has_twice_stays_open() -> None:
    timed = PageTimes().read("Sunday, October 26, 2014 at 1:30am Europe/London")
    assert (timed.instant.utc, timed.instant.basis, timed.doubts) == (None, Basis.OFFSET, (Doubt.ZONE_FOLD,))


@pytest.mark.parametrize("zone", ["PST", "PDT", "CST", "Asia/Nowhere"])
@pytest.mark.parametrize("stated", [None, "Europe/London"])
def test_letters_are_no_zone_whatever_a_person_stated_of_times_without_one(zone: str, stated: str | None) -> None:
    timed = PageTimes(stated, "holder").read(f"Friday, October 4, 2013 at 10:05pm {zone}")
    assert (timed.instant.utc, timed.doubts) == (None, (Doubt.ZONE_UNKNOWN,))
    assert timed.instant.raw.endswith(zone)


def test_a_zone_that_a_person_stated_is_recorded_with_who() -> None:
    timed = PageTimes("Europe/London", "holder").read("Jul 12, 2024 4:54 pm")
    assert timed.instant.utc is not None
    assert format_utc(timed.instant.utc) == "2024-07-12T15:54:00Z"
    assert (timed.instant.zone, timed.instant.zone_by, timed.doubts) == ("Europe/London", "holder", ())


def test_a_word_that_is_two_months_in_two_languages_is_both() -> None:
    timed = PageTimes().read("lis 5, 2024 3:04 pm")
    assert [(one.label, one.local and format_utc(one.local)) for one in timed.instant.alternatives] == [
        ("month 10", "2024-10-05T15:04:00Z"),
        ("month 11", "2024-11-05T15:04:00Z"),
    ]
    assert timed.doubts == (Doubt.ORDER_AMBIGUOUS, Doubt.ZONE_UNKNOWN)


QUICK = [
    "Apr 23, 2022 10:03 am",
    "Sep 3, 2020, 12:26 PM",
    "Jun 01, 2025 3:31:29 pm",
    "Feb 29, 2024 12:00AM",
    "Friday, October 4, 2013 at 10:05pm PDT",
    "Friday, October 4, 2013 at 10:05pm UTC+05:30",
    "Friday, October 4, 2013 at 10:05pm Asia/Kuala_Lumpur",
    "9 de octubre de 2025, 8:09:15 a. m.",
    "13 Sep 2020, 12:26",
    "2020年9月13日 下午12:26",
    "lis 5, 2024 3:04 pm",
]


@pytest.mark.parametrize("raw", QUICK)
@pytest.mark.parametrize("clock", ["1:07", "12:59", "13:00", "0:00", "24:00", "9:60"])
def test_a_moment_of_a_day_that_was_read_is_read_as_the_first_of_it_was(raw: str, clock: str) -> None:
    hour, _, minute = clock.partition(":")
    other = re.sub(r"\d{1,2}:\d\d", f"{hour}:{minute}", raw, count=1)
    times = PageTimes("Europe/London", "holder")
    times.read(raw)
    assert times.read(other) == PageTimes("Europe/London", "holder")._whole(other, None)


@pytest.mark.parametrize("language", sorted(FULL))
def test_every_language_has_twelve_months_and_each_word_of_them_means_its_own(language: str) -> None:
    assert len(FULL[language]) == 12
    for table in (FULL, SHORT):
        for number, words in enumerate(table.get(language, ()), 1):
            for word in words.split("|"):
                assert number in months_of(word)
                assert number in months_of(f"{word}.")


def test_only_a_few_words_are_two_months() -> None:
    several = {word.casefold() for table in (FULL, SHORT) for months in table.values() for words in months
               for word in words.split("|") if len(months_of(word)) > 1}  # fmt: skip
    assert several == {"lip", "lis", "listopada", "srp"}
