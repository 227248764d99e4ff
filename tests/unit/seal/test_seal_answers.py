"""Answers: every question, one spelling, and nothing that is no question."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from safehand.errors import UsageError
from safehand.seal.answers import (
    DONT_KNOW,
    NOT_ASKED,
    NOT_SAID,
    Answer,
    Answers,
    State,
    dont_know_the_rest,
    parse_answers,
    read_answer,
    unanswered,
)
from safehand.seal.periods import UNKNOWN, Exclude, OperatorPeriod
from safehand.seal.questions import (
    BEFORE_EXPORT,
    DANGER_FIRST,
    GROUPS,
    QUESTIONS,
    WARNINGS,
    WHO_TYPED,
    Kind,
    Question,
    question,
)

ROOT = Path(__file__).parents[3]


def asked(id_: str) -> Question:
    found = question(id_)
    assert found is not None
    return found


def test_answers_are_read_from_toml() -> None:
    answers = parse_answers(
        b"""
        [urgent]
        child_in_danger = "No"
        meeting_planned = true
        meeting_when = 2026-11-24T15:30:00
        meeting_where = " By the station "
        last_contact = 2026-11-20
        meeting_confirmed = "both sides"
        danger_signs = "I don\xe2\x80\x99t know."

        [holder]
        role = "parent_or_carer"
        """
    )
    assert dict(answers.given) == {
        "urgent.child_in_danger": Answer(State.NO),
        "urgent.meeting_planned": Answer(State.YES),
        "urgent.meeting_when": Answer(State.GIVEN, "2026-11-24T15:30:00"),
        "urgent.meeting_where": Answer(State.GIVEN, "By the station"),
        "urgent.last_contact": Answer(State.GIVEN, "2026-11-20"),
        "urgent.meeting_confirmed": Answer(State.GIVEN, "both"),
        "urgent.danger_signs": DONT_KNOW,
        "holder.role": Answer(State.GIVEN, "parent_or_carer"),
    }


def test_every_question_may_be_answered_dont_know_and_none_is_left_out() -> None:
    assert unanswered(Answers()) == QUESTIONS
    full = dont_know_the_rest(Answers())
    assert unanswered(full) == ()
    assert all(full.answer_to(one) == DONT_KNOW for one in QUESTIONS)


def test_a_question_is_idle_after_the_no_that_makes_it_idle_and_only_then() -> None:
    about_meeting = [one for one in QUESTIONS if one.unless_no == "urgent.meeting_planned"]
    assert len(about_meeting) >= 5
    planned = asked("urgent.meeting_planned")
    for answer, found in ((Answer(State.NO), NOT_ASKED), (Answer(State.YES), None), (DONT_KNOW, None)):
        answers = Answers().with_answer(planned, answer)
        assert {answers.answer_to(one) for one in about_meeting} == {found}
    given = Answers().with_answer(about_meeting[0], Answer(State.YES)).with_answer(planned, Answer(State.NO))
    assert given.answer_to(about_meeting[0]) == Answer(State.YES)


def test_what_hangs_on_a_yes_is_idle_after_every_other_answer_and_dont_know_to_all_leaves_none_out() -> None:
    deleted, by_whom = asked("declarations.deleted"), asked("declarations.deleted_by")
    for answer, found in (
        (Answer(State.NO), NOT_ASKED),
        (DONT_KNOW, NOT_ASKED),
        (NOT_SAID, NOT_ASKED),
        (Answer(State.YES), None),
    ):
        assert Answers().with_answer(deleted, answer).answer_to(by_whom) == found
    assert Answers().answer_to(by_whom) is None
    assert dont_know_the_rest(Answers().with_answer(deleted, DONT_KNOW)).answer_to(by_whom) == DONT_KNOW
    assert dont_know_the_rest(Answers().with_answer(deleted, Answer(State.NO))).answer_to(by_whom) == NOT_ASKED


@pytest.mark.parametrize("said", ["I would rather not say", " i\u2019d Rather not say. ", "not_said"])
def test_what_a_holder_would_rather_not_say_is_told_from_what_they_do_not_know(said: str) -> None:
    for id_ in ("holder.role", "urgent.caller_name", "urgent.last_contact", "undertaking.keep_private"):
        assert read_answer(asked(id_), said) == NOT_SAID
    assert read_answer(asked("images.seen"), said) == Answer(State.GIVEN, "rather_not_say")


@pytest.mark.parametrize("said", ["I would rather not say why", "rather not \u017fay", "say"])
def test_words_that_only_begin_so_are_words(said: str) -> None:
    assert read_answer(asked("urgent.caller_name"), said) == Answer(State.GIVEN, said)
    with pytest.raises(UsageError):
        read_answer(asked("holder.role"), said)


def test_unknown_keys_are_refused_by_name() -> None:
    with pytest.raises(UsageError) as refused:
        parse_answers(b"surprise = 1\n[urgent]\nmeeting_planed = true\n[elsewhere]\nx = 1\n", where="answers.toml")
    told = str(refused.value)
    assert "answers.toml" in told
    assert all(key in told for key in ("surprise", "urgent.meeting_planed", "elsewhere"))


@pytest.mark.parametrize(
    ("toml", "key"),
    [
        (b"[urgent]\nchild_in_danger = 1", "urgent.child_in_danger"),
        (b'[urgent]\nchild_in_danger = "perhaps"', "urgent.child_in_danger"),
        (b"[urgent]\nchild_in_danger = []", "urgent.child_in_danger"),
        (b'[urgent]\nmeeting_when = "Tuesday"', "urgent.meeting_when"),
        (b'[urgent]\nmeeting_when = "2026-13-40"', "urgent.meeting_when"),
        (b'[urgent]\nmeeting_when = "2026-11-24T25:00"', "urgent.meeting_when"),
        (b"[urgent]\nmeeting_when = 15:30:00", "urgent.meeting_when"),
        (b'[urgent]\nmeeting_when = "0001-01-01T00:00+14:00"', "urgent.meeting_when"),
        (b'[urgent]\nmeeting_where = ""', "urgent.meeting_where"),
        (b'[urgent]\nmeeting_where = "a\\u0007b"', "urgent.meeting_where"),
        (b'[urgent]\nmeeting_where = "' + b"x" * 4001 + b'"', "urgent.meeting_where"),
        (b'[urgent]\nmeeting_confirmed = "someone"', "urgent.meeting_confirmed"),
        (b'[[operator_periods]]\naccount = "a"\nwho = "nobody"', "operator_periods[1].who"),
        (b'[[operator_periods]]\naccount = "a"', "operator_periods[1].who"),
        (b'[[operator_periods]]\naccount = "a"\nwho = "child"\nuntil = 1', "operator_periods[1].until"),
        (b'[operator_periods]\naccount = "a"', "operator_periods"),
        (b'[[exclusions]]\nfile = "a.txt"', "exclusions[1].reason"),
        (b'[[exclusions]]\nfile = "a.txt"\nreason = "b"\nfirst_line = 1', "exclusions[1]"),
        (b'[[exclusions]]\nfile = "a.txt"\nreason = "b"\nfirst_line = 4\nlast_line = 2', "exclusions[1]"),
        (b'[[exclusions]]\nfile = "a.txt"\nreason = "b"\nfirst_line = true\nlast_line = 2', "exclusions[1]"),
        (b"urgent = 3", "urgent"),
        (b"[urgent]\nmeeting_where = ?\n", "line 2"),
        (b"\xff", "UTF-8"),
        (b"#" * (1 << 20) + b"\n", "bytes"),
    ],
)
def test_a_wrong_answer_is_refused_and_its_key_is_named(toml: bytes, key: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_answers(toml)
    assert key in str(refused.value)


def test_a_refusal_quotes_no_answer() -> None:
    for toml in (
        b'[urgent]\nchild_in_danger = "Priya said so"',
        b'[holder]\nrole = "Priya"',
        b'[urgent]\nlast_contact = "Priya"',
    ):
        with pytest.raises(UsageError) as refused:
            parse_answers(toml)
        assert "Priya" not in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("2026-11-24", "2026-11-24"),
        (date(2026, 11, 24), "2026-11-24"),
        ("2026-11-24 15:30", "2026-11-24T15:30:00"),
        ("2026-11-24T15:30:05", "2026-11-24T15:30:05"),
        (datetime(2026, 11, 24, 15, 30), "2026-11-24T15:30:00"),  # noqa: DTZ001  a reading of a clock without a zone
        ("2026-11-24T15:30Z", "2026-11-24T15:30:00Z"),
        ("2026-11-24T15:30+00:00", "2026-11-24T15:30:00Z"),
        ("2026-11-24T15:30+01:00", "2026-11-24T15:30:00+01:00"),
    ],
)
def test_a_date_keeps_what_it_was_given_with_in_one_spelling(raw: object, found: str) -> None:
    assert read_answer(asked("urgent.meeting_when"), raw) == Answer(State.GIVEN, found)
    assert read_answer(asked("urgent.meeting_when"), found) == Answer(State.GIVEN, found)


PERIOD = b'[[operator_periods]]\naccount = "Sam"\nwho = "child"\n'


def test_operator_periods_are_sorted_and_may_touch() -> None:
    toml = (
        PERIOD
        + b"from = 2026-11-20T18:00:00\n"
        + PERIOD.replace(b"child", b"parent_or_carer")
        + b"to = 2026-11-20T18:00:00\n"
    )
    assert parse_answers(toml).operator_periods == (
        OperatorPeriod("Sam", "parent_or_carer", None, "2026-11-20T18:00:00"),
        OperatorPeriod("Sam", "child", "2026-11-20T18:00:00", None),
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (b"", b""),
        (b"to = 2026-11-20T18:00:01\n", b"from = 2026-11-20T18:00:00\n"),
        (b"to = 2026-11-20\n", b"from = 2026-11-20T23:00:00\n"),
        (b"from = 2026-11-21T10:00:00\nto = 2026-11-20T10:00:00\n", b"from = 2026-12-01\n"),
        (b"to = 2026-11-20T18:00:00\n", b"from = 2026-11-20T18:00:00Z\n"),
        (b"to = 2026-11-20T18:00:00+01:00\n", b"from = 2026-11-20T16:59:00Z\n"),
    ],
)
def test_two_people_at_one_account_at_one_time_are_refused(first: bytes, second: bytes) -> None:
    with pytest.raises(UsageError, match="operator periods"):
        parse_answers(PERIOD + first + PERIOD + second)


def test_a_beginning_or_an_end_that_is_not_known_is_kept_as_not_known() -> None:
    toml = (
        PERIOD + b'from = "I don\'t know"\nto = 2026-11-20T18:00:00\n' + PERIOD + b'from = 2026-11-21\nto = "unknown"\n'
    )
    assert parse_answers(toml).operator_periods == (
        OperatorPeriod("Sam", "child", UNKNOWN, "2026-11-20T18:00:00"),
        OperatorPeriod("Sam", "child", "2026-11-21", UNKNOWN),
    )
    assert not any(OperatorPeriod("Sam", "child", *limits).is_open for limits in ((None, None), ("2026-11-20", None)))


NOT_KNOWN = b'"dont_know"'


@pytest.mark.parametrize(
    ("first", "second", "at_once"),
    [
        ((None, NOT_KNOWN), (NOT_KNOWN, None), False),
        ((NOT_KNOWN, NOT_KNOWN), (None, None), False),
        ((NOT_KNOWN, b"2026-11-20T10:00:00"), (b"2026-11-20T10:00:00", NOT_KNOWN), False),
        ((NOT_KNOWN, b"2026-11-20T10:00:00"), (NOT_KNOWN, b"2026-11-21T10:00:00"), False),
        ((NOT_KNOWN, b"2026-11-20T10:00:00"), (b"2026-11-20T09:59:59", NOT_KNOWN), True),
        ((NOT_KNOWN, b"2026-11-20T10:00:00"), (b"2026-11-20T10:00:00", b"2026-11-21"), False),
        ((NOT_KNOWN, b"2026-11-20T10:00:01"), (b"2026-11-20T10:00:00", b"2026-11-21"), True),
        ((b"2026-11-20T10:00:00", NOT_KNOWN), (b"2026-11-20T10:00:00", NOT_KNOWN), True),
        ((None, NOT_KNOWN), (None, b"2026-11-20"), True),
        ((NOT_KNOWN, None), (b"2026-11-20", None), True),
    ],
)
def test_of_a_period_with_an_unknown_end_only_what_is_sure_can_clash(
    first: tuple[bytes | None, ...], second: tuple[bytes | None, ...], *, at_once: bool
) -> None:
    rows = [
        PERIOD
        + b"".join(key + b" = " + limit + b"\n" for key, limit in zip((b"from", b"to"), limits, strict=True) if limit)
        for limits in (first, second)
    ]
    for toml in (rows[0] + rows[1], rows[1] + rows[0]):
        if at_once:
            with pytest.raises(UsageError, match="overlap"):
                parse_answers(toml)
        else:
            assert len(parse_answers(toml).operator_periods) == 2


def test_two_accounts_may_be_used_at_one_time() -> None:
    assert len(parse_answers(PERIOD + PERIOD.replace(b"Sam", b"Alex")).operator_periods) == 2


def test_exclusions_are_read() -> None:
    toml = b'[[exclusions]]\nfile = "b.txt"\nreason = "Homework."\nfirst_line = 2\nlast_line = 9\n'
    assert parse_answers(toml).exclusions == (Exclude("b.txt", "Homework.", 2, 9),)


def test_the_table_of_questions_is_sound() -> None:
    ids = [one.id for one in QUESTIONS]
    assert len(set(ids)) == len(ids)
    assert [one.group for one in QUESTIONS] == sorted((one.group for one in QUESTIONS), key=list(GROUPS).index)
    assert set(GROUPS) == {one.group for one in QUESTIONS}
    for place, one in enumerate(QUESTIONS):
        assert one.ask.endswith(("?", ".", ")")), one.id
        assert (one.kind is Kind.CHOICE) == bool(one.choices), one.id
        if one.unless_no is not None:
            earlier = question(one.unless_no)
            assert earlier in QUESTIONS[:place]
            assert earlier.kind is Kind.YES_NO
            # One level: a question that was not asked makes no other idle.
            assert earlier.unless_no is None
        if one.unless_yes is not None:
            wanted = question(one.unless_yes)
            assert wanted in QUESTIONS[:place]
            assert wanted.kind is Kind.YES_NO
            assert wanted.unless_no is wanted.unless_yes is None
            assert one.unless_no in (None, one.unless_yes)


def test_the_urgent_fields_of_the_first_minutes_are_all_asked() -> None:
    words = " ".join(one.ask.lower() for one in QUESTIONS if one.group == "urgent")
    for field in (
        "danger now",
        "meeting",
        "real child",
        "parents",
        "car, address",
        "last message",
        "self-harm",
        "work with children",
        "confronted",
        "ring you on",
        "statement",
        "lost",
        "reported elsewhere",
    ):
        assert field in words, field


def test_nothing_that_is_asked_gives_the_holder_a_task() -> None:
    texts = [one.ask for one in QUESTIONS] + [BEFORE_EXPORT, DANGER_FIRST]
    task = re.compile(
        r"\b(find out|ask (him|her|them)|reply to|keep (him|her|them)|get (him|her|them)|arrange to)\b", re.IGNORECASE
    )
    assert [text for text in texts if task.search(text)] == []
    assert "999" in DANGER_FIRST.splitlines()[0]
    assert len(WARNINGS) == 4
    assert all(one.do_not.startswith("Do not") and one.why for one in WARNINGS)


def test_the_specification_lists_every_question_and_choice() -> None:
    text = (ROOT / "docs" / "spec" / "statement.md").read_text()
    for one in QUESTIONS:
        (row,) = [line for line in text.splitlines() if line.startswith(f"| `{one.id}` ")]
        assert f"| {one.kind} |" in row
        assert all(f"`{choice.id}`" in row for choice in one.choices)
        told = {(True, False): "after no", (True, True): "after no, and unless yes,", (False, True): "unless yes"}
        hangs = (one.unless_no is not None, one.unless_yes is not None)
        idle = f"idle {told[hangs]} to `{one.unless_no or one.unless_yes}` |" if any(hangs) else " |"
        assert row.endswith(idle)
        assert any(hangs) == ("idle" in row)
    listed = re.findall(r"^\| `([a-z]+\.[a-z_]+)` ", text, re.MULTILINE)
    assert listed == [one.id for one in QUESTIONS]
    assert all(f"`{choice.id}`" in text for choice in WHO_TYPED)
