"""What every command has: ``--json`` and ``--quiet``.

    @click.command()
    @common
    def verify(say: Say, package: Path) -> int: ...

A command gives its exit code; None is 0.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, Final, ParamSpec

import click

from safehand.cli.say import Say

_P = ParamSpec("_P")

DONE: Final = 0
DONE_WITH_WARNINGS: Final = 5
"""Some bytes or files could not be read; the rest is there (docs/guides/command-line.md)."""

A_PATH: Final = click.Path(path_type=Path)
"""A path that need not be there: our own errors say more than click's."""


def common(command: Callable[Concatenate[Say, _P], int | None]) -> Callable[_P, int]:
    """Give ``command`` the options that all have, and a ``Say`` made from them."""

    @click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout, errors too.")
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but warnings and errors.")
    @functools.wraps(command)
    def with_say(*args: _P.args, **kwargs: _P.kwargs) -> int:
        say = Say(as_json=bool(kwargs.pop("as_json")), quiet=bool(kwargs.pop("quiet")))
        return command(say, *args, **kwargs) or DONE

    return with_say
