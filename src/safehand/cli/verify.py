"""``safehand verify``: the numbered steps of the check, with every problem and the file it concerns."""

from __future__ import annotations

from pathlib import Path

import click

from safehand.cli.options import A_PATH, common
from safehand.cli.report import holder_of, tell_report, timestamp_of
from safehand.cli.say import Say
from safehand.seal.open import verify_package


@click.command()
@click.argument("package", type=A_PATH, metavar="FILE")
@click.option("--key", "identity", type=A_PATH, required=True, help="The desk's key: desk.agekey.")
@click.option("--holder", help="The ssh-ed25519 key that must have signed, from a receipt.")
@click.option("--timestamp", "token", type=A_PATH, help="An RFC 3161 token for the statement.")
@click.option("--authorities", type=A_PATH, help="Certificates of the authorities trusted for --timestamp.")
@common
def verify(
    say: Say, package: Path, identity: Path, holder: str | None, token: Path | None, authorities: Path | None
) -> int:
    """Check a package, step by step, and write nothing.

    \b
      safehand verify chat.safehand --key keys/desk.agekey

    Exit code 3 when any step fails; every problem is listed, not the first alone.
    """  # noqa: D301  click's own mark for lines as they are
    with say.progress("Checking") as progress:
        report = verify_package(
            package,
            identity,
            holder=holder_of(holder),
            timestamp=timestamp_of(token, authorities),
            progress=progress,
        )
    return tell_report(say, report, package)
