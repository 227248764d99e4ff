"""The command of the unit's own pager, read strictly: a desk that could never page does not start.

command("SAFEHAND_PAGER")      "/opt/unit/page --duty" as ("/opt/unit/page", "--duty"); () where it is not set
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from safehand.errors import UsageError


def command(name: str) -> tuple[str, ...]:
    """The program by its whole path, and what it is given first. UsageError where there is no such program."""
    said = os.environ.get(name, "")
    try:
        words = tuple(shlex.split(said))
    except ValueError as err:
        raise UsageError(f"{name} has a quotation mark that does not end.") from err
    if words and not (Path(words[0]).is_absolute() and Path(words[0]).is_file() and os.access(words[0], os.X_OK)):
        raise UsageError(
            f"{name} names no program that this desk may run.",
            todo="Write the whole path of a program, or leave it out.",
        )
    return words
