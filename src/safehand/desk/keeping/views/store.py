"""The evidence store: where each package is kept and when it was last hashed there; and having one put back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from safehand.desk.keeping.forms import RepairForm
from safehand.desk.keeping.presenters import store_page
from safehand.desk.keeping.repairing import ask_repair
from safehand.desk.keeping.showing import look
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.holding import may
from safehand.desk.officers.roles import Ability
from safehand.errors import UsageError


@needs(Ability.SEE_STORE)
@require_safe
def store(request: HttpRequest) -> HttpResponse:
    """References, hashes and times: nothing of any package."""
    return _show(request)


@needs(Ability.REPAIR_STORE)
@require_POST
def put_back(request: HttpRequest) -> HttpResponse:
    """Asked for here, done by a worker."""
    sent = RepairForm(request.POST)
    form = RepairForm(request.POST, auto_id=f"{sent.data.get('location')}-{str(sent.data.get('sha256'))[:16]}-%s")
    if not form.is_valid():
        return _show(request, form)
    asked = form.cleaned_data
    try:
        ask_repair(signed_in(request), asked["sha256"], asked["location"], asked["reason"])
    except UsageError as err:
        form.add_error("reason", str(err))
        return _show(request, form)
    messages.success(request, "It is written down, with your reason. A worker puts it back within minutes.")
    return redirect("keeping:store")


def _show(request: HttpRequest, form: RepairForm | None = None) -> HttpResponse:
    officer = signed_in(request)
    number = request.GET.get("page", "")
    found = look(officer, int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 1)
    page = store_page(found, repairs=may(officer, Ability.REPAIR_STORE), bound=form)
    return render(request, "keeping/store.html", {"page": page, "form": form}, status=400 if form is not None else 200)
