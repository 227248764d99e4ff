"""``safehand unseal``: check a package and unpack it."""

from __future__ import annotations

from pathlib import Path

import click

from safehand.cli.options import A_PATH, common
from safehand.cli.report import holder_of, tell_report, timestamp_of
from safehand.cli.say import Say
from safehand.seal.open import unseal_package


@click.command()
@click.argument("package", type=A_PATH, metavar="FILE")
@click.option("--key", "identity", type=A_PATH, required=True, help="The desk's key: desk.agekey.")
@click.option(
    "-d", "--directory", type=A_PATH, required=True, help="Where to unpack it: a folder that is not there yet."
)
@click.option("--holder", help="The ssh-ed25519 key that must have signed, from a receipt.")
@click.option("--timestamp", "token", type=A_PATH, help="An RFC 3161 token for the statement.")
@click.option("--authorities", type=A_PATH, help="Certificates of the authorities trusted for --timestamp.")
@common
def unseal(
    say: Say,
    package: Path,
    identity: Path,
    directory: Path,
    holder: str | None,
    token: Path | None,
    authorities: Path | None,
) -> int:
    """Check a package and unpack it into a new folder: bag/ and signature/.

    \b
      safehand unseal chat.safehand --key keys/desk.agekey -d opened

    The folder is there when every step passed, and not there otherwise.
    """  # noqa: D301  click's own mark for lines as they are
    with say.progress("Checking and unpacking") as progress:
        report = unseal_package(
            package,
            identity,
            directory,
            holder=holder_of(holder),
            timestamp=timestamp_of(token, authorities),
            progress=progress,
        )
    code = tell_report(say, report, package, directory=str(directory) if report.passed else None)
    if report.passed:
        say.result(f"Unpacked into {directory}")
    return code
