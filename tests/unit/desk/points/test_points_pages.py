"""The pages of points to prove: both ways alike, nothing chosen beforehand, no message shown, and an entry a look."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desk_cast import Ready, clock, hold, signed_in
from desk_pointed import CHAT, talk
from safehand.desk.cases.glass import break_glass
from safehand.desk.cases.models import GlassWhy
from safehand.desk.core.clock import system_clock
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.desk.points import choosing
from safehand.desk.points.choosing import choose
from safehand.desk.points.entering import MOST, Said, add
from safehand.desk.points.library import library, offence_of
from safehand.desk.points.models import Chosen, Entry, Side
from safehand.desk.review import citing
from safehand.desk.review.citing import cite
from safehand.desk.review.models import Citation

REFERENCE = "SH-7K3M9QXA1"
CASE = f"/cases/{REFERENCE}/"
POINTS = f"{CASE}points/"
MEETING = f"{POINTS}meeting/"
POINT = f"{MEETING}c/"
USE = f"{CASE}conversations/1/messages/6/point/"
SPOKEN = [words for _, words in CHAT]
WHY = "the shed on saturday"
CHOSEN = re.compile(r'<(?:input|option value="[^"]+")[^>]* (?:checked|selected)')
"""Something that a form was filled in with beforehand. The first choice of a list, "Choose", is none."""


@pytest.fixture
def pointed(ready: Ready) -> Ready:
    talk(ready, *CHAT)
    return ready


@pytest.fixture
def looked(pointed: Ready) -> Ready:
    choose(pointed.cast.alice, pointed.case, "meeting", attempt=False, reason=WHY, clock=clock)
    return pointed


def text(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def bare(page: str) -> str:
    """What stands on it, without tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def row(page: str, code: str) -> str:
    found = re.search(rf'<tr id="{code}">(.*?)</tr>', page, re.DOTALL)
    assert found is not None
    return found[1]


def entry() -> dict[str, object]:
    last = CustodyEntry.objects.last()
    assert last is not None
    value: dict[str, object] = json.loads(bytes(last.canonical))
    return value


@pytest.mark.usefixtures("pointed")
def test_a_case_begins_with_nothing_chosen_and_offers_every_offence_and_attempt(as_alice: Client) -> None:
    page = text(as_alice, POINTS)
    assert "Nobody has chosen an offence to look at yet." in page
    assert not CHOSEN.search(page)
    offered = re.findall(r'<option value="([a-z_+]+)"', page)
    attempts = [f"{each.code}+attempt" for each in library() if each.attempt.offered]
    assert sorted(offered) == sorted([*(each.code for each in library()), *attempts])
    assert "Tick the box" not in page
    assert 'name="outside"' not in page, "it is asked for only where it is needed"
    assert entry()["details"] == {"offences": 0}


@pytest.mark.usefixtures("pointed")
def test_an_offence_is_chosen_with_a_reason_and_taken_back_with_one(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.post(POINTS, {"what": "meeting"}).status_code == 400
    assert as_alice.post(POINTS, {"reason": WHY}).status_code == 400
    answer = as_alice.post(POINTS, {"what": "meeting", "reason": WHY})
    assert (answer.status_code, answer["Location"]) == (302, MEETING)
    again = as_bob.post(POINTS, {"what": "meeting", "reason": WHY})
    assert again.status_code == 400
    assert "It is looked at already." in again.content.decode()
    page = bare(text(as_bob, MEETING))
    assert f"Looked at as the offence itself: {WHY} alice" in page
    one = Chosen.objects.get()
    assert as_bob.post(MEETING, {"chosen": one.pk}).status_code == 400
    assert as_bob.post(MEETING, {"chosen": "", "reason": "x"}).status_code == 400
    assert as_bob.post(MEETING, {"chosen": 99, "reason": "x"}).status_code == 404
    assert as_bob.post(MEETING, {"chosen": one.pk, "reason": "another case"}).status_code == 302
    assert "Looked at no more" in text(as_alice, POINTS)
    assert "another case" in text(as_alice, POINTS)
    assert "Nobody has chosen it in this case." in text(as_alice, MEETING)


@pytest.mark.usefixtures("pointed")
def test_who_chooses_what_no_message_is_from_the_time_of_is_told_and_must_say_so(
    as_alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "is_outside", lambda *_: True)
    answer = as_alice.post(POINTS, {"what": "communication", "reason": WHY})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Every dated message is from a time in which it was not in force." in page
    box = re.findall(r"<input[^>]*name=\"outside\"[^>]*>", page)
    assert len(box) == 1
    assert "checked" not in box[0]
    as_alice.post(POINTS, {"what": "communication", "reason": WHY, "outside": "on"})
    assert Chosen.objects.get().outside
    assert "No message with a time was from when it was in force" in text(as_alice, f"{POINTS}communication/")


@pytest.mark.usefixtures("looked")
def test_every_point_of_which_nobody_wrote_says_so(as_alice: Client) -> None:
    page = text(as_alice, MEETING)
    offence = offence_of("meeting")
    assert offence is not None
    assert page.count("Nobody has looked at this yet") == len(offence.elements)
    assert "Nobody has looked at this yet" in text(as_alice, POINT)


def test_for_and_against_stand_side_by_side_in_the_same_words_and_an_empty_cell_says_so(
    looked: Ready, as_alice: Client
) -> None:
    alice, case = looked.cast.alice, looked.case
    one = cite(alice, case, 1, 6, "meeting", "towards").pk
    other = cite(alice, case, 1, 7, "meeting", "away").pk
    add(alice, case, Said("meeting", "c", Side.SUPPORTING, "a plan & a place", (one,)))
    add(alice, case, Said("meeting", "c", Side.UNDERMINING, "it was refused", (other,)))
    page = text(as_alice, MEETING)
    assert re.findall(r'<th scope="col">([^<]*)', page) == [
        "Point to prove", "Supporting", "Undermining", "Not in this material", "Police enquiry needed",
    ]  # fmt: skip
    cells = re.findall(r'<td data-label="([^"]*)">(.*?)</td>', row(page, "c"), re.DOTALL)
    assert [label for label, _ in cells] == [side.label for side in Side]
    for (_, cell), (why, number, letter) in zip(
        cells, (("a plan & a place", 6, "B"), ("it was refused", 7, "A")), strict=False
    ):
        assert f"message={number}#m{number}" in cell
        assert f">{letter}</span>" in cell
        assert why in bare(cell)
        assert "2026" in cell
    shape = [re.sub(r"[A-Z]</span>|even|odd|\d+|[a-z&; ]+</p>|towards|away", "", cell) for _, cell in cells[:2]]
    assert shape[0] == shape[1], "both ways look the same"
    assert all("No entry" in cell for _, cell in cells[2:])
    assert "Nobody has looked at this yet" not in row(page, "c")


def test_no_word_of_a_message_and_no_name_stands_on_any_of_them(looked: Ready, as_alice: Client) -> None:
    cite(looked.cast.alice, looked.case, 1, 6, "meeting", "towards")
    add(looked.cast.alice, looked.case, Said("meeting", "c", Side.SUPPORTING, "a plan", tuple(_citations())))
    for path in (POINTS, MEETING, POINT, USE):
        page = text(as_alice, path)
        assert not [words for words in (*SPOKEN, "Kim", "Sam") if re.search(rf"\b{words}\b", page)], path


def _citations() -> list[int]:
    return list(Citation.objects.values_list("pk", flat=True))


@pytest.mark.usefixtures("looked")
def test_each_look_is_an_entry_that_says_which(as_alice: Client) -> None:
    for path, details in (
        (POINTS, {"offences": 1}),
        (MEETING, {"offence": "meeting", "entries": 0}),
        (POINT, {"offence": "meeting", "element": "c", "entries": 0}),
    ):
        text(as_alice, path)
        said = entry()
        assert (said["verb"], said["act"], said["record"], said["details"]) == (
            "points.shown", "consultation", "case", details,
        )  # fmt: skip
    log = bare(text(as_alice, f"{CASE}who-saw-what/?purpose=lawfulness"))
    assert "Looked at points to prove" in log
    assert "Chose an offence to look at" in log


@pytest.mark.usefixtures("looked")
@pytest.mark.parametrize("path", [MEETING, POINT, f"{CASE}conversations/1/messages/6/point/"])
def test_the_letters_of_the_law_are_told_apart_from_those_of_the_accounts(path: str, as_alice: Client) -> None:
    said = "A is the person accused and B the other person. These are not the letters of the accounts."
    assert said in text(as_alice, path)


@pytest.mark.usefixtures("looked")
def test_unverified_lines_are_marked_and_that_no_lawyer_read_them_is_said_on_every_page(as_alice: Client) -> None:
    offence = offence_of("meeting")
    assert offence is not None
    said = "No lawyer has compared this library with the statutes."
    assert said in text(as_alice, POINTS)
    page = text(as_alice, MEETING)
    assert said in page
    assert "28 of 32 lines are unverified, and marked." in page
    assert page.count('class="sh-unverified"') >= len(offence.elements)
    assert 'class="sh-unverified">this day is unverified</span>' not in page or "13 April 2015" in page
    point = text(as_alice, f"{MEETING}d/")
    assert said in point
    marks = [line.mark for line in offence.elements[3].lines]
    assert point.count('class="sh-unverified"') == marks.count("unverified")  # type: ignore[arg-type]
    assert "The Minister in committee" in point, "where a line is from stands beside it"


@pytest.mark.usefixtures("looked")
@pytest.mark.parametrize("path", [f"{POINTS}meetings/", f"{POINTS}attempt/", f"{MEETING}g/", f"{MEETING}at_a/"])
def test_what_is_no_offence_or_no_point_is_not_found(path: str, as_alice: Client) -> None:
    before = CustodyEntry.objects.count()
    assert as_alice.get(path).status_code == 404
    assert as_alice.post(path, {"side": "police", "reason": WHY}).status_code == 404
    assert CustodyEntry.objects.count() == before


def test_an_entry_is_made_followed_and_taken_back_on_the_page_of_its_point(
    looked: Ready, as_alice: Client, as_bob: Client
) -> None:
    one = cite(looked.cast.alice, looked.case, 1, 6, "meeting", "towards").pk
    page = text(as_alice, POINT)
    assert not CHOSEN.search(page)
    assert "Conversation 1, message 6 by B" in page
    form = {"side": "supporting", "citations": [one], "reason": WHY}
    wrongs: list[dict[str, object]] = [
        {"reason": ""}, {"side": ""}, {"citations": []}, {"side": "not_here"}, {"citations": [99]},
        {"side": "made_out"},
    ]  # fmt: skip
    for wrong in wrongs:
        answer = as_alice.post(POINT, {**form, **wrong})
        assert answer.status_code == 400, wrong
        assert "There is a problem" in answer.content.decode()
    assert not Entry.objects.exists()
    answer = as_alice.post(POINT, form)
    assert (answer.status_code, answer["Location"]) == (302, MEETING)
    first = Entry.objects.get()
    assert "Take it back" in text(as_bob, f"{POINT}?follows={first.pk}")
    as_bob.post(POINT, {"side": "not_here", "reason": "another shed", "follows": first.pk})
    second = Entry.objects.standing().get()
    assert (second.by, second.side) == (looked.cast.bob, "not_here")
    assert as_alice.get(f"{POINT}?follows={first.pk}").status_code == 404
    assert as_bob.post(POINT, {"act": "take_back", "follows": second.pk}).status_code == 400
    as_bob.post(POINT, {"act": "take_back", "reason": "read again", "follows": second.pk})
    assert not Entry.objects.standing()
    page = bare(text(as_alice, POINT))
    assert "What stands no more (2)" in page
    assert "Taken back by bob" in page
    assert "another shed" in page
    assert page.count(WHY) == 1


def test_a_citation_that_was_taken_back_since_is_told_where_it_was_used(looked: Ready, as_alice: Client) -> None:
    alice, case = looked.cast.alice, looked.case
    one = cite(alice, case, 1, 6, "meeting", "towards").pk
    add(alice, case, Said("meeting", "c", Side.SUPPORTING, WHY, (one,)))
    assert "was followed or taken back since" not in text(as_alice, MEETING)
    citing.take_back(alice, case, 1, 6, one, "the wrong message")
    assert "This citation was followed or taken back since" in text(as_alice, MEETING)
    talk(looked, *CHAT[:3])
    assert "Not read from the bytes that were cited" in text(as_alice, MEETING)


def test_more_entries_ask_the_database_no_more_often(looked: Ready, as_alice: Client) -> None:
    def asked() -> list[int]:
        counts = []
        for path in (MEETING, POINT):
            with CaptureQueriesContext(connection) as queries:
                text(as_alice, path)
            counts.append(len(queries))
        return counts

    def made() -> None:
        for number in (6, 7):
            one = cite(looked.cast.alice, looked.case, 1, number, "meeting", "towards").pk
            first = add(looked.cast.alice, looked.case, Said("meeting", "c", Side.SUPPORTING, WHY, (one,)))
            add(looked.cast.alice, looked.case, Said("meeting", "c", Side.UNDERMINING, WHY, (one,)), follows=first.pk)

    made()
    asked()  # the first page of a browser looks after its session as well
    before = asked()
    for _ in range(3):
        made()
    assert asked() == before


def test_more_messages_than_a_form_takes_are_refused_in_words(
    looked: Ready, as_alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safehand.desk.points.forms.MOST", 1)
    both = [cite(looked.cast.alice, looked.case, 1, number, "meeting", "towards").pk for number in (6, 7)]
    answer = as_alice.post(POINT, {"side": "supporting", "citations": both, "reason": WHY})
    assert answer.status_code == 400
    assert "Choose at most 1, or make two entries." in answer.content.decode()
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS > MOST + 5


def test_an_entry_that_was_made_by_another_text_of_the_library_says_so(looked: Ready, as_alice: Client) -> None:
    one = add(looked.cast.alice, looked.case, Said("meeting", "c", Side.POLICE, WHY))
    told = "Written by an earlier text of the library"
    assert told not in text(as_alice, MEETING)
    Entry(
        case=one.case, offence="meeting", element="d", library="0" * 64, side="police",
        sealed_reason=one.sealed_reason, at=one.at, by=one.by,
    ).save()  # fmt: skip
    assert told in row(text(as_alice, MEETING), "d")
    assert told not in row(text(as_alice, MEETING), "c")


def test_markup_in_a_reason_is_words(looked: Ready, as_alice: Client) -> None:
    add(looked.cast.alice, looked.case, Said("meeting", "c", Side.POLICE, "<script>peas</script>"))
    for path in (MEETING, POINT):
        page = text(as_alice, path)
        assert "<script>peas" not in page
        assert "&lt;script&gt;peas" in page


# Who may


@pytest.mark.usefixtures("looked")
def test_charlie_finds_none_of_them(as_charlie: Client) -> None:
    before = CustodyEntry.objects.count()
    for path in (POINTS, MEETING, POINT, USE):
        assert as_charlie.get(path).status_code == 404
        assert as_charlie.post(path, {"what": "inciting", "reason": WHY}).status_code == 404
    assert CustodyEntry.objects.count() == before


def test_who_reads_and_does_not_review_sees_the_grid_and_no_form(looked: Ready) -> None:
    browser = signed_in(hold(looked.cast.bob, Role.DISCLOSURE))
    for path in (POINTS, MEETING, POINT):
        page = text(browser, path)
        assert 'name="reason"' not in page, path
        assert (
            browser.post(path, {"what": "inciting", "side": "police", "reason": WHY, "chosen": "1"}).status_code == 403
        )
    assert browser.get(USE).status_code == 403
    assert Chosen.objects.count() == 1
    assert not Entry.objects.exists()


def test_who_broke_glass_looks_and_does_nothing(looked: Ready, as_charlie: Client) -> None:
    break_glass(looked.cast.charlie, REFERENCE, GlassWhy.DANGER, "nobody else is there", clock=system_clock)
    for path in (POINTS, MEETING, POINT):
        assert 'name="reason"' not in text(as_charlie, path), path
        assert (
            as_charlie.post(path, {"what": "inciting", "side": "police", "reason": WHY, "chosen": "1"}).status_code
            == 404
        )
    assert as_charlie.get(USE).status_code == 404
    assert Chosen.objects.count() == 1
    assert not Entry.objects.exists()


def test_no_entry_no_page(looked: Ready, as_alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError  # noqa: PLC0415  in this test alone

    add(looked.cast.alice, looked.case, Said("meeting", "c", Side.POLICE, WHY))

    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(CustodyEntry, "save", refuse)
    for path in (POINTS, MEETING, POINT):
        answer = as_alice.get(path)
        assert answer.status_code == 503
        assert WHY not in answer.content.decode()
