"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class WelfareConfig(AppConfig):
    """Looking after who reads."""

    name = "safehand.desk.welfare"
