"""Officers: who may come in.

    Officer(reference="K4021", display_name="A. Okafor")

``reference`` is what an officer signs in with and what the custody log calls them: a collar number or the like, never
changed and never given to another. Officers are made by an action (officers/actions.py); there is no sign-up page.
"""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models

REFERENCE = RegexValidator(r"\A[A-Za-z0-9][A-Za-z0-9-]{1,31}\Z", "Letters, digits and hyphens, 2 to 32 of them.")


class Officers(BaseUserManager["Officer"]):
    """The rows."""


class Officer(AbstractBaseUser):
    """Someone who may sign in. What they may see is decided by the cases they are on (cases/models.py)."""

    reference = models.CharField(max_length=32, unique=True, validators=[REFERENCE])
    display_name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)

    objects = Officers()

    USERNAME_FIELD = "reference"
    REQUIRED_FIELDS = ["display_name"]

    def __str__(self) -> str:
        return self.reference

    @property
    def actor(self) -> str:
        """How the custody log calls this officer."""
        return f"officer:{self.reference}"
