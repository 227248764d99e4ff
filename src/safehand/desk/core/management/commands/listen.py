"""``listen``: the loopback port for figures and health (SAFEHAND_METRICS), started by ``safehand desk run``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from safehand.desk.core.listening import listener


class Command(BaseCommand):
    """Serve figures and health on this machine until told to stop."""

    help = "Serve figures and health on this machine until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which port."""
        parser.add_argument("port", type=int)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Django's hook."""
        listener(options["port"]).serve_forever()
