"""The marks of the meeting clock: alarms for a report that no officer graded by that clock, once each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from pytest_django import Settings

from desk_cast import NOW, Cast, clock, signed_in
from reports import looked, meeting, report, summary
from safehand.desk.cases.glass import break_glass
from safehand.desk.cases.models import Case, CaseOfficer, GlassWhy, Package, PackageState
from safehand.desk.core.clock import moment
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.intake.alarm_presenters import alarm_rows
from safehand.desk.intake.models import Alarm, Arrival
from safehand.desk.triage.actions import grade_report
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.marks import raise_mark_alarms
from safehand.desk.triage.models import Grading, Standing, Suggested

pytestmark = pytest.mark.django_db

MINUTE = 60_000_000


@pytest.fixture
def case(cast: Cast) -> Case:
    """Came by the public node, with a meeting in six hours; nobody is on it."""
    assert cast.alice.is_active
    made = report("A", None, 10, summary=summary(**meeting("2026-11-22T16:00")))
    Arrival.objects.create(
        parcel=made.sha256[:31] + "a",
        kind="package",
        sha256=made.sha256,
        size=1,
        reference=made.case.reference,
        desk_reference=made.case.reference,
        received_at=moment(NOW),
        case=made.case,
    )
    looked()
    return made.case


def after(minutes: int) -> int:
    """How many alarms are raised then."""
    return raise_mark_alarms(lambda: NOW + minutes * MINUTE)


def raised() -> list[str]:
    return list(Alarm.objects.order_by("pk").values_list("why", flat=True))


def test_each_mark_is_an_alarm_once_and_is_said_with_its_hours(case: Case, cast: Cast) -> None:
    assert [after(at) for at in (119, 120, 121, 299, 300, 301, 359)] == [0, 1, 0, 0, 1, 0, 0]
    assert raised() == ["first_mark", "last_mark"]
    assert [row.words for row in alarm_rows(cast.alice, clock)] == [
        f"A meeting in report {case.reference} begins within 4 hours, and no officer has graded it as it stands now.",
        f"A meeting in report {case.reference} begins within 1 hour, and no officer has graded it as it stands now.",
    ]
    entry = CustodyEntry.objects.latest("sequence")
    assert (entry.verb, entry.case) == ("alarm.raised", case.reference)
    assert b'"why":"last_mark"' in bytes(entry.canonical)


def test_what_an_officer_graded_when_the_clock_was_known_raises_none(case: Case, cast: Cast) -> None:
    CaseOfficer.objects.create(case=case, officer=cast.alice, since=moment(NOW), added_by=None)
    assert after(120) == 1, "somebody took it, and graded nothing"
    grade_report(cast.alice, case, Grade.PRIORITY, "The club was told.", clock=clock)
    assert after(300) == 0
    looked(NOW + 301 * MINUTE)
    assert after(301) == 1, "what is suggested rose since: it is graded again, or a supervisor knows"
    grade_report(cast.alice, case, Grade.IMMEDIATE, "A car is there.", clock=clock)
    Alarm.objects.all().delete()
    assert after(302) == 0


def known_to(case: Case, *times: str) -> None:
    """Now these meetings are declared, and a worker looks."""
    Package.objects.filter(case=case).update(summary=summary(**meeting(times[0])) if times else summary())
    Standing.objects.filter(case=case).update(look_at=moment(NOW))
    looked()


def test_a_clock_that_became_known_after_the_grade_raises_its_marks(cast: Cast) -> None:
    case = report("B", cast.alice, 10).case
    looked()
    grade_report(cast.alice, case, Grade.SCHEDULED, "It is safely stored.", clock=clock)
    known_to(case, "2026-11-22T16:00")
    assert [after(at) for at in (119, 120, 299, 300)] == [0, 1, 0, 1]
    known_to(case, "2026-11-22T18:00")
    grade_report(cast.alice, case, Grade.PRIORITY, "The club was told.", clock=clock)
    assert [after(at) for at in (241, 421)] == [0, 0], "graded again, by this clock"
    known_to(case, "2026-11-22T17:00")
    assert after(181) == 1, "another clock than the one it was graded by, even where no more is suggested"


def test_what_is_suggested_fell_and_rose_again_after_the_grade(case: Case, cast: Cast) -> None:
    CaseOfficer.objects.create(case=case, officer=cast.alice, since=moment(NOW), added_by=None)
    grade_report(cast.alice, case, Grade.SCHEDULED, "It is called off.", clock=clock)
    Standing.objects.filter(case=case).update(waits=False)
    known_to(case)
    assert Suggested.objects.latest("pk").grade in {"scheduled", "information"}
    assert not Standing.objects.get().rose
    known_to(case, "2026-11-22T16:00")
    found = Standing.objects.get()
    assert (found.rose, found.waits, found.grade) == (True, True, Grade.PRIORITY)
    assert after(300) == 2


def test_a_grade_of_which_it_was_not_kept_what_was_known_hides_no_mark(case: Case, cast: Cast) -> None:
    CaseOfficer.objects.create(case=case, officer=cast.alice, since=moment(NOW), added_by=None)
    old = grade_report(cast.alice, case, Grade.PRIORITY, "The club was told.", clock=clock)
    assert after(120) == 0
    QuerySet(Grading).filter(pk=old.pk).update(meetings=None)
    assert after(120) == 1


def test_the_marks_are_the_units_own(case: Case, settings: Settings) -> None:
    assert case.standing is not None
    settings.MEETING_MARKS = {"first_mark": timedelta(hours=5), "last_mark": timedelta(minutes=30)}
    assert [after(at) for at in (59, 60, 329, 330)] == [0, 1, 0, 1]


def test_who_is_on_it_changes_nothing_and_a_report_without_a_clock_raises_none(cast: Cast) -> None:
    report("B", cast.alice, 10, summary=summary(**meeting("2026-11-22T11:00")))
    report("C", None, 10)
    looked()
    assert after(0) == 2, "an officer handed it in an hour before, and graded nothing"
    assert after(60) == 1
    assert raised() == ["first_mark", "last_mark", "overdue"]
    assert after(600) == 0


MEETINGS = {
    "a moment before": ("2026-11-22T15:30", 5 * 60 + 29, False),
    "over": ("2026-11-22T15:30", 5 * 60 + 30, True),
    "long over": ("2026-11-20T15:30", 0, True),
    "the day": ("2026-11-22", 13 * 60, False),
    "the day after": ("2026-11-22", 14 * 60, True),
    "words": ("after school", 99 * 60, False),
}


@pytest.mark.parametrize("name", MEETINGS)
@pytest.mark.parametrize("graded", ["graded", "not graded"])
def test_a_meeting_whose_time_has_passed_is_one_whether_the_report_is_graded_or_not(
    cast: Cast, name: str, graded: str
) -> None:
    stated, minutes, is_one = MEETINGS[name]
    made = report("B", cast.alice, 10, summary=summary(**meeting(stated)))
    looked()
    if graded == "graded":
        grade_report(cast.alice, made.case, Grade.PRIORITY, "The club was told.", clock=clock)
    after(minutes)
    assert ("overdue" in raised()) is is_one
    if is_one:
        assert after(minutes + 1) == 0
        assert CustodyEntry.objects.filter(case=made.case.reference, verb="alarm.raised").exists()
        words = [row.words for row in alarm_rows(cast.bob, clock)]
        assert f"The time of the meeting in report {made.case.reference} has passed: has it happened?" in words


def test_an_alarm_leads_to_where_it_is_answered_for_who_may_open_that(cast: Cast) -> None:
    case = report("B", cast.alice, 10, summary=summary(**meeting("2026-11-22T15:30"))).case
    CaseOfficer.objects.create(case=case, officer=cast.bob, since=moment(NOW), added_by=cast.alice)
    looked()
    grade_page, question = f"/cases/{case.reference}/triage/", f"/cases/{case.reference}/triage/happened/"
    for minutes, mine, words in ((300, grade_page, "Look at it"), (600, question, "Look at the question")):
        after(minutes)
        for officer, link, to in (
            (cast.alice, mine, words),
            (cast.bob, mine, words),
            (cast.charlie, "/inbox/", "Look at the inbox"),
        ):
            row = alarm_rows(officer, clock)[-1]
            assert (row.link, row.to) == (link, to)
    for officer, link, to in ((cast.alice, question, words), (cast.charlie, "/inbox/", "Look at the inbox")):
        browser = signed_in(officer)
        page = browser.get("/inbox/").content.decode()
        assert f'href="{link}">{to}<span class="govuk-visually-hidden">: {case.reference}' in page
        assert browser.get(link).status_code == 200, "and it opens"


def test_who_broke_the_glass_is_led_there_as_long_as_the_case_is_open_to_them(cast: Cast) -> None:
    case = report("B", cast.alice, 10, summary=summary(**meeting("2026-11-22T15:30"))).case
    looked()
    after(600)
    break_glass(cast.charlie, case.reference, GlassWhy.DANGER, "Nobody answers.", clock=clock)
    assert alarm_rows(cast.charlie, clock)[-1].to == "Look at the question"
    too_late = NOW + 61 * MINUTE
    assert alarm_rows(cast.charlie, lambda: too_late)[-1].to == "Look at the inbox"


def test_a_meeting_that_passes_is_one_where_another_is_still_to_come(cast: Cast) -> None:
    """As a worker does it: it looks first, and then the clock of the report is the next meeting's already."""
    case = report("B", cast.alice, 10, summary=summary(**meeting("2026-11-22T15:30"))).case
    said = {"conversation": 1, "sha256": "0" * 64, "start": 0, "end": 1, "planned": True, "basis": "stated"}
    first = moment(NOW) + timedelta(hours=5, minutes=30)
    for number, later in enumerate((timedelta(days=3), timedelta(days=4)), start=1):
        times = {"at_earliest": first + later, "at": moment(NOW), "by": cast.alice}
        case.meetings_said.create(**said, **times, number=number, sealed_reason=b"")
    looked()
    after(0)
    overdue = Alarm.objects.filter(why="overdue").order_by("about").values_list("about", flat=True)
    for minutes in (329, 330, 331, 330 + 24 * 60):
        looked(NOW + minutes * MINUTE)
        after(minutes)
        assert list(overdue.all()) == ([first] if minutes >= 330 else [])
    late = 330 + 5 * 24 * 60
    looked(NOW + late * MINUTE)
    after(late)
    assert list(overdue.all()) == [first, first + timedelta(days=3), first + timedelta(days=4)]
    looked(NOW + (late + 1) * MINUTE)
    assert after(late + 1) == 0


def test_what_left_triage_is_asked_of_as_well_and_what_failed_its_checks_is_not(cast: Cast) -> None:
    report("B", cast.alice, 10, summary=summary(**meeting("2026-11-20T15:30")))
    report("C", None, 10, summary=summary(**meeting("2026-11-20T15:30")), state=PackageState.REFUSED)
    looked()
    Standing.objects.filter(case__reference="SH-00000000B").update(waits=False)
    assert after(0) == 1
    assert Alarm.objects.get().called == "SH-00000000B"


def test_nothing_is_asked_of_a_meeting_that_is_none_any_more(cast: Cast) -> None:
    case = report("B", cast.alice, 10, summary=summary(**meeting("2026-11-22T15:30"))).case
    looked()
    known_to(case)
    assert [after(at) for at in (300, 600)] == [0, 0]


def test_a_meeting_at_another_time_has_its_own_alarms(case: Case) -> None:
    assert after(120) == 1
    known_to(case, "2026-11-22T18:00")
    assert [after(239), after(240), after(241)] == [0, 1, 0]
    assert raised() == ["first_mark", "first_mark"]


def test_a_worker_looks_for_it_at_every_heartbeat(settings: Settings) -> None:
    assert "safehand.desk.triage.marks.raise_mark_alarms" in settings.WORKER_CHORES
