"""The welfare lead's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.welfare.actions import time_of_everybody
from safehand.desk.welfare.presenters import everybody_page


@needs(Ability.SEE_WELFARE)
@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """Minutes by officer. No case, no message, nothing of what was read."""
    shown = {"page": everybody_page(time_of_everybody(signed_in(request)))}
    return render(request, "welfare/everybody.html", shown)
