"""Moments in words: what is read is read in one way only, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from google_chat_export import in_words
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis
from safehand.sources.google_chat.times import Times
from safehand.sources.google_chat.words import LANGUAGES

moments = st.integers(0, 4_102_444_799).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(st.lists(moments, min_size=1, max_size=5))
def test_every_english_moment_is_read_and_the_quick_way_says_the_same(found: list[datetime]) -> None:
    times = Times()
    for moment in found:
        text = in_words(moment)
        read = times.read(text)
        assert read.doubts == ()
        assert read.instant.utc == int(moment.timestamp()) * MICRO
        assert (read.instant.raw, read.instant.basis) == (text, Basis.UTC)
        assert times.quick(text) == read.instant


@given(
    moments,
    st.integers(0, 60),
    st.sampled_from(list(" :,0123456789APMUTC\u202f\u00a0xé٣\n")),
    st.sampled_from(["put", "cut"]),
)
def test_a_near_miss_is_read_by_the_quick_way_only_as_the_long_way_reads_it(
    moment: datetime, where: int, mark: str, deed: str
) -> None:
    times = Times()
    whole = in_words(moment)
    times.read(whole)
    changed = whole[:where] + (mark if deed == "put" else "") + whole[where + 1 :]
    quick = times.quick(changed)
    if quick is not None:
        assert times.read(changed).instant == quick


def test_the_words_of_each_language_are_a_calendar() -> None:
    for language in LANGUAGES:
        assert len(set(language.weekdays)) == 7
        assert len(set(language.months)) in (0, 12)


@pytest.mark.parametrize("day", range(7))
def test_the_day_of_the_week_is_compared_in_every_language_with_a_word_for_it(day: int) -> None:
    moment = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=day)
    for language in (one for one in LANGUAGES if one.name in ("German", "French", "Hungarian")):
        month = language.months[0]
        texts = {
            "German": f"{language.weekdays[day]}, {moment.day}. {month} 2026 um 10:59:50 UTC",
            "French": f"{language.weekdays[day]} {moment.day} {month} 2026 à 10:59:50 UTC",
            "Hungarian": f"2026. {month} {moment.day}., {language.weekdays[day]} 10:59:50 UTC",
        }
        assert Times().read(texts[language.name]).doubts == ()
        wrong = texts[language.name].replace(language.weekdays[day], language.weekdays[day - 1])
        assert Times().read(wrong).doubts == (Doubt.TIMES_DISAGREE,)


NOT_READ = [
    "", "Sunday", "Sunday, January 4, 2026", "Sunday, January 4, 2026 at 10:59 AM UTC",
    "January 4, 2026 at 10:59:50 AM UTC",
    "Sunday, January 4, 2026 at 10:59:50 AM", "Sunday, January 4, 2026 at 10:59:50 AM GMT",
    "Sunday, January 32, 2026 at 10:59:50 AM UTC", "Sunday, January 4, 26 at 10:59:50 AM UTC",
    "Sunday, January 4, 2026 at 0:59:50 AM UTC", "Sunday, January 4, 2026 at 13:59:50 AM UTC",
    "Sunday, January 4, 2026 at 24:00:00 UTC", "Sunday, January 4, 2026 at 10:60:50 AM UTC",
    "Sunday, Januar 4, 2026 at 10:59:50 AM UTC", "Sunday, January 4, 2026 at 10:59:50 AM UTC.",
    "Sunday, January ٤, 2026 at 10:59:50 AM UTC", "2026-01-04T10:59:50Z", "04/01/2026 10:59:50 UTC",
    "Sonntag, January 4, 2026 at 10:59:50 AM UTC", "Sonntag, 4. January 2026 um 10:59:50 UTC",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_READ)
def test_any_other_text_is_kept_and_not_read(text: str) -> None:
    read = Times().read(text)
    assert (read.instant.utc, read.instant.raw) == (None, text)
    assert read.doubts == (Doubt.TIME_UNREADABLE,)
