"""What officers choose to look at, and what they find for each point to prove. Added to, never changed (core/kept.py).

    Chosen      "meeting", as an attempt, because …
    Entry       15.b: supporting, because …
    EntryCites  … which cites citation 7, and 9

Reasons are an officer's own words about a case, and sealed (cases/sealed_words.py). No word of a message stands here.
"""

from __future__ import annotations

from typing import Final

from django.db import models

from safehand.desk.cases.models import Case
from safehand.desk.core.kept import Kept, KeptRows, RevocableRows
from safehand.desk.officers.models import Officer
from safehand.desk.review.models import Citation

_CODE: Final = 40
"""Characters of a code: as many as a custody entry holds."""


class Side(models.TextChoices):
    """What an entry says of a point. One of four (domain.md F3.2); none says that it is made out."""

    SUPPORTING = "supporting", "Supporting"
    UNDERMINING = "undermining", "Undermining"
    NOT_HERE = "not_here", "Not in this material"
    POLICE = "police", "Police enquiry needed"


class Chosen(Kept):
    """An offence that an officer chose to look at in a case, or (``taken_back``) chose to look at no more."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offences_chosen")
    offence = models.CharField(max_length=_CODE)
    attempt = models.BooleanField()
    """It is looked at as an attempt, with the elements of one besides."""
    outside = models.BooleanField(default=False)
    """Chosen although every dated message is from a time in which it was not in force: the officer was told so."""
    library = models.CharField(max_length=64)
    """SHA-256 of the data file that the officer had before them."""
    sealed_reason = models.BinaryField()
    taken_back = models.BooleanField(default=False)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = RevocableRows["Chosen"].as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "offence"], name="offences_of_a_case")]

    def __str__(self) -> str:
        return f"{self.offence} in {self.case.reference}"


class Entry(Kept):
    """What an officer says of one point to prove, and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="point_entries")
    offence = models.CharField(max_length=_CODE)
    element = models.CharField(max_length=_CODE)
    """Its letter; ``at_`` and the letter for an element of an attempt."""
    library = models.CharField(max_length=64)
    side = models.CharField(max_length=16, choices=Side)
    sealed_reason = models.BinaryField()
    taken_back = models.BooleanField(default=False)
    """It says only that what it follows no longer stands."""
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = RevocableRows["Entry"].as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "offence", "element"], name="entries_of_a_point")]

    def __str__(self) -> str:
        return f"entry {self.pk} in {self.case.reference}"


class EntryCites(Kept):
    """One citation that an entry rests on."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="cites")
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="used_for")

    objects = KeptRows["EntryCites"].as_manager()

    class Meta:
        ordering = ["citation__conversation", "citation__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "citation"], name="cited_once_in_an_entry")]

    def __str__(self) -> str:
        return f"citation {self.citation.pk} in entry {self.entry.pk}"
