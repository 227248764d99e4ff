"""Looking for words in the messages of a case. The words come by POST; no address ever holds them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safehand.desk.cases.models import Case
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case
from safehand.desk.review.actions import search as find
from safehand.desk.review.forms import SearchForm
from safehand.desk.review.presenters.found import Found, found
from safehand.errors import UsageError


@needs(Ability.READ_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, reference: str) -> HttpResponse:
    """The form; after POST, what was found."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    form = SearchForm(request.POST) if request.method == "POST" else SearchForm()
    results = _found(officer, case, form) if form.is_bound and form.is_valid() else None
    shown = {
        "case": case,
        "form": form,
        "found": results,
        "conversation": form.cleaned_data.get("conversation") if form.is_bound and form.is_valid() else None,
        "heading": "Search",
        "here": "search",
    }
    return render(request, "review/search.html", shown, status=400 if form.errors else 200)


def _found(officer: Officer, case: Case, form: SearchForm) -> Found | None:
    words = form.cleaned_data["words"]
    try:
        hits = find(officer, case, words, form.cleaned_data["conversation"], form.cleaned_data["after"] or 0)
    except UsageError as problem:
        form.add_error("words", f"{problem.found} {problem.todo}")
        return None
    return found(hits, words)
