"""What is decided of how long a case is kept. Rows are added and never changed (core/kept.py).

    Reviewed          by which class it is kept, and when it is looked at again
    Hold              while it stands nothing of the case is erased; another row ends it
    ErasureAsked      a custodian asks that the case be erased
    ErasureAnswered   another officer confirms it, or it is refused
    Swept             the files of a case that was erased are gone from the disk

Reasons are sealed under a key of the desk, for a custodian asks for no case's key. Those of a review and of a hold are
erased with the case. Those of an erasure stay, for somebody must answer for it: the forms ask that they name nobody.
"""

from __future__ import annotations

from django.db import models

from safehand.desk.cases.models import Case
from safehand.desk.core.kept import FollowedRows, Kept, KeptRows
from safehand.desk.core.sealed_field import SealedWords
from safehand.desk.officers.models import Officer

CODE = 40
"""Characters of a code: as many as a custody entry holds."""


class Reviewed(Kept):
    """An officer looked at whether the case must still be kept, and it is. The newest counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="retention_reviews")
    kept_by = models.CharField(max_length=CODE)
    """A class of the table (table.py)."""
    table = models.CharField(max_length=64)
    """SHA-256 of the data file that the officer had before them."""
    due = models.DateField()
    """When it is looked at again."""
    reason = SealedWords("retention.reviewed.reason")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = KeptRows["Reviewed"].as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["due"], name="retention_due")]

    def __str__(self) -> str:
        return f"review of {self.case.reference}"


class Hold(Kept):
    """A legal hold, or (``ended``) the end of the one that it follows. One stands at a time."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    ended = models.BooleanField(default=False)
    look_on = models.DateField(null=True)
    """When somebody asks again whether it is needed. It ends by no date."""
    reason = SealedWords("retention.hold.reason")
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = FollowedRows["Hold"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(follows=None), name="one_first_hold_of_a_case")
        ]

    def __str__(self) -> str:
        return f"hold of {self.case.reference}"


class ErasureAsked(Kept):
    """A custodian asks that a case be erased, on what basis and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="erasures_asked")
    basis = models.CharField(max_length=CODE)
    """A basis of the table (table.py)."""
    table = models.CharField(max_length=64)
    reason = SealedWords("retention.erasureasked.reason")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = KeptRows["ErasureAsked"].as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"erasure of {self.case.reference} was asked for"


class ErasureAnswered(Kept):
    """What became of it: another officer confirmed it, or it was refused or taken back."""

    asked = models.OneToOneField(ErasureAsked, on_delete=models.PROTECT, primary_key=True, related_name="answer")
    confirmed = models.BooleanField()
    reason = SealedWords("retention.erasureanswered.reason")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = KeptRows["ErasureAnswered"].as_manager()

    def __str__(self) -> str:
        return f"{self.asked}: {'confirmed' if self.confirmed else 'refused'}"


class Swept(Kept):
    """The files of an erased case are gone, and what the database had left on its pages."""

    answer = models.OneToOneField(ErasureAnswered, on_delete=models.PROTECT, primary_key=True, related_name="swept")
    files = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = KeptRows["Swept"].as_manager()

    def __str__(self) -> str:
        return f"{self.answer.asked.case.reference} was swept"
