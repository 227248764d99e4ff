"""Officers: who may come in.

    Officer(reference="K4021", display_name="A. Okafor")

``reference`` is what an officer signs in with and what the custody log calls them: a collar number or the like, never
changed and never given to another. Officers are made by an action (officers/actions.py); there is no sign-up page.
What an officer may do is the roles they hold (RoleHeld, roles.py), and where, the cases they are on (cases/models.py).
"""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models

from safehand.desk.officers.roles import HELD, Ability

REFERENCE = RegexValidator(r"\A[A-Za-z0-9][A-Za-z0-9-]{1,31}\Z", "Letters, digits and hyphens, 2 to 32 of them.")


class Officers(BaseUserManager["Officer"]):
    """The rows."""


class Officer(AbstractBaseUser):
    """Someone who may sign in. What they may do is their roles; in which cases, being on them."""

    reference = models.CharField(max_length=32, unique=True, validators=[REFERENCE])
    display_name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)

    abilities_found: frozenset[Ability] | None = None
    """What they may do, where it was asked for a page that only shows (holding.ask_once); kept in no database."""

    objects = Officers()

    USERNAME_FIELD = "reference"
    REQUIRED_FIELDS = ["display_name"]

    def __str__(self) -> str:
        return self.reference

    @property
    def actor(self) -> str:
        """How the custody log calls this officer."""
        return f"officer:{self.reference}"


class RoleHeld(models.Model):
    """An officer holds a role or an appointment, or held it. Changed by officers/actions.py alone, each with its entry.

    A row is never taken away: it says for good who could do what, from when to when, and who let them.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=16, choices=[(each.value, each.words) for each in HELD])
    since = models.DateTimeField()
    given_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    """Nobody, when it was done from the shell, or when roles came to a desk that had none."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["officer", "role"], condition=models.Q(ended_at=None), name="held_once")
        ]

    def __str__(self) -> str:
        return f"{self.officer.reference} as {self.role}"
