"""The page on which an officer who reads the case says that a message plans a meeting, and when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.actions import open_report
from safehand.desk.triage.meeting_form import NONE, MeetingForm
from safehand.desk.triage.meetings import confirm_meeting, no_meeting, show_times
from safehand.desk.triage.presenters.meetings import said_rows


@needs(Ability.CITE_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, reference: str, conversation: int, number: int) -> HttpResponse:
    """GET: the readings, recorded before they are shown; none is chosen. POST: one of them, with a reason."""
    officer = signed_in(request)
    case = open_report(officer, reference)
    shown = show_times(officer, case, conversation, number)
    form = MeetingForm(shown, request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        reading, reason = form.cleaned_data["reading"], form.cleaned_data["reason"]
        if reading == NONE:
            no_meeting(officer, case, conversation, number, reason)
        else:
            confirm_meeting(officer, case, conversation, number, reading, reason)
        messages.success(request, "It is written down, and the clock of the report was made again with it.")
        return redirect("triage:meeting", reference, conversation, number)
    given = {
        "case": case,
        "heading": "Is a meeting planned?",
        "here": "conversations",
        "current": "true",
        "conversation": conversation,
        "number": number,
        "shown": shown,
        "rows": said_rows(case, shown.said),
        "form": form or MeetingForm(shown),
    }
    return render(request, "triage/meeting.html", given, status=400 if form is not None else 200)
