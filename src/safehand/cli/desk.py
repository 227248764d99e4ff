"""``safehand desk``: the desk, from the shell.

Nothing here imports Django, so that a holder's machine needs none: safehand.desk.server is loaded when a command of the
desk is called. It is loaded by name, because cli and desk are siblings that may not import each other (docs/map.md);
``Server`` says what is asked of it.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol, cast

import click

from safehand.cli.options import A_PATH, common
from safehand.cli.say import Say
from safehand.errors import CheckFailed, UsageError

STATE: Final = Path("var/desk")
"""Where a desk keeps everything, unless it is told otherwise."""

PORT: Final = 8000


class Server(Protocol):
    """What the desk offers to the shell."""

    def run(self, state: Path, *, port: int, sample: bool) -> None:
        """Serve the desk until it is stopped."""

    def receive(self, file: Path, *, state: Path) -> Mapping[str, str]:
        """Take a package in, and say how it is called now."""

    def check(self, *, state: Path) -> Sequence[str]:
        """What is wrong with the desk, a sentence each."""


def _server() -> Server:
    try:
        return cast("Server", importlib.import_module("safehand.desk.server"))
    except ModuleNotFoundError as err:
        raise UsageError("The desk is not installed here.", todo="Install Safehand with the desk's parts.") from err


_state = click.option(
    "--state",
    type=A_PATH,
    default=STATE,
    envvar="SAFEHAND_STATE",
    show_default=True,
    show_envvar=True,
    help="The folder in which the desk keeps everything.",
)


@click.group()
def desk() -> None:
    """Run the desk, hand a package in, check that all is well."""


@desk.command("run")
@_state
@click.option(
    "--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Where it listens, on this machine."
)
@click.option(
    "--sample", is_flag=True, help="Seal a sample chat and hand it in by the real path, if there is no case yet."
)
@common
def desk_run(say: Say, state: Path, port: int, *, sample: bool) -> None:  # noqa: ARG001  the server itself talks
    """Serve the desk until you stop it.

    \b
      safehand desk run --state var/desk
    """  # noqa: D301  click's own mark for lines as they are
    _server().run(state, port=port, sample=sample)


@desk.command("receive")
@click.argument("package", type=A_PATH, metavar="FILE")
@_state
@common
def desk_receive(say: Say, package: Path, state: Path) -> None:
    """Hand a package in from the shell: from a USB stick, from e-mail.

    \b
      safehand desk receive chat.safehand
    """  # noqa: D301  click's own mark for lines as they are
    received = _server().receive(package, state=state)
    for name, value in received.items():
        say.result(f"{name:<10} {value}")
    say.value({"schema": "safehand.received/1", **received})


@desk.command("check")
@_state
@common
def desk_check(say: Say, state: Path) -> None:
    """Check the desk's keys, settings, evidence store and custody log.

    \b
      safehand desk check
    """  # noqa: D301  click's own mark for lines as they are
    problems = _server().check(state=state)
    for problem in problems:
        say.result(problem)
    say.value({"schema": "safehand.check/1", "problems": list(problems)})
    if problems:
        raise CheckFailed(f"The desk has {len(problems)} problems.", where=str(state))
    say.result("All is well.")
