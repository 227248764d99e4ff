"""What triage keeps: suggestions as they were made, what officers decided, and where each report stands in the inbox.

Suggestions, tags and gradings are never changed, only followed by another (core/kept.py). ``Standing`` is made of them
and may be made again at any time: it is what the inbox is ordered by.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.db import models

from safehand.desk.cases.models import Case
from safehand.desk.core.kept import Kept, KeptRows
from safehand.desk.core.sealed_field import SealedAnswers, SealedWords
from safehand.desk.officers.models import Officer
from safehand.desk.triage import meeting_models as _meeting_models  # noqa: F401  Django looks for models here
from safehand.desk.triage.grade import Grade

FAR: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""Where the clock of a report stands that has none: after every other, in one index, on any database."""

LONGEST_REASON: Final = 1000
"""Characters of an officer's reason: some ten lines, which somebody will read in court."""

_GRADES: Final = [(grade.value, grade.words) for grade in Grade]


class RulesUsed(Kept):
    """The whole table of rules as it was, once for each version: so that a suggestion can be made again by hand."""

    version = models.CharField(max_length=64, primary_key=True)
    table = models.JSONField()
    since = models.DateTimeField()

    objects = KeptRows.as_manager()

    def __str__(self) -> str:
        return self.version


class Suggested(Kept):
    """A suggestion, with everything it rests on (rules.Suggestion). No word of a holder: facts are codes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="suggested")
    made_at = models.DateTimeField()
    grade = models.CharField(max_length=16, choices=_GRADES)
    rules = models.ForeignKey(RulesUsed, on_delete=models.PROTECT, related_name="+")
    reasons = models.JSONField()
    """The rules that held: id, grade, words, and the facts with the codes that were found."""
    shadow = models.JSONField(default=list)
    """The same of rules that are tried out."""

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.grade} suggested for {self.case.reference}"


class Tagging(Kept):
    """What an officer noted of a report, all of it: the newest counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="taggings")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    tags = models.JSONField()
    """Ids of facts.TAGS."""

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"tags of {self.case.reference}"


class Grading(Kept):
    """The grade that an officer gave, and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="gradings")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    grade = models.CharField(max_length=16, choices=_GRADES)
    reason = SealedWords("triage.grading.reason")
    suggested = models.ForeignKey(Suggested, on_delete=models.PROTECT, related_name="+")
    """The suggestion that stood there when it was given."""
    meetings = models.JSONField(null=True)
    """The times of meetings that were known then (suggesting.readings_known); None of grades older than this field."""

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case.reference} graded {self.grade}"


class Standing(models.Model):
    """Where a report stands in the inbox."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="standing")
    place = models.PositiveSmallIntegerField()
    """Grade.place: of the officer's grade, or of the suggestion while there is none, or where it rose since."""
    clock_at = models.DateTimeField(default=FAR)
    """Of the meetings that are not over the earliest, by the reading that drives it (readings.py)."""
    clock_basis = models.CharField(max_length=16, blank=True)
    """Of seal/meeting.py; or readings.LATER, where an earlier reading has passed."""
    since = models.DateTimeField()
    """Since when it waits."""
    suggested = models.ForeignKey(Suggested, on_delete=models.PROTECT, related_name="+")
    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="+", null=True)
    of_state = models.CharField(max_length=16)
    """How far its package was when it was looked at."""
    of_rules = models.CharField(max_length=64)
    look_at = models.DateTimeField(null=True)
    """When time alone changes what is suggested, or what is asked."""
    passes_at = models.DateTimeField(null=True)
    """When the time of a meeting passes, or passed: of those to come the first, else the last."""
    waits = models.BooleanField(default=True)
    """In triage: it did not leave, or it rose, or something is asked."""
    asked = models.BooleanField(default=False)
    """The time of a meeting has passed, and no officer said whether it happened: it waits, at PRIORITY at least."""
    not_known_at = models.DateTimeField(null=True)
    """When an officer said that it is not known whether a meeting happened: of those that stand so, the first."""
    rose = models.BooleanField(default=False)
    """Danger grew or came back since an officer graded it (rising.rose_since): it stands by that until graded again."""

    class Meta:
        ordering = ["place", "clock_at", "since", "pk"]
        indexes = [
            models.Index(fields=["waits", "place", "clock_at", "since", "case", "of_state"], name="inbox_order"),
            models.Index(fields=["since", "case", "of_state"], name="newest_last"),
            models.Index(fields=["of_state", "case"], name="set_aside"),
            models.Index(fields=["look_at"], name="look_again"),
            models.Index(fields=["clock_at"], name="comes_near"),
            models.Index(fields=["passes_at"], name="has_it_passed"),
            models.Index(fields=["not_known_at"], name="asked_again"),
        ]

    def __str__(self) -> str:
        return f"standing of {self.case.reference}"

    @property
    def grade(self) -> Grade:
        """The grade by which it stands there."""
        return list(Grade)[self.place]

    def asks_again(self, now: datetime) -> bool:
        """Is it asked whether it is known by now? It keeps the report nowhere: somebody answered for it."""
        return not self.asked and self.not_known_at is not None and self.not_known_at <= now - settings.ASK_AGAIN_AFTER

    def was_graded_knowing(self, at: datetime, *, is_later: bool = False) -> bool:
        """Was the grade given by somebody to whom this clock was known, and did nothing rise since?

        ``is_later``: ``at`` is a later reading, which is known from when it drives the clock, or by itself.
        """
        if self.grading is None or self.rose:
            return False
        known = {at.astimezone(UTC).isoformat(), *([known_later(at)] if is_later else [])}
        return not known.isdisjoint(self.grading.meetings or ())


def known_later(at: datetime) -> str:
    """How a later reading stands among the times that were known (Grading.meetings).

    Apart from those of meetings: that one is at that time, for certain, is news to who knew that it may be.
    """
    return f"later {at.astimezone(UTC).isoformat()}"


class Rose(Kept):
    """Danger grew or came back since this grade was given (rising.py): another grade is wanted, and both entries anew.

    A later rise of the same grade is no other: it is not graded again meanwhile.
    """

    grading = models.OneToOneField(Grading, on_delete=models.PROTECT, primary_key=True, related_name="rose")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rises")
    at = models.DateTimeField()
    suggested = models.ForeignKey(Suggested, on_delete=models.PROTECT, related_name="+")
    """The suggestion by which it was seen."""

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case.reference} rose"


class Turn(Kept):
    """Who works on a report from now on: one officer, or nobody. The newest counts (turns.py)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="turns")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    works = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    """Nobody, when it was put down."""
    reason = SealedWords("triage.turn.reason", blank=True)
    """Why it was taken over from a colleague."""

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"turn at {self.case.reference}"


class Assessment(Kept):
    """One version of a short form about a report: THRIVE, or the National Decision Model (assessing.py)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    decision_maker = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=16)
    answers = SealedAnswers("triage.assessment.answers")
    """The officer's words, by the id of the question."""
    after = models.ForeignKey(Rose, on_delete=models.PROTECT, related_name="+", null=True)
    """The last rise that was known when it was written."""

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.form} of {self.case.reference}"


class ShiftNote(Kept):
    """A note from one shift to the next (shift.py), sealed: it is of no case, and may hold names all the same."""

    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    sealed_words = models.BinaryField()

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class ShiftNoteRead(Kept):
    """An officer of the next shift read it: it stands on top of the inbox no more."""

    note = models.OneToOneField(ShiftNote, on_delete=models.PROTECT, primary_key=True, related_name="read")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = KeptRows.as_manager()

    def __str__(self) -> str:
        return f"note {self.note_id} was read"


class ShiftNoteShown(Kept):
    """It was shown to an officer who did not write it: once for each, whether or not they then said they read it."""

    note = models.ForeignKey(ShiftNote, on_delete=models.PROTECT, related_name="shown")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["note", "by"], name="a_note_is_first_shown_once")]

    def __str__(self) -> str:
        return f"{self.note} was shown"


class Together(models.TextChoices):
    """What an officer says of two reports."""

    SAME = "same", "They are one report, made twice"
    ACCOUNT = "account", "They are about one account"
    OTHER = "other", "They belong together in another way"
    APART = "apart", "They do not belong together"


class Link(Kept):
    """An officer's word on two reports (linking.py). The newest of the two counts; nothing is merged.

    The reason is for those on the case it was written in. As a grade's, it is sealed under a key of the desk and not
    under that case's: whoever triages never asks for one.
    """

    one = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    """The later of the two, so that a pair is one however it is named."""
    together = models.CharField(max_length=16, choices=Together)
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    written_in = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    reason = SealedWords("triage.link.reason")

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.one.reference} and {self.other.reference}: {self.together}"

    def beside(self, case: Case) -> Case:
        """The other of the two."""
        return self.other if self.one_id == case.pk else self.one


class LeftTriage(Kept):
    """A report left triage for the first time: it was graded, and named decision-makers answer for both entries."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="left_triage")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    thrive = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    ndm = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+", null=True)
    """None of reports that left before this field."""
    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Rose, on_delete=models.PROTECT, related_name="+", null=True)
    """The last rise before it."""

    objects = KeptRows.as_manager()

    def __str__(self) -> str:
        return f"{self.case.reference} left triage"


class LeftAgain(Kept):
    """A report that rose after it had left triage left it again: graded anew, with both entries made since."""

    after = models.OneToOneField(Rose, on_delete=models.PROTECT, primary_key=True, related_name="left")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="left_again")
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    thrive = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    ndm = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="+")

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case.reference} left triage again"
