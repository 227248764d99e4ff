"""Which cases are due for review, on hold, to be confirmed, and erased."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.retention.forms import WhichCaseForm
from safehand.desk.retention.presenters import due_page
from safehand.desk.retention.showing import list_due


@needs(Ability.SEE_RETENTION)
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """The list; with ``case`` it leads to that one, where it is a reference."""
    form = WhichCaseForm(request.GET) if "case" in request.GET else WhichCaseForm()
    if form.is_bound and form.is_valid():
        return redirect(f"{reverse('retention:case')}?case={form.cleaned_data['case']}")
    shown = {"page": due_page(list_due(signed_in(request))), "form": form}
    return render(request, "retention/due.html", shown, status=400 if form.errors else 200)
