"""The forms of signing in, in the desk's words. What they check is allauth's and Django's."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.cache import cache
from django.forms import Field


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Reference and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], "Officer reference", autocomplete="username", spellcheck="false")
        _say(self.fields["password"], "Password", autocomplete="current-password")


class _OnceOnly:
    """A code of the authenticator app works once.

    allauth remembers a used code for one period of 30 seconds; with a tolerance of one step each way a code is good
    for three, so it is remembered for as long here (RFC 6238 §5.2: a code must not be accepted a second time).
    """

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # of the form it is mixed into
        authenticator: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if authenticator.type == Authenticator.Type.TOTP:
            lifetime = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            digits = "".join(filter(str.isdigit, code))
            if not cache.add(f"safehand.code.{authenticator.user_id}.{digits}", "used", timeout=lifetime):
                raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_OnceOnly, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The code from the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self.fields["code"])


class ConfirmForm(_OnceOnly, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The same, asked again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self.fields["code"])


class SetUpForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """The first code the app shows, to prove that it holds the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self.fields["code"])


def _say_code(field: Field) -> None:
    _say(field, "Code", autocomplete="one-time-code", inputmode="numeric", spellcheck="false")


def _say(field: Field, label: str, **attributes: str) -> None:
    field.label = label
    field.widget.attrs.pop("placeholder", None)  # a placeholder is no label, and vanishes when typing begins
    field.widget.attrs.update(attributes)
