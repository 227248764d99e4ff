"""A supervisor says that they know of an alarm, or another officer that they told one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from safehand.desk.intake import alarms
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability


@needs(Ability.ANSWER_ALARMS)
@require_POST
def supervisor_knows(request: HttpRequest, alarm: int) -> HttpResponse:
    """By name, and written down. The officer stays where they were."""
    alarms.supervisor_knows(signed_in(request), alarm)
    messages.success(request, "It is written down that you said so.")
    back = str(request.POST.get("next", ""))
    here = back.startswith("/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None
    )  # a path of this desk, and no other address
    return redirect(back if here else "triage:inbox")
