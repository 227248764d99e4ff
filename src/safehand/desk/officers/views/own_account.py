"""What an officer does with their own account: set up the second factor, recovery codes, password."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from safehand.desk.officers.actions import recovery_codes_left
from safehand.desk.officers.asking import needs, signed_in
from safehand.desk.officers.forms import SetUpForm
from safehand.desk.officers.holding import held_by
from safehand.desk.officers.roles import Ability


@needs(Ability.OWN_ACCOUNT)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in."""
    officer = signed_in(request)
    left = recovery_codes_left(officer)
    shown = {"officer": officer, "roles": held_by(officer), "recovery_codes_left": left}
    return render(request, "officers/account.html", shown)


@needs(Ability.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The second factor, once. To change it, an administrator takes the old one away first."""
    officer = signed_in(request)
    if Authenticator.objects.filter(user_id=officer.pk, type=Authenticator.Type.TOTP).exists():
        return redirect("officers:account")
    form = SetUpForm(user=officer, data=request.POST) if request.method == "POST" else SetUpForm(user=officer)
    if request.method == "POST" and form.is_valid():
        activate_totp(request, form)
        return redirect("officers:recovery_codes")
    adapter = get_adapter()
    url = adapter.build_totp_url(officer, form.secret)
    shown = {"form": form, "totp_secret": form.secret, "totp_url": url, "totp_svg": adapter.build_totp_svg(url)}
    return render(request, "officers/set_up.html", shown)


@needs(Ability.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Codes for the day the phone is lost: shown once, made anew on request."""
    officer = signed_in(request)
    if request.method == "POST":
        generate_recovery_codes(request)
        return redirect("officers:recovery_codes")
    codes, may_see = view_recovery_codes(request)
    shown = {"codes": codes.get_unused_codes() if codes and may_see else None, "left": recovery_codes_left(officer)}
    return render(request, "officers/recovery_codes.html", shown)


@needs(Ability.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Another password. The first one was handed over by somebody who knew it."""
    officer = signed_in(request)
    form = PasswordChangeForm(officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, officer)
        messages.success(request, "Your password was changed.")
        return redirect("officers:account")
    return render(request, "officers/password.html", {"form": form})
