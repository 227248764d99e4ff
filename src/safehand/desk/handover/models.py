"""Parcels: what holders sent and the desk is to collect.

    Parcel(kind="notice", sha256="5f3a…", size=1_204, reference="SH-7K3M9QXAT")

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

    class Meta:
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
