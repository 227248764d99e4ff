"""Entries for a point to prove: for and against name messages, none is edited, and the log tells who said what."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.http import Http404

from desk_cast import Ready, clock, hold
from desk_pointed import CHAT, talk
from safehand.desk.cases.sealed_words import open_words
from safehand.desk.core.kept import row_digest, rows_digest
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Role
from safehand.desk.points.choosing import choose
from safehand.desk.points.entering import MOST, Said, add, add_from_message, entry_that_stands, take_back
from safehand.desk.points.library import attempt, offence_of
from safehand.desk.points.models import Entry, EntryCites, Side
from safehand.desk.points.showing import show_offence, show_point, show_points
from safehand.desk.review import citing
from safehand.desk.review.citing import cite
from safehand.desk.review.models import Citation
from safehand.errors import NotAllowed, UsageError
from safehand.model.digest import sha256_of

WHY = "they agreed on the shed"
FOR = Said("meeting", "c", Side.SUPPORTING, WHY)
NOT_HERE = replace(FOR, side=Side.NOT_HERE)


@pytest.fixture
def looked(ready: Ready) -> Ready:
    """Section 15 is looked at, as an attempt too."""
    talk(ready, *CHAT)
    for attempted in (False, True):
        choose(ready.cast.alice, ready.case, "meeting", attempt=attempted, reason="the shed", clock=clock)
    return ready


def cited(looked: Ready, number: int = 6, points: str = "towards") -> int:
    return cite(looked.cast.alice, looked.case, 1, number, "meeting", points, clock=clock).pk


def entry() -> dict[str, object]:
    row = CustodyEntry.objects.last()
    assert row is not None
    value: dict[str, object] = json.loads(bytes(row.canonical))
    return value


def test_an_entry_names_its_point_its_messages_and_the_text_of_the_law_it_was_made_by(looked: Ready) -> None:
    offence = offence_of("meeting")
    assert offence is not None
    said = replace(FOR, citations=(cited(looked, 7), cited(looked, 6)))
    one = add(looked.cast.alice, looked.case, said, clock=clock)
    assert [each.citation.number for each in one.cites.all()] == [6, 7]
    told = entry()
    assert (told["verb"], told["act"], told["record"]) == ("point.entered", "alteration", "case")
    assert told["details"] == {
        "entry": one.pk, "offence": "meeting", "element": "c", "side": "supporting", "library": offence.sha256,
        "reason": sha256_of(bytes(one.sealed_reason)), "messages": [[1, 6], [1, 7]],
        "row": row_digest(one), "cites": rows_digest(one.cites.all()),
    }  # fmt: skip
    assert WHY not in json.dumps(told)
    assert open_words(looked.case, bytes(one.sealed_reason)) == WHY


def test_a_point_of_an_attempt_is_kept_by_the_offence_that_was_attempted(looked: Ready) -> None:
    one = add(looked.cast.alice, looked.case, Said("meeting", "at_b", Side.POLICE, WHY))
    assert (one.offence, one.element, one.library) == ("meeting", "at_b", attempt().sha256)
    choose(looked.cast.alice, looked.case, "communication", attempt=True, reason=WHY)
    other = show_offence(looked.cast.alice, looked.case, "communication")
    assert all(not each.entries for each in other.points), "AT.b of another offence is another point"


@pytest.mark.parametrize("side", [Side.SUPPORTING, Side.UNDERMINING])
def test_what_speaks_for_or_against_names_messages(looked: Ready, side: Side) -> None:
    with pytest.raises(UsageError, match="Name the messages"):
        add(looked.cast.alice, looked.case, replace(FOR, side=side))
    add(looked.cast.alice, looked.case, replace(FOR, side=side, citations=(cited(looked),)))


def test_what_is_not_here_names_none_and_what_police_are_to_ask_may(looked: Ready) -> None:
    alice, case, one = looked.cast.alice, looked.case, cited(looked)
    with pytest.raises(UsageError, match="cites no message"):
        add(alice, case, replace(NOT_HERE, citations=(one,)))
    add(alice, case, NOT_HERE)
    add(alice, case, replace(FOR, side=Side.POLICE))
    add(alice, case, replace(FOR, side=Side.POLICE, citations=(one,)))
    assert Entry.objects.count() == 3


@pytest.mark.parametrize("reason", ["", " ", "x" * 2_001])
def test_every_entry_has_a_reason(looked: Ready, reason: str) -> None:
    with pytest.raises(UsageError):
        add(looked.cast.alice, looked.case, replace(NOT_HERE, reason=reason))


@pytest.mark.parametrize(
    ("offence", "element"),
    [("meeting", "g"), ("meeting", "at_e"), ("meeting", ""), ("inciting", "a"), ("attempt", "a"), ("meetings", "a")],
)
def test_a_point_that_is_none_in_this_case_takes_no_entry(looked: Ready, offence: str, element: str) -> None:
    before = CustodyEntry.objects.count()
    with pytest.raises(Http404):
        add(looked.cast.alice, looked.case, replace(NOT_HERE, offence=offence, element=element))
    assert CustodyEntry.objects.count() == before


def test_a_citation_that_is_none_of_the_case_or_does_not_stand_or_is_named_twice_is_refused(looked: Ready) -> None:
    alice, case = looked.cast.alice, looked.case
    gone = cited(looked)
    citing.take_back(alice, case, 1, 6, gone, "the wrong message")
    before = CustodyEntry.objects.count()
    for citations in ((gone,), (9_999,)):
        with pytest.raises(Http404):
            add(alice, case, replace(FOR, citations=citations))
    one = cited(looked)
    with pytest.raises(UsageError):
        add(alice, case, replace(FOR, citations=(one, one)))
    with pytest.raises(UsageError):
        add(alice, case, replace(FOR, citations=tuple(range(1, MOST + 2))))
    assert CustodyEntry.objects.count() == before + 1
    assert not Entry.objects.exists()


def test_another_stands_in_its_place_and_the_first_stays_readable(looked: Ready) -> None:
    alice, bob, case = looked.cast.alice, looked.cast.bob, looked.case
    first = add(alice, case, replace(FOR, citations=(cited(looked),)))
    second = add(bob, case, replace(NOT_HERE, reason="it was about beans"), follows=first.pk)
    told = entry()
    details = told["details"]
    assert isinstance(details, dict)
    assert (told["verb"], details["follows"]) == ("point.followed", first.pk)
    assert list(Entry.objects.standing()) == [second]
    shown = show_point(alice, case, "meeting", "c")
    assert [each.entry for each in shown.shown.entries] == [second]
    (before,) = shown.before
    assert (before.entry, before.reason, before.ended, before.ended_why) == (first, WHY, second, "it was about beans")
    too_late: list[Callable[[], object]] = [
        lambda: add(alice, case, NOT_HERE, follows=first.pk),
        lambda: take_back(alice, case, first.pk, "too late"),
        lambda: add(alice, case, replace(NOT_HERE, element="d"), follows=second.pk),
        lambda: entry_that_stands(alice, case, "meeting", "c", first.pk),
    ]
    for again in too_late:
        with pytest.raises(Http404):
            again()


def test_one_that_is_taken_back_stands_no_more_with_the_reason(looked: Ready) -> None:
    alice, case = looked.cast.alice, looked.case
    one = add(alice, case, NOT_HERE)
    with pytest.raises(UsageError):
        take_back(alice, case, one.pk, " ")
    take_back(looked.cast.bob, case, one.pk, "it is there after all")
    told = entry()
    assert told["verb"] == "point.taken_back"
    assert not Entry.objects.standing()
    (before,) = show_point(alice, case, "meeting", "c").before
    assert before.ended is not None
    assert (before.ended.taken_back, before.ended.by, before.ended_why) == (
        True, looked.cast.bob, "it is there after all",
    )  # fmt: skip


def test_an_entry_is_never_changed_and_never_taken_away(looked: Ready) -> None:
    one = add(looked.cast.alice, looked.case, replace(FOR, citations=(cited(looked),)))
    one.side = "undermining"
    (cites,) = one.cites.all()
    for change in (
        one.save,
        one.delete,
        cites.save,
        cites.delete,
        Entry.objects.all().delete,
        EntryCites.objects.all().delete,
        lambda: Entry.objects.all().update(side="undermining"),
    ):
        with pytest.raises(UsageError):
            change()


def test_what_was_entered_is_there_again_when_the_offence_is_chosen_again(looked: Ready) -> None:
    from safehand.desk.points import choosing  # noqa: PLC0415  two verbs have one name

    alice, case = looked.cast.alice, looked.case
    add(alice, case, NOT_HERE)
    for each in list(case.offences_chosen.all()):
        choosing.take_back(alice, case, each.pk, "not in this case")
    with pytest.raises(Http404):
        add(alice, case, NOT_HERE)
    choose(alice, case, "meeting", attempt=False, reason=WHY)
    (one,) = [each for point in show_offence(alice, case, "meeting").points for each in point.entries]
    assert one.reason == WHY


# From a message


def test_a_message_is_cited_for_a_point_at_once_and_read_as_the_entry_reads_it(looked: Ready) -> None:
    alice, case = looked.cast.alice, looked.case
    for number, side, read in (
        (6, Side.SUPPORTING, "towards"),
        (7, Side.UNDERMINING, "away"),
        (8, Side.POLICE, "both"),
    ):
        one = add_from_message(alice, case, (1, number), "meeting", replace(FOR, side=side))
        (cites,) = one.cites.all()
        assert (cites.citation.number, cites.citation.points, cites.citation.tag) == (number, read, "meeting")
    verbs = [each.verb for each in CustodyEntry.objects.order_by("sequence")][-2:]
    assert verbs == ["message.cited", "point.entered"]


def test_a_citation_of_it_that_stands_is_used_and_no_other_is_made(looked: Ready) -> None:
    alice, case, one = looked.cast.alice, looked.case, cited(looked)
    add_from_message(alice, case, (1, 6), one, FOR)
    assert Citation.objects.count() == 1
    with pytest.raises(Http404):
        add_from_message(alice, case, (1, 7), one, FOR)


@pytest.mark.parametrize(
    "wrong",
    [
        {"side": Side.NOT_HERE}, {"reason": " "}, {"element": "g"}, {"offence": "inciting"},
    ],
)  # fmt: skip
def test_where_the_entry_would_be_refused_the_message_is_not_cited_either(
    looked: Ready, wrong: dict[str, object]
) -> None:
    with pytest.raises((UsageError, Http404)):
        add_from_message(looked.cast.alice, looked.case, (1, 6), "meeting", replace(FOR, **wrong))  # type: ignore[arg-type]
    assert not Citation.objects.exists()


# Who may


def test_who_is_not_on_the_case_or_holds_no_role_for_it_enters_and_sees_nothing(looked: Ready) -> None:
    one = add(looked.cast.alice, looked.case, NOT_HERE)
    before = CustodyEntry.objects.count()
    charlie, bob, case = looked.cast.charlie, hold(looked.cast.bob, Role.DISCLOSURE), looked.case
    verbs: list[Callable[[Officer], object]] = [
        lambda who: add(who, case, NOT_HERE),
        lambda who: take_back(who, case, one.pk, WHY),
        lambda who: add_from_message(who, case, (1, 6), "meeting", FOR),
        lambda who: entry_that_stands(who, case, "meeting", "c", one.pk),
    ]
    for officer, refused in ((charlie, Http404), (bob, NotAllowed)):
        for verb in verbs:
            with pytest.raises(refused):
                verb(officer)
    pages: list[Callable[[], object]] = [
        lambda: show_points(charlie, case),
        lambda: show_offence(charlie, case, "meeting"),
        lambda: show_point(charlie, case, "meeting", "c"),
    ]
    for show in pages:
        with pytest.raises(Http404):
            show()
    assert CustodyEntry.objects.count() == before
    assert show_points(bob, case).looks, "who reads and does not review sees them"
