"""What the holder of a report, or of an urgent notice, was told, and what may be told: a closed list."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from safehand.desk.cases.models import Case
from safehand.desk.intake.notices import notice_of
from safehand.desk.intake.told import About, present_told, tell_holder
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability

_METHODS = ["GET", "HEAD", "POST"]


@needs(Ability.TELL_HOLDER)
@require_http_methods(_METHODS)
def holder(request: HttpRequest, reference: str) -> HttpResponse:
    """GET: what was told. POST: tell one of the list; whatever else is in the form is not looked at."""
    case = Case.objects.for_officer(signed_in(request)).filter(reference=reference).first()
    if case is None:
        raise Http404
    return _answer(request, case, back=reverse("intake:report", args=[reference]), may_tell=True)


@needs(Ability.OPEN_NOTICES)
@require_http_methods(_METHODS)
def notice_holder(request: HttpRequest, reference: str) -> HttpResponse:
    """The same of an urgent notice. Only who has it may tell its holder anything."""
    officer = signed_in(request)
    notice = notice_of(officer, reference)
    back = reverse("intake:notice", args=[reference])
    return _answer(request, notice, back=back, may_tell=notice.taken_by == officer)


def _answer(request: HttpRequest, about: About, *, back: str, may_tell: bool) -> HttpResponse:
    if request.method == "POST":
        if not may_tell:
            raise Http404
        tell_holder(signed_in(request), about, str(request.POST.get("message", "")))
        messages.success(request, "The holder is told when they look.")
        return redirect(request.path)
    return render(request, "intake/holder.html", {"holder": present_told(about), "back": back, "may_tell": may_tell})
