"""Breaking glass: the form, a second look at what it means, and the case. And a supervisor who says that they know."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from safehand.desk.cases import glass as actions
from safehand.desk.cases.models import GlassWhy
from safehand.desk.intake.glass_form import GlassForm
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability


@needs(Ability.BREAK_GLASS)
@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: what it means, once more; with ``sure``, the case is open."""
    if request.method != "POST":
        return _show(request, GlassForm())
    form = GlassForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=400)
    if "sure" not in request.POST:
        return _show(request, form, second_look=True)
    asked = form.cleaned_data
    try:
        actions.break_glass(signed_in(request), asked["reference"], GlassWhy(asked["why"]), asked["reason"])
    except Http404:
        form.add_error("reference", "There is no case of this reference. Compare it with what you were given.")
        return _show(request, form, status=400)
    return redirect("review:conversations", asked["reference"])


@needs(Ability.SUPERVISE)
@require_POST
def glass_known(request: HttpRequest, glass: int) -> HttpResponse:
    """By name, and written down. The supervisor stays where they were."""
    actions.supervisor_knows_glass(signed_in(request), glass)
    messages.success(request, "It is written down that you know.")
    back = str(request.POST.get("next", ""))
    here = back.startswith("/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None
    )  # a path of this desk, and no other address
    return redirect(back if here else "triage:inbox")


def _show(request: HttpRequest, form: GlassForm, *, second_look: bool = False, status: int = 200) -> HttpResponse:
    told = actions.who_is_told(signed_in(request))
    lasts = int(actions.glass_lasts().total_seconds())
    shown = {"form": form, "second_look": second_look, "told": told, "lasts": lasts}
    return render(request, "intake/break_glass.html", shown, status=status)
