"""Who holds which role: seen, given and ended. Every change is a custody entry, written by the action."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from safehand.desk.officers import actions
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.presenters import officer_rows, role_rows
from safehand.desk.officers.role_form import RoleForm
from safehand.desk.officers.roles import Ability, Held, held_of
from safehand.errors import NotAllowed


@needs(Ability.GIVE_ROLES)
@require_safe
def officers(request: HttpRequest) -> HttpResponse:
    """Everybody, with what they hold."""
    shown = {"officers": officer_rows(signed_in(request)), "roles": role_rows()}
    return render(request, "officers/officers.html", shown)


@needs(Ability.GIVE_ROLES)
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Give one."""
    officer, role = _asked(request)
    actions.give_role(officer, role, by=signed_in(request))
    messages.success(request, f"{officer.reference} holds this role now: {role.words}.")
    return redirect("officers:officers")


@needs(Ability.GIVE_ROLES)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one."""
    officer, role = _asked(request)
    actions.end_role(officer, role, by=signed_in(request))
    messages.success(request, f"{officer.reference} no longer holds this role: {role.words}.")
    return redirect("officers:officers")


def _asked(request: HttpRequest) -> tuple[Officer, Held]:
    check_may(signed_in(request), Ability.GIVE_ROLES)  # before anything is said of who there is
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        officer = actions.find_officer(form.cleaned_data["officer"])
    except NotAllowed as err:
        raise Http404 from err
    return officer, held_of(form.cleaned_data["role"])
