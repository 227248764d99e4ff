"""Each reading of a meeting's time drives the clock in its turn: its marks, the inbox's words, and who is paged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from desk_cast import NOW, Cast, clock
from reports import looked, meeting, report, summary
from safehand.desk.cases.models import Case
from safehand.desk.core.clock import moment
from safehand.desk.intake.models import Alarm
from safehand.desk.triage.actions import grade_report, show_triage
from safehand.desk.triage.answered import Said, with_answers
from safehand.desk.triage.facts import Facts, Meeting
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.happened import answer_meeting, past_meetings
from safehand.desk.triage.marks import raise_mark_alarms
from safehand.desk.triage.meeting_models import Happened
from safehand.desk.triage.meeting_time import Hours, time_word
from safehand.desk.triage.models import Standing
from safehand.desk.triage.presenters.inbox import InboxRow, present_inbox
from safehand.desk.triage.presenters.triage import present_triage
from safehand.desk.triage.readings import drives, last_reading, newest_passed, readings
from safehand.errors import UsageError
from safehand.seal.meeting import Basis

HOUR = 3_600_000_000
ADULT: dict[str, list[str | None]] = {"urgent.child": ["given", "adult"]}
ASKED = "The time of a meeting has passed: has it happened?"
EACH = ("first_mark", "last_mark", "overdue")
PASSED = "The time of the meeting passed {} ago: has it happened?"


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


EARLY, LATE = at(14), at(2, day=23)
"""Two in the afternoon, four hours from now, or two in the morning after."""

READINGS = {
    "one": (Meeting(at(4), Basis.STATED), (at(4),)),
    "a stretch": (Meeting(at(4), Basis.STATED, at(6)), (at(4), at(6))),
    "two": (Meeting(at(4), Basis.EARLIER, at(16)), (at(4), at(16))),
    "two of one moment": (Meeting(at(4), Basis.EARLIER, at(4)), (at(4),)),
    "an hour apart: the one before pages for both": (Meeting(at(4), Basis.EARLIER, at(5)), (at(4),)),
    "a minute more": (Meeting(at(4), Basis.EARLIER, at(5, 1)), (at(4), at(5, 1))),
    "of a clock in no known zone, the UK's between": (
        Meeting(at(2), Basis.EARLIER, at(4, day=23)),
        (at(2), at(16), at(4, day=23)),
    ),
    "of such a clock in summer": (
        Meeting(datetime(2026, 7, 3, 2, tzinfo=UTC), Basis.EARLIER, datetime(2026, 7, 4, 4, tzinfo=UTC)),
        tuple(datetime(2026, 7, *rest, tzinfo=UTC) for rest in ((3, 2), (3, 15), (4, 4))),
    ),
    "a minute less is no such clock": (
        Meeting(at(2), Basis.EARLIER, at(3, 59, day=23)),
        (at(2), at(3, 59, day=23)),
    ),
    "a day alone": (Meeting(at(0), Basis.DAY_ONLY), (at(0),)),
    "some days: their end is no reading": (Meeting(at(0), Basis.DAY_ONLY, at(0, day=25)), (at(0),)),
    "of a notice, half past three": (Meeting(at(3, 30), Basis.EARLIER), (at(3, 30), at(15, 30))),
    "of a notice, twelve": (Meeting(at(0), Basis.EARLIER), (at(0), at(12), at(0, day=23))),
    "of a notice, half past twelve": (Meeting(at(0, 30), Basis.EARLIER), (at(0, 30), at(12, 30))),
    "of a notice, on the day the clocks go back": (
        Meeting(datetime(2026, 10, 24, 23, 30, tzinfo=UTC), Basis.EARLIER),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), datetime(2026, 10, 25, 12, 30, tzinfo=UTC)),
    ),
}


@pytest.mark.parametrize("name", READINGS)
def test_a_time_has_these_readings_and_each_drives_until_it_has_come(name: str) -> None:
    said, expected = READINGS[name]
    assert readings(said) == expected
    for number, each in enumerate(expected):
        assert drives(said, each - timedelta(seconds=1)) == each
        assert drives(said, each) == expected[min(number + 1, len(expected) - 1)]
    if said.basis is not Basis.DAY_ONLY:
        assert newest_passed(said, expected[0] - timedelta(seconds=1)) is None
        assert [newest_passed(said, each) for each in expected] == [*expected]


def test_of_a_day_alone_it_is_asked_once_when_all_of_it_is_over() -> None:
    day, days = Meeting(at(0), Basis.DAY_ONLY), Meeting(at(0), Basis.DAY_ONLY, at(0, day=25))
    assert [newest_passed(day, moment) for moment in (at(23, 59), at(0, day=23))] == [None, at(0, day=23)]
    assert [newest_passed(days, moment) for moment in (at(0, day=24), at(0, day=25))] == [None, at(0, day=25)]


def test_what_nobody_knows_the_time_of_has_no_reading_and_passes_never() -> None:
    nobody = Meeting(None, Basis.UNKNOWN)
    assert newest_passed(nobody, at(23)) is None
    for ask in (readings, last_reading):
        with pytest.raises(ValueError, match="nobody knows when"):
            ask(nobody)


def test_a_meeting_is_over_only_after_its_last_reading() -> None:
    hours, half = Hours(4, 48, 12), Meeting(at(3, 30), Basis.EARLIER)
    assert [time_word(half, each, hours) for each in (at(3, 29, 23), at(3, 30, 23))] == ["soon", "passed"]


def test_that_nothing_happened_was_said_of_no_reading_that_came_after_it() -> None:
    facts = Facts({"meeting": frozenset({"planned"})}, (Meeting(EARLY, Basis.EARLIER, LATE),))
    too_soon = with_answers(facts, {EARLY: Said(Happened.DID_NOT, LATE - timedelta(seconds=1))})
    assert [each.at for each in too_soon.meetings] == [EARLY]
    assert with_answers(facts, {EARLY: Said(Happened.DID_NOT, LATE)}).meetings == ()


def two_readings(case: Case, cast: Cast, early: datetime = EARLY, late: datetime = LATE, number: int = 1) -> None:
    said = {"conversation": 1, "number": number, "sha256": "0" * 64, "start": 0, "end": 1, "planned": True}
    times = {"at_earliest": early, "until": late, "basis": "earlier", "at": moment(NOW), "by": cast.alice}
    case.meetings_said.create(**said, **times, sealed_reason=b"")


@pytest.fixture
def case(cast: Cast) -> Case:
    """Alice's. An officer read two readings in its chat: two in the afternoon, and two in the morning after."""
    made = report("A", cast.alice, 10, summary=summary(**ADULT)).case
    two_readings(made, cast)
    looked()
    return made


def raised(hours: float) -> list[tuple[str, datetime]]:
    """What is raised, as a worker does it: it looks first."""
    now = NOW + int(hours * HOUR)
    looked(now)
    known = set(Alarm.objects.values_list("pk", flat=True))
    raise_mark_alarms(lambda: now)
    new = Alarm.objects.exclude(pk__in=known).order_by("about", "pk")
    return [(each.why, each.about) for each in new if each.about is not None]


def row(cast: Cast, hours: float) -> InboxRow:
    now = NOW + int(hours * HOUR)
    return present_inbox(cast.alice, clock=lambda: now).reports.rows[0]


@pytest.mark.django_db
def test_the_later_reading_has_its_marks_and_its_question(case: Case, cast: Cast) -> None:
    assert case.reference
    assert raised(0) == [("first_mark", EARLY)]
    assert raised(3) == [("last_mark", EARLY)]
    assert raised(4) == [("overdue", EARLY)]
    assert [raised(hours) for hours in (5, 11.9, 12, 14.9)] == [[], [], [("first_mark", LATE)], []]
    assert raised(15) == [("last_mark", LATE)]
    assert row(cast, 15).clock == f"{PASSED.format('11 hours')} (of its readings the earlier; the next is in 1 hour)"
    assert raised(16) == [("overdue", LATE)], "and it is another page than that of the earlier"
    assert [raised(hours) for hours in (17, 40)] == [[], []]


@pytest.mark.django_db
def test_once_the_earlier_has_passed_the_inbox_and_the_page_say_when_the_later_is_and_that_it_is_asked(
    case: Case, cast: Cast
) -> None:
    assert row(cast, 3).clock == "Meeting in 1 hour (of its readings the earlier)"
    looked(NOW + 4 * HOUR)
    found = row(cast, 6)
    words = f"{PASSED.format('2 hours')} (of its readings the earlier; the next is in 10 hours)"
    assert (found.clock, found.pressing) == (words, True)
    assert ASKED not in found.reasons, "the clock says it"
    page = present_triage(show_triage(cast.alice, case, clock=lambda: NOW + 6 * HOUR), lambda: NOW + 6 * HOUR)
    assert (page.clock, page.asked) == (found.clock, True)
    standing = Standing.objects.get()
    assert (standing.clock_at, standing.clock_basis, standing.passes_at) == (EARLY, "earlier", LATE)
    looked(NOW + 17 * HOUR)
    assert "passed 1 hour ago: has it happened? (of its readings a later one)" in row(cast, 17).clock


@pytest.mark.django_db
def test_a_grade_under_the_earlier_reading_silences_no_mark_of_the_later_and_one_given_since_does(
    case: Case, cast: Cast
) -> None:
    grade_report(cast.alice, case, Grade.PRIORITY, "The club was told.", clock=clock)
    assert [raised(hours) for hours in (0, 3)] == [[], []]
    assert raised(4) == [("overdue", EARLY)]
    assert raised(12) == [("first_mark", LATE)]
    grade_report(cast.alice, case, Grade.PRIORITY, "The club was told again.", clock=lambda: NOW + 13 * HOUR)
    assert raised(15) == []
    assert raised(16) == [("overdue", LATE)]


@pytest.mark.django_db
def test_a_grade_of_a_page_from_before_the_earlier_passed_is_not_kept(case: Case, cast: Cast) -> None:
    def then() -> int:
        return NOW + 4 * HOUR

    seen = show_triage(cast.alice, case, clock=lambda: NOW + 3 * HOUR).stands
    with pytest.raises(UsageError, match="look again"):
        grade_report(cast.alice, case, Grade.PRIORITY, "The club was told.", seen=seen, clock=then)
    seen = show_triage(cast.alice, case, clock=then).stands
    grade_report(cast.alice, case, Grade.PRIORITY, "The club was told.", seen=seen, clock=then)


@pytest.mark.django_db
def test_that_a_reading_passes_is_no_rise(case: Case, cast: Cast) -> None:
    grade_report(cast.alice, case, Grade.SCHEDULED, "The school takes her home.", clock=lambda: NOW + HOUR)
    looked(NOW + 5 * HOUR)
    found = Standing.objects.get()
    assert (found.asked, found.rose, found.grade) == (True, False, Grade.PRIORITY)


@pytest.mark.django_db
def test_not_known_at_the_earlier_answers_for_that_one_and_not_for_the_later(case: Case, cast: Cast) -> None:
    looked(NOW + 4 * HOUR)
    answer_meeting(cast.alice, case, EARLY, Happened.NOT_KNOWN, "Nobody picks up.", clock=lambda: NOW + int(4.5 * HOUR))
    assert not Standing.objects.get().asked
    assert [why for why, about in raised(12) if about == LATE] == ["first_mark"]
    assert raised(15) == [("last_mark", LATE)]
    assert not Standing.objects.get().asked
    assert raised(16) == [("overdue", LATE)]
    assert Standing.objects.get().asked
    (past,) = past_meetings(case, lambda: NOW + 16 * HOUR)
    assert (past.asked, past.said is not None) == (True, True), "what was said before stands beside the question"
    (past,) = past_meetings(case, lambda: NOW + 17 * HOUR)
    assert not past.again, "the question that holds it is asked alone, though twelve hours are over"
    assert not Standing.objects.get().asks_again(moment(NOW + 17 * HOUR))
    answer_meeting(cast.alice, case, EARLY, Happened.NOT_KNOWN, "Nobody picks up.", clock=lambda: NOW + 16 * HOUR)
    assert not Standing.objects.get().asked
    assert raised(17) == []


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [Happened.HAPPENED, Happened.DID_NOT])
def test_a_firm_answer_ends_the_marks_and_the_question(case: Case, cast: Cast, answer: Happened) -> None:
    hours = 5 if answer is Happened.HAPPENED else 16
    looked(NOW + hours * HOUR)
    answer_meeting(cast.alice, case, EARLY, answer, "The school rang.", clock=lambda: NOW + hours * HOUR)
    assert [raised(later) for later in (12, 16, 17)] == [[], [], []]


@pytest.mark.django_db
def test_a_mark_of_the_later_that_fell_before_the_earlier_was_the_earliers(cast: Cast) -> None:
    """Of "between two and four" it is paged before two, when two has come, and once more before four."""
    case = report("A", cast.alice, 10, summary=summary(**ADULT)).case
    two_readings(case, cast, EARLY, EARLY + timedelta(hours=2))
    assert raised(0) == [("first_mark", EARLY)]
    assert raised(3) == [("last_mark", EARLY)]
    assert raised(4) == [("overdue", EARLY)]
    assert raised(5) == [("last_mark", EARLY + timedelta(hours=2))]
    assert raised(6) == [("overdue", EARLY + timedelta(hours=2))]


@pytest.mark.django_db
def test_two_meetings_of_one_report_have_their_marks_each_in_time(cast: Cast) -> None:
    """The second is six hours after the first, which may be going on when the marks of the second are due."""
    case = report("A", cast.alice, 10, summary=summary(**meeting("2026-11-22T14:00"))).case
    two_readings(case, cast, at(20), at(20))
    two_readings(case, cast, at(20), at(20), number=2)
    assert raised(0) == [("first_mark", EARLY)]
    assert raised(3) == [("last_mark", EARLY)]
    assert raised(5.9) == [("overdue", EARLY)]
    assert raised(6) == [("first_mark", at(20))], "once, though two messages plan it"
    assert row(cast, 6).clock == f"{PASSED.format('2 hours')} (the next is in 4 hours)", "nothing is pushed away"
    assert raised(9) == [("last_mark", at(20))]
    assert raised(10) == [("overdue", at(20))]


@pytest.mark.django_db
def test_a_grade_that_knew_of_one_meeting_silences_no_mark_of_another(cast: Cast) -> None:
    case = report("A", cast.alice, 10, summary=summary(**meeting("2026-11-22T14:00"))).case
    looked()
    grade_report(cast.alice, case, Grade.IMMEDIATE, "A car is there.", clock=clock)
    two_readings(case, cast, at(20), at(20))
    Standing.objects.update(look_at=moment(NOW))
    assert [raised(hours) for hours in (0, 3)] == [[], []]
    assert raised(6) == [("overdue", EARLY), ("first_mark", at(20))]


@pytest.mark.django_db
def test_of_a_clock_in_no_known_zone_the_uk_reading_has_its_marks_and_its_question(cast: Cast) -> None:
    """Between its ends lie 26 hours, and most likely it is at neither."""
    case = report("A", cast.alice, 10, summary=summary(**ADULT)).case
    two_readings(case, cast, EARLY, EARLY + timedelta(hours=26))
    uk = EARLY + timedelta(hours=14)
    assert [raised(hours)[-1] for hours in (0, 3, 4)] == [
        (why, EARLY) for why in ("first_mark", "last_mark", "overdue")
    ]
    looked(NOW + 5 * HOUR)
    answer_meeting(cast.alice, case, EARLY, Happened.NOT_KNOWN, "Nobody picks up.", clock=lambda: NOW + 5 * HOUR)
    assert row(cast, 5).clock == "Meeting in 13 hours (of its readings a later one)", "it was answered for what passed"
    assert [raised(hours)[-1] for hours in (14, 17, 18)] == [
        (why, uk) for why in ("first_mark", "last_mark", "overdue")
    ]
    assert Standing.objects.get().asked
    assert row(cast, 19).clock == f"{PASSED.format('1 hour')} (of its readings a later one; the next is in 11 hours)"


@pytest.mark.django_db
def test_while_nobody_answers_a_meeting_of_one_time_to_come_does_not_go_before_a_stretch_that_has_begun(
    case: Case, cast: Cast
) -> None:
    other = report("B", cast.alice, 11, summary=summary(**meeting("2026-11-22T17:00") | ADULT)).case
    looked(NOW + 5 * HOUR)
    rows = present_inbox(cast.alice, clock=lambda: NOW + 5 * HOUR).reports.rows
    assert [each.reference for each in rows] == [case.reference, other.reference]


@pytest.mark.django_db
def test_that_it_is_at_the_later_reading_for_certain_is_news_to_who_graded_knowing_both(case: Case, cast: Cast) -> None:
    grade_report(cast.alice, case, Grade.SCHEDULED, "The school takes her home.", clock=lambda: NOW + 5 * HOUR)
    assert raised(5) == [("overdue", EARLY)]
    looked(NOW + 5 * HOUR)
    answer_meeting(cast.alice, case, EARLY, Happened.NOT_KNOWN, "Nobody picks up.", clock=lambda: NOW + 6 * HOUR)
    said = {"conversation": 1, "number": 2, "sha256": "0" * 64, "start": 0, "end": 1, "planned": True}
    times = {"at_earliest": LATE, "basis": "stated", "at": moment(NOW), "by": cast.alice}
    case.meetings_said.create(**said, **times, sealed_reason=b"")
    Standing.objects.update(look_at=moment(NOW))
    looked(NOW + 13 * HOUR)
    assert Standing.objects.get().rose
    assert ("first_mark", LATE) in raised(13)
    assert raised(15) == [("last_mark", LATE)]


@pytest.mark.django_db
def test_a_last_mark_that_fell_before_the_earlier_reading_comes_when_that_has_passed(
    case: Case, cast: Cast, settings: Settings
) -> None:
    settings.MEETING_MARKS = {"first_mark": timedelta(hours=24), "last_mark": timedelta(hours=12)}
    grade_report(cast.alice, case, Grade.PRIORITY, "The club was told.", clock=clock)
    assert [raised(hours) for hours in (0, 3.9)] == [[], []], "the grade answers for the earlier"
    assert set(raised(4)) == {("overdue", EARLY), ("last_mark", LATE)}
