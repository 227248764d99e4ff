"""Every row that triage keeps stands in its custody entry by a digest: one altered field, and no entry speaks of it."""

from __future__ import annotations

import pytest
from django.apps import apps
from pytest_django import Settings

from casefile_builders import Made, conversation, known, message
from desk_cast import NOW, Cast, clock, make_ready
from kept_rows import altered_unseen, said_in_entries
from reports import looked, meeting, report, summary
from safehand.casefile.key import unwrap_case_key
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import case_file_path
from safehand.desk.core.clock import moment
from safehand.desk.core.kept import Kept, row_digest
from safehand.desk.core.state import State
from safehand.desk.custody.entry import parse_entry
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.models import Officer
from safehand.desk.triage.actions import grade_report, tag_report
from safehand.desk.triage.assessing import ASKS, Form, assess, leave_triage
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.happened import answer_meeting
from safehand.desk.triage.linking import decide
from safehand.desk.triage.meeting_models import Happened, MeetingSaid
from safehand.desk.triage.meetings import EARLIEST, confirm_meeting, no_meeting
from safehand.desk.triage.models import Tagging, Together, Turn
from safehand.desk.triage.shift import note_read, notes_that_stand, write_note
from safehand.desk.triage.turns import take_over

pytestmark = pytest.mark.django_db

KEPT = [model for model in apps.get_app_config("triage").get_models() if issubclass(model, Kept)]


def answered_for(officer: Officer, case: Case) -> None:
    """Both entries, and out of triage."""
    for form in Form:
        assess(officer, case, form, dict.fromkeys(ASKS[form], "The minibus is late."), officer, clock=clock)
    leave_triage(officer, case, clock=clock)


@pytest.fixture
def done(desk_state: State, cast: Cast) -> None:
    """Everything that may be done in triage, once."""
    case = make_ready(desk_state, cast).case
    path = case_file_path(case)
    path.unlink()
    key = unwrap_case_key(bytes(case.wrapped_key), desk_state.desk_identity.read_text("ascii"))
    Made(events=conversation([message(1, "meet at half 5 by the gate", sent=known(NOW))])).build(path, key)
    other = report("B", cast.alice, 5).case
    looked()
    tag_report(cast.alice, case, ["child_missing", "duplicate"], clock=clock)
    confirm_meeting(cast.alice, case, 1, 1, EARLIEST, "They agreed the gate.", clock=clock)
    no_meeting(cast.alice, case, 1, 1, "It was called off.", clock=clock)
    take_over(cast.bob, case, "Alice’s shift is over.", clock=clock)
    grade_report(cast.bob, case, Grade.IMMEDIATE, "The club rang.", clock=clock)
    answered_for(cast.bob, case)
    grade_report(cast.alice, other, Grade.SCHEDULED, "The club rang.", clock=clock)
    answered_for(cast.alice, other)
    tag_report(cast.alice, other, ["child_missing"], clock=clock)
    grade_report(cast.alice, other, Grade.IMMEDIATE, "The school rang.", clock=clock)
    answered_for(cast.alice, other)
    past = report("C", cast.alice, 5, summary=summary(**meeting("2026-11-22T09:00"))).case
    answer_meeting(cast.alice, past, moment(NOW - 3_600_000_000), Happened.DID_NOT, "The club rang.", clock=clock)
    decide(cast.alice, case, other, Together.SAME, "The same club.", clock=clock)
    note = write_note(cast.alice, "The school rings back.", clock=clock)
    assert notes_that_stand(cast.bob, clock=clock)
    note_read(cast.bob, note.pk, clock=clock)


@pytest.mark.usefixtures("done")
def test_a_field_that_was_altered_matches_no_entry_whichever_row_it_is_of() -> None:
    said = said_in_entries()
    for model in KEPT:
        assert model._default_manager.exists(), f"nothing makes a {model.__name__} here"
        assert altered_unseen(model, said) == [], model.__name__


@pytest.mark.usefixtures("done")
def test_what_was_blanked_or_put_on_another_kind_of_row_matches_none_either() -> None:
    said = said_in_entries()
    planned = MeetingSaid.objects.filter(planned=True).get()
    assert planned.at_earliest is not None
    planned.at_earliest = None
    assert row_digest(planned) not in said
    taken = next(turn for turn in Turn.objects.all() if turn.reason)
    taken.reason = ""
    assert row_digest(taken) not in said
    tagging = Tagging.objects.earliest("pk")
    tagging.tags = tagging.tags[:1]
    assert row_digest(tagging) not in said


@pytest.mark.usefixtures("done")
def test_no_one_without_the_key_of_the_desk_can_make_a_digest_anew_and_tags_stand_by_their_code(
    settings: Settings,
) -> None:
    tagged = parse_entry(
        bytes(CustodyEntry.objects.filter(verb="report.tagged").earliest("sequence").canonical)
    ).details
    assert (tagged["tags"], tagged["child_missing"], tagged["duplicate"]) == (2, True, True)
    row = Tagging.objects.earliest("pk")
    assert tagged["row"] == row_digest(row)
    settings.SECRET_KEY = "another" * 10
    assert tagged["row"] != row_digest(row)
