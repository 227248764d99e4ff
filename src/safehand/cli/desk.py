"""``safehand desk``: the desk, from the shell.

Nothing here imports Django, so that a holder's machine needs none: safehand.desk.server is loaded when a command of the
desk is called. It is loaded by name, because cli and desk are siblings that may not import each other (docs/map.md);
``Server`` says what is asked of it.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final, Protocol, cast

import click

from safehand.cli.options import A_PATH, DONE, DONE_WITH_WARNINGS, common
from safehand.cli.say import Say, counted
from safehand.errors import CheckFailed, UsageError

STATE: Final = Path("var/desk")
"""Where a desk keeps everything, unless it is told otherwise."""

PORT: Final = 8000

ROLES: Final = ("triage", "reviewer", "investigator", "disclosure", "custodian", "supervisor", "auditor", "admin")
"""Those of safehand.desk.officers.roles, which may not be imported here; a test holds the two together."""

HELD: Final = (*ROLES, "welfare_lead")
"""With what an officer may be appointed to beside the eight."""


class Server(Protocol):
    """What the desk offers to the shell."""

    def run(self, state: Path, *, port: int, sample: bool, web: int | None, workers: int) -> None:
        """Serve the desk until it is stopped, and say on stdout how to sign in."""

    def work(self, *, state: Path) -> None:
        """One worker of a desk that runs, until it is stopped."""

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


@click.group()
def desk() -> None:
    """Run the desk, hand a package in, look after officers, check that all is well."""


@desk.command("run")
@state_option
@click.option(
    "--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Its port on this machine."
)
@click.option(
    "--web", type=click.IntRange(1, 64), help="Processes that serve pages: one a core and at most 4 unless told."
)
@click.option(
    "--workers",
    type=click.IntRange(0, 64),
    default=1,
    show_default=True,
    help="Workers that check and read; 0 where they are run apart: safehand desk work.",
)
@click.option("--sample", is_flag=True, help="Seal a made-up chat first, and hand it in by the real path.")
@common
def desk_run(say: Say, state: Path, port: int, web: int | None, workers: int, *, sample: bool) -> None:
    """Serve the desk until you stop it, and say how to sign in.

    \b
      safehand desk run --state var/desk
      safehand desk run --sample
    """  # noqa: D301  click's own mark for lines as they are
    server = desk_server()
    say.value({"schema": "safehand.desk/1", "address": f"http://127.0.0.1:{port}", "state": str(state)})
    with redirect_stdout(sys.stderr if say.as_json else sys.stdout):
        server.run(state, port=port, sample=sample, web=web, workers=workers)


@desk.command("work")
@state_option
@common
def desk_work(say: Say, state: Path) -> None:
    """Run one worker of a desk, until you stop it: apart from its pages, or on another machine.

    \b
      safehand desk work --state /srv/desk
    """  # noqa: D301  click's own mark for lines as they are
    say.value({"schema": "safehand.worker/1", "state": str(state)})
    desk_server().work(state=state)


@desk.command("receive")
@click.argument("package", type=A_PATH, metavar="FILE")
@state_option
@click.option("--officer", help="Who hands it in, by reference: K4021. Not needed where there is only one officer.")
@common
def desk_receive(say: Say, package: Path, state: Path, officer: str | None) -> int:
    """Hand a package in from the shell: from a USB stick, from e-mail.

    \b
      safehand desk receive chat.safehand --officer K4021
    """  # noqa: D301  click's own mark for lines as they are
    received = desk_server().receive(package, state=state, officer=officer)
    for name, value in received.items():
        if name != "not_read":
            say.result(f"{name:<10} {value}")
    say.value({"schema": "safehand.received/1", **received})
    if received["not_read"]:
        say.warn(f"safehand: {received['reference']}: {received['not_read']}")
        return DONE_WITH_WARNINGS
    return DONE


@desk.command("check")
@state_option
@common
def desk_check(say: Say, state: Path) -> int:
    """Check the desk: settings, keys, every package hashed again, the custody log and all that was signed of it.

    \b
      safehand desk check
    """  # noqa: D301  click's own mark for lines as they are
    problems = desk_server().check(state=state)
    for problem in problems:
        say.result(problem)
    say.value({"schema": "safehand.check/1", "problems": list(problems)})
    if problems:
        say.warn(f"safehand: {state}: {counted(len(problems), 'thing is', 'things are')} wrong with this desk.")
        return CheckFailed.exit_code
    say.result("All is well.")
    return DONE


@desk.command("officer")
@click.argument("reference")
@state_option
@click.option("--name", help="Make an officer of this name.")
@click.option("--reset", is_flag=True, help="Give another password, and let them set up their second factor again.")
@click.option("--retire", is_flag=True, help="They have left: end their sign-in.")
@click.option("--case", metavar="CASE", help="Put them on this case, by its reference.")
@common
def desk_officer(
    say: Say, reference: str, state: Path, name: str | None, case: str | None, *, reset: bool, retire: bool
) -> None:
    """Make an officer, or change what one may do. REFERENCE is what they sign in with.

    \b
      safehand desk officer K4021 --name "A. Okafor"
      safehand desk officer K4021 --case SH-7K3M9QXAR
    """  # noqa: D301  click's own mark for lines as they are
    lines = desk_server().officer(reference, state=state, name=name, reset=reset, retire=retire, case=case)
    for line in lines:
        say.result(line)
    say.value({"schema": "safehand.officer/1", "lines": list(lines)})


@desk.command("role")
@click.argument("reference")
@state_option
@click.option(
    "--give", type=click.Choice(HELD), multiple=True, help="Let them hold this role. May stand several times."
)
@click.option("--end", type=click.Choice(HELD), multiple=True, help="They hold it no longer. May stand several times.")
@common
def desk_role(say: Say, reference: str, state: Path, give: tuple[str, ...], end: tuple[str, ...]) -> None:
    """Say which roles an officer holds; give and end them. A role says what an officer may do.

    \b
      safehand desk role K4021 --give reviewer --end triage
    """  # noqa: D301  click's own mark for lines as they are
    lines = desk_server().role(reference, state=state, give=give, end=end)
    for line in lines:
        say.result(line)
    say.value({"schema": "safehand.role/1", "lines": list(lines)})


@desk.command("code")
@state_option
@common
def desk_code(say: Say, state: Path) -> None:
    """Say how to sign in at a sample desk, with the code of this moment.

    \b
      safehand desk code
    """  # noqa: D301  click's own mark for lines as they are
    lines = desk_server().code(state=state)
    for line in lines:
        say.result(line)
    say.value({"schema": "safehand.code/1", "lines": list(lines)})
