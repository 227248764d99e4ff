"""``safehand keys``: the keys of a desk."""

from __future__ import annotations

from pathlib import Path

import click

from safehand.cli.options import A_PATH, common
from safehand.cli.say import Say
from safehand.signing.clock import system_clock
from safehand.signing.keys import DESK_IDENTITY, DESK_PUBLIC, DESK_SIGNING, RECOVERY_IDENTITY, new_desk_keys

_FILES = {
    DESK_PUBLIC: "give it to holders: they seal to it",
    DESK_IDENTITY: "opens packages; keep it secret, on the desk",
    DESK_SIGNING: "signs for the desk; keep it secret, on the desk",
    RECOVERY_IDENTITY: "opens packages when desk.agekey is lost; move it offline, off this machine, now",
}


@click.group()
def keys() -> None:
    """Make the keys of a desk."""


@keys.command("new")
@click.argument("directory", type=A_PATH)
@click.option("--name", "unit", default="Unnamed unit", show_default=True, help="The unit's name, as holders know it.")
@common
def keys_new(say: Say, directory: Path, unit: str) -> None:
    """Make a desk's keys in DIRECTORY, and print the fingerprint to read over the phone.

    Nothing is ever overwritten. The files are age and OpenSSH files, and work with their tools.

    \b
      safehand keys new keys --name "Allotment Road Unit"
    """  # noqa: D301  click's own mark for lines as they are
    public = new_desk_keys(directory, unit, clock=system_clock)
    say.result(f"Fingerprint  {public.fingerprint}")
    say.result(f"Unit         {public.unit}")
    for name, what in _FILES.items():
        say.result(f"{directory / name!s}  {what}")
    say.value(
        {
            "schema": "safehand.keys/1",
            "fingerprint": public.fingerprint,
            "unit": public.unit,
            "created": public.created,
            "signing_key": public.signing_key,
            "recipients": list(public.recipients),
            "files": [str(directory / name) for name in _FILES],
        }
    )
    say.talk("Read the fingerprint to holders over the phone, so that they know desk.pub is yours.")
