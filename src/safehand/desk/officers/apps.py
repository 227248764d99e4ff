"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class OfficersConfig(AppConfig):
    """Listens at the door from the start."""

    name = "safehand.desk.officers"

    def ready(self) -> None:
        """What happens at the door is logged."""
        from safehand.desk.officers import door_log  # noqa: PLC0415  not before the apps are there

        door_log.listen()
