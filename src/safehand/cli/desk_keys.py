"""``safehand desk keys``: how it stands with the keys of a desk, and other ones in their place.

Added to the group in cli/desk.py.
"""

from __future__ import annotations

from pathlib import Path

import click

from safehand.cli.desk_server import desk_server, state_option
from safehand.cli.options import A_PATH, common
from safehand.cli.say import Say
from safehand.errors import UsageError


@click.command("keys")
@state_option
@click.option("--renew", is_flag=True, help="Make another identity: new packages are sealed to it, older still open.")
@click.option("--recovery", type=A_PATH, help="The desk's own key is lost: the recovery.agekey that is kept offline.")
@click.option("--renew-log", is_flag=True, help="Make another key for the custody log; both sign it as it stands.")
@common
def desk_keys(say: Say, state: Path, recovery: Path | None, *, renew: bool, renew_log: bool) -> None:
    """Say how it stands with the desk's keys; or make others, and wrap the key of every case to them.

    \b
      safehand desk keys
      safehand desk keys --renew
      safehand desk keys --recovery /media/safe/recovery.agekey
    """  # noqa: D301  click's own mark for lines as they are
    if renew_log and (renew or recovery is not None):
        raise UsageError("Renew one thing at a time.", todo="The log's key has nothing to do with the desk's.")
    lines = desk_server().keys(state=state, renew=renew, recovery=recovery, renew_log=renew_log)
    for line in lines:
        say.result(line)
    say.value({"schema": "safehand.desk-keys/1", "lines": list(lines)})
