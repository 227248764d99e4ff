"""What custodians asked for. What was found of each copy stands in custody/models.py."""

from __future__ import annotations

from typing import Final

from django.db import models

from safehand.desk.cases.models import Case
from safehand.desk.core.kept import Kept, KeptRows
from safehand.desk.core.sealed_field import SealedWords
from safehand.desk.officers.models import Officer

LONGEST_REASON: Final = 1000
"""Characters of a custodian's reason: some ten lines, which somebody will read in court."""


class RepairAsked(Kept):
    """A custodian asked that a damaged copy be put back from the whole one, and why (repairing.py)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True)
    """Whose package it is; of a notice, none."""
    sha256 = models.CharField(max_length=64)
    location = models.CharField(max_length=16)
    found = models.CharField(max_length=16)
    """What was wrong with it (custody.models.CopyState)."""
    reason = SealedWords("keeping.repairasked.reason")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sha256[:8]} to be put back"
