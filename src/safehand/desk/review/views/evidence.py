"""What was verified, and the account of every byte."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case, view_evidence
from safehand.desk.review.presenters.evidence import evidence_page


@needs(Ability.READ_MESSAGES)
@require_safe
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """The evidence of a case. No message stands here."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    page = evidence_page(view_evidence(officer, case))
    return render(
        request, "review/evidence.html", {"case": case, "page": page, "heading": "Evidence", "here": "evidence"}
    )
