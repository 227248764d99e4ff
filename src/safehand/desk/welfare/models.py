"""What is kept of who reads hard material: when, by whom, and what they chose. No case, no page and no message.

These rows are about an officer and no evidence. They stand in no custody entry, log or count: the officer sees their
own, and whoever is appointed welfare lead (officers/roles.py) sees everybody's. Old ones are deleted (keeping.py).
"""

from __future__ import annotations

from django.db import models

from safehand.desk.officers.models import Officer


class Comfort(models.Model):
    """What an officer chose. Without a row: what is hard is covered, and a break is offered."""

    officer = models.OneToOneField(Officer, on_delete=models.PROTECT, related_name="+", primary_key=True)
    covers = models.BooleanField(default=True)
    reminds = models.BooleanField(default=True)
    put_off_at = models.DateTimeField(null=True)
    """When they last put a break off: counting begins anew then."""

    def __str__(self) -> str:
        return f"what {self.officer.reference} chose"


class HardStretch(models.Model):
    """Pages of hard material that followed one another (stretches.py)."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["began_at", "pk"]
        indexes = [models.Index(fields=["officer", "last_at"], name="newest_stretch")]

    def __str__(self) -> str:
        return f"a stretch of {self.officer.reference}"
