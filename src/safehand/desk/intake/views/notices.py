"""An urgent notice: its page, taking it, closing it; and whether anything new came in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from safehand.desk.intake.alarm_presenters import alarm_rows, glass_rows
from safehand.desk.intake.notice_presenters import notice_rows, present_notice
from safehand.desk.intake.notices import close_notice, show_notice, take_notice
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability


@needs(Ability.OPEN_NOTICES)
@require_safe
def notice(request: HttpRequest, reference: str) -> HttpResponse:
    """Its words, recorded before they are shown."""
    officer = signed_in(request)
    return render(request, "intake/notice.html", {"notice": present_notice(officer, show_notice(officer, reference))})


@needs(Ability.OPEN_NOTICES)
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Have it from now on."""
    take_notice(signed_in(request), reference)
    return redirect("intake:notice", reference)


@needs(Ability.OPEN_NOTICES)
@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Done with."""
    close_notice(signed_in(request), reference)
    return redirect("triage:inbox")


@needs(Ability.SEE_INBOX)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The references of notices that nobody has, and the alarms that stand, for an inbox that stands open: a script
    says when one is new.
    """
    officer = signed_in(request)
    rows = notice_rows(officer)
    alarms = [f"alarm-{alarm.id}" for alarm in alarm_rows(officer)]
    alarms += [f"glass-{broken.id}" for broken in glass_rows(officer)]
    waiting = [row.reference for row in rows if row.state == "waiting"]
    return JsonResponse({"waiting": waiting, "alarms": alarms})
