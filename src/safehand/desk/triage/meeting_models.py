"""What triage keeps of meetings: that one is planned, as an officer read it in a chat, and what became of it."""

from __future__ import annotations

from django.db import models

from safehand.desk.cases.models import Case
from safehand.desk.core.kept import Kept, KeptRows
from safehand.desk.core.sealed_field import SealedWords
from safehand.desk.officers.models import Officer


class MeetingSaid(Kept):
    """What an officer said of a message that may plan a meeting (meetings.py). Of one message the newest counts.

    Which message is meant is fixed by the bytes of a source file as well, as with a citation.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meetings_said")
    conversation = models.BigIntegerField()
    number = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    planned = models.BooleanField()
    """False: it is none, or none any more."""
    at_earliest = models.DateTimeField(null=True)
    """When it begins at the earliest; None where that is not known."""
    until = models.DateTimeField(null=True)
    """The last moment at which it may begin, where that is another."""
    basis = models.CharField(max_length=16, blank=True)
    sealed_reason = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"meeting said of message {self.number} in {self.case.reference}"


class Happened(models.TextChoices):
    """What an officer says of a meeting whose time has passed."""

    HAPPENED = "happened", "It happened"
    DID_NOT = "did_not", "It did not happen"
    NOT_KNOWN = "not_known", "It is not known"


class MeetingPast(Kept):
    """An officer's answer to "has it happened?" (happened.py). Of one time the newest counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meetings_past")
    about = models.DateTimeField()
    """The earliest moment of the meeting, as it was declared or confirmed: which one is meant."""
    answer = models.CharField(max_length=16, choices=Happened)
    reason = SealedWords("triage.meetingpast.reason")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"what became of a meeting of {self.case.reference}"
