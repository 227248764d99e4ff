"""``safehand desk``: the desk, from the shell.

How the desk is reached is desk_server.py; backup and restore are desk_backup.py.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final

import click

from safehand.cli.desk_backup import desk_backup, desk_restore
from safehand.cli.desk_keys import desk_keys
from safehand.cli.desk_server import desk_server, state_option
from safehand.cli.options import A_PATH, DONE, DONE_WITH_WARNINGS, common
from safehand.cli.say import Say, counted
from safehand.errors import CheckFailed

PORT: Final = 8000

ROLES: Final = ("triage", "reviewer", "investigator", "disclosure", "custodian", "supervisor", "auditor", "admin")
"""Those of safehand.desk.officers.roles, which may not be imported here; a test holds the two together."""

HELD: Final = (*ROLES, "welfare_lead")
"""With what an officer may be appointed to beside the eight."""


@click.group()
def desk() -> None:
    """Run the desk, hand a package in, look after officers, check that all is well, back up and restore."""


desk.add_command(desk_backup)
desk.add_command(desk_keys)
desk.add_command(desk_restore)


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


@desk.command("move-to-postgresql")
@state_option
@common
def desk_move(say: Say, state: Path) -> None:
    """Move the desk's SQLite file into the new, empty PostgreSQL that DATABASE_URL names. Stop the desk first.

    \b
      DATABASE_URL=postgres:///safehand safehand desk move-to-postgresql --state /srv/desk
    """  # noqa: D301  click's own mark for lines as they are
    moved = desk_server().move(state=state)
    say.result(
        f"{counted(sum(moved.values()), 'row')} moved, and the custody log checked. Go on with DATABASE_URL set."
    )
    say.value({"schema": "safehand.moved/1", "rows": dict(moved)})


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
