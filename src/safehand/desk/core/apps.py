"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Brings the checks that refuse an unsafe start."""

    name = "safehand.desk.core"

    def ready(self) -> None:
        """Checks are known to Django once their module is loaded."""
        from safehand.desk.core import checks  # noqa: F401, PLC0415  not before the apps are there
