"""What the desk collected from the public node, and what it said about it."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from safehand.desk.cases.models import Case
from safehand.desk.officers.models import Officer
from safehand.seal.meeting import Basis, later_readings


class Arrival(models.Model):
    """One parcel that was collected: kept in the evidence store under ``sha256``, and acknowledged in the same bytes
    however often the node asks.
    """

    parcel = models.CharField(max_length=32, primary_key=True)
    """What the node calls it."""
    kind = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    reference = models.CharField(max_length=12)
    """What the node and the holder call it, and what the acknowledgement names. Its node gives each once; another node
    that stood in its place may give it again."""
    desk_reference = models.CharField(max_length=12, unique=True)
    """What the desk calls it: the same, unless another is called so already. The case of a package is called the same,
    unless there was one, of these bytes or of this name."""
    received_at = models.DateTimeField()
    """When the desk took it in."""
    acknowledged_at = models.DateTimeField(null=True)
    """When the node had the acknowledgement."""
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="arrivals", null=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, related_name="followed_by", null=True)
    """What its holder adds it to (follows.py)."""

    node_knows = models.CharField(max_length=64, blank=True)
    """The hash of what the node was last told of it (telling.py); empty when nothing yet."""
    settled = models.BooleanField(default=False)
    """Whether the node knows the last there is to say of it: that it is finished. Until then it is looked at again."""
    erased_at = models.DateTimeField(null=True)
    """When it was erased with its case: its bytes are gone from the evidence store."""

    class Meta:
        ordering = ["received_at", "pk"]
        indexes = [
            # What is looked for at every heartbeat, and is seldom there.
            models.Index(fields=["received_at"], condition=models.Q(acknowledged_at=None), name="not_acknowledged")
        ]

    def __str__(self) -> str:
        return f"arrival {self.desk_reference}"


class TraceOf(models.TextChoices):
    """What a trace is of (tracing.py). The order is the order in which reasons are told."""

    FILE = "file", "A source file"
    ACCOUNT = "account", "An account"
    WORDS = "words", "A message"


class Trace(models.Model):
    """A keyed hash by which two packages are seen to have something in common. Made again with each reading."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="traces")
    of = models.CharField(max_length=8, choices=TraceOf)
    digest = models.CharField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["digest"], name="traced_alike")]
        constraints = [models.UniqueConstraint(fields=["case", "of", "digest"], name="traced_once")]

    def __str__(self) -> str:
        return f"trace of {self.case.reference}"


class NoticeState(models.TextChoices):
    """Who has an urgent notice. The order is the order it goes in."""

    WAITING = "waiting", "Nobody has it yet"
    TAKEN = "taken", "Taken"
    CLOSED = "closed", "Closed"


class Notice(models.Model):
    """An urgent notice at the desk. No name, number or word of it stands here: those stay sealed in the evidence store.

    What does stand here orders the inbox: what was answered of danger and a meeting, and the earliest moment of that.
    """

    arrival = models.OneToOneField(Arrival, on_delete=models.PROTECT, primary_key=True, related_name="notice")
    opened = models.BooleanField()
    """Could the desk open it? One that was damaged on its way is shown, too."""
    danger = models.CharField(max_length=16, blank=True)
    meeting = models.CharField(max_length=16, blank=True)
    """A choice, or the state of the answer, of seal/notice.py."""
    meeting_at = models.DateTimeField(null=True)
    """The earliest moment it can be (seal/meeting.py)."""
    meeting_basis = models.CharField(max_length=16, blank=True)
    images = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=16, choices=NoticeState, default=NoticeState.WAITING)
    shown_at = models.DateTimeField(null=True)
    """When an officer first opened its page; nobody has read it until then."""
    taken_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["arrival__received_at", "pk"]

    def __str__(self) -> str:
        return f"notice {self.arrival.desk_reference}"

    @property
    def later_readings(self) -> tuple[datetime, ...]:
        """What else its meeting's time may mean, in order, where the earliest of several was kept."""
        if self.meeting_at is None or self.meeting_basis != Basis.EARLIER:
            return ()
        return later_readings(self.meeting_at)


class AlarmWhy(models.TextChoices):
    """What must reach a supervisor (alarms.py)."""

    UNREAD = "unread", "Nobody has opened it"
    OVERDUE = "overdue", "The time of the meeting has passed"
    FIRST_MARK = "first_mark", "A meeting is near, and nobody has graded it"
    LAST_MARK = "last_mark", "A meeting is very near, and nobody has graded it"
    DAMAGED = "damaged", "Its package is not what came in"
    UNSTAMPED = "unstamped", "No authority has stamped the custody log"
    SPLIT_VIEW = "split_view", "A witness has seen another custody log under this desk’s name"


OF_THE_LOG = (AlarmWhy.UNSTAMPED, AlarmWhy.SPLIT_VIEW)
"""Those that are of no notice and no report (log_alarms.py)."""


class Alarm(models.Model):
    """Raised once for each reason and each time it is about; it stands until a supervisor says that they know.
    Never taken back. It is of an urgent notice, of a report, or of neither: of the custody log.
    """

    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="alarms", null=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="alarms", null=True)
    why = models.CharField(max_length=16, choices=AlarmWhy)
    about = models.DateTimeField(null=True)
    """Of a report, the time of the meeting: another time is another alarm. Of a notice, a later reading of its time. Of
    the custody log, since when it is so. Of a package that is damaged, when that was found.
    """
    raised_at = models.DateTimeField()
    known_at = models.DateTimeField(null=True)
    known_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    """The supervisor who said so."""
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    """Who said first that they told the supervisor: it ends nothing."""
    page_tried_at = models.DateTimeField(null=True)
    paged_at = models.DateTimeField(null=True)
    """When the unit's own pager took it (paging.py)."""

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["arrival", "why"], condition=models.Q(about=None), name="raised_once"),
            models.UniqueConstraint(fields=["arrival", "why", "about"], name="raised_once_of_a_reading"),
            models.UniqueConstraint(fields=["case", "why", "about"], name="raised_once_of_a_report"),
            models.UniqueConstraint(
                fields=["why", "about"], condition=models.Q(case=None, arrival=None), name="raised_once_of_the_log"
            ),
            models.CheckConstraint(
                condition=models.Q(case=None) | models.Q(arrival=None),
                name="alarm_of_one_or_the_log",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why} of {self.called}"

    @property
    def is_of_the_log(self) -> bool:
        """For whoever lodges checkpoints (log_alarms.py)."""
        return self.case_id is None and self.arrival_id is None

    @property
    def called(self) -> str:
        """The reference of what it is of; ``log`` of the custody log."""
        if self.case is not None:
            return self.case.reference
        return self.arrival.desk_reference if self.arrival is not None else "log"


class ToldHolder(models.Model):
    """One of the closed messages, told to the holder of a case's report, or of an urgent notice.

    Never changed; kept, to be disclosed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="told", null=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="told", null=True)
    template = models.CharField(max_length=40)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    """Nobody, for the first: the desk says by itself that it has the report."""

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case=None, notice__isnull=False) | models.Q(case__isnull=False, notice=None),
                name="told_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} to the holder of {self.case_id or self.notice_id}"
