"""``safehand desk backup`` and ``safehand desk restore``: a copy of a running desk, and a desk made of one.

Added to the group in cli/desk.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from safehand.cli.desk_server import Told, desk_server, state_option
from safehand.cli.options import A_PATH, DONE, DONE_WITH_WARNINGS, common
from safehand.cli.say import Say
from safehand.cli.small_file import read_text

_CALLED: Final[Mapping[str, str]] = {
    "backup": "backup",
    "fingerprint": "fingerprint of the desk",
    "entries": "entries of the log",
    "checkpoints": "checkpoints that agree",
    "brought": "of those, brought by you",
    "packages": "packages",
    "copied": "of those, copied now",
    "read_again": "to be read again",
    "bytes": "bytes in all",
    "manifest": "SHA-256 of its manifest",
    "erased_still_there": "packages erased since",
    "forgotten": "older ones taken away",
}


@click.command("backup")
@click.argument("to", type=A_PATH)
@state_option
@click.option("--keep", type=click.IntRange(1), help="Take all but so many backups away, the newest kept.")
@common
def desk_backup(say: Say, to: Path, state: Path, keep: int | None) -> int:
    """Copy the desk to the folder TO while it runs. Packages that lie there are not copied again.

    \b
      safehand desk backup /mnt/backups
      safehand desk backup /mnt/backups --keep 30

    Secrets in it are sealed to the recovery key. Exit code 5 when a package was lost before.
    """  # noqa: D301  click's own mark for lines as they are
    return _tell(say, "safehand.backup-made/1", desk_server().backup(to, state=state, keep=keep))


@click.command("restore")
@click.argument("source", type=A_PATH, metavar="FROM")
@click.option("--state", type=A_PATH, required=True, help="The folder of the new desk: missing, or empty.")
@click.option("--key", type=A_PATH, required=True, help="What opens the keys in it: recovery.agekey, or desk.agekey.")
@click.option("--checkpoint", "lodged", multiple=True, type=A_PATH, help="One that was lodged; may stand several times")
@click.option("--older", is_flag=True, help="Restore it although a checkpoint that you bring is later.")
@common
def desk_restore(say: Say, source: Path, state: Path, key: Path, lodged: tuple[Path, ...], *, older: bool) -> int:
    """Make a desk of the newest backup in FROM, or of the one that FROM is: every byte checked, by the log itself.

    \b
      safehand desk restore /mnt/backups --state var/desk --key recovery.agekey --checkpoint lodged.txt

    Exit code 3 when anything is not what it was; nothing is left in the new folder then.
    """  # noqa: D301  click's own mark for lines as they are
    texts = [read_text(path) for path in lodged]
    told = desk_server().restore(source, state=state, key=key, lodged=texts, is_older_known=older)
    return _tell(say, "safehand.restored/1", told)


def _tell(say: Say, schema: str, told: Told) -> int:
    facts, to_do, wrong = told
    for name, value in facts.items():
        say.result(f"{_CALLED[name]:<24} {value if isinstance(value, str) else f'{value:,}'}")
    for line in to_do:
        say.talk(line)
    for line in wrong:
        say.warn(f"safehand: {line}")
    say.value({"schema": schema, **facts, "to_do": list(to_do), "wrong": list(wrong)})
    return DONE_WITH_WARNINGS if wrong else DONE
