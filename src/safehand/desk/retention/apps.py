"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """Nothing happens at start but what is written here."""

    name = "safehand.desk.retention"
