"""What left triage waits no more: it has a list of its own, and comes back where more is suggested than was graded."""

from __future__ import annotations

import pytest

from desk_cast import NOW, Cast, clock, hold, signed_in
from reports import looked, meeting, report, summary
from safehand.desk.cases.models import Case, CaseOfficer, Package
from safehand.desk.core.clock import Clock, moment
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Role
from safehand.desk.triage.actions import grade_report
from safehand.desk.triage.assessing import ASKS, Form, assess, leave_triage, missing
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.inbox import PAGE, Only
from safehand.desk.triage.models import LeftAgain, Rose, Standing
from safehand.desk.triage.presenters.inbox import present_inbox, present_left
from safehand.errors import UsageError

pytestmark = pytest.mark.django_db

HOUR = 3_600_000_000
DAY = 24 * HOUR
LATER = NOW + 3 * DAY


def waits(officer: Officer, now: int = NOW) -> str:
    return "".join(row.reference[-1] for row in present_inbox(officer, clock=lambda: now).reports.rows)


def left(officer: Officer, now: int = NOW) -> str:
    return "".join(row.reference[-1] for row in present_left(officer, clock=lambda: now).rows)


def both_entries(officer: Officer, case: Case, at: Clock = clock) -> None:
    for form in Form:
        assess(officer, case, form, dict.fromkeys(ASKS[form], "The club’s minibus is late."), officer, clock=at)


def graded_out(officer: Officer, case: Case, grade: Grade = Grade.SCHEDULED) -> None:
    """Graded, with both entries, and out of triage."""
    grade_report(officer, case, grade, "It is safely stored.", clock=clock)
    both_entries(officer, case)
    leave_triage(officer, case, clock=clock)


@pytest.fixture
def case(cast: Cast) -> Case:
    """Alice's and Bob's, of a meeting in four days; beside it stands another of Alice's."""
    made = report("A", cast.alice, 10, summary=summary(**meeting("2026-11-26T10:00")))
    CaseOfficer.objects.create(case=made.case, officer=cast.bob, since=moment(NOW), added_by=cast.alice)
    report("B", cast.alice, 5)
    looked()
    return made.case


def test_what_left_triage_stands_in_a_list_of_its_own_and_waits_no_more(case: Case, cast: Cast) -> None:
    assert (waits(cast.alice), left(cast.alice)) == ("AB", "")
    graded_out(cast.alice, case)
    assert (waits(cast.alice), left(cast.alice)) == ("B", "A")
    assert looked(NOW + 1) == 0, "and a worker's look brings nothing back"
    assert (waits(cast.bob), left(cast.bob)) == ("", "A")
    assert (waits(cast.charlie), left(cast.charlie)) == ("", "")
    assert "SH-00000000A" not in signed_in(cast.alice).get("/inbox/").content.decode()
    page = signed_in(cast.bob).get("/inbox/left-triage/").content.decode()
    assert "SH-00000000A" in page
    assert "SH-00000000A" not in signed_in(cast.charlie).get("/inbox/left-triage/").content.decode()
    hold(cast.bob, Role.DISCLOSURE)
    assert left(cast.bob) == "A", "who goes on with a case finds it there"


def later() -> int:
    return LATER


def test_what_rises_afterwards_waits_again_until_it_left_again_with_entries_made_since(case: Case, cast: Cast) -> None:
    graded_out(cast.alice, case)
    assert looked(LATER) == 1, "its meeting came near"
    assert (waits(cast.alice, LATER), left(cast.alice, LATER)) == ("AB", "")
    assert present_inbox(cast.alice).reports.rows[0].by == "suggested, it rose since it was graded"
    assert missing(case) == (
        "What is suggested rose since it was graded: grade it again.",
        "There is no THRIVE entry with a named decision-maker since what is suggested rose.",
        "There is no National Decision Model entry with a named decision-maker since what is suggested rose.",
    )
    grade_report(cast.alice, case, Grade.PRIORITY, "Somebody goes there.", clock=later)
    assert (waits(cast.alice, LATER), left(cast.alice, LATER)) == ("AB", ""), "who decided before decided on less"
    page = signed_in(cast.alice).get(f"/cases/{case.reference}/triage/").content.decode()
    assert "and rose since." in page
    assert page.count("Write an entry") == 2, "the entries of before stand on their own pages, and count no more"
    with pytest.raises(UsageError):
        leave_triage(cast.alice, case, clock=later)
    both_entries(cast.alice, case, later)
    leave_triage(cast.alice, case, clock=later)
    assert (waits(cast.alice, LATER), left(cast.alice, LATER)) == ("B", "A")
    again = LeftAgain.objects.get()
    assert [again.thrive.after, again.ndm.after] == [again.after, again.after]
    assert again.grading.grade == "priority"
    leave_triage(cast.alice, case, clock=later)
    assert LeftAgain.objects.count() == 1, "left once is left"
    assert list(CustodyEntry.objects.filter(verb__in=("report.rose", "triage.left")).values_list("verb", "actor")) == [
        ("triage.left", "officer:alice"),
        ("report.rose", "desk:worker"),
        ("triage.left", "officer:alice"),
    ]


def test_what_rises_and_falls_before_anybody_looked_still_waits_for_whoever_answers_for_it(
    case: Case, cast: Cast
) -> None:
    graded_out(cast.alice, case)
    looked(LATER)
    Package.objects.filter(case=case).update(summary=summary())
    Standing.objects.filter(case=case).update(look_at=moment(LATER))
    looked(LATER)
    assert not Standing.objects.get(case=case).rose, "the meeting is declared no more"
    assert left(cast.alice, LATER) == ""
    assert len(missing(case)) == 3


def test_each_rise_is_kept_once_for_a_grade_and_a_second_asks_for_everything_again(case: Case, cast: Cast) -> None:
    graded_out(cast.alice, case)
    looked(LATER)
    Standing.objects.filter(case=case).update(look_at=moment(LATER))
    looked(LATER)
    assert Rose.objects.count() == 1
    grade_report(cast.alice, case, Grade.SCHEDULED, "It was called off.", clock=later)
    both_entries(cast.alice, case, later)
    leave_triage(cast.alice, case, clock=later)
    looked(LATER + DAY - 2 * HOUR)
    assert Rose.objects.count() == 2, "now it begins within hours"
    assert (left(cast.alice), len(missing(case))) == ("", 3)


def test_a_grade_that_is_given_afterwards_brings_nothing_back(case: Case, cast: Cast) -> None:
    graded_out(cast.alice, case)
    grade_report(cast.alice, case, Grade.IMMEDIATE, "He rang again.", clock=clock)
    assert (waits(cast.alice), left(cast.alice)) == ("B", "A"), "an officer has it, who gave this grade"


def test_no_report_leaves_while_more_is_suggested_than_was_graded(case: Case, cast: Cast) -> None:
    grade_report(cast.alice, case, Grade.SCHEDULED, "It is safely stored.", clock=clock)
    both_entries(cast.alice, case)
    assert missing(case) == ()
    looked(LATER)
    assert missing(case)[0] == "What is suggested rose since it was graded: grade it again."
    with pytest.raises(UsageError):
        leave_triage(cast.alice, case, clock=later)
    grade_report(cast.alice, case, Grade.SCHEDULED, "It was called off.", clock=later)
    assert len(missing(case)) == 2, "it never left, and the entries of before are of before all the same"
    both_entries(cast.alice, case, later)
    leave_triage(cast.alice, case, clock=later)
    assert left(cast.alice, LATER) == "A"


def test_what_left_and_nobody_is_on_any_more_waits_for_somebody_to_take_it(case: Case, cast: Cast) -> None:
    graded_out(cast.alice, case)
    CaseOfficer.objects.filter(case=case).delete()
    assert (waits(cast.charlie), left(cast.charlie)) == ("A", "")
    page = present_inbox(cast.charlie, only=Only.NOBODYS, clock=clock)
    assert [row.taken for row in page.reports.rows] == [False]


def test_the_list_comes_in_pages_and_empty_it_says_so(cast: Cast) -> None:
    assert "None of your cases has left triage." in signed_in(cast.alice).get("/inbox/left-triage/").content.decode()
    made = [report(f"C{number}", cast.alice, number) for number in range(PAGE + 2)]
    looked()
    for each in made:
        graded_out(cast.alice, each.case)
    first, second = (present_left(cast.alice, page, clock=clock) for page in (1, 2))
    assert (len(first.rows), len(second.rows), first.total, first.later) == (PAGE, 2, PAGE + 2, 2)
    assert "Page 2 of 2" in signed_in(cast.alice).get("/inbox/left-triage/?page=2").content.decode()
    assert "27 cases" in signed_in(cast.alice).get("/inbox/left-triage/").content.decode()
