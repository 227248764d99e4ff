"""What the desk knows of its own workers."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """A worker that is alive says so every few seconds. One that has stopped saying so is dead (worker.py)."""

    worker = models.CharField(max_length=64, primary_key=True)
    beat_at = models.BigIntegerField()
    """Microseconds since 1970-01-01T00:00:00 UTC."""

    def __str__(self) -> str:
        return self.worker
