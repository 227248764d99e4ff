from __future__ import annotations

from safehand.desk.cases.declarations import declarations_of, declarations_value, periods_value
from safehand.desk.cases.models import Package
from safehand.seal.answers import dont_know_the_rest, parse_answers
from safehand.seal.questions import QUESTIONS

ANSWERS = b"""
[urgent]
meeting_planned = true
meeting_when = 2026-11-28T15:30:00
meeting_where = "Outside the house of Priya Wren"
[holder]
role = "parent_or_carer"
[declarations]
deleted = false
[undertaking]
keep_private = "I would rather not say"
"""


def kept() -> dict[object, object]:
    return {"answers": declarations_value(dont_know_the_rest(parse_answers(ANSWERS)))}


def test_every_question_is_kept_with_its_answer() -> None:
    answers = kept()["answers"]
    assert isinstance(answers, dict)
    assert set(answers) == {question.id for question in QUESTIONS}
    assert answers["urgent.meeting_planned"] == ["yes", None]
    assert answers["urgent.meeting_when"][1].startswith("2026-11-28")


def test_no_word_of_the_holder_is_kept() -> None:
    assert "Priya" not in str(kept())


def test_answers_are_told_in_words_and_what_is_open_stands_apart() -> None:
    groups = {group.title: group for group in declarations_of(Package(summary=kept()))}
    urgent = {row.ask: row.words for row in groups["What may be urgent"].answered}
    assert urgent["Is a meeting with a child planned?"] == "Yes"
    assert urgent["When is it? (date and time, as they were written)"] == "28 November 2026, 15:30"
    assert "own words" in urgent["Where is it?"]
    assert [row.words for row in groups["About the holder"].answered] == ["A parent or carer"]
    open_rows = groups["What is in it, and what is not"].open
    assert {row.words for row in open_rows} == {"I don’t know", "Not asked, because of an earlier answer"}


PERIODS = b"""
[[operator_periods]]
account = "the account of Priya"
who = "child"
to = 2026-11-20
[[operator_periods]]
account = "the account of Priya"
who = "parent_or_carer"
from = 2026-11-21T10:00:00
to = "I don't know"
[[operator_periods]]
account = "another of Priya"
who = "dont_know"
from = "I don't know"
"""


def test_who_typed_when_is_told_with_what_is_not_known_and_without_the_name_of_an_account() -> None:
    summary = {"periods": periods_value(parse_answers(PERIODS))}
    assert "Priya" not in str(summary)
    (group,) = declarations_of(Package(summary=summary))
    assert [(row.ask, row.words) for row in group.answered] == [
        ("Account 1: not known", "From a time that the holder does not know, to the last message"),
        ("Account 2: the child", "From the first message, to 20 November 2026"),
        (
            "Account 2: a parent or carer",
            "From 21 November 2026, 10:00, to a time that the holder does not know",
        ),
    ]


def test_what_a_holder_would_rather_not_say_stands_among_the_answers() -> None:
    groups = {group.title: group for group in declarations_of(Package(summary=kept()))}
    assert [row.words for row in groups["Afterwards"].answered] == ["I would rather not say"]


def test_a_package_that_was_not_read_declares_nothing() -> None:
    assert declarations_of(Package()) == ()
