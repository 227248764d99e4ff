"""Break-glass: read a case one is not on, for a while, with a reason; supervisors are told, and nothing else is let."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from pytest_django import Settings

from desk_cast import NOW, Ready, clock, hold, signed_in, spelled_rightly
from safehand.desk.cases.glass import break_glass, standing_glass, supervisor_knows_glass, who_is_told
from safehand.desk.cases.models import Case, GlassBroken, GlassWhy
from safehand.desk.core.clock import Clock, moment
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.desk.review.actions import open_case
from safehand.errors import NotAllowed, UsageError
from safehand.model.instant import MICRO

pytestmark = pytest.mark.django_db

REASON = "The duty phone is not answered, and the shed is to be met at by noon."
FORM = {"reference": "SH-7K3M9QXAR", "why": "danger", "reason": REASON}
HOUR = 3600 * MICRO


@pytest.fixture
def cast_of_three(ready: Ready) -> Ready:
    """Alice is a supervisor, Bob is on the case, Charlie reviews and is on no case."""
    hold(ready.cast.alice, Role.SUPERVISOR)
    hold(ready.cast.bob, Role.REVIEWER)
    hold(ready.cast.charlie, Role.REVIEWER)
    return spelled_rightly(ready)


def at(after: int) -> Clock:
    return lambda: NOW + after


def break_it(ready: Ready) -> GlassBroken:
    broken = break_glass(ready.cast.charlie, ready.case.reference, GlassWhy.DANGER, REASON)
    assert broken is not None
    return broken


def conversations(ready: Ready) -> str:
    return f"/cases/{ready.case.reference}/conversations/"


def test_a_second_look_comes_before_anything_is_opened_or_written(cast_of_three: Ready) -> None:
    browser = signed_in(cast_of_three.cast.charlie)
    page = browser.post("/break-glass/", FORM).content.decode()
    assert "This is told to the supervisor" in page
    assert "alice" in page
    assert "1 hour" in page
    assert REASON in page
    assert not GlassBroken.objects.exists()
    assert not CustodyEntry.objects.exists()
    assert browser.get(conversations(cast_of_three)).status_code == 404


def test_who_is_sure_may_read_and_the_entry_holds_no_word_of_the_reason(cast_of_three: Ready) -> None:
    browser = signed_in(cast_of_three.cast.charlie)
    answer = browser.post("/break-glass/", {**FORM, "sure": "yes"})
    assert answer["Location"] == conversations(cast_of_three)
    entry = CustodyEntry.objects.get()
    assert (entry.verb, entry.actor, entry.case) == ("glass.broken", "officer:charlie", cast_of_three.case.reference)
    assert b'"minutes":60' in bytes(entry.canonical)
    assert b'"why":"danger"' in bytes(entry.canonical)
    assert b"shed" not in bytes(entry.canonical)
    for path in ("", "1/", "1/messages/1/original/", "files/"):
        assert browser.get(conversations(cast_of_three) + path).status_code == 200, path
    assert CustodyEntry.objects.filter(actor="officer:charlie", verb="messages.shown").exists()


def test_it_opens_no_other_case_and_nobody_elses_eyes(cast_of_three: Ready) -> None:
    break_it(cast_of_three)
    other = Case.objects.create(reference="SH-000000001", opened_at=moment(NOW), wrapped_key=b"")
    assert list(Case.objects.readable_by(cast_of_three.cast.charlie)) == [cast_of_three.case]
    assert other not in Case.objects.readable_by(cast_of_three.cast.charlie)
    assert list(Case.objects.readable_by(cast_of_three.cast.alice)) == [cast_of_three.case]  # she is on it
    assert list(Case.objects.for_officer(cast_of_three.cast.charlie)) == []


def test_its_time_ends(cast_of_three: Ready, settings: Settings) -> None:
    charlie, reference = cast_of_three.cast.charlie, cast_of_three.case.reference
    break_glass(charlie, reference, GlassWhy.DANGER, REASON, clock=clock)
    readable = [Case.objects.readable_by(charlie, at(after)).exists() for after in (0, HOUR - 1, HOUR)]
    assert readable == [True, True, False]
    with pytest.raises(Http404):
        open_case(charlie, reference)  # by now it is long over
    settings.GLASS_LASTS = timedelta(minutes=5)
    again = break_glass(charlie, reference, GlassWhy.DANGER, REASON, clock=at(HOUR))
    assert again is not None
    assert again.until - again.at == timedelta(minutes=5)


def test_only_reading_is_opened(cast_of_three: Ready) -> None:
    break_it(cast_of_three)
    browser, case = signed_in(cast_of_three.cast.charlie), f"/cases/{cast_of_three.case.reference}/"
    assert browser.get(f"{case}report/").status_code == 200
    for path in ("holder/", "report/again", "report/take"):
        assert browser.post(case + path, {"message": "officer_will_ring"}).status_code == 404, path
    assert browser.get(f"{case}holder/").status_code == 404
    assert cast_of_three.case.reference not in browser.get("/inbox/").content.decode()


def test_supervisors_are_told_on_every_page_until_one_says_that_they_know(cast_of_three: Ready) -> None:
    broken = break_it(cast_of_three)
    alice, bob = signed_in(cast_of_three.cast.alice), signed_in(cast_of_three.cast.bob)
    for path in ("/inbox/", "/account/"):
        page = alice.get(path).content.decode()
        assert "charlie opened case SH-7K3M9QXAR without being on it" in page
        assert REASON in page
        assert "without being on it" not in bob.get(path).content.decode()
    assert f"glass-{broken.pk}" in alice.get("/inbox/waiting").json()["alarms"]
    alice.post(f"/break-glass/{broken.pk}/known", {"next": "/inbox/"})
    assert "without being on it" not in alice.get("/inbox/").content.decode()
    entry = CustodyEntry.objects.latest("sequence")
    assert (entry.verb, entry.actor, entry.case) == ("glass.known", "officer:alice", cast_of_three.case.reference)


def test_nobody_says_of_their_own_that_they_know(cast_of_three: Ready) -> None:
    charlie = hold(cast_of_three.cast.charlie, Role.REVIEWER, Role.SUPERVISOR)
    broken = break_it(cast_of_three)
    assert standing_glass(charlie) == []
    with pytest.raises(Http404):
        supervisor_knows_glass(charlie, broken.pk)
    assert who_is_told(charlie) == ("alice",)
    assert standing_glass(cast_of_three.cast.alice) == [broken]


def test_a_desk_without_another_supervisor_says_so(cast_of_three: Ready) -> None:
    hold(cast_of_three.cast.alice)
    page = signed_in(cast_of_three.cast.charlie).post("/break-glass/", FORM).content.decode()
    assert "Nobody else holds that role at this desk" in page


def test_it_stands_on_the_case_for_those_who_are_on_it(cast_of_three: Ready) -> None:
    break_it(cast_of_three)
    page = signed_in(cast_of_three.cast.bob).get(conversations(cast_of_three)).content.decode()
    assert "Opened without being on the case" in page
    assert "charlie" in page
    assert REASON in page
    assert "No supervisor has said yet that they know." in page


def test_who_may_read_it_already_breaks_nothing(cast_of_three: Ready) -> None:
    bob, charlie = cast_of_three.cast.bob, cast_of_three.cast.charlie
    assert break_glass(bob, cast_of_three.case.reference, GlassWhy.OTHER, REASON) is None
    break_it(cast_of_three)
    assert break_glass(charlie, cast_of_three.case.reference, GlassWhy.OTHER, REASON) is None
    assert GlassBroken.objects.count() == CustodyEntry.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.REVIEWER, Role.INVESTIGATOR)])
def test_no_other_role_breaks_glass(cast_of_three: Ready, role: Role) -> None:
    charlie = hold(cast_of_three.cast.charlie, role)
    with pytest.raises(NotAllowed):
        break_glass(charlie, cast_of_three.case.reference, GlassWhy.DANGER, REASON)
    assert signed_in(charlie).post("/break-glass/", {**FORM, "sure": "yes"}).status_code == 403
    assert not GlassBroken.objects.exists()


def test_a_role_that_ends_takes_the_open_case_with_it(cast_of_three: Ready) -> None:
    break_it(cast_of_three)
    browser = signed_in(cast_of_three.cast.charlie)
    hold(cast_of_three.cast.charlie, Role.TRIAGE)
    assert browser.get(conversations(cast_of_three)).status_code == 403


BAD: dict[str, dict[str, str]] = {
    "no reason": {**FORM, "reason": "   "},
    "no why": {**FORM, "why": ""},
    "a why of no list": {**FORM, "why": "curious"},
    "no reference": {**FORM, "reference": ""},
    "a reference of no shape": {**FORM, "reference": "the shed"},
    "too many words": {**FORM, "reason": "x" * 501},
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("sure", [{}, {"sure": "yes"}])
def test_a_form_that_says_too_little_is_shown_again(cast_of_three: Ready, name: str, sure: dict[str, str]) -> None:
    answer = signed_in(cast_of_three.cast.charlie).post("/break-glass/", {**BAD[name], **sure})
    assert answer.status_code == 400
    assert b"There is a problem" in answer.content
    assert not GlassBroken.objects.exists()


def test_a_case_that_is_not_there_is_said_only_to_who_is_sure(cast_of_three: Ready) -> None:
    browser = signed_in(cast_of_three.cast.charlie)
    missing = {**FORM, "reference": "SH-000000000"}
    assert b"This is told to the supervisor" in browser.post("/break-glass/", missing).content
    answer = browser.post("/break-glass/", {**missing, "sure": "yes"})
    assert answer.status_code == 400
    assert b"There is no case of this reference" in answer.content


@pytest.mark.parametrize("reason", [" \n", "x" * 501])
def test_a_reason_of_nothing_or_too_much_is_refused_by_the_action_too(cast_of_three: Ready, reason: str) -> None:
    with pytest.raises(UsageError):
        break_glass(cast_of_three.cast.charlie, cast_of_three.case.reference, GlassWhy.DANGER, reason)


def test_a_case_is_not_opened_without_its_entry(cast_of_three: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("safehand.desk.cases.glass.record", refuse)
    with pytest.raises(OSError):  # noqa: PT011  whatever it is that goes wrong
        break_it(cast_of_three)
    assert not GlassBroken.objects.exists()


def test_nobody_unknown_gets_the_form(client: Client) -> None:
    assert client.get("/break-glass/")["Location"].startswith("/sign-in/")
