"""Numbers in the environment: read as written, and refused with what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safehand.desk.settings.base import HANDOVER_WITHIN, MEETING_MARKS
from safehand.desk.settings.numbers import minutes, number, several
from safehand.errors import UsageError

TEN = timedelta(minutes=10)
NO_NUMBERS = ("0", "-1", "ten", "1.5", "1_0", " 7", "٣", "07", "1e3", "9" * 19)


def test_what_is_not_set_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SAFEHAND_A", "SAFEHAND_B"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SAFEHAND_B", "")
    for name in ("SAFEHAND_A", "SAFEHAND_B"):
        assert number(name, 7) == 7
        assert minutes(name, TEN) == TEN
        assert several(name, MEETING_MARKS) == MEETING_MARKS


def test_what_is_set_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEHAND_A", "3")
    assert number("SAFEHAND_A", 7) == 3
    assert minutes("SAFEHAND_A", TEN) == timedelta(minutes=3)
    monkeypatch.setenv("SAFEHAND_A", "5 30 90")
    read = several("SAFEHAND_A", HANDOVER_WITHIN)
    assert {step: took // timedelta(minutes=1) for step, took in read.items()} == {
        "verified": 5,
        "graded": 30,
        "allocated": 90,
    }


@pytest.mark.parametrize("said", NO_NUMBERS)
def test_what_is_no_number_is_refused_and_not_quoted(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("SAFEHAND_A", said)
    for read in (lambda: number("SAFEHAND_A", 7), lambda: minutes("SAFEHAND_A", TEN)):
        with pytest.raises(UsageError, match="SAFEHAND_A is no whole number") as told:
            read()
        assert said.strip() not in str(told.value).replace("from 1 on", "")


def test_more_than_a_year_is_no_stretch_of_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEHAND_A", "527040")
    assert minutes("SAFEHAND_A", TEN) == timedelta(days=366)
    monkeypatch.setenv("SAFEHAND_A", "527041")
    with pytest.raises(UsageError, match="more than a year"):
        minutes("SAFEHAND_A", TEN)


@pytest.mark.parametrize("said", ["240", "240 60 10", "240 no", "240,60"])
def test_there_are_as_many_as_there_are_to_set(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("SAFEHAND_A", said)
    with pytest.raises(UsageError):
        several("SAFEHAND_A", MEETING_MARKS)
