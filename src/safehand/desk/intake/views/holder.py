"""What the holder of a report was told, and what may be told: a closed list."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safehand.desk.cases.models import Case
from safehand.desk.intake.told import present_told, tell_holder
from safehand.desk.officers.asking import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def holder(request: HttpRequest, reference: str) -> HttpResponse:
    """GET: what was told. POST: tell one of the list; whatever else is in the form is not looked at."""
    officer = signed_in(request)
    case = Case.objects.for_officer(officer).filter(reference=reference).first()
    if case is None:
        raise Http404
    if request.method == "POST":
        tell_holder(officer, case, str(request.POST.get("message", "")))
        messages.success(request, "The holder is told when they look.")
        return redirect("intake:holder", reference)
    return render(request, "intake/holder.html", {"holder": present_told(case)})
