"""``safehand sealer``: the page on which a holder seals, as one file for a USB stick."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from safehand.cli.options import A_PATH, DONE, common
from safehand.cli.say import Say
from safehand.errors import CannotRead
from safehand.seal.sealer_page import sealer_page
from safehand.seal.whole import WholeFile, writing
from safehand.signing.keys import load_desk_public

SCHEMA = "safehand.sealer/1"


@click.command()
@click.option("--to", "desk_file", required=True, type=A_PATH, help="The unit's key: desk.pub.")
@click.option("-o", "--output", required=True, type=A_PATH, help="The page to write: safehand-sealer.html.")
@common
def sealer(say: Say, desk_file: Path, output: Path) -> int:
    """Make the page on which a holder seals a chat without installing anything, and without a network.

    \b
      safehand sealer --to desk.pub -o safehand-sealer.html

    It is one file: put it on a USB stick, or on a school's computer, and open it in a browser. What is sealed in it
    opens at this unit alone, is saved as a file, and goes nowhere by itself: the page's own policy forbids every
    connection. Hand out its fingerprint with it.
    """  # noqa: D301  click's own mark for lines as they are
    desk = load_desk_public(desk_file)
    page = sealer_page(_template(), desk).encode("utf-8")
    with WholeFile(output) as file, writing(output):
        with open(file.handle, "wb", closefd=False) as out:
            out.write(page)
        file.keep()
    say.result(f"{output}\nFingerprint  {desk.fingerprint}")
    say.value({"schema": SCHEMA, "page": str(output), "unit": desk.unit, "fingerprint": desk.fingerprint})
    say.talk("Whoever opens it sees this fingerprint. They compare it with you over the phone before they seal.")
    return DONE


def _template() -> str:
    """As built; a wheel brings it. The desk's own code is not touched: this is a file among its static ones."""
    built = resources.files("safehand") / "desk" / "core" / "static" / "built" / "safehand-sealer.html"
    try:
        return built.read_text("utf-8")
    except OSError as err:
        raise CannotRead(
            "The sealer's page is not built.", todo="Run make styles, or install Safehand's wheel."
        ) from err
