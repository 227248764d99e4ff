"""Citations: an officer's references to messages. And what was given out of a case. Added to, never changed
(core/kept.py): only followed by another.

Which message a citation means is fixed by the bytes of a source file, with that file's SHA-256, as well as by number:
a later version may number messages otherwise, and it is then seen that the place is no longer the same. Its note is
sealed (cases/sealed_words.py); no word of a message and no name stands here.
"""

from __future__ import annotations

from django.db import models

from safehand.desk.cases.models import Case
from safehand.desk.core.kept import Kept, KeptRows, RevocableRows
from safehand.desk.officers.models import Officer
from safehand.desk.review.tags import TAGS


class Points(models.TextChoices):
    """Which way an officer says that a message may be read."""

    TOWARDS = "towards", "May point towards"
    AWAY = "away", "May point away"
    BOTH = "both", "May be read both ways"


class Citation(Kept):
    """One message, with a tag, which way it may be read, and a note."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="citations")
    conversation = models.BigIntegerField()
    number = models.BigIntegerField()
    letter = models.CharField(max_length=16, blank=True)
    """The account that wrote the message; empty where the platform spoke."""
    file = models.CharField(max_length=255)
    """The source file by its place in the package, as spans cite it."""
    sha256 = models.CharField(max_length=64)
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    """Bytes of that file: the first, and the one after the last."""
    tag = models.CharField(max_length=40, choices=[(tag.code, tag.title) for tag in TAGS])
    points = models.CharField(max_length=8, choices=Points)
    sealed_note = models.BinaryField(blank=True, default=b"")
    taken_back = models.BooleanField(default=False)
    """It says only that what it follows no longer stands."""
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    cited_at = models.DateTimeField()
    cited_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = RevocableRows["Citation"].as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "conversation", "number"], name="citations_of_a_page")]

    def __str__(self) -> str:
        return f"citation {self.pk} in {self.case.reference}"


class ProofTo(models.TextChoices):
    """Whose expert asks. Who that is stands in the officer's words."""

    COURT = "court", "The court"
    DEFENCE = "defence", "The defence"
    PROSECUTION = "prosecution", "The prosecution"


class ProofGiven(Kept):
    """The custody log of a case with its proof, given to somebody outside (giving_proof.py)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proofs_given")
    to = models.CharField(max_length=16, choices=ProofTo)
    sealed_who = models.BinaryField()
    """The recipient's name and office: DPA 2018 s.62(3) asks who it was."""
    sealed_why = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    """Of the file that was given."""
    entries = models.BigIntegerField()
    size = models.BigIntegerField()
    """Of the log, as the checkpoint in it says."""
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = KeptRows["ProofGiven"].as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"proof {self.pk} of {self.case.reference}"
