"""Parcels: what holders sent and the desk is to collect.

    Parcel(kind="notice", sha256="5f3a…", size=1_204, reference="SH-7K3M9QXAR")

Nothing else is known to this node: the bytes are sealed to the desk's keys before they are written (store.py), and no
row holds a name, a number or a word of what is in them.
"""

from __future__ import annotations

from django.db import models


class ParcelKind(models.TextChoices):
    """What the desk does with it."""

    NOTICE = "notice", "Urgent notice"
    PACKAGE = "package", "Sealed package"


class ParcelState(models.TextChoices):
    """How far it is. The order is the order it goes in."""

    WAITING = "waiting", "Received"
    """Kept whole, on the disk; the desk has not taken it yet."""
    COLLECTED = "collected", "At the desk"
    """The desk has it, and said so."""


class Progress(models.TextChoices):
    """How far a report is, as a holder is told (in words of data/holder-words.json). The order it goes in."""

    RECEIVED = "received"
    READING = "reading"
    UNOPENED = "unopened"
    """It came, was looked at, and cannot be opened. An officer may still take it."""
    OFFICER = "officer"
    FINISHED = "finished"


class Parcel(models.Model):
    """One thing that a holder sent. The bytes are in the node's store under ``sha256`` until the desk has them."""

    id = models.CharField(max_length=32, primary_key=True)
    """By chance: what the desk asks for it by."""
    kind = models.CharField(max_length=16, choices=ParcelKind)
    sha256 = models.CharField(max_length=64, unique=True)
    """Unique: the same bytes sent twice are one parcel."""
    size = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=ParcelState, default=ParcelState.WAITING)
    received_at = models.DateTimeField()
    reference = models.CharField(max_length=12, unique=True)
    """What the holder says on the phone, and what the desk calls it (core/reference.py)."""
    check_code_hash = models.CharField(max_length=64, blank=True)
    """Of the code that opens progress and messages; empty when none was given out."""
    acknowledgement = models.BinaryField(blank=True, default=b"")
    """What the desk signed when it had the bytes; empty until then."""
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    """The parcel whose check code this one was sent with, to add to it."""
    progress = models.CharField(max_length=16, choices=Progress, default=Progress.RECEIVED)
    """How far the desk says it is."""

    class Meta:
        ordering = ["received_at", "pk"]
        # What the desk asks for every other second, in its order; of all that ever came little waits.
        indexes = [models.Index(fields=["state", "kind", "received_at", "id"], name="what_waits")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Coming(models.Model):
    """A parcel on its way in, part by part (uploads.py); and afterwards, which parcel it became."""

    id = models.CharField(max_length=32, primary_key=True)
    """By chance: where its parts are sent."""
    key_hash = models.CharField(max_length=64)
    """Of the key that the page which began it has: nobody else may send to it or ask for it."""
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    """Bytes of it that are here (room.py)."""
    begun_at = models.DateTimeField()
    check_code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    """Of the code that the page was given; empty where it adds to another parcel."""
    follows = models.ForeignKey(Parcel, on_delete=models.PROTECT, null=True, related_name="+")
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, null=True, related_name="+")
    """What it became when it was whole."""

    class Meta:
        ordering = ["begun_at", "pk"]

    def __str__(self) -> str:
        return f"coming {self.pk[:8]}"


class Message(models.Model):
    """One of the closed messages, told to the holder of a parcel: which, and when. The words stand in seal/data."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="messages")
    template = models.CharField(max_length=40)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["parcel", "template", "told_at"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.template} to {self.parcel_id[:8]}"


class Counted(models.Model):
    """How much was done under one name in one stretch of time (limits.py); forgotten when that is over."""

    name = models.CharField(max_length=120, primary_key=True)
    """The limit, who, and which stretch. ``who`` is a keyed hash of an address (core/address.py), never an address."""
    many = models.BigIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.many} of {self.name.partition('.')[0]}"
