"""The urgent notice: one spelling, every field with "I don't know" but the number, and a meeting's earliest moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices import FORM, GIVEN, NUMBER, WORDS, WRITTEN, least, notice
from safehand.errors import CannotRead, PackageDamaged, UsageError, WrongKey
from safehand.seal.holder_words import WORDS as SAID
from safehand.seal.meeting import Basis, earliest, read_time
from safehand.seal.notice import (
    DONT_KNOW,
    FIELDS,
    LARGEST,
    LEFT,
    LONGEST,
    QUESTIONS,
    Answered,
    Notice,
    NoticeKind,
    NoticeState,
    format_notice,
    parse_notice,
)
from safehand.seal.notice_aloud import has_passed, notice_text, read_aloud
from safehand.seal.notice_sealed import open_notice, seal_notice
from safehand.signing.age_identity import AgeIdentity
from safehand.signing.keys import DeskPublic

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
DESK, RECOVERY = AgeIdentity(b"d" * 32), AgeIdentity(b"r" * 32)
PUBLIC = DeskPublic("Allotment Road Unit", WRITTEN, "", DESK.recipient, RECOVERY.recipient)


def test_a_notice_comes_back_as_it_was() -> None:
    for one in (notice(), least()):
        assert parse_notice(format_notice(one)) == one


def test_the_number_alone_is_needed() -> None:
    for field in FIELDS:
        if field.kind is NoticeKind.NUMBER:
            for unsaid in (DONT_KNOW, LEFT):
                with pytest.raises(UsageError):
                    notice(**{field.id: unsaid})
        else:
            for unsaid in (DONT_KNOW, LEFT):
                assert notice(**{field.id: unsaid}).answers[field.id] == unsaid


def test_there_are_twelve_questions_and_each_field_has_its_words() -> None:
    assert {field.question for field in FIELDS} == set(range(1, QUESTIONS + 1))
    assert len(SAID.notice.titles) == QUESTIONS
    assert set(SAID.notice.fields) == {field.id for field in FIELDS}
    for field in FIELDS:
        assert tuple(SAID.notice.fields[field.id].choices) == field.choices


def _change(change: Callable[[Any], Any]) -> bytes:
    value = orjson.loads(format_notice(notice()))
    changed = change(value)
    return orjson.dumps(value if changed is None else changed, option=orjson.OPT_SORT_KEYS)


BAD = {
    "nothing": b"",
    "no JSON": b"Dear desk",
    "a list": b"[]",
    "spaces": format_notice(notice()).replace(b",", b", ", 1),
    "another schema": _change(lambda value: value.update(schema="safehand.notice/2")),
    "another zone": _change(lambda value: value.update(zone="Europe/Paris")),
    "a key too many": _change(lambda value: value.update(note="x")),
    "a field missing": _change(lambda value: value["answers"].pop("access")),
    "a field too many": _change(lambda value: value["answers"].update(colour={"answer": "yes", "value": None})),
    "no answers": _change(lambda value: value.update(answers=[])),
    "an answer of another kind": _change(lambda value: value["answers"]["access"].update(answer="given", value="x")),
    "a yes with a value": _change(lambda value: value["answers"]["contact"].update(value="yes")),
    "no choice of ours": _change(lambda value: value["answers"]["meeting"].update(value="perhaps")),
    "choices out of order": _change(
        lambda value: value["answers"]["danger_signs"].update(value="money_or_travel,other_children")
    ),
    "a choice twice": _change(lambda value: value["answers"]["danger_signs"].update(value="drugs,drugs")),
    "a day of another shape": _change(lambda value: value["answers"]["meeting_day"].update(value="22/11/2026")),
    "no number": _change(lambda value: value["answers"]["caller_number"].update(answer="dont_know", value=None)),
    "a number nobody can ring": _change(lambda value: value["answers"]["caller_number"].update(value="later")),
    "empty words": _change(lambda value: value["answers"]["subject"].update(value="")),
    "words with a break": _change(lambda value: value["answers"]["subject"].update(value="a\nb")),
    "words that turn the line": _change(lambda value: value["answers"]["subject"].update(value="a\u202eb")),
    "words too long": _change(lambda value: value["answers"]["subject"].update(value="x" * (LONGEST + 1))),
    "an answer with more": _change(lambda value: value["answers"]["contact"].update(why="x")),
    "an answer nobody knows": _change(lambda value: value["answers"]["contact"].update(answer="maybe")),
    "an answer that is none": _change(lambda value: value["answers"].update(contact="yes")),
    "a moment with a fraction": _change(lambda value: value.update(written="2026-11-22T10:00:00.5Z")),
    "a moment that is none": _change(lambda value: value.update(written=None)),
    "too large": b" " * (LARGEST + 1),
}


@pytest.mark.parametrize("name", BAD)
def test_nothing_else_is_a_notice(name: str) -> None:
    with pytest.raises(CannotRead):
        parse_notice(BAD[name])


@given(st.binary(max_size=200), st.integers(0, 10_000))
def test_a_notice_that_was_changed_is_refused_or_another_notice(piece: bytes, at: int) -> None:
    data = format_notice(notice())
    changed = data[: at % len(data)] + piece + data[at % len(data) + len(piece) :]
    said = ""
    try:
        assert format_notice(parse_notice(changed)) == changed
    except CannotRead as problem:
        said = str(problem)
    assert not any(word in said for word in WORDS)


def test_an_error_names_the_field_and_never_the_answer() -> None:
    with pytest.raises(UsageError) as problem:
        notice(access=Answered.given("marrow-and-thyme"))
    assert "access" in str(problem.value)
    assert "marrow" not in str(problem.value)


def test_it_is_sealed_to_both_keys_of_the_desk_and_to_nobody_else() -> None:
    sealed = seal_notice(notice(), PUBLIC)
    assert sealed.startswith(b"age-encryption.org/v1\n")
    assert not any(word.encode() in sealed for word in WORDS)
    assert open_notice(sealed, DESK) == open_notice(sealed, RECOVERY) == notice()
    with pytest.raises(WrongKey):
        open_notice(sealed, AgeIdentity(b"x" * 32))
    for cut in (sealed[:-1], sealed[:-20] + b"x" * 20, b"age"):
        with pytest.raises(PackageDamaged):
            open_notice(cut, DESK)


TIMES: dict[str, tuple[str | None, str | None, str | None, Basis]] = {
    "afternoon": ("2026-11-28", "3:30pm", "2026-11-28T15:30", Basis.STATED),
    "with a blank": ("2026-11-28", "3.30 p.m.", "2026-11-28T15:30", Basis.STATED),
    "of 24 hours": ("2026-11-28", "15:30", "2026-11-28T15:30", Basis.STATED),
    "of 24 hours, early": ("2026-11-28", "03:30", "2026-11-28T03:30", Basis.STATED),
    "four digits": ("2026-11-28", "1530", "2026-11-28T15:30", Basis.STATED),
    "noon": ("2026-11-28", "12pm", "2026-11-28T12:00", Basis.STATED),
    "midday": ("2026-11-28", "Midday", "2026-11-28T12:00", Basis.STATED),
    "after midnight": ("2026-11-28", "12:15am", "2026-11-28T00:15", Basis.STATED),
    "midnight": ("2026-11-28", "midnight", "2026-11-28T00:00", Basis.EARLIER),
    "either half of the day": ("2026-11-28", "3:30", "2026-11-28T03:30", Basis.EARLIER),
    "either half past twelve": ("2026-11-28", "12:30", "2026-11-28T00:30", Basis.EARLIER),
    "an hour alone": ("2026-11-28", "4", "2026-11-28T04:00", Basis.EARLIER),
    "summer time": ("2026-07-01", "3pm", "2026-07-01T14:00", Basis.STATED),
    "the clocks go back: it comes twice": ("2026-10-25", "1:30am", "2026-10-25T00:30", Basis.EARLIER),
    "the clocks go forward: it never comes": ("2026-03-29", "1:30am", "2026-03-29T00:30", Basis.EARLIER),
    "no time": ("2026-11-28", None, "2026-11-28T00:00", Basis.DAY_ONLY),
    "words": ("2026-11-28", "after school", "2026-11-28T00:00", Basis.DAY_ONLY),
    "an hour no clock has": ("2026-11-28", "25:00", "2026-11-28T00:00", Basis.DAY_ONLY),
    "13 o'clock in the afternoon": ("2026-11-28", "13pm", "2026-11-28T00:00", Basis.DAY_ONLY),
    "no day": (None, "3pm", None, Basis.UNKNOWN),
    "a day no month has": ("2026-02-31", "3pm", None, Basis.UNKNOWN),
}


@pytest.mark.parametrize("name", TIMES)
def test_a_meeting_is_at_the_earliest_moment_it_can_be(name: str) -> None:
    day, at, moment, basis = TIMES[name]
    found = earliest(day, at)
    assert found.basis is basis
    assert (f"{found.at:%Y-%m-%dT%H:%M}" if found.at else None) == moment


@given(st.text(max_size=12))
def test_any_words_for_a_time_are_read_or_left(words: str) -> None:
    read_time(words)
    earliest("2026-10-25", words)


def test_it_reads_out_as_twelve_headings_and_leaves_nothing_unsaid() -> None:
    parts = read_aloud(notice(), NOW)
    assert [part.number for part in parts] == list(range(1, 13))
    assert sum(len(part.lines) for part in parts) == len(FIELDS)
    text = notice_text(notice(), NOW)
    for word in (*WORDS, "Sunday 22 November 2026", "1:15pm", "Other children; Money, keys or travel", "Not answered"):
        assert word in text
    assert "I don’t know" in notice_text(least(), NOW)
    assert NUMBER in notice_text(least(), NOW)


def test_a_time_that_has_passed_asks_whether_it_happened() -> None:
    before, after = datetime(2026, 11, 22, 13, 14, tzinfo=UTC), datetime(2026, 11, 22, 13, 16, tzinfo=UTC)
    assert SAID.notice.clock.past not in notice_text(notice(), before)
    assert SAID.notice.clock.past in notice_text(notice(), after)
    day_only = notice(meeting_time=DONT_KNOW)
    assert not has_passed(day_only, after)
    assert has_passed(day_only, datetime(2026, 11, 23, 0, 1, tzinfo=UTC))
    assert not has_passed(least(), after)


def test_two_readings_are_told() -> None:
    assert SAID.notice.clock.earlier in notice_text(notice(meeting_time=Answered.given("1:15")), NOW)
    assert SAID.notice.clock.day_only in notice_text(notice(meeting_time=LEFT), NOW)


def test_the_builders_speak_of_fields_there_are() -> None:
    assert {*GIVEN, *FORM} - {"once"} <= {field.id for field in FIELDS}
    assert Notice(WRITTEN, dict(notice().answers)) == notice()
    assert NoticeState.YES.value == "yes"
