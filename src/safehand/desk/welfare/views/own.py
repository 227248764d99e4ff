"""An officer's own page: how long they were in hard material, and what they chose. Nobody else opens it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.roles import Ability
from safehand.desk.welfare import actions
from safehand.desk.welfare.forms import ComfortForm
from safehand.desk.welfare.presenters import own_page


@needs(Ability.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """GET: the page. POST: what they choose."""
    officer = signed_in(request)
    if request.method == "POST":
        form = ComfortForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data["chosen"]
            actions.choose(officer, covers="covers" in chosen, reminds="reminds" in chosen)
            messages.success(request, "It is so from your next page on.")
            return redirect("welfare:own")
    else:
        comfort = actions.comfort_of(officer)
        given = [name for name in ("covers", "reminds") if getattr(comfort, name)]
        form = ComfortForm(initial={"chosen": given})
    shown = {"page": own_page(actions.own_time(officer)), "form": form}
    return render(request, "welfare/own.html", shown, status=400 if form.errors else 200)


@needs(Ability.OWN_ACCOUNT)
@require_POST
def put_off(request: HttpRequest) -> HttpResponse:
    """No break now. The officer stays where they were."""
    actions.put_off(signed_in(request))
    back = str(request.POST.get("next", ""))
    here = back.startswith("/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None
    )  # a path of this desk, and no other address
    return redirect(back if here else "welfare:own")
