"""What the desk collected from the public node, and what it said about it."""

from __future__ import annotations

from django.db import models

from safehand.desk.cases.models import Case


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
    """What the holder calls it. The case is called the same, unless there was one, of these bytes or of this name."""
    received_at = models.DateTimeField()
    """When the desk took it in."""
    acknowledged_at = models.DateTimeField(null=True)
    """When the node had the acknowledgement."""
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="arrivals", null=True)

    class Meta:
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return f"arrival {self.reference}"
