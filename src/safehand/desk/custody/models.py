"""Custody entries: what was done with evidence, by whom, in order. Added to, never changed. And the log over them.

Their fields, canonical form and order are docs/spec/custody-log.md. Entries are made by ``custody.actions.record`` and
by nothing else; ``save`` on a row that exists and ``delete`` raise here, and triggers in the database (triggers.py)
refuse what goes round Django.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from safehand.desk.core.kept import Kept, KeptRows
from safehand.errors import UsageError


class Entries(models.QuerySet["CustodyEntry"]):
    """Entries, without the ways of a QuerySet to change them."""

    def update(self, **kwargs: Any) -> int:  # noqa: ARG002
        """Not for these rows."""
        raise UsageError("A custody entry is never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Not for these rows."""
        raise UsageError("A custody entry is never taken away.")


class CustodyEntry(models.Model):
    """One line of the custody log."""

    sequence = models.BigIntegerField(primary_key=True)
    """1, 2, 3 … without a gap."""
    instant = models.BigIntegerField()
    """Microseconds since 1970-01-01T00:00:00 UTC."""
    actor = models.CharField(max_length=64)
    act = models.CharField(max_length=16)
    verb = models.CharField(max_length=64)
    case = models.CharField(max_length=16, blank=True, db_index=True)
    """The case's reference, as text: an entry outlives whatever it speaks of."""
    record = models.CharField(max_length=160, blank=True)
    recipient = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=32, blank=True)
    canonical = models.BinaryField()
    """The canonical form, byte for byte: what is hashed, and what a leaf of the log commits to (docs/spec/log.md)."""
    sha256 = models.CharField(max_length=64, unique=True)
    """Of the canonical form: what an entry of before 28 November 2026 names the one before by."""
    salt = models.BinaryField()
    """32 random bytes, of this entry alone: with them its leaf can be opened, and without them it shows nothing."""
    leaf_hash = models.CharField(max_length=64)
    """Of the leaf that commits to the canonical form under the salt (custody/leaves.py)."""
    previous = models.CharField(max_length=64, blank=True)
    """How the entry names the one before (custody/entry.py), empty for the first."""

    objects = Entries.as_manager()

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"

    def save(self, **kwargs: Any) -> None:
        """Add a new entry. UsageError when it is there already."""
        if not self._state.adding:
            raise UsageError("A custody entry is never changed.")
        kwargs["force_insert"] = True
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ARG002
        """Not for these rows."""
        raise UsageError("A custody entry is never taken away.")


class LogTile(models.Model):
    """Up to 256 hashes of one level of the tree over the entries (log/tiles.py). The one at the edge grows."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()
    """32 bytes each."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_tile_a_place")]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.index}"


class LogCheckpoint(Kept):
    """The log at one size, as it was signed. Whoever signed another of that size would have forked it."""

    size = models.BigIntegerField(unique=True)
    note = models.TextField()
    """With the log's own signature alone (log/note.py)."""
    signed_at = models.BigIntegerField()
    """Microseconds since 1970-01-01T00:00:00 UTC."""

    objects = KeptRows.as_manager()

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class LogKeyEnded(Kept):
    """A key that signed the log and does so no more, and the one after it. Both signed the checkpoint of ``size``."""

    vkey = models.TextField()
    """As it stands in a policy (log/vkey.py)."""
    next_vkey = models.TextField()
    size = models.BigIntegerField(unique=True)
    at = models.BigIntegerField()
    """Microseconds since 1970-01-01T00:00:00 UTC."""

    objects = KeptRows.as_manager()

    class Meta:
        ordering = ["size"]

    def __str__(self) -> str:
        return f"a key of the log until {self.size}"


class LogCosignature(Kept):
    """What a witness wrote under a checkpoint: that they saw it, and when."""

    checkpoint = models.ForeignKey(LogCheckpoint, on_delete=models.PROTECT, related_name="cosignatures")
    line = models.TextField()
    """Without its end."""
    kept_at = models.BigIntegerField()

    objects = KeptRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "line"], name="one_line_once")]

    def __str__(self) -> str:
        return f"a cosignature of {self.checkpoint}"


class LogAuthority(Kept):
    """The certificates that timestamps were checked against when they came, kept once for all of those."""

    sha256 = models.CharField(max_length=64, unique=True)
    certificates = models.TextField()
    """As PEM, the roots and whatever else the unit was given of the authority; the token itself holds the rest."""

    objects = KeptRows.as_manager()

    def __str__(self) -> str:
        return f"authority {self.sha256[:16]}"


class LogTimestamp(Kept):
    """An RFC 3161 token of a checkpoint's ``note``: that it was there at a moment of somebody else's clock."""

    checkpoint = models.OneToOneField(LogCheckpoint, on_delete=models.PROTECT, related_name="timestamp")
    authority = models.ForeignKey(LogAuthority, on_delete=models.PROTECT, related_name="timestamps")
    token = models.BinaryField()
    """The authority's whole reply, DER."""
    moment = models.BigIntegerField()
    """What it names, in microseconds since 1970-01-01T00:00:00 UTC."""
    kept_at = models.BigIntegerField()
    """By the desk's own clock."""

    objects = KeptRows.as_manager()

    def __str__(self) -> str:
        return f"a timestamp of {self.checkpoint}"


class LogSplitView(Kept):
    """What a witness showed of this log that is not of it, signed by its key: kept for good, to be shown."""

    sha256 = models.CharField(max_length=64, unique=True)
    evidence = models.TextField()
    """A split view (log/split_view.py), or a signed checkpoint of more entries than there were here."""
    found_at = models.BigIntegerField()

    objects = KeptRows.as_manager()

    def __str__(self) -> str:
        return f"evidence {self.sha256[:16]}"


class LogAsking(models.Model):
    """How asking somebody outside goes: ``stamp``, the authority of timestamps, or ``witness:`` and the hash of a name.
    Changed at every try.
    """

    whom = models.CharField(max_length=160, unique=True)
    began_at = models.BigIntegerField()
    """Since when the desk asks: microseconds, as all times here."""
    tries = models.PositiveIntegerField(default=0)
    """Without success, since the last that had some."""
    last_at = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=200, blank=True)
    """What came of the last of them, in a sentence of our own; empty when it went well."""
    next_at = models.BigIntegerField()
    """Not before then."""

    def __str__(self) -> str:
        return f"asking {self.whom}"


class CopyState(models.TextChoices):
    """What was found of a copy when it was last looked at (keeping/)."""

    WAITING = "waiting", "Waits to be copied"
    WHOLE = "whole", "As it came in"
    CHANGED = "changed", "Changed"
    GONE = "gone", "Gone"
    UNREADABLE = "unreadable", "Cannot be read"


DAMAGED = (CopyState.CHANGED, CopyState.GONE, CopyState.UNREADABLE)


class Copy(models.Model):
    """A package at one location of the evidence store (copies.py): the row is when it was last seen, and how."""

    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    location = models.CharField(max_length=16)
    """``first``, or the key of the second that was set (settings/mirror.py)."""
    since = models.DateTimeField()
    """When it had to be there."""
    state = models.CharField(max_length=16, choices=CopyState)
    checked_at = models.DateTimeField(null=True)
    """When all of it was last hashed there; never yet, when nothing."""
    due_at = models.DateTimeField()
    """When a worker looks at it next: to copy it, to put it back, or to hash it again."""
    why = models.CharField(max_length=40, blank=True)
    """The code of the error for which it could not be copied or put back."""
    repair_asked_at = models.DateTimeField(null=True)
    """A custodian asked that it be put back, and that has not been done yet (keeping/repairing.py)."""

    class Meta:
        indexes = [
            models.Index(fields=["location", "due_at"], name="copy_due"),
            models.Index(fields=["location", "checked_at"], name="copy_last_checked"),
        ]
        constraints = [models.UniqueConstraint(fields=["sha256", "location"], name="one_copy_a_location")]

    def __str__(self) -> str:
        return f"copy {self.sha256[:8]} at {self.location}"


class SecondLocation(models.Model):
    """A second location that this desk began to use, and whether it answers."""

    key = models.CharField(max_length=16, primary_key=True)
    mark = models.CharField(max_length=64)
    """What stands there in a file of its own, so that no empty disk and no other desk's is taken for it."""
    begun_at = models.DateTimeField()
    marked_at = models.DateTimeField(null=True)
    away_since = models.DateTimeField(null=True)
    away_why = models.CharField(max_length=40, blank=True)
    look_at = models.DateTimeField()
    """When it is tried again, while it is away."""

    def __str__(self) -> str:
        return f"second location {self.key}"
