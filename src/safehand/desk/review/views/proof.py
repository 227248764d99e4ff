"""The custody log of a case with its proof, for a court's expert: the question who it is for, and the file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safehand.desk.cases.models import Case
from safehand.desk.custody.giving import VERIFIER, verifier
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.review.forms import ProofForm
from safehand.desk.review.giving_proof import GivenFile, give, given_before
from safehand.errors import CannotRead, CheckFailed, SafehandError
from safehand.model.digest import sha256_of

_CONFLICT = 409


@needs(Ability.GIVE_PROOF)
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest, reference: str) -> HttpResponse:
    """GET: whom it is for, and whom it was given to before. POST: the file."""
    officer = signed_in(request)
    case = _case(officer, reference)
    form = ProofForm(request.POST if request.method == "POST" else None)
    problem: SafehandError | None = None
    if form.is_bound and form.is_valid():
        try:
            return _file(give(officer, case, **form.cleaned_data))
        except (CannotRead, CheckFailed) as err:
            problem = err
    status = _CONFLICT if problem is not None else 400 if form.is_bound else 200
    shown = {
        "case": case,
        "form": form,
        "problem": f"{problem.found} Tell whoever looks after this desk." if problem is not None else "",
        "before": given_before(officer, case),
        "verifier": VERIFIER,
        "sha256": sha256_of(verifier()),
        "heading": "Give an expert this case’s log",
        "here": "seen",
        "current": "true",
    }
    return render(request, "review/proof.html", shown, status=status)


def _case(officer: Officer, reference: str) -> Case:
    """Who only broke the glass reads, and gives nothing out."""
    case = Case.objects.for_officer(officer).filter(reference=reference).select_related("package").first()
    if case is None:
        raise Http404
    return case


def _file(given: GivenFile) -> HttpResponse:
    answer = HttpResponse(given.data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{given.name}"'
    return answer
