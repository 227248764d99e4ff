"""No page before a second factor is set up."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def second_factor_required(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """An officer whose password is right and who has no second factor yet may set one up, or leave; nothing else.

    Where one is set up, allauth asks for it before the officer counts as signed in at all.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        officer = request.user
        if officer.is_authenticated and request.path not in (reverse("officers:set_up"), reverse("officers:sign_out")):
            has_one = Authenticator.objects.filter(user_id=officer.pk, type=Authenticator.Type.TOTP).exists()
            if not has_one:
                return redirect("officers:set_up")
        return get_response(request)

    return middleware
