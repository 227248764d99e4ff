"""What allauth asks of the desk: no sign-up, no mail, secrets encrypted at rest.

allauth brings the steps of signing in (password, then second factor) and their rate limits. Officers are made by
``officers.actions.add_officer``; no address of the desk leads to a sign-up or to a reset by mail.
"""

from __future__ import annotations

import base64
import time
from typing import Any, ClassVar, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from safehand.desk.officers.models import Officer
from safehand.errors import CheckFailed

_FRESH: Final = 300
"""Seconds after signing in during which recovery codes may be seen without asking for a code again."""


def reference_tried(request: HttpRequest, credentials: dict[str, str] | None) -> str:  # noqa: ARG001  axes' signature
    """Whose password was tried. Signing in takes no notice of case, so counting wrong passwords does not either."""
    return (credentials or {}).get("username", "").casefold()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Signing in with a password."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The reference or the password is not right.",
        "too_many_login_attempts": "That was tried too often. Wait five minutes, then try again.",
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by axes, in the database, where a restart does not forget them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Officer) -> HttpResponse:  # noqa: ARG002
        """An officer who has left finds the door as anyone else does."""
        return redirect("officers:sign_in")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The desk's own pages say what happened."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The desk sends no mail."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002
        """Ask again when signing in was more than a few minutes ago."""
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - float(records[-1]["at"]) > _FRESH

    def get_reauthentication_methods(self, user: Officer | AnonymousUser) -> list[dict[str, str]]:
        """The second factor is what is asked for again."""
        if not user.is_authenticated:
            return []
        return [{"id": "mfa_reauthenticate", "description": "Code", "url": reverse("mfa_reauthenticate")}]


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """The second factor. A copy of the database alone does not make codes: secrets in it are encrypted."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right, or was used before. Wait for the next one.",
    }

    def encrypt(self, text: str) -> str:
        """For the database."""
        return _box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The inverse of encrypt. CheckFailed when the desk's secret key is not the one it was written with."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as err:
            raise CheckFailed(
                "The second factor was set up with another secret key.", todo="Bring back the desk's secret-key file."
            ) from err

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The desk sends no mail."""


def _box() -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"safehand second factor v1").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
