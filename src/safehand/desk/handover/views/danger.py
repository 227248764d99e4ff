"""Danger before anything else, and the way out."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from safehand.desk.handover.forms import DangerForm
from safehand.desk.handover.page import page

ELSEWHERE: Final = "https://www.bbc.co.uk/weather"
"""GOV.UK's own choice for "Exit this page": a page anybody may be looking at (ux.md 2.1)."""

_NEXT: Final = {"yes": "handover:now", "no": "handover:leave", "not_sure": "handover:not-sure"}


@csrf_exempt  # nobody is signed in here, and no cookie is set for it
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def danger(request: HttpRequest) -> HttpResponse:
    """The question. What was answered stands in no address and is not kept."""
    form = DangerForm(request.POST) if request.method == "POST" else DangerForm()
    if request.method == "POST" and form.is_valid():
        return redirect(_NEXT[form.cleaned_data["danger"]])
    return page(request, "danger.html", form=form, back="handover:start", status=400 if form.errors else 200)


@login_not_required
@require_safe
def leave_at_once(request: HttpRequest) -> HttpResponse:
    """End whatever session there is, have the browser forget what it keeps of us, and be somewhere else."""
    request.session.flush()
    answer = HttpResponseRedirect(ELSEWHERE)
    for cookie in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        if cookie in request.COOKIES:
            answer.delete_cookie(cookie, samesite="Strict")
    answer["Clear-Site-Data"] = '"cookies", "storage"'
    return answer
