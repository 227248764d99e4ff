"""Cases, who is on them, and the package each holds.

    Case.objects.for_officer(officer)      the way in for a view: the cases this officer is on, and no other
    Case.objects.readable_by(officer)      for pages that only show: those they broke glass to open as well (glass.py)

A case is called by its reference. Nothing here holds a name, a handle or a word of a message: those stand in the
package, and in the case file made from it.
"""

from __future__ import annotations

from django.db import models

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import Kept, KeptRows
from safehand.desk.core.sealed_field import SealedWords
from safehand.desk.officers.models import Officer


class Cases(models.QuerySet["Case"]):
    """Cases. A view may call these two and nothing else (test_desk_scope_lint.py, style practice 20)."""

    def for_officer(self, officer: Officer) -> Cases:
        """The cases this officer is on."""
        return self.that_stand().filter(officers__officer=officer, officers__officer__is_active=True)

    def readable_by(self, officer: Officer, clock: Clock = system_clock) -> Cases:
        """Those, and the cases they opened by break-glass, until its time is over: to read, and nothing else."""
        if not officer.is_active:
            return self.none()
        on_it = CaseOfficer.objects.filter(case=models.OuterRef("pk"), officer=officer)
        broken = GlassBroken.objects.filter(case=models.OuterRef("pk"), officer=officer, until__gt=moment(clock()))
        return self.that_stand().filter(models.Exists(on_it) | models.Exists(broken))

    def erased_of(self, officer: Officer) -> Cases:
        """Those that this officer is on and that were erased: to say so, and nothing else."""
        return self.filter(officers__officer=officer, officers__officer__is_active=True).exclude(erased_at=None)

    def that_stand(self) -> Cases:
        """Those that were not erased (retention/erasing.py). Of the others nothing is left to show."""
        return self.filter(erased_at=None)


class Case(models.Model):
    """One matter, with its own key: destroying the key erases what was read, and nothing else."""

    reference = models.CharField(max_length=12, unique=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    """Nobody, when its package came in through the public node."""
    wrapped_key = models.BinaryField()
    """The case key, encrypted to the desk's key and to the recovery key (safehand.casefile.key); none once erased."""
    erased_at = models.DateTimeField(null=True)
    """When its key was destroyed, with the words of officers and the package (retention/erasing.py)."""

    objects = Cases.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def glass_broken(self) -> models.QuerySet[GlassBroken]:
        """Who opened it by break-glass, the latest first: shown on every page of the case, for good."""
        return self.glass.select_related("officer", "known_by").order_by("-at", "-pk")


class CaseOfficer(models.Model):
    """An officer is on a case, now. When that ends, the row goes and stands among LeftCase."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="officers")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="cases")
    since = models.DateTimeField()
    added_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    """Nobody, when it was done from the shell."""
    sealed_reason = models.BinaryField(blank=True, default=b"")
    """Why, in words of who put them there (sealed_words.py). Empty for who took the case, or handed it in."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "officer"], name="once_on_a_case")]

    def __str__(self) -> str:
        return f"{self.officer.reference} on {self.case.reference}"


class LeftCase(Kept):
    """An officer was on a case, from when to when. Beside those who are, so that no query can take one for another."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="left")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    added_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    sealed_reason = models.BinaryField(blank=True, default=b"")
    """The three as they stood in CaseOfficer."""
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    """Nobody, when it was done from the shell."""
    sealed_ending = models.BinaryField(blank=True, default=b"")
    """Why it ended."""

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["-ended_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.officer.reference} was on {self.case.reference}"


class GlassWhy(models.TextChoices):
    """Why an officer opened a case they are not on. The officer's own words stand beside it."""

    DANGER = "danger", "Somebody may be in danger now"
    NOBODY_THERE = "nobody_there", "Nobody who is on the case can be reached"
    LINKED = "linked", "It may belong with a case I am on"
    TOLD_TO = "told_to", "A supervisor asked me to"
    OTHER = "other", "Something else"


class GlassBroken(models.Model):
    """An officer who is not on a case opened it for a while (glass.py). Kept for good."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="glass")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    why = models.CharField(max_length=16, choices=GlassWhy)
    reason = SealedWords("cases.glassbroken.reason")
    """In the officer's own words, for those on the case and for supervisors. The log holds its keyed digest alone."""
    known_at = models.DateTimeField(null=True)
    known_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    """The supervisor who says that they know. Never the officer who did it."""

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], condition=models.Q(known_at=None), name="glass_not_known")]

    def __str__(self) -> str:
        return f"{self.officer.reference} opened {self.case.reference}"


class PackageState(models.TextChoices):
    """Where a package is on its way. The order is the order it goes in."""

    RECEIVED = "received", "Waiting"
    VERIFYING = "verifying", "Being checked"
    READING = "reading", "Being read"
    READY = "ready", "Ready to read"
    REFUSED = "refused", "Could not be accepted"
    """Its checks failed. It is kept as it came."""
    STOPPED = "stopped", "Stopped"
    """The desk could not go on (a full disk, a missing key). Nothing is lost; it can be tried again."""
    ERASED = "erased", "Erased"
    """Its case was erased: the file is gone, and what was read from it."""


FINAL = (PackageState.READY, PackageState.REFUSED, PackageState.STOPPED, PackageState.ERASED)


class Package(models.Model):
    """A sealed package as it came. The file is in the evidence store under ``sha256``."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="package")
    sha256 = models.CharField(max_length=64)
    """The same bytes handed in twice are one package, unless the first was erased meanwhile."""
    size = models.BigIntegerField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    """Nobody, when it came in through the public node."""
    state = models.CharField(max_length=16, choices=PackageState, default=PackageState.RECEIVED)
    why = models.CharField(max_length=64, blank=True)
    """For refused and stopped: the code of the error (safehand.errors), or of the step that failed."""
    task = models.CharField(max_length=36, blank=True)
    """The background task that is to bring it to its end. One that failed on the way is noticed (intake/lost.py)."""
    attempt = models.CharField(max_length=64, blank=True)
    """Which attempt may write here: a worker taken for dead that comes back finds another's name."""
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    """Messages read so far: the progress that is shown."""
    report = models.JSONField(default=dict)
    """The verification report, as seal.report.report_value writes it."""
    account = models.JSONField(default=list)
    """The account of every byte, file by file."""
    summary = models.JSONField(default=dict)
    """Counts: conversations, messages, doubts; first and last instant; the holder's urgent answers."""

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=~models.Q(state="erased"), name="one_package_of_bytes")
        ]

    def __str__(self) -> str:
        return f"package of {self.case.reference}"

    @property
    def finished(self) -> bool:
        """Will nothing more happen to it by itself?"""
        return self.state in FINAL
