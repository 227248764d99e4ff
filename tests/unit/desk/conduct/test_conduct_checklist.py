"""The checklist of a prosecutor: answered by officers alone, sealed, never changed, beside what was declared."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from desk_cast import Ready, clock, hold, signed_in
from desk_conduct import reviewed
from desk_pointed import talk
from safehand.desk.conduct.answering import answer_item, view_checklist
from safehand.desk.conduct.checklist_table import Known, checklist, checklist_of
from safehand.desk.conduct.models import Answered, ChecklistAnswer
from safehand.desk.conduct.presenters.checklist import ChecklistPage, checklist_page
from safehand.desk.conduct.rests import on_message
from safehand.desk.conduct.tables import shipped
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.errors import NotAllowed, UsageError
from safehand.model.digest import sha256_of

PAGE = "/cases/SH-7K3M9QXA1/checklist/"
WORDS = "Told at the start; never said again."


@pytest.fixture
def made(ready: Ready) -> Ready:
    return reviewed(ready)


def page(made: Ready) -> ChecklistPage:
    return checklist_page(view_checklist(made.cast.alice, made.case, clock=clock))


def test_it_has_the_twenty_items_each_with_its_mark() -> None:
    table = checklist()
    assert len(table.items) == 20
    assert {one.mark for one in table.items} == set(Known)
    assert [one.number for one in table.items if one.mark is Known.VERIFIED] == [8, 13, 14, 18, 19, 20]


def test_no_item_is_answered_until_an_officer_answers_it(made: Ready) -> None:
    shown = page(made)
    assert shown.stands == "None of the 20 items is answered yet."
    assert [row.answer for row in shown.items] == [None] * 20
    who = shown.items[0]
    assert [(one.ask, one.words) for one in who.declared] == [
        ("Who typed on the child's side?", "More than one person, at different times")
    ]


def test_an_answer_is_kept_sealed_with_the_bytes_it_rests_on(made: Ready) -> None:
    one = answer_item(made.cast.bob, made.case, 5, Answered.PACKAGE, WORDS, rests=on_message(1, 3), clock=clock)
    assert (one.item, one.table, one.by, one.conversation, one.number) == (5, 1, made.cast.bob, 1, 3)
    assert one.end > one.start > 0
    assert len(one.sha256) == 64
    assert WORDS.encode() not in bytes(one.sealed_words)
    last = CustodyEntry.objects.last()
    assert last is not None
    said = json.loads(bytes(last.canonical))
    assert (said["verb"], said["record"], said["details"]) == (
        "checklist.answered",
        "conversation:1/message:3",
        {
            "item": 5,
            "answered": "package",
            "words": sha256_of(bytes(one.sealed_words)),
            "row": row_digest(one),
            "rests_on": "message",
        },
    )
    shown = page(made)
    answer = shown.items[4].answer
    assert answer is not None
    assert (answer.title, answer.words, answer.number, answer.still_there) == (
        "Answered from the package",
        WORDS,
        3,
        True,
    )
    assert shown.stands == "1 of 20 items is answered."
    assert shown.by_answer == ("Answered from the package: 1",)


def test_a_later_answer_stands_in_its_place_and_both_stay_readable(made: Ready) -> None:
    first = answer_item(made.cast.alice, made.case, 9, Answered.NOT_HERE, WORDS, clock=clock)
    second = answer_item(made.cast.bob, made.case, 9, Answered.ENQUIRY, WORDS, clock=clock)
    assert second.follows == first
    row = page(made).items[8]
    assert row.answer is not None
    assert (row.answer.title, row.answer.by) == ("An enquiry is needed", "bob")
    assert [one.title for one in row.earlier] == ["Not in this material"]
    with pytest.raises(UsageError):
        first.save()
    with pytest.raises(UsageError):
        ChecklistAnswer.objects.standing().update(answered="package")


def test_a_message_that_is_read_from_other_bytes_since_is_said_to_be(made: Ready) -> None:
    answer_item(made.cast.alice, made.case, 5, Answered.PACKAGE, WORDS, rests=on_message(1, 10), clock=clock)
    talk(made, ("Kim", "hiya"))
    answer = page(made).items[4].answer
    assert answer is not None
    assert not answer.still_there


@pytest.mark.parametrize("message", [(1, 99), (2, 1), (0, 1), (10**12, 1)])
def test_a_message_that_is_not_there_answers_nothing(made: Ready, message: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="no such message"):
        answer_item(made.cast.alice, made.case, 5, Answered.PACKAGE, WORDS, rests=on_message(*message))
    assert not ChecklistAnswer.objects.exists()


def test_what_is_answered_from_the_package_names_what_it_rests_on(made: Ready) -> None:
    with pytest.raises(UsageError, match="what it rests on"):
        answer_item(made.cast.alice, made.case, 5, Answered.PACKAGE, WORDS)
    assert not ChecklistAnswer.objects.exists()
    for other in set(Answered) - {Answered.PACKAGE}:
        answer_item(made.cast.alice, made.case, 5, other, WORDS)


def test_an_item_that_does_not_apply_is_answered_with_a_reason(made: Ready, as_alice: Client) -> None:
    refused = as_alice.post(f"{PAGE}13/", {"answered": "not_apply", "words": " "})
    assert (refused.status_code, "why it does not apply" in refused.content.decode()) == (400, True)
    assert as_alice.post(f"{PAGE}13/", {"answered": "not_apply", "words": WORDS}).status_code == 302
    answer = page(made).items[12].answer
    assert answer is not None
    assert (answer.title, answer.words) == ("Does not apply", WORDS)
    assert page(made).by_answer == ("Does not apply: 1",)


@pytest.mark.parametrize("number", [0, 21, 10**9])
def test_an_item_that_is_not_there_is_404(made: Ready, as_alice: Client, number: int) -> None:
    with pytest.raises(Http404):
        answer_item(made.cast.alice, made.case, number, Answered.OFFICER, WORDS)
    assert as_alice.get(f"{PAGE}{number}/").status_code == 404


def test_who_may_only_read_sees_the_answers_and_gives_none(made: Ready) -> None:
    answer_item(made.cast.alice, made.case, 5, Answered.OFFICER, WORDS, clock=clock)
    bob = hold(made.cast.bob, Role.DISCLOSURE)
    text = signed_in(bob).get(PAGE).content.decode()
    assert WORDS in text
    assert f"{PAGE}5/" not in text
    with pytest.raises(NotAllowed):
        answer_item(bob, made.case, 5, Answered.OFFICER, WORDS)
    with pytest.raises(Http404):
        answer_item(made.cast.charlie, made.case, 5, Answered.OFFICER, WORDS)
    with pytest.raises(NotAllowed):
        view_checklist(hold(made.cast.bob, Role.SUPERVISOR), made.case)


@pytest.mark.parametrize("who", ["as_alice", "as_bob"])
def test_those_on_the_case_see_no_message_and_no_name(who: str, made: Ready, request: pytest.FixtureRequest) -> None:
    answer_item(made.cast.alice, made.case, 5, Answered.PACKAGE, WORDS, rests=on_message(1, 3), clock=clock)
    browser: Client = request.getfixturevalue(who)
    text = browser.get(PAGE).content.decode()
    assert "conversations/1/?message=3#m3" in text
    assert text.count("Nobody has answered it.") == 19
    assert "14 of 20 items are not verified" in text
    for said in ("Kim", "im 13", "football kit"):
        assert said not in text
    last = CustodyEntry.objects.last()
    assert last is not None
    assert (last.verb, json.loads(bytes(last.canonical))["details"]) == ("checklist.shown", {"answered": 1})


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("path", [PAGE, f"{PAGE}5/"])
def test_charlie_does_not(as_charlie: Client, path: str) -> None:
    assert as_charlie.get(path).status_code == 404
    assert not CustodyEntry.objects.exists()


WRONG_FORMS: dict[str, tuple[dict[str, str], str]] = {
    "nothing": ({}, "Choose how it is answered."),
    "no words": ({"answered": "package"}, "Write the answer"),
    "no place": ({"answered": "package", "words": WORDS}, "Name what it rests on, or choose another answer."),
    "half a place": ({"answered": "package", "words": WORDS, "number": "3"}, "or neither."),
    "no number": ({"answered": "package", "words": WORDS, "number": "x", "conversation": "1"}, "number of a message"),
    "too far": ({"answered": "package", "words": WORDS, "number": "9" * 30, "conversation": "1"}, "of a message."),
    "no such message": ({"answered": "package", "words": WORDS, "number": "99", "conversation": "1"}, "no such"),
    "an answer that is none": ({"answered": "proven", "words": WORDS}, "Choose one of these."),
}  # fmt: skip


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("name", WRONG_FORMS)
def test_a_form_that_is_not_whole_keeps_nothing_and_says_what_is_missing(as_alice: Client, name: str) -> None:
    given, says = WRONG_FORMS[name]
    answer = as_alice.post(f"{PAGE}5/", given)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not ChecklistAnswer.objects.exists()


@pytest.mark.usefixtures("made")
def test_the_form_has_nothing_chosen_and_leads_back_to_its_item(as_alice: Client) -> None:
    assert " checked>" not in as_alice.get(f"{PAGE}5/").content.decode()
    done = as_alice.post(f"{PAGE}5/", {"answered": "package", "words": WORDS, "conversation": "1", "number": "3"})
    assert (done.status_code, done["Location"]) == (302, f"{PAGE}#item-5")


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "a key of the file": lambda table: table.update(more=1),
    "another schema": lambda table: table.update(schema="safehand.checklist/2"),
    "no source": lambda table: table.update(source=" "),
    "a mark that is none": lambda table: table["item"][0].update(mark="confirmed"),
    "a declaration that is none": lambda table: table["item"][0].update(declared=["holder.score"]),
    "a page that is none": lambda table: table["item"][0].update(look_at=["verdict"]),
    "a number twice": lambda table: table["item"][1].update(number=1),
    "a number as words": lambda table: table["item"][0].update(number="1"),
    "an item without what it needs": lambda table: table["item"][0].pop("needs"),
    "a key of an item": lambda table: table["item"][0].update(answered="yes"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_near_miss_of_the_table_is_refused(name: str) -> None:
    table = copy.deepcopy(shipped("cps-checklist.toml"))
    WRONG[name](table)
    with pytest.raises(UsageError):
        checklist_of(table)
