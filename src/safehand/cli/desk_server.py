"""What the shell asks of a desk, and how it is reached.

Nothing here imports Django, so that a holder's machine needs none: safehand.desk.server is loaded when a command of the
desk is called. It is loaded by name, because cli and desk are siblings that may not import each other (docs/map.md);
``Server`` says what is asked of it.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol, TypeAlias, cast

import click

from safehand.cli.options import A_PATH
from safehand.errors import UsageError

STATE: Final = Path("var/desk")
"""Where a desk keeps everything, unless it is told otherwise."""

Told: TypeAlias = tuple[Mapping[str, str | int], Sequence[str], Sequence[str]]


class Server(Protocol):
    """What the desk offers to the shell."""

    def run(self, state: Path, *, port: int, sample: bool, web: int | None, workers: int) -> None:
        """Serve the desk until it is stopped, and say on stdout how to sign in."""

    def work(self, *, state: Path) -> None:
        """One worker of a desk that runs, until it is stopped."""

    def move(self, *, state: Path) -> Mapping[str, int]:
        """The desk's SQLite file, moved into a PostgreSQL: rows by table."""

    def receive(self, file: Path, *, state: Path, officer: str | None) -> Mapping[str, str]:
        """Take a package in: how it is called now, and what of it was ``not_read``, empty when all of it was."""

    def check(self, *, state: Path) -> Sequence[str]:
        """What is wrong with the desk, a sentence each."""

    def officer(
        self, reference: str, *, state: Path, name: str | None, reset: bool, retire: bool, case: str | None
    ) -> Sequence[str]:
        """Make an officer, or change what one may do: what to tell them, a line each."""

    def role(self, reference: str, *, state: Path, give: Sequence[str], end: Sequence[str]) -> Sequence[str]:
        """Give roles and end them: what the officer holds, a line each."""

    def keys(self, *, state: Path, renew: bool, recovery: Path | None, renew_log: bool) -> Sequence[str]:
        """How it stands with the desk's keys, or what is to be done once they are other ones, a line each."""

    def log_sign(self, *, state: Path) -> str:
        """The custody log, signed as it stands: a checkpoint."""

    def log_stamps(self, *, state: Path) -> str:
        """How it stands with timestamps of checkpoints, in a sentence."""

    def log_policy(self, *, state: Path) -> str:
        """Whom to believe of this log: a policy, with no witness."""

    def log_ask(self, seen: int, *, state: Path) -> str:
        """What a witness is asked that saw so many entries last."""

    def log_answered(self, answer: str, witnesses: Sequence[str], *, state: Path) -> str:
        """The newest checkpoint with what these witnesses wrote under it, kept."""

    def log_prove(self, entry: int, *, state: Path, purpose: str | None) -> str:
        """The receipt of an entry; opened, where it is said for which purpose."""

    def log_audit(self, lodged: Sequence[str], *, state: Path) -> tuple[int, int, Sequence[str]]:
        """Of the log: its entries, the checkpoints that they agree with, and what is wrong, a sentence each."""

    def backup(self, to: Path, *, state: Path, keep: int | None) -> Told:
        """Copy the desk: what is so, what is to be done, and what is wrong."""

    def restore(self, source: Path, *, state: Path, key: Path, lodged: Sequence[str], is_older_known: bool) -> Told:
        """Make a desk of a backup: the same three."""

    def code(self, *, state: Path) -> Sequence[str]:
        """How to sign in at a sample desk, a line each."""


def desk_server() -> Server:
    """The desk, loaded. UsageError where it is not installed."""
    try:
        return cast("Server", importlib.import_module("safehand.desk.server"))
    except ModuleNotFoundError as err:
        raise UsageError("The desk is not installed here.", todo="Install Safehand with the desk's parts.") from err


state_option = click.option(
    "--state",
    type=A_PATH,
    default=STATE,
    envvar="SAFEHAND_STATE",
    show_default=True,
    show_envvar=True,
    help="The folder in which the desk keeps everything.",
)
