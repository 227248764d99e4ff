"""What stands in place of a page of a case: how far it is, where it cannot be read yet; and that it was erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import CaseErased, CaseNotReady
from safehand.desk.officers.models import Officer

GONE: Final = 410


class NotReadyYet:
    """Leads to the report of the case; or says, to those who are on it, that it was erased."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way through."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django's hook for what a view raised. No view finds a case that was erased: 404, but for who was on it."""
        if isinstance(exception, CaseNotReady):
            return redirect("intake:report", exception.reference)
        case = self._erased(request) if isinstance(exception, Http404 | CaseErased) else None
        return render(request, "cases/erased.html", {"case": case}, status=GONE) if case is not None else None

    def _erased(self, request: HttpRequest) -> Case | None:
        match = request.resolver_match
        reference = match.kwargs.get("reference") if match is not None else None
        if reference is None or not isinstance(request.user, Officer):
            return None
        return Case.objects.erased_of(request.user).filter(reference=reference).first()
