"""The pages of triage and of the log in a browser: axe finds nothing at either size, each in its fullest state."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from casefile_builders import Made, conversation, known, message
from desk_cast import Cast, keep, make_notice, make_ready, signed_in
from journey_eyes import PHONE, Eyes
from journey_pages import show
from notices import notice
from reports import DANGER, looked, meeting, report, summary
from safehand.casefile.key import unwrap_case_key
from safehand.desk.cases.opening import case_file_path
from safehand.desk.core.clock import system_clock
from safehand.desk.core.reference import new_reference
from safehand.desk.core.state import State
from safehand.desk.intake.alarms import raise_alarms
from safehand.desk.intake.models import Trace
from safehand.desk.triage.actions import grade_report
from safehand.desk.triage.assessing import ASKS, Form, assess
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.happened import answer_meeting, past_meetings
from safehand.desk.triage.linking import decide
from safehand.desk.triage.meeting_models import Happened, MeetingSaid
from safehand.desk.triage.meetings import EARLIEST, confirm_meeting
from safehand.desk.triage.models import Standing, Together
from safehand.desk.triage.shift import write_note
from safehand.desk.triage.suggesting import look_at_reports
from safehand.model.instant import MICRO
from safehand.seal.notice_sealed import seal_notice
from safehand.signing.keys import load_desk_public

if TYPE_CHECKING:
    from playwright.sync_api import Browser, PdfMargins

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MARGIN: PdfMargins = {"top": "12mm", "bottom": "12mm", "left": "12mm", "right": "12mm"}

WHY = "The same club wrote to both, and the school knows of one."


@pytest.fixture(scope="session", autouse=True)
def _beside_a_browser() -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # as in test_journey_every_page.py, and for as long


def a_meeting_that_passed(cast: Cast) -> str:
    """Graded before, and asked about. Its reference."""
    case = report("4", cast.alice, 90, summary=summary(**meeting("2026-11-21T16:30"))).case
    look_at_reports()
    grade_report(cast.alice, case, Grade.SCHEDULED, "The mother keeps her daughter’s phone.")
    at = past_meetings(case)[0].at
    confirmed = {"conversation": 1, "sha256": "0" * 64, "start": 0, "end": 1, "planned": True, "basis": "stated"}
    later = {"at_earliest": at + timedelta(hours=20), "at": at, "by": cast.alice, "sealed_reason": b""}
    MeetingSaid.objects.create(case=case, number=1, **confirmed, **later)
    answer_meeting(cast.alice, case, at, Happened.NOT_KNOWN, "The mother did not answer the phone at six.")
    report("5", cast.alice, 90, summary=summary(**meeting("2026-11-21T16:30")))
    look_at_reports()
    return str(case.reference)


def a_full_desk(state: State, cast: Cast) -> tuple[str, str]:
    """Notices, reports of every kind, links, a meeting, notes. The case that has most, and one that is asked about."""
    sealed = seal_notice(notice(), load_desk_public(state.desk_public))
    make_notice(state, keep(state, sealed), "SH-8Q2V5TR41")
    made = make_ready(state, cast)
    path = case_file_path(made.case)
    path.unlink()
    key = unwrap_case_key(bytes(made.case.wrapped_key), state.desk_identity.read_text("ascii"))
    said = message(1, "meet at half 5 tomorrow by the gate", sent=known(system_clock() - 3_600 * MICRO))
    Made(events=conversation([said])).build(path, key)
    theirs = report("1", cast.charlie, 20).case
    ours = report("2", cast.alice, 30, summary=summary(**DANGER)).case
    report("3", None, 4, summary=summary(**meeting("2026-11-28T13:30")))
    for number, case in enumerate((theirs, ours)):
        case.reference = new_reference(lambda _, number=number: 77 + number)  # type: ignore[misc]
        case.save()
    for case in (made.case, theirs, ours):
        Trace.objects.create(case=case, of="file", digest="a" * 32)
    Trace.objects.bulk_create(Trace(case=each, of="words", digest=d * 32) for each in (made.case, ours) for d in "bcd")
    looked(system_clock())
    look_at_reports()
    decide(cast.alice, made.case, theirs, Together.ACCOUNT, WHY)
    confirm_meeting(cast.alice, made.case, 1, 1, EARLIEST, "They had agreed the gate before.")
    write_note(cast.bob, f"{ours.reference}: the school rings back at nine.")
    write_note(cast.charlie, f"{theirs.reference}: the club rings back.")
    assess(cast.alice, made.case, Form.THRIVE, dict.fromkeys(ASKS[Form.THRIVE], "The minibus is late."), cast.bob)
    return str(made.case.reference), a_meeting_that_passed(cast)


def test_the_pages_of_triage_are_whole_at_both_sizes(chromium: Browser, desk_state: State, cast: Cast) -> None:
    reference, passed = a_full_desk(desk_state, cast)
    case = f"/cases/{reference}"
    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    eyes = Eyes(page)
    alice = signed_in(cast.alice)
    for name, path in (
        ("triage-inbox", "/inbox/"),
        ("triage-report", f"{case}/triage/"),
        ("triage-links", f"{case}/triage/links/"),
        ("triage-meeting", f"{case}/conversations/1/messages/1/meeting/"),
        ("triage-happened", f"/cases/{passed}/triage/happened/"),
        ("triage-asked", "/cases/SH-000000005/triage/"),
        ("triage-thrive", f"{case}/triage/thrive/"),
        ("triage-notes", "/inbox/notes/"),
        ("triage-tried-out", "/workload/tried-out/"),
    ):
        show(page, alice.get(path), path)
        eyes.look(name, full=True)
    Standing.objects.update(waits=False)
    show(page, alice.get("/inbox/left-triage/"), "/inbox/left-triage/")
    eyes.look("triage-left", full=True)
    raise_alarms(lambda: system_clock() + 3_600 * MICRO)
    alice.post("/log/checkpoint/")
    show(page, alice.get("/log/checkpoint/"), "/log/checkpoint/")
    eyes.look("log-checkpoint", full=True)
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=MARGIN))
    assert len(sheets) == 1, "it is lodged as one sheet"
    alarms = page.locator(".sh-alarms")
    assert alarms.is_visible()
    page.emulate_media(media="print")
    assert not alarms.is_visible(), "and none leaves the desk on the sheet"
    context.close()
