"""Where it is not known whether a meeting happened, it is asked again; and the report waits nowhere for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from pytest_django import Settings

from desk_cast import NOW, Cast, clock, signed_in
from reports import looked, meeting, report, summary
from safehand.desk.cases.models import Case, CaseOfficer
from safehand.desk.core.clock import moment
from safehand.desk.triage.actions import grade_report, show_triage
from safehand.desk.triage.assessing import ASKS, Form, assess, leave_triage, missing
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.happened import answer_meeting, past_meetings
from safehand.desk.triage.inbox import PAGE, left_asking_again
from safehand.desk.triage.marks import raise_mark_alarms
from safehand.desk.triage.meeting_models import Happened
from safehand.desk.triage.models import Standing
from safehand.desk.triage.presenters.inbox import present_inbox, present_left
from safehand.desk.triage.presenters.triage import present_triage

pytestmark = pytest.mark.django_db

HOUR = 3_600_000_000
AGAIN = "Whether a meeting happened was not known: is it known by now?"
PATH = "/cases/SH-00000000A/triage/"


@pytest.fixture
def case(cast: Cast) -> Case:
    """Alice's and Bob's, of a meeting of yesterday; Alice says at ten that it is not known, and it leaves triage."""
    made = report("A", cast.alice, 10, summary=summary(**meeting("2026-11-21T16:00"))).case
    CaseOfficer.objects.create(case=made, officer=cast.bob, since=moment(NOW), added_by=cast.alice)
    looked()
    said(made, cast, Happened.NOT_KNOWN, 0)
    grade_report(cast.alice, made, Grade.SCHEDULED, "It is safely stored.", clock=clock)
    for form in Form:
        assess(cast.alice, made, form, dict.fromkeys(ASKS[form], "Nothing known."), cast.alice, clock=clock)
    leave_triage(cast.alice, made, clock=clock)
    return made


def at(hours: float) -> int:
    return NOW + int(hours * HOUR)


def about(case: Case) -> datetime:
    return past_meetings(case, clock)[0].at


def said(case: Case, cast: Cast, answer: Happened, hours: float) -> None:
    answer_meeting(cast.alice, case, about(case), answer, "The club was rung.", clock=lambda: at(hours))


def prompted(case: Case, cast: Cast, hours: float) -> bool:
    """Is it asked again then? The list, its count, the page and the question say the same."""

    def then() -> int:
        return at(hours)

    (row,) = present_left(cast.alice, clock=then).rows
    page = present_triage(show_triage(cast.alice, case, clock=then), then)
    (past,) = past_meetings(case, then)
    asked = {AGAIN in row.reasons, page.again, past.again, present_inbox(cast.alice, clock=then).again == 1}
    assert len(asked) == 1
    return asked.pop()


def test_what_was_not_known_is_asked_again_after_half_a_day_and_so_after_each_such_answer(
    case: Case, cast: Cast
) -> None:
    assert [prompted(case, cast, hours) for hours in (1, 11.99, 12, 90)] == [False, False, True, True]
    said(case, cast, Happened.NOT_KNOWN, 90)
    assert [prompted(case, cast, hours) for hours in (90, 101.99, 102)] == [False, False, True]


@pytest.mark.parametrize("answer", [Happened.HAPPENED, Happened.DID_NOT])
def test_a_firm_answer_is_asked_about_no_more(case: Case, cast: Cast, answer: Happened) -> None:
    said(case, cast, answer, 13)
    assert Standing.objects.get().not_known_at is None
    assert left_asking_again(cast.alice, moment(at(90))) == 0
    assert not any(past.again for past in past_meetings(case, lambda: at(90)))


def test_it_holds_the_report_nowhere_and_tells_no_supervisor(case: Case, cast: Cast) -> None:
    raise_mark_alarms(clock)
    looked(at(13))
    found = Standing.objects.get()
    assert (found.asked, found.waits, found.grade, missing(case)) == (False, False, Grade.SCHEDULED, ())
    assert present_inbox(cast.alice, clock=lambda: at(13)).reports.rows == ()
    assert raise_mark_alarms(lambda: at(13)) == 0


def test_how_long_is_the_units_own(case: Case, cast: Cast, settings: Settings) -> None:
    settings.ASK_AGAIN_AFTER = timedelta(hours=1)
    assert [prompted(case, cast, hours) for hours in (0.99, 1)] == [False, True]


def test_whoever_is_on_it_is_told_of_it_and_nobody_else(case: Case, cast: Cast) -> None:
    assert case.reference
    now = moment(at(12))
    assert [left_asking_again(each, now) for each in (cast.alice, cast.bob, cast.charlie)] == [1, 1, 0]
    cast.bob.is_active = False
    assert left_asking_again(cast.bob, now) == 0


def test_what_is_asked_again_stands_before_a_page_of_others_that_left(case: Case, cast: Cast) -> None:
    for number in range(PAGE):
        more = report(f"C{number:02}", cast.alice, 10).case
        looked()
        Standing.objects.filter(case=more).update(waits=False, place=Grade.IMMEDIATE.place)
    for hours, on_the_first in ((11.99, False), (12, True)):
        rows = present_left(cast.alice, clock=lambda: at(hours)).rows  # noqa: B023  it is called at once
        assert (case.reference in {row.reference for row in rows}) is on_the_first
    assert rows[0].reference == case.reference


def test_the_pages_ask_it_with_what_was_said_beside_it_and_choose_nothing(case: Case, cast: Cast) -> None:
    """The real clock of a browser is some days later."""
    alice, charlie = signed_in(cast.alice), signed_in(cast.charlie)
    inbox = alice.get("/inbox/").content.decode()
    assert "Of 1 case on you that left triage it was not known whether a meeting happened." in inbox
    assert "was not known whether" not in charlie.get("/inbox/").content.decode()
    for path in (PATH, f"{PATH}happened/"):
        page = alice.get(path).content.decode()
        assert "known by now" in page
        assert "alice said so on 22 November 2026" in page
        assert 'value="not_known"' in page
        assert " checked" not in page.split('name="answer"')[1].split("</form>")[0]
        assert charlie.get(path).status_code == 404
    assert "it is asked again after 12 hours" in alice.get(f"{PATH}happened/").content.decode()
    assert case.reference


def test_a_desk_of_before_looks_again_at_what_this_may_change_and_at_nothing_else(case: Case, cast: Cast) -> None:
    doubt = report("B", cast.alice, 10).case
    calm = report("C", cast.alice, 10).case
    looked()
    Standing.objects.update(look_at=None, not_known_at=None)
    Standing.objects.filter(case=doubt).update(clock_basis="earlier")
    import_module("safehand.desk.triage.migrations.0015_not_known_at").looked_at_again(apps, None)
    due = set(Standing.objects.filter(look_at__lte=moment(NOW)).values_list("case", flat=True))
    assert (due, calm.pk in due) == ({case.pk, doubt.pk}, False)
    assert looked() == 2
    assert Standing.objects.get(case=case).not_known_at == moment(NOW)
