"""Bringing a desk to the point where it may start: state directory, keys, database, styles, and every check.

set_up(state)          this process is a desk: Django knows where everything is
make_ready(state)      what is missing is made; what is there stays; UsageError when it is not safe to start
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import django
from django.core.checks import ERROR, run_checks
from django.core.management import call_command
from django.db import connection

from safehand.desk.core.state import State
from safehand.errors import CannotWrite, UsageError
from safehand.signing.clock import system_clock
from safehand.signing.keys import new_desk_keys, take_away_unfinished

UNIT: Final = "Safehand desk"
"""The unit's name in keys the desk makes for itself. A real unit makes its own: safehand keys new DIR --name UNIT."""

_SHIPPED: Final = "safehand.desk.settings.shipped"


def set_up(state: Path, address: str | None = None, *, make: bool = True) -> State:
    """Tell Django where this desk is. Once in a process. Without ``make``, nothing is made where there is none.

    ``address`` is how officers reach it, unless SAFEHAND_ADDRESS says otherwise: a proxy with a certificate does.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = _SHIPPED
    os.environ["SAFEHAND_STATE"] = str(state.absolute())
    if address is not None:
        os.environ.setdefault("SAFEHAND_ADDRESS", address)
    made = State(state.absolute())
    if make:
        made.make()
    django.setup()
    return made


def make_keys(state: State) -> bool:
    """Keys for a desk that has none. True when they were made just now."""
    take_away_unfinished(state.keys)
    if state.desk_identity.exists() or state.desk_public.exists():
        return False
    new_desk_keys(state.keys, UNIT, clock=system_clock)
    return True


def make_ready(state: State) -> None:
    """Database and styles as this version needs them; then every check."""
    make_database(state)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=io.StringIO())
    refuse_unless_safe()


def make_database(state: State) -> None:
    """Every table, as this version needs it. UsageError where they are in a PostgreSQL, and it is not said which."""
    if state.database_moved.exists() and connection.vendor == "sqlite":
        raise UsageError(
            "This desk's database was moved to a PostgreSQL, and DATABASE_URL does not say which.",
            where=str(state.root),
            todo="Set DATABASE_URL, in the shell as in the desk's unit.",
        )
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    _seal_what_was_kept_before()
    if state.database.exists():
        state.database.chmod(0o600)


def _seal_what_was_kept_before() -> None:
    from django.conf import settings  # noqa: PLC0415  Django is set up by now

    if settings.ROLE.opens:
        from safehand.desk.rows_of_before import seal_rows_of_before  # noqa: PLC0415  its models are loaded by now

        seal_rows_of_before()


def refuse_unless_safe() -> None:
    """UsageError with every problem, when there is one."""
    problems = problems_of_settings()
    if problems:
        raise UsageError("This desk is not safe to start:\n  " + "\n  ".join(problems))


def problems_of_settings() -> list[str]:
    """What the system checks find, a sentence each."""
    found = run_checks(databases=["default"])
    return [f"{problem.id}: {problem.msg} {problem.hint or ''}".strip() for problem in found if problem.level >= ERROR]


def said_as() -> str:
    """How whoever started this calls the program: ``.venv/bin/safehand`` in a fresh clone."""
    return sys.argv[0] if Path(sys.argv[0]).name == "safehand" else "safehand"


@contextmanager
def alone(state: State) -> Iterator[bool]:
    """Hold the state directory for one desk. Gives False when another desk runs on it already."""
    import fcntl  # noqa: PLC0415  only desks need it, and a holder's Windows has none

    try:
        handle = os.open(state.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as err:
        raise CannotWrite("The state directory cannot be written to.", where=str(state.root)) from err
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)
