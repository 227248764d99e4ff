"""The questions of a conduct review: read strictly, each with its law, each line of law with its mark."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from safehand.desk.conduct.tables import Mark, Ran, questions, questions_of, shipped
from safehand.errors import UsageError

TABLE = shipped("conduct-questions.toml")


def test_both_kinds_are_asked_and_every_law_is_asked_about() -> None:
    table = questions()
    assert {one.id for one in table.asked_of([Ran.STATE])} - {one.id for one in table.asked_of([Ran.CITIZEN])} == {
        "authority"
    }
    assert {law for one in table.questions for law in one.law} == {law.id for law in table.laws}
    assert {line.mark for law in table.laws for line in law.says} == set(Mark)
    for one in table.questions:
        assert one.figures or one.tags or one.beside, one.id
        assert one.ask.endswith("?")


def test_no_question_asks_anybody_to_do_anything() -> None:
    """domain.md 2.3: what courts looked at is never told as how to do it."""
    words = " ".join([one.ask for one in questions().questions] + [one.beside for one in questions().questions])
    for word in ("should", "must", "always", "never approach", "make sure", "avoid"):
        assert word not in words.lower()


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "a key of the file": lambda table: table.update(more=1),
    "no date": lambda table: table.pop("checked_on"),
    "a date as words": lambda table: table.update(checked_on="today"),
    "another schema": lambda table: table.update(schema="safehand.conduct-questions/2"),
    "a mark that is none": lambda table: table["law"]["tl"]["says"][0].update(mark="confirmed"),
    "a line without words": lambda table: table["law"]["tl"]["says"][0].update(words=" "),
    "a key of a law": lambda table: table["law"]["tl"].update(year=2018),
    "somebody else": lambda table: table["law"]["tl"].update({"for": ["anybody"]}),
    "a figure that is none": lambda table: table["question"][0].update(figures=["score"]),
    "a tag that is none": lambda table: table["question"][0].update(tags=["guilt"]),
    "a law that is none": lambda table: table["question"][0].update({"from": ["nowhere"]}),
    "a question without an id": lambda table: table["question"][0].pop("id"),
    "two of one id": lambda table: table["question"][1].update(id="first_contact"),
    "a key of a question": lambda table: table["question"][0].update(answer="yes"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_near_miss_is_refused_with_where_it_is(name: str) -> None:
    table = copy.deepcopy(TABLE)
    WRONG[name](table)
    with pytest.raises(UsageError) as refused:
        questions_of(table)
    assert str(refused.value)


def test_what_is_shipped_is_read() -> None:
    assert questions_of(copy.deepcopy(TABLE)) == questions()
