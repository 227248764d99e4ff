"""The app."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Keeping, above intake: it raises alarms of what was taken in."""

    name = "safehand.desk.keeping"
    label = "keeping"
