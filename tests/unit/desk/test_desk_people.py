"""Who is on a case: its owner or a supervisor puts a colleague on it and takes officers off it, with a reason."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client

from desk_cast import NOW, Ready, clock, hold, signed_in, spelled_rightly
from safehand.desk.cases.glass import break_glass
from safehand.desk.cases.models import Case, CaseOfficer, GlassWhy, LeftCase
from safehand.desk.cases.people import LONGEST, leave_all, owner_of, put_on, show_people, take_off
from safehand.desk.core.clock import moment
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.intake.arrivals import take_report
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import ABILITIES_OF, Ability, Role
from safehand.desk.triage.models import Standing
from safehand.desk.triage.suggesting import look_at_reports
from safehand.desk.triage.times import handover_times
from safehand.errors import NotAllowed, UsageError
from safehand.model.digest import sha256_of
from safehand.model.instant import MICRO

pytestmark = pytest.mark.django_db

WHY = "She knows the allotment, and I am on leave from Monday."
GONE = "He moved to another unit."
UNTAKEN = "/inbox/?only=nobody"


@pytest.fixture
def case(ready: Ready) -> Case:
    """Alice owns it, Bob is on it; all three review, and nobody is a supervisor."""
    for officer in ready.cast:
        hold(officer, Role.REVIEWER)
    return spelled_rightly(ready).case


def said() -> dict[str, object]:
    """The last entry of the log, as it is spelled."""
    value: dict[str, object] = json.loads(bytes(CustodyEntry.objects.latest("sequence").canonical))
    return value


def page_of(case: Case) -> str:
    return f"/cases/{case.reference}/people/"


def put_on_form(officer: str, reason: str = WHY) -> dict[str, str]:
    return {"do": "put_on", "officer": officer, "reason": reason}


def take_off_form(officer: str, reason: str = GONE) -> dict[str, str]:
    return {"do": "take_off", "officer": officer, "reason": reason}


# --- put on, and taken off ---


def test_the_owner_puts_a_colleague_on_and_they_read_it_from_their_next_page_on(ready: Ready, case: Case) -> None:
    alice, charlie = signed_in(ready.cast.alice), signed_in(ready.cast.charlie)
    assert charlie.get(f"/cases/{case.reference}/conversations/1/").status_code == 404
    assert alice.post(page_of(case), put_on_form("charlie"))["Location"] == page_of(case)
    assert charlie.get(f"/cases/{case.reference}/conversations/1/").status_code == 200
    assert case.reference in charlie.get("/inbox/").content.decode()
    assert WHY in charlie.get(page_of(case)).content.decode()


def test_it_is_an_entry_by_name_and_the_log_holds_a_digest_of_the_sealed_reason_alone(ready: Ready, case: Case) -> None:
    put_on(ready.cast.alice, case.reference, ready.cast.charlie, WHY, clock=clock)
    row = CaseOfficer.objects.get(case=case, officer=ready.cast.charlie)
    sealed = bytes(row.sealed_reason)
    entry = said()
    assert (entry["verb"], entry["act"], entry["actor"]) == ("case.officer_added", "alteration", "officer:alice")
    assert (entry["case"], entry["record"]) == (case.reference, "officer:charlie")
    assert entry["details"] == {"reason": sha256_of(sealed), "row": row_digest(row)}
    assert b"allotment" not in sealed
    assert "allotment" not in json.dumps(entry)


def test_who_is_taken_off_sees_it_no_longer_and_it_stands_who_was_on_it(ready: Ready, case: Case) -> None:
    alice, bob = signed_in(ready.cast.alice), signed_in(ready.cast.bob)
    before = CaseOfficer.objects.get(case=case, officer=ready.cast.bob)
    alice.post(page_of(case), take_off_form("bob"))
    assert bob.get(f"/cases/{case.reference}/conversations/").status_code == 404
    assert bob.get(page_of(case)).status_code == 404
    assert case.reference not in bob.get("/inbox/").content.decode()
    left = LeftCase.objects.get(case=case)
    assert (left.officer, left.since, left.added_by, left.ended_by) == (
        ready.cast.bob,
        before.since,
        ready.cast.alice,
        ready.cast.alice,
    )
    assert (said()["verb"], said()["record"]) == ("case.officer_ended", "officer:bob")
    page = alice.get(page_of(case)).content.decode()
    assert "On it before" in page
    assert GONE in page
    with pytest.raises(UsageError):
        left.delete()


def test_put_on_again_both_times_stand(ready: Ready, case: Case) -> None:
    for again in range(2):
        assert take_off(ready.cast.alice, case.reference, ready.cast.bob, GONE)
        assert put_on(ready.cast.alice, case.reference, ready.cast.bob, WHY)
        assert LeftCase.objects.count() == again + 1
    assert list(problems_of_log()) == []


def test_what_is_so_already_is_no_act_and_no_entry(ready: Ready, case: Case) -> None:
    assert not put_on(ready.cast.alice, case.reference, ready.cast.bob, WHY)
    assert not take_off(ready.cast.alice, case.reference, ready.cast.charlie, GONE)
    assert not CustodyEntry.objects.exists()


# --- who may ---


def test_who_is_on_it_and_does_not_own_it_puts_nobody_on_and_takes_off_nobody_else(ready: Ready, case: Case) -> None:
    bob = signed_in(ready.cast.bob)
    with pytest.raises(NotAllowed):
        put_on(ready.cast.bob, case.reference, ready.cast.charlie, WHY)
    with pytest.raises(NotAllowed):
        take_off(ready.cast.bob, case.reference, ready.cast.alice, GONE)
    page = bob.get(page_of(case)).content.decode()
    assert "Put a colleague on it" not in page
    assert "charlie" not in page
    assert bob.post(page_of(case), put_on_form("charlie")).status_code == 400
    assert bob.post(page_of(case), take_off_form("alice")).status_code == 400
    assert {row.officer.reference for row in CaseOfficer.objects.all()} == {"alice", "bob"}


def test_who_is_not_on_it_gets_404_whatever_they_ask(ready: Ready, case: Case) -> None:
    charlie = signed_in(ready.cast.charlie)
    for form in (put_on_form("charlie"), take_off_form("bob")):
        assert charlie.post(page_of(case), form).status_code == 404
    with pytest.raises(Http404):
        put_on(ready.cast.charlie, case.reference, ready.cast.charlie, WHY)
    with pytest.raises(Http404):
        take_off(ready.cast.charlie, case.reference, ready.cast.charlie, GONE)
    assert not CustodyEntry.objects.exists()


def test_whoever_is_on_it_may_leave_it(ready: Ready, case: Case) -> None:
    page = signed_in(ready.cast.bob).get(page_of(case)).content.decode()
    assert "Leave this case" in page
    assert signed_in(ready.cast.bob).post(page_of(case), take_off_form("bob"))["Location"] == "/inbox/"
    assert (said()["verb"], said()["actor"], said()["record"]) == ("case.officer_ended", "officer:bob", "officer:bob")


def test_the_owner_is_who_has_been_on_it_longest_of_those_who_are(ready: Ready, case: Case) -> None:
    assert owner_of(case) == ready.cast.alice
    take_off(ready.cast.alice, case.reference, ready.cast.alice, GONE)
    assert owner_of(case) == ready.cast.bob
    assert put_on(ready.cast.bob, case.reference, ready.cast.alice, WHY)
    assert owner_of(case) == ready.cast.bob
    ready.cast.bob.is_active = False
    ready.cast.bob.save()
    assert owner_of(case) == ready.cast.alice


def test_a_supervisor_does_both_without_being_on_it(ready: Ready, case: Case) -> None:
    charlie = hold(ready.cast.charlie, Role.SUPERVISOR)
    browser, dana = signed_in(charlie), hold(Officer.objects.create(reference="dana"), Role.INVESTIGATOR)
    assert browser.get(page_of(case)).status_code == 404
    where = f"/people/?case={case.reference}"
    assert "dana" in browser.get(where).content.decode()
    assert browser.post(where, put_on_form("dana"))["Location"] == where
    assert browser.post(where, take_off_form("bob"))["Location"] == where
    assert {row.officer for row in CaseOfficer.objects.all()} == {ready.cast.alice, dana}
    assert browser.get(f"/cases/{case.reference}/report/").status_code == 404, "nothing else of it is opened"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_the_way_to_any_case_is_for_supervisors_alone(ready: Ready, case: Case, role: Role) -> None:
    browser = signed_in(hold(ready.cast.charlie, role))
    for form in (put_on_form("charlie"), take_off_form("bob")):
        assert browser.post(f"/people/?case={case.reference}", form).status_code == 403
    with pytest.raises(NotAllowed):
        show_people(ready.cast.charlie, case.reference, supervising=True)
    with pytest.raises(NotAllowed):
        put_on(ready.cast.charlie, case.reference, ready.cast.charlie, WHY, supervising=True)


def test_no_case_is_listed_and_one_that_is_not_there_is_said_to_be_none(ready: Ready, case: Case) -> None:
    browser = signed_in(hold(ready.cast.charlie, Role.SUPERVISOR))
    assert case.reference not in browser.get("/people/").content.decode()
    for wrong in ("", "the shed", "SH-7K3M9QXAT", "SH-000000000"):
        answer = browser.get("/people/", {"case": wrong})
        assert answer.status_code == 400, wrong
        assert b"There is a problem" in answer.content


READS = {role for role in Role if Ability.READ_MESSAGES in ABILITIES_OF[role]}


@pytest.mark.parametrize("role", Role)
def test_only_who_holds_a_role_that_reads_may_be_put_on(ready: Ready, case: Case, role: Role) -> None:
    charlie, alice = hold(ready.cast.charlie, role), signed_in(ready.cast.alice)
    offered = '<option value="charlie">' in alice.get(page_of(case)).content.decode()
    assert offered == (role in READS)
    answer = alice.post(page_of(case), put_on_form("charlie"))
    assert answer.status_code == (302 if role in READS else 400)
    if role not in READS:
        with pytest.raises(NotAllowed):
            put_on(ready.cast.alice, case.reference, charlie, WHY)


def test_who_has_left_the_desk_is_not_offered_and_not_put_on(ready: Ready, case: Case) -> None:
    ready.cast.charlie.is_active = False
    ready.cast.charlie.save()
    assert "charlie" not in signed_in(ready.cast.alice).get(page_of(case)).content.decode()
    with pytest.raises(NotAllowed):
        put_on(ready.cast.alice, case.reference, ready.cast.charlie, WHY)


def test_through_broken_glass_it_is_read_who_is_on_it_and_nothing_is_done(ready: Ready, case: Case) -> None:
    break_glass(ready.cast.charlie, case.reference, GlassWhy.DANGER, "Nobody answers.")
    browser = signed_in(ready.cast.charlie)
    page = browser.get(page_of(case)).content.decode()
    assert "alice" in page
    assert "Put a colleague on it" not in page
    assert "Leave this case" not in page
    assert browser.post(page_of(case), put_on_form("charlie")).status_code == 400
    with pytest.raises(Http404):
        put_on(ready.cast.charlie, case.reference, ready.cast.charlie, WHY)


# --- what is asked, and what is kept ---

BAD = {
    "nobody": put_on_form(""),
    "nobody of this desk": put_on_form("zoe"),
    "who is on it already": put_on_form("bob"),
    "no reason": put_on_form("charlie", "  "),
    "too many words": put_on_form("charlie", "x" * (LONGEST + 1)),
    "off: nobody": take_off_form(""),
    "off: who is not on it": take_off_form("charlie"),
    "off: no reason": take_off_form("bob", ""),
    "nothing to do": {},
}


@pytest.mark.parametrize("name", BAD)
def test_a_form_that_says_too_little_is_shown_again(ready: Ready, case: Case, name: str) -> None:
    answer = signed_in(ready.cast.alice).post(page_of(case), BAD[name])
    assert answer.status_code == 400
    assert b"There is a problem" in answer.content
    assert {row.officer.reference for row in CaseOfficer.objects.all()} == {"alice", "bob"}


def test_nothing_is_chosen_beforehand(ready: Ready, case: Case) -> None:
    page = signed_in(ready.cast.alice).get(page_of(case)).content.decode()
    assert page.count(" selected>") == page.count('<option value="" selected>') == 2


def test_to_look_is_an_entry(ready: Ready, case: Case) -> None:
    signed_in(ready.cast.bob).get(page_of(case))
    assert (said()["verb"], said()["act"], said()["details"]) == ("people.shown", "consultation", {"officers": 2})


def test_nothing_changes_without_its_entry(ready: Ready, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("safehand.desk.cases.people.record", refuse)
    for act, colleague in ((put_on, ready.cast.charlie), (take_off, ready.cast.bob)):
        with pytest.raises(OSError):  # noqa: PT011  whatever it is that goes wrong
            act(ready.cast.alice, case.reference, colleague, WHY)
    assert {row.officer.reference for row in CaseOfficer.objects.all()} == {"alice", "bob"}
    assert not LeftCase.objects.exists()


# --- a case that nobody is left on ---


def test_the_last_one_does_not_leave_before_a_colleague_is_put_on_it(ready: Ready, case: Case) -> None:
    alice = signed_in(ready.cast.alice)
    take_off(ready.cast.alice, case.reference, ready.cast.bob, GONE)
    page = alice.get(page_of(case)).content.decode()
    assert "You are the only one on it" in page
    assert "Take an officer off it" not in page
    assert alice.post(page_of(case), take_off_form("alice")).status_code == 400
    with pytest.raises(NotAllowed):
        take_off(ready.cast.alice, case.reference, ready.cast.alice, GONE)
    put_on(ready.cast.alice, case.reference, ready.cast.charlie, WHY)
    assert take_off(ready.cast.alice, case.reference, ready.cast.alice, GONE)
    assert owner_of(case) == ready.cast.charlie


def test_who_may_not_sign_in_is_nobody_to_leave_a_case_to(ready: Ready, case: Case) -> None:
    ready.cast.bob.is_active = False
    ready.cast.bob.save()
    with pytest.raises(NotAllowed):
        take_off(ready.cast.alice, case.reference, ready.cast.alice, GONE)
    assert take_off(ready.cast.alice, case.reference, ready.cast.bob, GONE)


@pytest.mark.parametrize("waits", [True, False])
def test_an_officer_who_leaves_the_desk_leaves_their_cases_to_be_found(
    ready: Ready, case: Case, *, waits: bool
) -> None:
    look_at_reports()
    Standing.objects.update(waits=waits)
    assert leave_all(ready.cast.bob) == []
    assert leave_all(ready.cast.alice) == [case.reference]
    assert leave_all(ready.cast.alice) == []
    entries = list(CustodyEntry.objects.filter(verb="case.officer_ended").values_list("actor", "record"))
    assert entries == [("desk:shell", "officer:bob"), ("desk:shell", "officer:alice")]
    charlie = signed_in(ready.cast.charlie)
    assert case.reference in charlie.get(UNTAKEN).content.decode()
    take_report(ready.cast.charlie, case.reference)
    assert owner_of(case) == ready.cast.charlie


def test_how_soon_a_report_was_with_an_officer_does_not_change_when_they_leave_it(ready: Ready, case: Case) -> None:
    supervisor = hold(ready.cast.charlie, Role.SUPERVISOR)
    CaseOfficer.objects.filter(officer=ready.cast.bob).update(since=moment(NOW) + timedelta(hours=9))

    def took() -> timedelta | None:
        return handover_times(supervisor, clock=lambda: NOW + 3600 * MICRO)[2].median

    assert took() == timedelta()
    take_off(ready.cast.alice, case.reference, ready.cast.alice, GONE)
    assert took() == timedelta()


def test_nobody_unknown_gets_the_page(client: Client) -> None:
    assert client.get("/people/")["Location"].startswith("/sign-in/")
