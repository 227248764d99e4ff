"""In and out: reference and password, then the second factor. The steps are allauth's; the words are ours."""

from __future__ import annotations

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from django.views.decorators.http import require_http_methods

from safehand.desk.officers.asking import View, needs
from safehand.desk.officers.forms import ConfirmForm, SecondFactorForm, SignInForm
from safehand.desk.officers.roles import Ability

_pages = require_http_methods(["GET", "HEAD", "POST"])  # Django's class takes PUT for POST, and answers OPTIONS


def _own(view: View) -> View:
    return needs(Ability.OWN_ACCOUNT)(_pages(view))


sign_in = _pages(LoginView.as_view(template_name="officers/sign_in.html", form_class=SignInForm))
second_factor = _pages(
    AuthenticateView.as_view(template_name="officers/second_factor.html", form_class=SecondFactorForm)
)
confirm = _own(ReauthenticateView.as_view(template_name="officers/confirm.html", form_class=ConfirmForm))
sign_out = _own(LogoutView.as_view(template_name="officers/sign_out.html"))
