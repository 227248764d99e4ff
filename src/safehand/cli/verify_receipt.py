"""``safehand verify-receipt``: is this package the one that the desk said it has?"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from safehand.cli.options import A_PATH, common
from safehand.cli.say import Say, shown
from safehand.errors import CannotRead, CheckFailed
from safehand.model.canonical import Json
from safehand.model.digest import sha256_of_stream
from safehand.seal.acknowledgement import NotAcknowledged, check_acknowledgement
from safehand.seal.handed_over import LONGEST, HandedOver, parse_handed_over
from safehand.signing.keys import DeskPublic, load_desk_public

SCHEMA: Final = "safehand.receipt-check/1"

_SENTENCES: Final = {
    "signature": "It is not signed by this desk: compare the fingerprint of desk.pub with the unit over the phone.",
    "size": "The package is not as long as the one that the desk has.",
    "sha256": "The package is not the one that the desk has.",
}


@click.command("verify-receipt")
@click.argument("receipt", type=A_PATH, metavar="RECEIPT")
@click.argument("package", type=A_PATH, metavar="PACKAGE")
@click.option("--to", "desk_file", required=True, type=A_PATH, help="The unit's key: desk.pub.")
@common
def verify_receipt(say: Say, receipt: Path, package: Path, desk_file: Path) -> int:
    """Check a receipt for something handed over against the package it speaks of.

    \b
      safehand verify-receipt receipt.html chat.safehand --to desk.pub

    RECEIPT is what was saved when it was sent, as a page or as JSON. The package is not opened. Exit code 3 when the
    desk did not sign the receipt, or when the package is not the one it has.
    """  # noqa: D301  click's own mark for lines as they are
    desk = load_desk_public(desk_file)
    handed = parse_handed_over(_read(receipt), where=str(receipt))
    problems = _problems(handed, package, desk)
    _tell(say, handed, desk, problems)
    if problems:
        say.warn(f"safehand: {receipt}: {' '.join(_SENTENCES[problem] for problem in problems)}")
        return CheckFailed.exit_code
    return 0


def _problems(handed: HandedOver, package: Path, desk: DeskPublic) -> list[str]:
    """Every one, not the first alone."""
    said = handed.signed.acknowledgement
    try:
        with package.open("rb") as stream:
            sha256, size = sha256_of_stream(stream)
    except OSError as err:
        raise CannotRead("The package cannot be opened.", where=str(package), todo=err.strerror or "") from err
    found = []
    try:
        check_acknowledgement(handed.signed, desk)
    except NotAcknowledged:
        found.append("signature")
    if size != said.size:
        found.append("size")
    if sha256 != said.sha256:
        found.append("sha256")
    return found


def _tell(say: Say, handed: HandedOver, desk: DeskPublic, problems: list[str]) -> None:
    said = handed.signed.acknowledgement
    if not problems:
        say.result(
            f"{shown(desk.unit)} has this package, and signed that it has.\n"
            f"Reference    {said.reference}\n"
            f"Received     {said.received} (UTC)\n"
            f"Fingerprint  {desk.fingerprint}"
        )
    listed: list[Json] = [*problems]
    say.value(
        {
            "schema": SCHEMA,
            "passed": not problems,
            "problems": listed,
            "reference": said.reference,
            "received": said.received,
            "package_sha256": said.sha256,
            "size": said.size,
            "fingerprint": desk.fingerprint,
        }
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
    except OSError as err:
        raise CannotRead("The receipt cannot be opened.", where=str(path), todo=err.strerror or "") from err
    if len(data) > LONGEST:
        raise CannotRead("This is too long to be a receipt.", where=str(path), todo="Give the one that was saved.")
    return data
