"""What is done with officers: made, given a second factor, retired. From the shell, never from a page."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from safehand.desk.officers.models import Officer
from safehand.errors import NotAllowed, UsageError


def add_officer(reference: str, display_name: str, password: str) -> Officer:
    """A new officer, who sets up a second factor when first signing in."""
    officer = Officer(reference=reference, display_name=display_name)
    try:
        officer.clean_fields(exclude=["password"])
        validate_password(password, officer)
    except ValidationError as err:
        raise UsageError(" ".join(err.messages)) from err
    officer.set_password(password)
    with transaction.atomic():
        # Signing in takes no notice of case, so two references that differ in nothing else would be one door.
        if Officer.objects.filter(reference__iexact=reference).exists():
            raise UsageError("There is an officer with this reference already.", todo="Choose another reference.")
        officer.save()
    return officer


def give_second_factor(officer: Officer, secret: str) -> None:
    """Set up the second factor with a secret made elsewhere: for a sample desk, and for an app that is provisioned."""
    with transaction.atomic():
        take_second_factor(officer)
        TOTP.activate(officer, secret)
        RecoveryCodes.activate(officer)


def reset(officer: Officer, password: str) -> None:
    """Another password, and a second factor to be set up again: for who lost their phone or their password."""
    officer.set_password(password)
    with transaction.atomic():
        officer.save(update_fields=["password"])
        take_second_factor(officer)


def retire(officer: Officer) -> None:
    """The officer has left: no sign-in, and open sessions end. Their reference stays theirs."""
    officer.is_active = False
    with transaction.atomic():
        officer.save(update_fields=["is_active"])
        take_second_factor(officer)


def take_second_factor(officer: Officer) -> None:
    """The officer sets up another when next signing in. Recovery codes go with it."""
    Authenticator.objects.filter(user_id=officer.pk).delete()


def recovery_codes_left(officer: Officer) -> int:
    """How many recovery codes still work."""
    found = Authenticator.objects.filter(user_id=officer.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(found.wrap().get_unused_codes()) if found is not None else 0


def find_officer(reference: str) -> Officer:
    """The officer of this reference, or NotAllowed."""
    found = Officer.objects.filter(reference__iexact=reference, is_active=True).first()
    if found is None:
        raise NotAllowed("There is no active officer with this reference.", todo="Ask for a list of officers.")
    return found
