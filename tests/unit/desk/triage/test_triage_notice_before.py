"""The answers of an urgent notice count for the report that its holder sent after it, and for no other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from desk_cast import NOW, Cast, clock, keep, make_notice, signed_in
from notices import notice
from reports import looked, meeting, report, summary
from safehand.desk.cases.models import Case
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.intake.follows import the_one_called
from safehand.desk.intake.models import Arrival, Notice
from safehand.desk.triage.declared import facts_of_notice
from safehand.desk.triage.facts import Facts, Meeting
from safehand.desk.triage.happened import answer_meeting, past_meetings
from safehand.desk.triage.linking import alike_of
from safehand.desk.triage.meeting_models import Happened
from safehand.desk.triage.meetings_of_reports import meetings_of_reports
from safehand.desk.triage.models import Standing
from safehand.desk.triage.presenters.links import links_shown
from safehand.desk.triage.suggesting import facts_of_case
from safehand.seal.meeting import Basis
from safehand.seal.notice_sealed import seal_notice
from safehand.signing.keys import load_desk_public

pytestmark = pytest.mark.django_db

REFERENCE = "SH-8Q2V5TR41"
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def arrived(case: Case, number: int, follows: Arrival | None) -> Arrival:
    return Arrival.objects.create(
        parcel=f"{number:032x}",
        kind="package",
        sha256=case.package.sha256,
        size=1,
        reference=case.reference,
        desk_reference=case.reference,
        received_at=moment(NOW),
        case=case,
        follows=follows,
    )


@pytest.fixture
def urgent(desk_state: State, cast: Cast) -> Notice:
    assert cast.alice.is_active
    sealed = seal_notice(notice(), load_desk_public(desk_state.desk_public))
    made = make_notice(desk_state, keep(desk_state, sealed), REFERENCE)
    made.danger, made.meeting, made.meeting_at, made.meeting_basis = "no", "planned", AT, Basis.EARLIER.value
    made.save()
    return made


def place_of(case: Case) -> tuple[str, datetime, str]:
    standing = Standing.objects.select_related("suggested").get(case=case)
    return standing.suggested.grade, standing.clock_at, standing.clock_basis


@pytest.mark.usefixtures("urgent")
def test_its_meeting_drives_the_clock_of_the_report_and_an_unanswered_child_makes_it_immediate(cast: Cast) -> None:
    after = report("A", cast.alice, 5, summary=summary(**{"urgent.child": ["dont_know", None]}))
    other = report("B", cast.alice, 5, summary=summary(**{"urgent.child": ["dont_know", None]}))
    arrived(after.case, 1, the_one_called(REFERENCE))
    arrived(other.case, 2, None)
    looked()
    assert place_of(after.case) == ("immediate", AT, "earlier")
    assert place_of(other.case)[0] == "priority"
    (shown,) = links_shown(cast.alice, after.case).notices
    assert shown.reference == REFERENCE
    page = signed_in(cast.alice).get(f"/cases/{after.case.reference}/triage/").content.decode()
    assert "The answers of the holder’s urgent notice count here, too." in page
    assert REFERENCE in signed_in(cast.alice).get(f"/cases/{after.case.reference}/triage/links/").content.decode()
    assert (
        "urgent notice count"
        not in signed_in(cast.alice).get(f"/cases/{other.case.reference}/triage/").content.decode()
    )


def test_what_either_answered_counts_and_one_that_did_not_open_answers_nothing(urgent: Notice) -> None:
    assert facts_of_notice(urgent) == Facts(
        {"child_in_danger": frozenset({"no"}), "meeting": frozenset({"planned"})}, (Meeting(AT, Basis.EARLIER),)
    )
    urgent.danger, urgent.meeting, urgent.meeting_at, urgent.meeting_basis = "dont_know", "left", None, ""
    assert facts_of_notice(urgent) == Facts(
        {"child_in_danger": frozenset({"open"}), "meeting": frozenset({"open"})}, ()
    )
    urgent.meeting = "under_way"
    assert facts_of_notice(urgent).meetings == (Meeting(None, Basis.UNKNOWN),)
    urgent.meeting, urgent.meeting_at = "no", AT
    assert facts_of_notice(urgent).meetings == ()
    urgent.opened = False
    assert facts_of_notice(urgent) == Facts()


def test_a_report_that_its_holder_added_to_another_is_noticed_as_that(cast: Cast) -> None:
    first, added, other = (report(name, cast.alice, 5).case for name in "ABC")
    arrived(added, 2, arrived(first, 1, None))
    arrived(other, 3, None)
    assert [(alike.other, alike.why) for alike in alike_of(added)] == [(first, (("sent_after", 1),))]
    assert [alike.other for alike in alike_of(first)] == [added]
    assert alike_of(other) == ()


def test_of_two_that_are_called_alike_neither_is_followed(urgent: Notice, cast: Cast) -> None:
    assert the_one_called(REFERENCE) == urgent.arrival
    assert the_one_called("SH-000000001") is None
    twin = arrived(report("A", cast.alice, 5).case, 1, None)
    Arrival.objects.filter(pk=twin.pk).update(reference=REFERENCE)
    assert the_one_called(REFERENCE) is None


@pytest.mark.usefixtures("urgent")
def test_the_meetings_of_many_reports_are_those_of_each_in_as_many_questions_as_for_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """What a worker asks at every beat is what a page is made of, and costs no question for each report."""
    cases = [report(name, cast.alice, 5, summary=summary(**meeting("2026-11-21T16:00"))).case for name in "ABCD"]
    arrived(cases[0], 1, the_one_called(REFERENCE))
    said = {"conversation": 1, "sha256": "0" * 64, "start": 0, "end": 1, "at": moment(NOW), "by": cast.alice}
    for number, planned in ((1, True), (2, True), (2, False)):
        more = {"number": number, "planned": planned, "at_earliest": AT, "basis": "stated", "sealed_reason": b""}
        cases[1].meetings_said.create(**said, **more)
    looked()
    passed = past_meetings(cases[2], clock)[0].at
    for case, answers in ((cases[2], [Happened.HAPPENED, Happened.NOT_KNOWN]), (cases[3], [Happened.DID_NOT])):
        for answer in answers:
            answer_meeting(cast.alice, case, passed, answer, "The club rang.", clock=clock)
    with django_assert_num_queries(4):
        found = {standing.case_id: meetings for standing, meetings in meetings_of_reports(Standing.objects.all())}
    assert found == {case.pk: facts_of_case(case, case.package).meetings for case in cases}
    assert [len(found[case.pk]) for case in cases] == [2, 2, 1, 0]
    assert found[cases[2].pk][0].not_known_at == moment(NOW)
    assert [case for case, _ in meetings_of_reports(Standing.objects.filter(case=cases[1]))] == [cases[1].standing]
