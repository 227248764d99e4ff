"""What every desk has in common."""

from __future__ import annotations

USE_TZ = True
TIME_ZONE = "UTC"
INSTALLED_APPS: list[str] = []
