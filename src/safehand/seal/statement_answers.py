"""The holder's answers as they stand in the statement.

    "urgent":{"child_in_danger":{"answer":"no"},"meeting_when":{"answer":"given","value":"2026-11-24T15:30:00"},…},
    "operator_periods":[{"account":"the account of Sam","from":null,"to":"2026-11-20T18:00:00","who":"child"}]

Every question of questions.py stands there once, under its group and its name: also those that were not asked, with
``not_asked``. A question that is missing would read as "no" one day. ``not_said``, and ``not_asked`` for want of a
"yes", came with form 4 of the statement, as did ``dont_know`` for a limit of a period.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

import msgspec

from safehand.errors import UsageError
from safehand.model.canonical import Json
from safehand.seal.answers import NOT_ASKED, NOT_SAID, Answer, Answers, State, read_answer
from safehand.seal.periods import read_periods
from safehand.seal.questions import GROUPS, QUESTIONS, Kind, Question

_PERIODS: Final = "operator_periods"
_WHERE: Final = "statement.json"


class _Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from", "end": "to"}):
    account: str
    who: str
    start: str | None
    end: str | None


def answers_value(answers: Answers) -> dict[str, Json]:
    """The groups of answers and the operator periods. UsageError while a question is unanswered."""
    groups: dict[str, dict[str, Json]] = {group: {} for group in GROUPS}
    for asked in QUESTIONS:
        answer = answers.answer_to(asked)
        if answer is None:
            raise UsageError(f"{asked.id} is unanswered.", todo="I don't know is an answer.")
        groups[asked.group][asked.name] = _answer_value(answer)
    periods: list[Json] = [
        {"account": period.account, "who": period.who, "from": period.start, "to": period.end}
        for period in answers.operator_periods
    ]
    return {**{group: dict(rows) for group, rows in groups.items()}, _PERIODS: periods}


def are_of_form_4(answers: Answers) -> bool:
    """Is there an answer, or a period, that forms 1 to 3 have no place for?"""
    if any(period.is_open for period in answers.operator_periods):
        return True
    found = [(asked, answers.answer_to(asked)) for asked in QUESTIONS]
    return any(
        answer == NOT_SAID or (answer == NOT_ASKED and not answers.is_idle_after_no(asked)) for asked, answer in found
    )


def parse_answer_groups(value: dict[str, Any], *, is_old: bool) -> Answers:
    """The inverse of answers_value: UsageError or msgspec.ValidationError for anything it does not write.

    ``is_old``: of forms 1 to 3, in which the words "I would rather not say" were a text like any other.
    """
    rows = msgspec.convert(value.pop(_PERIODS, None), list[_Period])
    periods = read_periods([_period_row(row) for row in rows], _WHERE)
    if value.keys() != GROUPS.keys():
        raise UsageError("Its parts are not those of a statement.")
    given: dict[str, Answer] = {}
    for asked in QUESTIONS:
        group = value[asked.group]
        raw = group.pop(asked.name, None) if isinstance(group, dict) else None
        given[asked.id] = _parse_answer(asked, raw, is_old=is_old)
    if any(value.values()):
        raise UsageError("It answers a question that is not asked.")
    answers = Answers(MappingProxyType({id_: a for id_, a in given.items() if a.state is not State.NOT_ASKED}), periods)
    # What was "not asked" must follow from the other answers, or a "no" could be hidden behind it.
    for asked in QUESTIONS:
        if answers.answer_to(asked) != given[asked.id]:
            raise UsageError(f"{asked.id} should have been asked.")
    return answers


def _answer_value(answer: Answer) -> Json:
    if answer.value is None:
        return {"answer": str(answer.state)}
    return {"answer": str(answer.state), "value": answer.value}


def _parse_answer(asked: Question, raw: object, *, is_old: bool) -> Answer:
    match raw:
        case {"answer": "given", "value": str() as text, **rest} if not rest and asked.kind is not Kind.YES_NO:
            answer = read_answer(asked, text)
            # Words for "I don't know", blanks around a text, another spelling of a date: not what is written.
            as_text = Answer(State.GIVEN, text)
            if answer == as_text or (
                is_old and answer == NOT_SAID and asked.kind is Kind.TEXT and text == text.strip()
            ):
                return as_text
        case {"answer": "yes" | "no" as word, **rest} if not rest and asked.kind is Kind.YES_NO:
            return Answer(State(word))
        case {"answer": "dont_know" | "not_said" | "not_asked" as word, **rest} if not rest:
            return Answer(State(word))
        case _:
            pass
    raise UsageError(f"The answer to {asked.id} cannot be read.")


def _period_row(row: _Period) -> dict[str, object]:
    table = {"account": row.account, "who": row.who, "from": row.start, "to": row.end}
    return {key: text for key, text in table.items() if text is not None}
