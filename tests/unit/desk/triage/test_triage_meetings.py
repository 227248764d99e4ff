"""An officer who reads a case confirms a planned meeting: one reading among several drives the clock of the report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404

from casefile_builders import Made, conversation, known, message
from desk_cast import NOW, Cast, Ready, clock, hold, make_ready, signed_in
from safehand.casefile.key import unwrap_case_key
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import case_file_path
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.desk.triage.actions import grade_report
from safehand.desk.triage.facts import Meeting
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.marks import raise_mark_alarms
from safehand.desk.triage.meeting_models import MeetingSaid
from safehand.desk.triage.meeting_time import Hours, time_word
from safehand.desk.triage.meetings import EARLIEST, UNKNOWN, TimeReading, confirm_meeting, no_meeting, show_times
from safehand.desk.triage.meetings_said import meetings_that_stand
from safehand.desk.triage.models import Standing
from safehand.desk.triage.suggesting import look_at_reports
from safehand.errors import NotAllowed, UsageError
from safehand.model.instant import MICRO
from safehand.seal.meeting import Basis

pytestmark = pytest.mark.django_db

WHY = "They had agreed the gate before."
SENT = NOW - 3_600 * MICRO
SAID = ("meet at half 5 by the gate", "the beans are up", "see you tomorrow then", "come on sunday at 3pm")


@pytest.fixture
def ready(desk_state: State, cast: Cast) -> Ready:
    """Alice's and Bob's, sent on Sunday 22 November 2026 at nine; three of the messages name a time."""
    made = make_ready(desk_state, cast)
    path = case_file_path(made.case)
    path.unlink()
    key = unwrap_case_key(bytes(made.case.wrapped_key), desk_state.desk_identity.read_text("ascii"))
    said = [message(number, text, sent=known(SENT)) for number, text in enumerate(SAID, 1)]
    Made(events=conversation(said)).build(path, key)
    look_at_reports(clock)
    return made


def standing(case: Case) -> tuple[str, datetime, str]:
    found = Standing.objects.select_related("suggested").get(case=case)
    return found.suggested.grade, found.clock_at, found.clock_basis


def readings(ready: Ready, number: int = 1) -> tuple[TimeReading, ...]:
    return show_times(ready.cast.alice, ready.case, 1, number, clock=clock).readings


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_one_reading_among_several_drives_the_clock_at_once(ready: Ready) -> None:
    before = standing(ready.case)
    found = readings(ready)
    assert [reading.at for reading in found] == [at(17, 30), at(5, 30, 23)]
    assert {reading.words for reading in found} == {("half 5",)}
    confirm_meeting(ready.cast.alice, ready.case, 1, 1, found[1].key, WHY, clock=clock)
    assert standing(ready.case)[1:] == (at(5, 30, 23), "stated")
    assert standing(ready.case) != before
    confirm_meeting(ready.cast.bob, ready.case, 1, 1, found[0].key, "He said after school.", clock=clock)
    assert standing(ready.case)[1] == at(17, 30)
    assert [said.by for said in meetings_that_stand(ready.case)] == [ready.cast.bob], "the newest counts"
    assert MeetingSaid.objects.count() == 2


def test_where_nobody_can_tell_the_earliest_begins_it_and_the_last_ends_it(ready: Ready) -> None:
    confirm_meeting(ready.cast.alice, ready.case, 1, 1, EARLIEST, WHY, clock=clock)
    (said,) = meetings_that_stand(ready.case)
    assert (said.at_earliest, said.until, said.basis) == (at(17, 30), at(5, 30, 23), "earlier")
    assert standing(ready.case)[1:] == (at(17, 30), "earlier")


def test_a_time_that_is_not_known_is_a_meeting_without_a_clock(ready: Ready) -> None:
    confirm_meeting(ready.cast.alice, ready.case, 1, 2, UNKNOWN, WHY, clock=clock)
    (said,) = meetings_that_stand(ready.case)
    assert (said.at_earliest, said.basis) == (None, "unknown")
    rules = {reason["rule"] for reason in Standing.objects.get(case=ready.case).suggested.reasons}
    assert any("meeting" in rule for rule in rules)


def test_a_stretch_is_over_when_its_end_is_and_a_reading_that_is_past_asks_whether_it_happened(ready: Ready) -> None:
    hours = Hours(4, 48, 12)
    week = Meeting(at(0), Basis.DAY_ONLY, at(0) + timedelta(days=7))
    assert time_word(week, at(0) + timedelta(days=7, hours=11), hours) == "soon"
    assert time_word(week, at(0) + timedelta(days=7, hours=12), hours) == "passed"
    half = Meeting(at(17, 30), Basis.EARLIER, at(5, 30, 23))
    assert [time_word(half, at(17, day=23), hours), time_word(half, at(17, 30, 23), hours)] == ["soon", "passed"]
    confirm_meeting(ready.cast.alice, ready.case, 1, 1, readings(ready)[0].key, WHY, clock=clock)
    look_at_reports(lambda: NOW + 20 * 3_600 * MICRO)
    reasons = [reason["words"] for reason in Standing.objects.get(case=ready.case).suggested.reasons]
    assert any("happened" in words for words in reasons)


def test_no_meeting_follows_with_a_reason_and_takes_the_clock_away(ready: Ready) -> None:
    with pytest.raises(UsageError):
        no_meeting(ready.cast.alice, ready.case, 1, 1, WHY, clock=clock)
    before = standing(ready.case)
    confirm_meeting(ready.cast.alice, ready.case, 1, 4, readings(ready, 4)[0].key, WHY, clock=clock)
    confirm_meeting(ready.cast.alice, ready.case, 1, 1, readings(ready)[0].key, WHY, clock=clock)
    assert [said.number for said in meetings_that_stand(ready.case)] == [4, 1], "the earliest first"
    for number in (1, 4):
        no_meeting(ready.cast.alice, ready.case, 1, number, "Called off.", clock=clock)
    assert meetings_that_stand(ready.case) == ()
    assert standing(ready.case) == before
    assert MeetingSaid.objects.count() == 4, "what was said before stays"
    with pytest.raises(UsageError):
        MeetingSaid.objects.get(number=1, planned=False).delete()


def test_a_meeting_called_off_and_on_again_brings_back_what_was_graded_down(ready: Ready) -> None:
    alice, case = ready.cast.alice, ready.case
    key = readings(ready)[0].key
    confirm_meeting(alice, case, 1, 1, key, WHY, clock=clock)
    high = Standing.objects.get(case=case).suggested.grade
    grade_report(alice, case, Grade.INFORMATION, "The club’s treasurer rang: it is called off.", clock=clock)
    no_meeting(alice, case, 1, 1, "Called off.", clock=clock)
    off = Standing.objects.get(case=case)
    assert (off.rose, off.grade) == (False, Grade.INFORMATION)
    confirm_meeting(alice, case, 1, 1, key, "It is on again.", clock=clock)
    again = Standing.objects.get(case=case)
    assert (again.rose, again.grade, again.waits) == (True, Grade(high), True)
    assert raise_mark_alarms(lambda: NOW + 7 * 3_600 * MICRO) == 2, "both marks, though it was graded once"
    grade_report(alice, case, Grade.SCHEDULED, "Officers are there.", clock=clock)
    assert not Standing.objects.get(case=case).rose


def test_another_meeting_than_was_known_brings_back_what_was_graded_down_and_the_same_does_not(ready: Ready) -> None:
    alice, case = ready.cast.alice, ready.case
    first, second = readings(ready)
    confirm_meeting(alice, case, 1, 1, second.key, WHY, clock=clock)
    grade_report(alice, case, Grade.INFORMATION, "Her mother is with her.", clock=clock)
    confirm_meeting(alice, case, 1, 1, second.key, "Read again.", clock=clock)
    assert not Standing.objects.get(case=case).rose
    confirm_meeting(alice, case, 1, 1, first.key, "It is today.", clock=clock)
    found = Standing.objects.select_related("suggested").get(case=case)
    assert found.rose
    assert found.grade is Grade(found.suggested.grade)


WRONG = {
    "no reason": (1, None, "  "),
    "a reading of another message": (2, None, WHY),
    "no reading at all": (1, "tomorrow", WHY),
    "the earliest of none": (2, EARLIEST, WHY),
    "a reason that is too long": (1, None, "x" * 1001),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(ready: Ready, name: str) -> None:
    number, reading, reason = WRONG[name]
    key = reading or readings(ready)[0].key
    with pytest.raises(UsageError):
        confirm_meeting(ready.cast.alice, ready.case, 1, number, key, reason, clock=clock)
    assert not MeetingSaid.objects.exists()


def test_each_look_and_each_word_is_an_entry_of_the_message_and_no_words_stand_in_the_rows(ready: Ready) -> None:
    confirm_meeting(ready.cast.alice, ready.case, 1, 1, readings(ready)[0].key, WHY, clock=clock)
    no_meeting(ready.cast.alice, ready.case, 1, 1, "Called off.", clock=clock)
    entries = CustodyEntry.objects.filter(verb__startswith="meeting.").order_by("sequence")
    assert [(entry.verb, entry.record) for entry in entries] == [
        ("meeting.shown", "conversation:1/message:1"),
        ("meeting.confirmed", "conversation:1/message:1"),
        ("meeting.taken_back", "conversation:1/message:1"),
    ]
    kept = b"".join(bytes(said.sealed_reason) for said in MeetingSaid.objects.all())
    assert not any(word in kept + b"".join(bytes(entry.canonical) for entry in entries) for word in (b"gate", b"half"))


def test_the_page_chooses_nothing_beforehand_and_triage_sees_when_and_by_whom_alone(ready: Ready) -> None:
    alice = signed_in(ready.cast.alice)
    path = f"/cases/{ready.case.reference}/conversations/1/messages/1/meeting/"
    page = alice.get(path).content.decode()
    form = page.partition('name="reading"')[2]
    assert "Sunday 22 November 2026, 17:30, from “half 5” (morning or afternoon is not said" in page
    assert "Nobody can tell which of the 2: the earliest counts" in page
    assert "No meeting is planned here" not in page, "nothing stands that could be taken back"
    assert " checked" not in form
    assert alice.post(path, {"reason": WHY}).status_code == 400
    key = readings(ready)[0].key
    assert alice.post(path, {"reading": key, "reason": WHY})["Location"] == path
    page = alice.get(path).content.decode()
    assert WHY in page
    assert "No meeting is planned here, or none any more" in page
    triage = f"/cases/{ready.case.reference}/triage/"
    assert "A meeting is planned: Sunday 22 November 2026, 17:30. alice said so" in alice.get(triage).content.decode()
    hold(ready.cast.bob, Role.TRIAGE)
    seen = signed_in(ready.cast.bob).get(triage).content.decode()
    assert "message 1 of conversation 1" in seen
    assert WHY not in seen
    assert "/meeting/" not in seen
    assert signed_in(ready.cast.bob).get(path).status_code == 403
    assert alice.post(path, {"reading": "none", "reason": "Called off."}).status_code == 302
    assert meetings_that_stand(ready.case) == ()
    other = alice.get(path.replace("messages/1", "messages/2")).content.decode()
    assert "No time could be read in this message." in other


def test_who_is_not_on_the_case_and_what_is_no_message_are_answered_alike(ready: Ready) -> None:
    charlie = signed_in(ready.cast.charlie)
    path = f"/cases/{ready.case.reference}/conversations/1/messages/{{}}/meeting/"
    assert charlie.get(path.format(1)).status_code == 404
    assert charlie.post(path.format(1), {"reading": UNKNOWN, "reason": WHY}).status_code == 404
    assert signed_in(ready.cast.alice).get(path.format(99)).status_code == 404
    with pytest.raises(Http404):
        confirm_meeting(ready.cast.charlie, ready.case, 1, 1, UNKNOWN, WHY, clock=clock)
    hold(ready.cast.bob, Role.TRIAGE)
    with pytest.raises(NotAllowed):
        confirm_meeting(ready.cast.bob, ready.case, 1, 1, UNKNOWN, WHY, clock=clock)
    assert moment(NOW) == at(10)


def test_the_reader_leads_there_from_a_candidate_that_names_a_time(ready: Ready) -> None:
    page = signed_in(ready.cast.alice).get(f"/cases/{ready.case.reference}/conversations/1/?message=1").content.decode()
    assert f"/cases/{ready.case.reference}/conversations/1/messages/1/meeting/" in page
    assert f"/cases/{ready.case.reference}/conversations/1/messages/2/meeting/" not in page
