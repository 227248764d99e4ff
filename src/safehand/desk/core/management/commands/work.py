"""``work``: one worker. ``safehand desk run`` starts it; a larger desk may start several, on several machines."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from safehand.desk.core.worker import work
from safehand.errors import CannotWrite


class Command(BaseCommand):
    """Run background tasks until told to stop."""

    help = "Run background tasks until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Both are for those who start workers."""
        parser.add_argument("--batch", action="store_true", help="stop when there is nothing left to do")
        parser.add_argument("--stop-with", type=int, default=None, help="stop when this parent process is gone")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Django's hook."""
        try:
            work(batch=options["batch"], stop_with=options["stop_with"])
        except DatabaseError as err:
            # On a full disk this comes up at every start, some seconds apart: one line each, and no traceback.
            raise CommandError(
                f"The worker could not use the database ({type(err).__name__}); the disk may be full.",
                returncode=CannotWrite.exit_code,
            ) from err
