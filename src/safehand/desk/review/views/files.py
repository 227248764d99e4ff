"""The files that were listed and never opened, by name."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import list_files, open_case
from safehand.desk.review.forms import AfterForm
from safehand.desk.review.presenters.files import files_page


@needs(Ability.READ_MESSAGES)
@require_safe
def files(request: HttpRequest, reference: str) -> HttpResponse:
    """A page of the reader: names stand here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    asked = AfterForm(request.GET)
    if not asked.is_valid():
        raise Http404
    page = files_page(list_files(officer, case, asked.cleaned_data["after"] or 0))
    shown = {"case": case, "page": page, "heading": "Listed files", "here": "conversations", "current": "true"}
    return render(request, "review/files.html", shown)
