"""Recording what an account is.

GET   ?account=B     the form; what it is recorded as is not chosen beforehand
POST                 record it, then back to the review
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safehand.desk.conduct.forms import RecordForm
from safehand.desk.conduct.recording import accounts_to_record, record_account
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.review.actions import open_case


@needs(Ability.CITE_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """The form. The account that a link named is in it already; nothing else is."""
    officer = signed_in(request)
    case = open_case(officer, reference)
    offered = accounts_to_record(officer, case)
    if request.method == "POST":
        form = RecordForm(offered, request.POST)
        if form.is_valid():
            said = form.cleaned_data
            record_account(
                officer, case, said["account"], form.chosen(), said["reason"], declared=form.declared_account()
            )
            messages.success(request, f"Account {said['account']} is recorded")
            return redirect("conduct:conduct", reference)
    else:
        form = RecordForm(offered, initial={"account": request.GET.get("account", "")})
    shown = {"case": case, "form": form, "heading": "What an account is", "here": "conduct", "current": "true"}
    return render(request, "conduct/record.html", shown, status=400 if request.method == "POST" else 200)
