"""What officers decide in a conduct review. Rows are added to and never changed, only followed (core/kept.py).

    AccountRecord      what an account is recorded as, by whom and why
    ReviewStep         a conclusion, a second reviewer's, a supervisor's sign-off: one chain for each case
    ChecklistAnswer    an answer to an item of the prosecutor's checklist

Words of officers are sealed (cases/sealed_words.py): they may repeat a message or name somebody.
"""

from __future__ import annotations

from django.db import models

from safehand.desk.cases.models import Case
from safehand.desk.core.kept import FollowedRows, Kept, KeptRows
from safehand.desk.officers.models import Officer


class RecordedAs(models.TextChoices):
    """What an officer says that an account is. Nothing here says it of itself, and nothing is chosen beforehand."""

    STATE = "state", "A decoy account run by a state agent"
    CITIZEN = "citizen", "A decoy account run by a private citizen"
    CHILD = "child", "A real child’s account"
    CHILD_THEN_CITIZEN = "child_then_citizen", "A real child’s account at first, a private citizen’s later"
    SUBJECT = "subject", "The account that the report is about"
    NOT_KNOWN = "not_known", "Not known"


class AccountRecord(Kept):
    """What one account of a case is recorded as.

    Which account is meant is fixed by the bytes of its first act as well as by its letter: a later version may letter
    accounts otherwise, and it is then seen that the letter is no longer the same account's.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="account_records")
    letter = models.CharField(max_length=16)
    file = models.CharField(max_length=255, blank=True)
    """The source file of its first message, call or reaction, by its place in the package; empty where it has none."""
    sha256 = models.CharField(max_length=64, blank=True)
    start = models.BigIntegerField(default=0)
    end = models.BigIntegerField(default=0)
    recorded_as = models.CharField(max_length=24, choices=RecordedAs)
    declared = models.PositiveSmallIntegerField(null=True)
    """Which account of the holder's statement it is, counted as the statement does (periods.py); null: nobody said."""
    sealed_reason = models.BinaryField()
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = FollowedRows["AccountRecord"].as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"account {self.letter} of {self.case.reference}"


class Stage(models.TextChoices):
    """A step of a review. What may follow what is order.py."""

    CONCLUSION = "conclusion", "Conclusion"
    SECOND = "second", "Second reviewer"
    SENT_BACK = "sent_back", "Sent back"
    SIGNED_OFF = "signed_off", "Signed off"


class ReviewStep(Kept):
    """One step, in an officer's own words. It follows the newest before it, so that no two answer the same one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="review_steps")
    stage = models.CharField(max_length=16, choices=Stage)
    sealed_words = models.BinaryField()
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = KeptRows["ReviewStep"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(follows=None), name="one_first_step_of_a_case")
        ]

    def __str__(self) -> str:
        return f"{self.stage} of {self.case.reference}"


class Answered(models.TextChoices):
    """How an item of the checklist was answered. Nothing is chosen beforehand."""

    PACKAGE = "package", "Answered from the package"
    OFFICER = "officer", "Answered from what an officer knows"
    NOT_HERE = "not_here", "Not in this material"
    ENQUIRY = "enquiry", "An enquiry is needed"
    NOT_APPLY = "not_apply", "Does not apply"


class RestsOn(models.TextChoices):
    """What an answer rests on, where it names something (rests.py)."""

    MESSAGE = "message", "A message"
    STATEMENT = "statement", "The holder’s statement"
    FILE = "file", "A file of the package"
    EXHIBIT = "exhibit", "An exhibit"


class ChecklistAnswer(Kept):
    """One answer to an item of the prosecutor's checklist, with what it rests on."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checklist_answers")
    item = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    """The version of the table by which the item was asked (checklist_table.py)."""
    answered = models.CharField(max_length=16, choices=Answered)
    sealed_words = models.BinaryField()
    rests_on = models.CharField(  # noqa: DJ001  null, so that digests of older rows stay as they are (core/kept.py)
        max_length=16, choices=RestsOn, null=True
    )
    """Null where it names nothing, and in answers from before there was a choice: those may rest on a message."""
    conversation = models.BigIntegerField(null=True)
    number = models.BigIntegerField(null=True)
    """The message that it rests on; null where it rests on none."""
    file = models.CharField(max_length=255, blank=True)
    """The file of the message, or the file itself, by its place in the package, with its digest."""
    sha256 = models.CharField(max_length=64, blank=True)
    start = models.BigIntegerField(default=0)
    end = models.BigIntegerField(default=0)
    sealed_exhibit = models.BinaryField(null=True)
    """The reference of an exhibit: it begins with somebody's initials."""
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = FollowedRows["ChecklistAnswer"].as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "item"], name="answers_of_a_case")]

    def __str__(self) -> str:
        return f"item {self.item} of {self.case.reference}"
