"""The page "Workload": how long reports take, who has how many; and what rules that are tried out would have done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.presenters.shadow import shadow_rows
from safehand.desk.triage.presenters.workload import present_workload
from safehand.desk.triage.shadow import shadow_of
from safehand.desk.triage.times import handover_times, workload


@needs(Ability.SUPERVISE)
@require_safe
def workload_page(request: HttpRequest) -> HttpResponse:
    """Counts and medians: no evidence, and no reference."""
    officer = signed_in(request)
    shown = present_workload(handover_times(officer), workload(officer))
    return render(request, "triage/workload.html", {"page": shown})


@needs(Ability.SUPERVISE)
@require_safe
def tried_out(request: HttpRequest) -> HttpResponse:
    """Counts by change of grade, and references of the cases this supervisor may read."""
    rules = shadow_rows(shadow_of(signed_in(request)))
    return render(request, "triage/shadow.html", {"rules": rules})
