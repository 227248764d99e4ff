"""In and out: reference and password, then the second factor. The steps are allauth's; the words are ours."""

from __future__ import annotations

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView

from safehand.desk.officers.forms import ConfirmForm, SecondFactorForm, SignInForm

sign_in = LoginView.as_view(template_name="officers/sign_in.html", form_class=SignInForm)
second_factor = AuthenticateView.as_view(template_name="officers/second_factor.html", form_class=SecondFactorForm)
confirm = ReauthenticateView.as_view(template_name="officers/confirm.html", form_class=ConfirmForm)
sign_out = LogoutView.as_view(template_name="officers/sign_out.html")
