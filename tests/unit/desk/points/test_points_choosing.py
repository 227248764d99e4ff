"""An officer chooses what to look at: with a reason and an entry, never changed, only followed."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError
from django.http import Http404

from desk_cast import NOW, Ready, clock, hold
from desk_pointed import CHAT, talk
from safehand.desk.cases.glass import break_glass
from safehand.desk.cases.models import GlassWhy
from safehand.desk.cases.sealed_words import open_words
from safehand.desk.core.clock import system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.desk.points import choosing
from safehand.desk.points.choosing import OutsideItsTime, choose, take_back
from safehand.desk.points.library import offence_of
from safehand.desk.points.looks import look_of, looks_of
from safehand.desk.points.models import Chosen
from safehand.desk.points.spread import Spread
from safehand.errors import NotAllowed, UsageError
from safehand.model.digest import sha256_of

WHY = "the shed on saturday"


@pytest.fixture
def pointed(ready: Ready) -> Ready:
    talk(ready, *CHAT)
    return ready


def entry() -> dict[str, object]:
    row = CustodyEntry.objects.last()
    assert row is not None
    value: dict[str, object] = json.loads(bytes(row.canonical))
    return value


def test_nothing_is_chosen_until_an_officer_does(pointed: Ready) -> None:
    assert looks_of(pointed.case) == ()
    look = look_of(pointed.case, "meeting")
    assert look is not None
    assert look.chosen == ()
    assert look_of(pointed.case, "attempt") is None


def test_a_choice_is_an_entry_with_its_codes_and_nothing_that_can_be_read(pointed: Ready) -> None:
    one = choose(pointed.cast.alice, pointed.case, "meeting", attempt=False, reason=WHY, clock=clock)
    offence = offence_of("meeting")
    assert offence is not None
    said = entry()
    assert (said["verb"], said["act"], said["record"]) == ("offence.chosen", "alteration", "case")
    assert said["details"] == {
        "choice": one.pk, "offence": "meeting", "attempt": False, "outside": False, "library": offence.sha256,
        "reason": sha256_of(bytes(one.sealed_reason)), "row": row_digest(one),
    }  # fmt: skip
    assert WHY not in json.dumps(said)
    assert WHY.encode() not in bytes(one.sealed_reason)
    assert open_words(pointed.case, bytes(one.sealed_reason)) == WHY
    assert int(one.at.timestamp() * 1_000_000) == NOW


def test_no_entry_no_choice(pointed: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(CustodyEntry, "save", refuse)
    with pytest.raises(Exception, match="custody log"):
        choose(pointed.cast.alice, pointed.case, "meeting", attempt=False, reason=WHY)
    assert not Chosen.objects.exists()


def test_an_attempt_adds_the_points_of_one_below_those_of_the_offence(pointed: Ready) -> None:
    alice, case = pointed.cast.alice, pointed.case
    choose(alice, case, "meeting", attempt=False, reason=WHY)
    (look,) = looks_of(case)
    assert [each.element.shown for each in look.points] == ["15.a", "15.b", "15.c", "15.d", "15.e", "15.f"]
    choose(alice, case, "meeting", attempt=True, reason=WHY)
    (look,) = looks_of(case)
    assert [each.element.shown for each in look.points][6:] == ["AT.a", "AT.b", "AT.c", "AT.d"]
    assert [each.code for each in look.points][6:] == ["at_a", "at_b", "at_c", "at_d"]


def test_no_attempt_is_chosen_where_the_library_offers_none_and_the_reason_is_told(pointed: Ready) -> None:
    with pytest.raises(UsageError, match="the offence itself is charged and not an attempt"):
        choose(pointed.cast.alice, pointed.case, "arranging", attempt=True, reason=WHY)
    choose(pointed.cast.alice, pointed.case, "arranging", attempt=False, reason=WHY)
    assert Chosen.objects.count() == 1


@pytest.mark.parametrize("code", ["", "attempt", "meetings", "Meeting"])
def test_what_is_not_in_the_library_is_refused(pointed: Ready, code: str) -> None:
    with pytest.raises(UsageError):
        choose(pointed.cast.alice, pointed.case, code, attempt=False, reason=WHY)
    assert not CustodyEntry.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "\n", "x" * 2_001])
def test_a_reason_that_says_nothing_or_too_much_is_refused(pointed: Ready, reason: str) -> None:
    with pytest.raises(UsageError):
        choose(pointed.cast.alice, pointed.case, "meeting", attempt=False, reason=reason)
    one = choose(pointed.cast.alice, pointed.case, "meeting", attempt=False, reason="x" * 2_000)
    with pytest.raises(UsageError):
        take_back(pointed.cast.alice, pointed.case, one.pk, reason)
    assert Chosen.objects.standing().count() == 1


def test_it_is_chosen_once_until_it_is_taken_back_and_then_again(pointed: Ready) -> None:
    alice, bob, case = pointed.cast.alice, pointed.cast.bob, pointed.case
    first = choose(alice, case, "meeting", attempt=False, reason=WHY)
    with pytest.raises(UsageError, match="already"):
        choose(bob, case, "meeting", attempt=False, reason=WHY)
    back = take_back(bob, case, first.pk, "it was another case")
    said = entry()
    assert said["verb"] == "offence.taken_back"
    details = said["details"]
    assert isinstance(details, dict)
    assert details["follows"] == first.pk
    assert (back.follows, back.taken_back) == (first, True)
    assert looks_of(case) == ()
    with pytest.raises(Http404):
        take_back(alice, case, first.pk, "again")
    with pytest.raises(Http404):
        take_back(alice, case, back.pk, "what says that it does not stand is nothing to take back")
    choose(alice, case, "meeting", attempt=False, reason=WHY)
    assert Chosen.objects.count() == 3


def test_a_choice_is_never_changed_and_never_taken_away(pointed: Ready) -> None:
    one = choose(pointed.cast.alice, pointed.case, "meeting", attempt=False, reason=WHY)
    one.offence = "inciting"
    for change in (
        one.save,
        one.delete,
        Chosen.objects.all().delete,
        lambda: Chosen.objects.all().update(offence="inciting"),
    ):
        with pytest.raises(UsageError):
            change()
    assert Chosen.objects.get().offence == "meeting"


def test_what_no_dated_message_is_from_the_time_of_is_chosen_only_by_who_says_that_they_know(
    pointed: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "is_outside", lambda offence, spread: isinstance(spread, Spread) and bool(offence))
    alice, case = pointed.cast.alice, pointed.case
    with pytest.raises(OutsideItsTime):
        choose(alice, case, "communication", attempt=False, reason=WHY)
    assert not Chosen.objects.exists()
    one = choose(alice, case, "communication", attempt=False, reason=WHY, outside=True)
    assert one.outside
    details = entry()["details"]
    assert isinstance(details, dict)
    assert details["outside"] is True


def test_saying_so_without_need_is_not_kept(pointed: Ready) -> None:
    one = choose(pointed.cast.alice, pointed.case, "communication", attempt=False, reason=WHY, outside=True)
    assert not one.outside


def test_who_is_not_on_the_case_or_holds_no_role_for_it_chooses_nothing(pointed: Ready) -> None:
    case = pointed.case
    one = choose(pointed.cast.alice, case, "meeting", attempt=False, reason=WHY)
    before = CustodyEntry.objects.count()
    charlie, bob = pointed.cast.charlie, hold(pointed.cast.bob, Role.DISCLOSURE)
    for officer, refused in ((charlie, Http404), (bob, NotAllowed)):
        with pytest.raises(refused):
            choose(officer, case, "inciting", attempt=False, reason=WHY)
        with pytest.raises(refused):
            take_back(officer, case, one.pk, WHY)
    assert CustodyEntry.objects.count() == before
    break_glass(charlie, case.reference, GlassWhy.DANGER, "nobody else is there", clock=system_clock)
    with pytest.raises(Http404):
        choose(charlie, case, "inciting", attempt=False, reason=WHY)
