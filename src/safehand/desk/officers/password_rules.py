"""How long a password is: 12 to 128 characters, several spaces counted as one (OWASP ASVS 4.0.3, 2.1.1 and 2.1.2).

Which characters they are is an officer's own choice. What is common is refused by Django's list beside this rule.
"""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError

from safehand.desk.officers.models import Officer

SHORTEST: Final = 12
LONGEST: Final = 128
"""Enough for any sentence, and so short that hashing one is no way to keep a desk busy."""

_SPACES: Final = re.compile(r"\s+")


class LengthOfPassword:
    """One of AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Officer | None = None) -> None:  # noqa: ARG002  Django's signature
        """ValidationError where it is too short or too long. Only counting makes spaces one: nothing is changed."""
        if len(_SPACES.sub(" ", password)) < SHORTEST:
            raise ValidationError(
                "This password is too short. Use at least %(least)d characters; several spaces count as one.",
                code="password_too_short",
                params={"least": SHORTEST},
            )
        if len(password) > LONGEST:
            raise ValidationError(
                "This password is too long. Use at most %(most)d characters.",
                code="password_too_long",
                params={"most": LONGEST},
            )

    def get_help_text(self) -> str:
        """For a form that says its rules."""
        return f"From {SHORTEST} to {LONGEST} characters."
