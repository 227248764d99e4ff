"""The inbox: most urgent first, with the reasons in words, a page at a time, and nothing of the evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from desk_cast import NOW, Cast, clock, hold, signed_in
from reports import CALM, DANGER, looked, meeting, report, summary
from safehand.desk.cases.models import CaseOfficer, Package, PackageState
from safehand.desk.core.clock import moment
from safehand.desk.officers.roles import Role
from safehand.desk.triage.actions import grade_report, tag_report
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.inbox import PAGE, Only
from safehand.desk.triage.presenters.inbox import Inbox, present_inbox
from safehand.desk.triage.turns import begin_work, put_down

pytestmark = pytest.mark.django_db


def inbox_of(cast: Cast) -> Inbox:
    return present_inbox(cast.alice, clock=clock)


def only(cast: Cast, which: Only) -> str:
    shown = present_inbox(cast.alice, 1, which, clock)
    return "".join(row.reference[-1] for row in shown.reports.rows)


def order(cast: Cast) -> str:
    return "".join(row.reference[-1] for row in inbox_of(cast).reports.rows)


def test_the_planned_meeting_stands_first_then_danger_then_who_has_waited_longest(cast: Cast) -> None:
    alice = cast.alice
    report("A", alice, 10)
    report("B", alice, 500)
    report("C", alice, 5, summary=summary(**DANGER))
    report("D", alice, 4, summary=summary(**meeting("2026-11-22T13:30")))
    report("E", alice, 3, summary=summary(**meeting("2026-11-22T12:00")))
    report("F", alice, 600, state=PackageState.RECEIVED, summary={})
    report("G", alice, 2, summary=summary(**meeting("2026-11-24T09:00")))
    report("H", alice, 1, summary=summary(**meeting("2026-11-29")))
    report("J", cast.bob, 1000, summary=summary(**DANGER))
    assert looked() == 9
    assert order(cast) == "EDCGFHBA"
    rows = {row.reference[-1]: row for row in inbox_of(cast).reports.rows}
    assert (rows["E"].clock, rows["E"].pressing) == ("Meeting in 2 hours", True)
    assert rows["E"].reasons[0].startswith("A meeting begins within 4 hours")
    assert rows["C"].reasons == ("The holder says that a child is in danger now.",)
    assert rows["F"].reasons == ("Not answered: Is a child in danger now? And 8 more.",)
    assert rows["H"].clock == "Meeting on Sunday 29 November 2026, in 6 days 14 hours at the earliest"
    assert rows["B"].reasons == ("Every urgent question is answered, and no answer names danger.",)
    assert (rows["B"].clock, rows["B"].waiting, rows["B"].by) == ("", timedelta(minutes=500), "suggested")
    assert inbox_of(cast).last_arrived == moment(NOW) - timedelta(minutes=1)


def test_what_came_in_a_moment_ago_is_never_missing(cast: Cast) -> None:
    report("A", cast.alice, 10)
    looked()
    report("B", cast.alice, 0, state=PackageState.RECEIVED, summary={})
    own = inbox_of(cast).reports
    assert ([row.reference[-1] for row in own.rows], own.total) == (["B", "A"], 2)
    assert own.rows[0].grade is None
    page = signed_in(cast.alice).get("/inbox/").content.decode()
    assert "Not looked at yet" in page
    looked()
    assert order(cast) == "BA", "nothing is known of it: it has priority"


def test_an_officers_grade_orders_it_and_a_suggestion_that_rises_afterwards_lifts_it_again(cast: Cast) -> None:
    report("A", cast.alice, 10, summary=summary(**meeting("2026-11-26T10:00")))
    report("B", cast.alice, 5)
    looked()
    case = Package.objects.get(sha256__endswith="41").case
    grade_report(cast.alice, case, Grade.INFORMATION, "The club moved it.", clock=clock)
    assert order(cast) == "BA"
    assert inbox_of(cast).reports.rows[1].by == "graded by alice"
    three_days = NOW + 3 * 86_400_000_000
    assert looked(three_days) == 1
    row = present_inbox(cast.alice, clock=lambda: three_days).reports.rows[0]
    assert (row.reference[-1], row.by) == ("A", "suggested, it rose since it was graded")
    grade_report(cast.alice, case, Grade.INFORMATION, "The club moved it, as I said.", clock=lambda: three_days)
    assert order(cast) == "BA"


def test_a_tag_moves_it_at_once(cast: Cast) -> None:
    report("A", cast.alice, 10)
    report("B", cast.alice, 500)
    looked()
    assert order(cast) == "BA"
    tag_report(cast.alice, Package.objects.get(sha256__endswith="41").case, ["child_missing"], clock=clock)
    assert order(cast) == "AB"


def test_what_nobody_took_stands_among_ones_own_in_one_order_and_what_failed_is_set_aside(cast: Cast) -> None:
    report("A", None, 10)
    report("B", None, 5, summary=summary(**DANGER))
    report("C", None, 7, state=PackageState.REFUSED, summary={})
    report("D", cast.bob, 7)
    looked()
    report("E", cast.alice, 8, summary=summary(**meeting("2026-11-29")))
    report("F", cast.alice, 9, state=PackageState.REFUSED, summary={})
    looked()
    inbox = inbox_of(cast)
    assert [(row.reference[-1], row.taken) for row in inbox.reports.rows] == [
        ("B", False),
        ("F", True),
        ("E", True),
        ("A", False),
    ]
    assert [row.reference[-1] for row in inbox.set_aside] == ["C"]
    assert only(cast, Only.MINE) == "FE"
    assert only(cast, Only.NOBODYS) == "BA"
    page = signed_in(cast.charlie).get("/inbox/").content.decode()
    assert page.index("SH-00000000B") < page.index("SH-00000000A")
    assert "/cases/SH-00000000B/report/take" in page
    assert "/cases/SH-00000000B/triage/" not in page, "nobody may look at it before taking it"
    assert "SH-00000000D" not in page


def test_a_row_leads_to_reading_once_there_is_something_to_read(cast: Cast) -> None:
    report("A", cast.alice, 1)
    report("B", cast.alice, 2, state=PackageState.VERIFYING, summary={})
    rows = {row.reference[-1]: row for row in inbox_of(cast).reports.rows}
    assert rows["A"].link.endswith("/conversations/")
    assert (rows["A"].conversations, rows["A"].messages) == (2, 40)
    assert rows["B"].link.endswith("/report/")
    assert (rows["B"].messages, rows["B"].state_words) == (None, "Being checked")


def test_the_inbox_comes_in_pages_and_an_odd_number_is_the_nearest_page(cast: Cast) -> None:
    for number in range(PAGE + 3):
        report(f"A{number}", cast.alice, number)
    looked()
    first, second = (present_inbox(cast.alice, page, clock=clock).reports for page in (1, 2))
    assert (len(first.rows), len(second.rows), first.total) == (PAGE, 3, PAGE + 3)
    assert {row.reference for row in first.rows}.isdisjoint(row.reference for row in second.rows)
    assert (first.earlier, first.later, second.earlier, second.later) == (None, 2, 1, None)
    browser = signed_in(cast.alice)
    assert "Page 2 of 2" in browser.get("/inbox/?page=99").content.decode()
    for odd in ("0", "-1", "two", "", "1.5"):
        assert "Page 1 of 2" in browser.get(f"/inbox/?page={odd}").content.decode(), odd


def test_an_empty_inbox_says_so(as_alice: Client) -> None:
    page = as_alice.get("/inbox/")
    assert page.context["inbox"].reports.rows == ()
    assert page.context["inbox"].last_arrived is None
    assert "No packages yet." in page.content.decode()


def test_how_many_questions_it_asks_of_the_database_does_not_grow_with_the_reports(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        report(f"A{number}", cast.alice if number % 2 else None, number, summary=summary(**CALM))
    looked()
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        inbox_of(cast)


def test_it_says_who_works_on_a_report_and_an_odd_choice_is_everything(cast: Cast) -> None:
    made = report("A", cast.alice, 10)
    CaseOfficer.objects.create(case=made.case, officer=cast.bob, since=moment(NOW), added_by=cast.alice)
    report("B", None, 5)
    looked()
    assert [row.works for row in inbox_of(cast).reports.rows] == ["", ""]
    begin_work(cast.bob, made.case, clock=clock)
    assert [row.works for row in inbox_of(cast).reports.rows] == ["bob works on it", ""]
    put_down(cast.bob, made.case, clock=clock)
    begin_work(cast.alice, made.case, clock=clock)
    assert [row.works for row in inbox_of(cast).reports.rows] == ["you work on it", ""]
    browser = signed_in(cast.alice)
    for asked in ("all", "theirs", "", "mine&only=all"):
        page = browser.get(f"/inbox/?only={asked}").content.decode()
        assert "SH-00000000A" in page, asked
        assert "SH-00000000B" in page, asked
    mine = browser.get("/inbox/?only=mine").content.decode()
    assert "SH-00000000A" in mine
    assert "SH-00000000B" not in mine
    hold(cast.alice, Role.DISCLOSURE)
    assert order(cast) == "A", "who may take none sees none that nobody has"
    assert only(cast, Only.NOBODYS) == ""
