"""What an answer of the checklist rests on: a message, the statement, a file or an exhibit, and one of them alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from desk_cast import Ready, clock
from desk_conduct import reviewed
from safehand.desk.conduct.answering import answer_item, view_checklist
from safehand.desk.conduct.models import Answered, ChecklistAnswer, RestsOn
from safehand.desk.conduct.presenters.checklist import AnswerWords, checklist_page
from safehand.desk.conduct.rests import EXHIBIT, Rests, on_exhibit, on_file, on_message, on_statement
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.models import CustodyEntry
from safehand.errors import UsageError
from safehand.model.digest import sha256_of

PAGE = "/cases/SH-7K3M9QXA1/checklist/"
WORDS = "The holder says so."
STATEMENT, FILE = "5" * 64, "a" * 64
GIVEN: dict[RestsOn, tuple[Rests, dict[str, str]]] = {
    RestsOn.MESSAGE: (on_message(1, 3), {"conversation": "1", "number": "3"}),
    RestsOn.STATEMENT: (on_statement(), {"statement": "on"}),
    RestsOn.FILE: (on_file("data/0001.txt"), {"file": "data/0001.txt"}),
    RestsOn.EXHIBIT: (on_exhibit("ABC/1A"), {"exhibit": "ABC/1A"}),
}


@pytest.fixture
def made(ready: Ready) -> Ready:
    """The case, with a statement and two source files in its package."""
    reviewed(ready)
    ready.package.report["statement_sha256"] = STATEMENT
    ready.package.account = [
        {"file": f"data/{place}.txt", "bytes": 9, "sha256": sha, "segments": {}, "unparsed": [], "not_listed": 0}
        for place, sha in (("0001", FILE), ("0002", "b" * 64))
    ]
    ready.package.save()
    ready.case.refresh_from_db()
    return ready


def details() -> dict[str, Any]:
    last = CustodyEntry.objects.last()
    assert last is not None
    said: dict[str, Any] = json.loads(bytes(last.canonical))
    return {"record": said["record"], **said["details"]}


def answer(made: Ready) -> AnswerWords:
    seen = checklist_page(view_checklist(made.cast.alice, made.case, clock=clock)).items[0].answer
    assert seen is not None
    return seen


def kept(made: Ready, rests: Rests | None, answered: Answered = Answered.PACKAGE) -> ChecklistAnswer:
    return answer_item(made.cast.alice, made.case, 1, answered, WORDS, rests=rests, clock=clock)


def test_an_answer_names_the_statement_by_its_digest(made: Ready) -> None:
    one = kept(made, on_statement())
    assert (one.rests_on, one.file, one.sha256, one.conversation, one.number) == (
        "statement", "statement.json", STATEMENT, None, None,
    )  # fmt: skip
    assert details() == {
        "record": "case", "item": 1, "answered": "package", "words": sha256_of(bytes(one.sealed_words)),
        "rests_on": "statement", "digest": STATEMENT, "row": row_digest(one),
    }  # fmt: skip
    assert (answer(made).rests, answer(made).on_evidence, answer(made).still_there) == (
        "The holder’s statement", True, True,
    )  # fmt: skip


def test_an_answer_names_a_file_of_the_package_by_its_place_and_digest(made: Ready) -> None:
    one = kept(made, on_file("data/0001.txt"))
    assert (one.rests_on, one.file, one.sha256) == ("file", "data/0001.txt", FILE)
    assert (details()["rests_on"], details()["digest"]) == ("file", FILE)
    assert (answer(made).rests, answer(made).on_evidence) == ("File data/0001.txt of the package", True)


def test_the_reference_of_an_exhibit_is_sealed_and_the_entry_has_its_digest(made: Ready) -> None:
    one = kept(made, on_exhibit("ABC/1A"))
    sealed = bytes(one.sealed_exhibit or b"")
    assert sealed
    assert b"ABC/1A" not in sealed
    assert details()["exhibit"] == sha256_of(sealed)
    assert b"ABC/1A" not in b"".join(bytes(each.canonical) for each in CustodyEntry.objects.all())
    assert (answer(made).rests, answer(made).on_evidence) == ("Exhibit ABC/1A", False)


@pytest.mark.parametrize("on", GIVEN)
@pytest.mark.parametrize("answered", Answered)
def test_every_answer_may_rest_on_each_of_the_four(made: Ready, on: RestsOn, answered: Answered) -> None:
    assert kept(made, GIVEN[on][0], answered).rests_on == on


NOT_THERE: dict[str, Rests] = {
    "a file that is not there": on_file("data/0003.txt"),
    "a file by its number alone": on_file("1"),
    "the statement as a file": on_file("statement.json"),
    "no file": on_file(""),
    "no message": on_message(1, 99),
    "an exhibit in words": on_exhibit("the phone of Sam"),
    "an exhibit without a number": on_exhibit("ABC/"),
    "an exhibit of number nought": on_exhibit("ABC/0"),
    "an exhibit in small letters": on_exhibit("abc/1"),
    "an exhibit with a line more": on_exhibit("ABC/1\n"),
    "no exhibit": on_exhibit(""),
}


@pytest.mark.parametrize("name", NOT_THERE)
def test_what_is_not_there_is_nothing_to_rest_on(made: Ready, name: str) -> None:
    with pytest.raises(UsageError):
        kept(made, NOT_THERE[name])
    assert not ChecklistAnswer.objects.exists()
    assert not CustodyEntry.objects.exists()


def test_a_package_without_a_statement_that_was_read_gives_none_to_rest_on(made: Ready, as_alice: Client) -> None:
    for without in ({}, {"statement_sha256": None}):
        made.package.report = without
        made.package.save()
        made.case.refresh_from_db()
        with pytest.raises(UsageError):
            kept(made, on_statement())
    assert 'name="statement"' not in as_alice.get(f"{PAGE}1/").content.decode()


@pytest.mark.parametrize("on", [RestsOn.STATEMENT, RestsOn.FILE])
def test_bytes_that_are_not_those_that_were_named_are_said_to_be_others(made: Ready, on: RestsOn) -> None:
    kept(made, GIVEN[on][0])
    made.package.report["statement_sha256"] = "6" * 64
    made.package.account[0]["sha256"] = "c" * 64
    made.package.save()
    made.case.refresh_from_db()
    assert not answer(made).still_there


def test_an_answer_from_before_there_was_a_choice_rests_on_its_message_or_on_nothing(made: Ready) -> None:
    plain = {"case": made.case, "item": 1, "table": 1, "answered": "package", "by": made.cast.alice}
    sealed = bytes(kept(made, on_message(1, 3)).sealed_words)
    old = ChecklistAnswer.objects.get()
    at = {"at": old.at, "sealed_words": sealed}
    where = {"conversation": 1, "number": 3, "file": old.file, "sha256": old.sha256, "start": old.start, "end": old.end}
    second = ChecklistAnswer(**plain, **at, **where, follows=old)
    second.save()
    assert (answer(made).number, answer(made).rests, answer(made).still_there) == (3, "", True)
    ChecklistAnswer(**plain, **at, follows=second).save()
    assert (answer(made).number, answer(made).rests, answer(made).still_there) == (None, "", True)


def test_what_it_rests_on_is_followed_and_never_changed(made: Ready) -> None:
    first = kept(made, on_statement())
    second = kept(made, on_exhibit("AB1"))
    assert second.follows == first
    row = checklist_page(view_checklist(made.cast.alice, made.case, clock=clock)).items[0]
    assert [each.rests for each in row.earlier] == ["The holder’s statement"]
    first.rests_on = "file"
    with pytest.raises(UsageError):
        first.save()


@pytest.mark.parametrize("on", GIVEN)
def test_the_form_takes_each_of_the_four_and_chooses_none_beforehand(
    made: Ready, as_alice: Client, on: RestsOn
) -> None:
    shown = as_alice.get(f"{PAGE}1/").content.decode()
    assert " checked>" not in shown
    assert shown.count(" selected>") == shown.count('<option value="" selected>None</option>') == 1
    given = {"answered": "package", "words": WORDS, **GIVEN[on][1]}
    assert as_alice.post(f"{PAGE}1/", given).status_code == 302
    one = ChecklistAnswer.objects.get()
    assert one.rests_on == on
    assert answer(made).words == WORDS


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "nothing": ({}, "Name what it rests on, or choose another answer."),
    "two things": ({"statement": "on", "exhibit": "AB1"}, "Name one thing that it rests on"),
    "a file and a message": ({"file": "data/0001.txt", "conversation": "1", "number": "3"}, "Name one thing"),
    "half a message and a file": ({"file": "data/0001.txt", "number": "3"}, "or neither."),
    "a file that is not there": ({"file": "data/0003.txt"}, "Choose one of its files."),
    "an exhibit in words": ({"exhibit": "the phone"}, "as in AB1 or ABC/1."),
}


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("name", WRONG)
def test_a_form_that_names_nothing_or_too_much_keeps_nothing(as_alice: Client, name: str) -> None:
    given, says = WRONG[name]
    shown = as_alice.post(f"{PAGE}1/", {"answered": "package", "words": WORDS, **given})
    assert shown.status_code == 400
    assert says in shown.content.decode()
    assert WORDS in shown.content.decode(), "what was typed is not lost"
    assert not ChecklistAnswer.objects.exists()


@pytest.mark.usefixtures("made")
def test_another_answer_needs_nothing_to_rest_on(as_alice: Client) -> None:
    assert as_alice.post(f"{PAGE}1/", {"answered": "officer", "words": WORDS}).status_code == 302
    assert ChecklistAnswer.objects.get().rests_on is None


@pytest.mark.parametrize("reference", ["AB1", "ABC/1", "ABC/1A", "ABCD1234"])
def test_references_as_they_are_written_are_taken(reference: str) -> None:
    assert EXHIBIT.fullmatch(reference)
