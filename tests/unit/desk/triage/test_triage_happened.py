"""A meeting whose time has passed is asked about until an officer says what became of it; answers are followed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import QuerySet
from django.http import Http404
from django.test import Client

from desk_cast import NOW, Cast, clock, hold, signed_in
from reports import hidden, looked, meeting, report, summary
from safehand.desk.cases.glass import break_glass
from safehand.desk.cases.models import Case, CaseOfficer, GlassWhy, Package
from safehand.desk.core.clock import moment
from safehand.desk.custody.entry import parse_entry
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.desk.triage.actions import grade_report
from safehand.desk.triage.answered import Said, with_answers
from safehand.desk.triage.assessing import ASKS, Form, assess, leave_triage, missing
from safehand.desk.triage.facts import Facts, Meeting
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.happened import answer_meeting, past_meetings
from safehand.desk.triage.marks import raise_mark_alarms
from safehand.desk.triage.meeting_models import Happened, MeetingPast
from safehand.desk.triage.models import Standing
from safehand.desk.triage.presenters.inbox import present_inbox, present_left
from safehand.desk.triage.turns import begin_work
from safehand.errors import NotAllowed, UsageError
from safehand.seal.meeting import Basis

pytestmark = pytest.mark.django_db

HOUR = 3_600_000_000
PASSED = NOW + 6 * HOUR
"""The meeting of the report is at 16:00, six hours from now."""
LONG_AFTER = PASSED + 13 * HOUR
AT = moment(PASSED)
PAGE = "/cases/SH-00000000A/triage/"
ASKED = "The time of a meeting has passed: has it happened?"


def at(now: int) -> int:
    """A worker looks at this moment. How many reports."""
    return looked(now)


def said(case: Case, cast: Cast, answer: Happened, now: int = PASSED, about: datetime = AT) -> MeetingPast:
    return answer_meeting(cast.alice, case, about, answer, "The mother rang at six.", clock=lambda: now)


def standing(case: Case) -> Standing:
    return Standing.objects.get(case=case)


@pytest.fixture
def case(cast: Cast) -> Case:
    """Alice's and Bob's; graded Scheduled and out of triage before the meeting, of which a real child was told."""
    case = report("A", cast.alice, 10, summary=summary(**meeting("2026-11-22T16:00"))).case
    CaseOfficer.objects.create(case=case, officer=cast.bob, since=moment(NOW), added_by=cast.alice)
    looked()
    graded_out(case, cast, NOW)
    return case


def graded_out(case: Case, cast: Cast, now: int, grade: Grade = Grade.SCHEDULED) -> None:
    def then() -> int:
        return now

    grade_report(cast.alice, case, grade, "The mother takes her daughter’s phone.", clock=then)
    for form in Form:
        assess(cast.alice, case, form, dict.fromkeys(ASKS[form], "Nothing known."), cast.alice, clock=then)
    leave_triage(cast.alice, case, clock=then)


def left(cast: Cast) -> list[str]:
    return [row.reference for row in present_left(cast.alice, clock=lambda: LONG_AFTER).rows]


def test_what_was_graded_down_and_left_is_asked_about_at_the_moment_of_its_meeting(cast: Cast) -> None:
    """With an adult on the child's side nothing rises before: it is the question alone that brings it back."""
    far = meeting("2026-11-22T16:00") | {"urgent.child": ["given", "adult"]}
    case = report("A", cast.alice, 10, summary=summary(**far)).case
    looked()
    graded_out(case, cast, NOW)
    at(PASSED - 1)
    assert left(cast) == [case.reference]
    assert at(PASSED) == 1
    assert left(cast) == []
    found = standing(case)
    assert (found.asked, found.rose, found.grade, found.waits) == (True, False, Grade.PRIORITY, True)
    row = present_inbox(cast.alice, clock=lambda: PASSED + HOUR).reports.rows[0]
    assert row.by == "raised, for it is asked whether a meeting happened; graded by alice"
    assert "has it happened?" in row.clock
    at(LONG_AFTER)
    assert ASKED in present_inbox(cast.alice, clock=lambda: LONG_AFTER).reports.rows[0].reasons
    assert missing(case) == ("The time of a meeting has passed: say whether it has happened.",)
    said(case, cast, Happened.DID_NOT, LONG_AFTER)
    found = standing(case)
    assert (found.asked, found.rose, found.grade, found.waits) == (False, False, Grade.SCHEDULED, False)
    assert left(cast) == [case.reference], "and nobody has to let it leave again: nothing rose"


def test_a_report_with_a_clock_to_come_says_of_the_one_that_passed_that_it_is_asked(case: Case, cast: Cast) -> None:
    more = summary(**meeting("2026-11-22T16:00"))
    Package.objects.filter(case=case).update(summary=more)
    other = Meeting(AT + timedelta(days=9), Basis.STATED)
    facts = Facts({"meeting": frozenset({"planned"})}, (Meeting(AT, Basis.STATED), other))
    kept = with_answers(facts, {AT: Said(Happened.HAPPENED, AT)})
    assert [each.happened for each in kept.meetings] == [True, False]
    Standing.objects.filter(case=case).update(clock_at=other.at, asked=True, waits=True)
    row = present_inbox(cast.alice, clock=lambda: PASSED).reports.rows[0]
    assert "has it happened?" not in row.clock
    assert row.reasons[0] == ASKED


def test_no_report_leaves_triage_while_it_is_asked(cast: Cast) -> None:
    case, about = a_meeting_of(cast)
    with pytest.raises(UsageError, match="say whether it has happened"):
        graded_out(case, cast, NOW)
    answer_meeting(cast.alice, case, about, Happened.NOT_KNOWN, "The mother does not know.", clock=clock)
    leave_triage(cast.alice, case, clock=clock)
    assert left(cast) == [case.reference]


WHAT_IT_MEANS = {
    "it happened, to a real child": ("real", Happened.HAPPENED, Grade.IMMEDIATE, "meeting_happened_child"),
    "it happened, to nobody knows whom": (None, Happened.HAPPENED, Grade.IMMEDIATE, "meeting_happened_child"),
    "it happened, to an adult": ("adult", Happened.HAPPENED, Grade.PRIORITY, "meeting_happened"),
    "it did not happen": ("real", Happened.DID_NOT, Grade.SCHEDULED, "nothing_urgent"),
    "it is not known": ("real", Happened.NOT_KNOWN, Grade.PRIORITY, "meeting_passed"),
}


@pytest.mark.parametrize("name", WHAT_IT_MEANS)
def test_what_an_answer_means_for_the_order_long_after(name: str, cast: Cast) -> None:
    child, answer, grade, rule = WHAT_IT_MEANS[name]
    given = meeting("2026-11-22T16:00") | {"urgent.child": ["given", child] if child else ["dont_know", None]}
    case = report("A", cast.alice, 10, summary=summary(**given)).case
    at(LONG_AFTER)
    assert standing(case).asked
    said(case, cast, answer, LONG_AFTER)
    found = standing(case)
    assert not found.asked, "an answer is an answer, and no report waits for ever for what nobody can know"
    assert found.suggested.grade == grade.value
    assert found.suggested.reasons[0]["rule"] == rule


def test_what_happened_after_the_grade_rises_and_is_graded_and_answered_for_anew(case: Case, cast: Cast) -> None:
    at(PASSED)
    said(case, cast, Happened.HAPPENED, PASSED + 1)
    found = standing(case)
    assert (found.rose, found.grade) == (True, Grade.IMMEDIATE)
    assert len(missing(case)) == 3
    graded_out(case, cast, PASSED + 2, Grade.PRIORITY)
    found = standing(case)
    assert (found.rose, found.asked, found.grade, found.waits) == (False, False, Grade.PRIORITY, False)


def test_what_was_under_way_is_so_no_more_once_an_officer_said_what_became_of_it() -> None:
    under_way = Facts({"meeting": frozenset({"under_way"})}, (Meeting(AT, Basis.STATED),))
    for answer in (Happened.HAPPENED, Happened.DID_NOT):
        assert with_answers(under_way, {AT: Said(answer, AT)}).codes("meeting") == {"planned"}
    assert with_answers(under_way, {AT: Said(Happened.NOT_KNOWN, AT)}).codes("meeting") == {"under_way"}
    assert (
        with_answers(under_way, {AT + timedelta(hours=1): Said(Happened.DID_NOT, AT + timedelta(hours=1))}) == under_way
    )
    nobody_knows = Facts({"meeting": frozenset({"under_way"})}, (Meeting(None, Basis.UNKNOWN),))
    assert with_answers(nobody_knows, {AT: Said(Happened.DID_NOT, AT)}) == nobody_knows


def test_an_answer_is_followed_and_the_newest_counts(case: Case, cast: Cast) -> None:
    at(LONG_AFTER)
    first = said(case, cast, Happened.DID_NOT, LONG_AFTER)
    said(case, cast, Happened.HAPPENED, LONG_AFTER + 1)
    assert standing(case).suggested.grade == "immediate"
    said(case, cast, Happened.DID_NOT, LONG_AFTER + 2)
    assert standing(case).suggested.grade == "scheduled"
    assert MeetingPast.objects.count() == 3
    with pytest.raises(UsageError):
        first.save()
    entries = [parse_entry(bytes(each.canonical)) for each in CustodyEntry.objects.filter(verb="meeting.answered")]
    assert [entry.details["answer"] for entry in entries] == ["did_not", "happened", "did_not"]
    assert not [each for each in CustodyEntry.objects.all() if b"mother" in bytes(each.canonical)]


def test_a_meeting_of_which_it_is_said_raises_no_alarm_and_one_that_is_not_does(case: Case, cast: Cast) -> None:
    at(PASSED)
    said(case, cast, Happened.DID_NOT)
    assert raise_mark_alarms(lambda: LONG_AFTER) == 0
    said(case, cast, Happened.NOT_KNOWN, PASSED + 1)
    assert raise_mark_alarms(lambda: PASSED + 2) == 3, "both marks, which nobody graded by, and that it passed"


TWO_READINGS = {
    "half past three, of which half of the day nobody said": ("earlier", None, 12),
    "words that leave a stretch": ("stated", 2, 2),
    "two readings that an officer confirmed": ("earlier", 12, 12),
}


@pytest.mark.parametrize("name", TWO_READINGS)
def test_nobody_says_that_nothing_happened_while_the_later_reading_is_to_come(cast: Cast, name: str) -> None:
    """At half past three in the morning nobody was there: it may be at half past three in the afternoon."""
    basis, until, hours = TWO_READINGS[name]
    case = report("A", cast.alice, 10).case
    said_of = {"conversation": 1, "sha256": "0" * 64, "start": 0, "end": 1, "planned": True, "basis": basis}
    last = AT + timedelta(hours=until) if until else None
    times = {"at_earliest": AT, "until": last, "at": moment(NOW), "by": cast.alice}
    case.meetings_said.create(**said_of, **times, number=1, sealed_reason=b"")
    at(PASSED)
    for now in (PASSED, PASSED + hours * HOUR - 1):
        with pytest.raises(UsageError, match="later reading is still to come"):
            said(case, cast, Happened.DID_NOT, now)
    said(case, cast, Happened.HAPPENED, PASSED)
    said(case, cast, Happened.DID_NOT, PASSED + hours * HOUR)
    assert [past.answer for past in MeetingPast.objects.all()] == ["happened", "did_not"], "the one is said at once"


def test_the_form_says_until_when_it_may_still_happen_and_refuses_in_words(cast: Cast) -> None:
    case, about = a_meeting_of(cast)
    until = datetime(2099, 3, 1, 22, tzinfo=UTC)
    said_of = {"conversation": 1, "sha256": "0" * 64, "start": 0, "end": 1, "planned": True, "basis": "earlier"}
    times = {"at_earliest": about, "until": until, "at": moment(NOW), "by": cast.alice}
    case.meetings_said.create(**said_of, **times, number=1, sealed_reason=b"")
    alice = signed_in(cast.alice)
    for path in (PAGE, f"{PAGE}happened/"):
        page = alice.get(path).content.decode()
        assert "it may still happen, until 1 March 2099, 22:00 UK time at the latest" in page
        assert re.search(r"(the|Its) earliest moment (of it )?has passed", page), "and not all of it"
    status, page = said_on(alice, asked_on(alice))
    assert status == 400
    assert "Its later reading is still to come" in page
    assert "The school rang." in page, "as it was typed"
    assert not MeetingPast.objects.exists()
    assert answered(alice, answer="not_known") == 302


WRONG = {
    "no reason": (AT, " ", PASSED),
    "too many words": (AT, "x" * 1001, PASSED),
    "before its time": (AT, "He rang.", PASSED - 1),
    "a time that is no meeting's": (AT + timedelta(minutes=1), "He rang.", PASSED),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_answer_is_not_kept(case: Case, cast: Cast, name: str) -> None:
    about, reason, now = WRONG[name]
    with pytest.raises(UsageError):
        answer_meeting(cast.alice, case, about, Happened.DID_NOT, reason, clock=lambda: now)
    assert not MeetingPast.objects.exists()


def a_meeting_of(cast: Cast, when: str = "2020-03-01T10:00") -> tuple[Case, datetime]:
    """Of long ago, so that the real clock of a browser finds it passed."""
    case = report("A", cast.alice, 10, summary=summary(**meeting(when))).case
    CaseOfficer.objects.create(case=case, officer=cast.bob, since=moment(NOW), added_by=cast.alice)
    looked()
    return case, past_meetings(case)[0].at


def asked_on(browser: Client, path: str = f"{PAGE}happened/") -> dict[str, str]:
    """What the page carries: the answer that was the newest, and which meeting is meant where there is one."""
    return hidden(browser.get(path).content.decode(), "after", "meeting")


def answered(browser: Client, **more: str) -> int:
    """Somebody opens the page, and answers."""
    return said_on(browser, asked_on(browser), **more)[0]


def said_on(browser: Client, seen: dict[str, str], **more: str) -> tuple[int, str]:
    """An answer on a page that was opened before: the status, and the page that came back."""
    form = {"answer": "did_not", "reason": "The school rang.", **seen, **more}
    answer = browser.post(f"{PAGE}happened/", form)
    return answer.status_code, answer.content.decode()


def test_nobody_answers_over_a_colleague_whose_answer_they_did_not_see(cast: Cast) -> None:
    a_meeting_of(cast)
    alice, bob = signed_in(cast.alice), signed_in(cast.bob)
    for path in (PAGE, f"{PAGE}happened/"):
        old = asked_on(bob, path)
        assert said_on(alice, asked_on(alice), answer="happened")[0] == 302
        status, page = said_on(bob, old)
        assert (status, MeetingPast.objects.last().answer) == (400, "happened")  # type: ignore[union-attr]
        assert "Somebody has answered since you opened the page" in page
        assert "The school rang." in page, "as it was typed"
        assert said_on(bob, old)[0] == 400, "it stays old"
        assert said_on(bob, {"meeting": old["meeting"]})[0] == 400, "nobody says what they saw"
        assert said_on(bob, hidden(page, "after", "meeting"), answer="not_known")[0] == 302
        QuerySet(MeetingPast).all().delete()


def test_an_answer_is_of_the_meeting_that_the_page_named_and_of_no_other(cast: Cast) -> None:
    case, first = a_meeting_of(cast)
    alice = signed_in(cast.alice)
    old = asked_on(alice)
    assert "Sunday 1 March 2020, 10:00: has it happened?" in alice.get(f"{PAGE}happened/").content.decode()
    Package.objects.filter(case=case).update(summary=summary(**meeting("2020-03-02T10:00")))
    status, page = said_on(alice, old)
    assert status == 400
    assert "another is asked about since you opened the page" in page
    assert said_on(alice, {"after": "0"})[0] == 400, "none is named"
    assert not MeetingPast.objects.exists()
    assert said_on(alice, hidden(page, "after", "meeting"))[0] == 302
    assert MeetingPast.objects.get().about == first + timedelta(days=1)


def test_the_page_asks_with_nothing_chosen_and_a_colleague_may_answer_whosever_turn_it_is(cast: Cast) -> None:
    case, about = a_meeting_of(cast)
    begin_work(cast.alice, case, clock=clock)
    bob = signed_in(cast.bob)
    assert "1 March 2020, 10:00 has passed: has the meeting happened?" in bob.get(PAGE).content.decode()
    page = bob.get(f"{PAGE}happened/").content.decode()
    assert page.count('type="radio"') == 3
    assert not re.search(r"<input[^>]* checked", page)
    assert "nobody has said whether it happened" in page
    assert answered(bob, answer="") == 400
    assert answered(bob, reason="") == 400
    assert answered(bob, answer="perhaps") == 400
    assert not MeetingPast.objects.exists()
    assert answered(bob) == 302
    assert (MeetingPast.objects.get().about, MeetingPast.objects.get().by) == (about, cast.bob)
    after = bob.get(PAGE).content.decode()
    assert "it did not happen. bob said so on" in after
    assert "The school rang." in after, "it stands in what was before"
    assert "has the meeting happened?" not in after
    assert answered(bob, answer="happened") == 302
    assert MeetingPast.objects.count() == 2


def test_a_day_without_a_time_is_asked_of_once_the_whole_day_is_over_and_is_called_a_day(cast: Cast) -> None:
    case = report("A", cast.alice, 10, summary=summary(**meeting("2020-03-01"))).case
    at_midnight = datetime(2020, 3, 1, tzinfo=UTC)
    day = int(at_midnight.timestamp()) * 1_000_000
    assert past_meetings(case, lambda: day + 24 * HOUR - 1) == ()
    assert [past.at for past in past_meetings(case, lambda: day + 24 * HOUR)] == [at_midnight]
    alice = signed_in(cast.alice)
    assert answered(alice) == 302
    for path in (PAGE, f"{PAGE}happened/"):
        page = alice.get(path).content.decode()
        assert "Sunday 1 March 2020" in page
        assert "1 March 2020, 00:00" not in page


def test_of_several_meetings_the_officer_says_which(cast: Cast) -> None:
    case, first = a_meeting_of(cast)
    second = first + timedelta(days=1)
    said = {"conversation": 1, "sha256": "0" * 64, "start": 0, "end": 1, "planned": True, "basis": "stated"}
    case.meetings_said.create(**said, number=1, at_earliest=second, sealed_reason=b"", at=moment(NOW), by=cast.alice)
    alice = signed_in(cast.alice)
    assert "Which meeting do you speak of?" in alice.get(f"{PAGE}happened/").content.decode()
    assert answered(alice) == 400, "it is not chosen for them"
    assert answered(alice, meeting="2020-01-01T00:00:00+00:00") == 400
    assert answered(alice, meeting=second.isoformat()) == 302
    assert [(past.at, past.said is not None) for past in past_meetings(case)] == [(first, False), (second, True)]
    assert standing(case).asked, "the other is asked still"


def test_who_may_not_see_the_case_answers_nothing_and_who_broke_the_glass_only_reads(cast: Cast) -> None:
    case, about = a_meeting_of(cast)
    charlie = signed_in(cast.charlie)
    assert charlie.get(f"{PAGE}happened/").status_code == 404
    assert answered(charlie) == 404
    break_glass(cast.charlie, case.reference, GlassWhy.DANGER, "Nobody answers.")
    page = charlie.get(f"{PAGE}happened/").content.decode()
    assert "You may read it for a while." in page
    assert "Write this down" not in page
    assert answered(charlie, meeting=about.isoformat(), after="0") == 404
    with pytest.raises(Http404):
        answer_meeting(cast.charlie, case, about, Happened.DID_NOT, "He rang.")
    hold(cast.bob, Role.DISCLOSURE)
    with pytest.raises(NotAllowed):
        answer_meeting(cast.bob, case, about, Happened.DID_NOT, "He rang.")
    assert not MeetingPast.objects.exists()


def test_a_report_without_such_a_meeting_asks_nothing(cast: Cast) -> None:
    report("A", cast.alice, 10, summary=summary())
    looked()
    alice = signed_in(cast.alice)
    assert "Has it happened" not in alice.get(PAGE).content.decode()
    page = alice.get(f"{PAGE}happened/").content.decode()
    assert "No meeting is known of this report" in page
    assert answered(alice) == 200
    assert not MeetingPast.objects.exists()
