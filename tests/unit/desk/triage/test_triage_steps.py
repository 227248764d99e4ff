"""What a trained officer does at a report is few steps (issue 5): counted on the pages themselves, without a browser.

How long it takes, and the same in a real browser, is benchmarks/officer_steps.py.
"""

from __future__ import annotations

import pytest

from desk_cast import Cast, Ready, clock, signed_in
from desk_pointed import CHAT, talk
from reports import DANGER, looked, meeting, report, summary
from safehand.desk.points.choosing import choose
from safehand.desk.points.models import EntryCites
from safehand.desk.triage.models import Grading, LeftTriage, Standing
from stepping import Stepping

pytestmark = pytest.mark.django_db

TO_GRADED = TO_OUT = 25
TO_CITE = 6
"""The bounds of issue 5, and one of our own: it asks 25 until a report is graded, and we hold them until it is out."""

CASE = "/cases/SH-00000000A/"
NOTHING = "Nothing beyond what the holder declared is known yet."

REPORTS = {
    "nothing urgent": summary(),
    "a child in danger now": summary(**DANGER),
    "a meeting that is planned": summary(**meeting("2036-11-22T16:00")),
    "nothing answered": {"conversations": 2, "messages": 40, "doubts": {}, "answers": {}, "said_no": [], "zone": None},
}


def graded(officer: Stepping) -> None:
    officer.opens("/inbox/")
    officer.presses("Take this report SH-00000000A")
    officer.chooses("grade", "priority")
    officer.fills("reason", NOTHING)
    officer.presses("Grade this report")
    assert "Graded Priority" in officer.said


def let_out(officer: Stepping) -> None:
    officer.presses("Write an entry", under=f"{CASE}triage/thrive/")
    for form in ("thrive", "ndm"):  # the second follows the first by itself
        assert officer.path == f"{CASE}triage/{form}/"
        officer.fills_all(NOTHING, decision_maker="alice")
        officer.presses("Keep this entry")
    officer.presses("Let it leave triage")
    assert "The report has left triage." in officer.said


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_graded_and_out_of_triage_in_25_steps_from_the_inbox(name: str, cast: Cast) -> None:
    report("A", None, 10, summary=REPORTS[name])
    looked()
    officer = Stepping(signed_in(cast.alice))
    graded(officer)
    assert Grading.objects.exists()
    assert officer.steps == 4 <= TO_GRADED
    let_out(officer)
    assert LeftTriage.objects.exists()
    assert officer.steps == 22 <= TO_OUT


def test_a_meeting_that_has_passed_asks_for_three_steps_more(cast: Cast) -> None:
    report("A", None, 10, summary=summary(**meeting("2020-03-01T10:00")))
    looked()
    officer = Stepping(signed_in(cast.alice))
    graded(officer)
    officer.chooses("answer", "did_not")
    officer.fills("reason", "The school rang.")
    officer.presses("Say so")
    assert officer.steps == 7 <= TO_GRADED
    assert not Standing.objects.get().asked
    let_out(officer)
    assert officer.steps == 25 <= TO_OUT


def test_a_message_is_cited_for_an_element_in_six_steps_from_the_reader(ready: Ready) -> None:
    talk(ready, *CHAT)
    alice, case = ready.cast.alice, ready.case
    choose(alice, case, "meeting", attempt=False, reason="To see what is here and what is not.", clock=clock)
    officer = Stepping(signed_in(alice))
    officer.opens(f"/cases/{case.reference}/conversations/1/?message=6")
    officer.presses("Use it for a point to prove")
    officer.chooses("point", "meeting/c")
    officer.chooses("cited_as", "meeting")
    officer.chooses("side", "undermining")
    officer.fills("reason", "It is about peas, and nobody means to meet.")
    officer.presses("Save entry")
    assert EntryCites.objects.get().citation.number == 6
    assert officer.steps == 6 <= TO_CITE


def test_a_step_that_is_left_out_leads_nowhere_and_nothing_is_filled_in_that_does_not_stand_there(cast: Cast) -> None:
    report("A", cast.alice, 10)
    looked()
    officer = Stepping(signed_in(cast.alice))
    officer.opens(f"{CASE}triage/")
    officer.chooses("grade", "priority")
    with pytest.raises(AssertionError, match="400"):
        officer.presses("Grade this report")
    officer.opens(f"{CASE}triage/thrive/")
    with pytest.raises(AssertionError, match="no field"):
        officer.fills("reason", NOTHING)
    with pytest.raises(AssertionError, match="does not offer"):
        officer.chooses("grade", "priority")
    with pytest.raises(ValueError, match="unpack"):
        officer.presses("Grade this report")
    assert not Grading.objects.exists()
