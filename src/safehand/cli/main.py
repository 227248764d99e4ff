"""The commands, and what becomes of an error.

    safehand urgent                          999 first; a notice to read out, or sealed
    safehand keys new DIR                    a desk's keys
    safehand seal SOURCE... --to desk.pub    a chat export, sealed to a desk
    safehand sealer --to desk.pub -o FILE    the page on which a holder seals, for a USB stick
    safehand verify FILE --key desk.agekey   every step of the check, numbered
    safehand unseal FILE --key desk.agekey -d DIR
    safehand verify-receipt RECEIPT FILE     is this package the one that the desk acknowledged?
    safehand recognise SOURCE...             what it is, how sure that is, and why
    safehand read SOURCE...                  what a source file says, and an account of its bytes
    safehand desk run | receive | check      the desk
    safehand log checkpoint | verify | …     the custody log, its proofs and its witnesses

An error is one or two sentences on stderr, or with --json one object on stdout, and an exit code: errors.py says which.
Nobody sees a traceback, because one would quote what was being read.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

import click

from safehand import __version__
from safehand.cli.say import ReaderGone, write_json
from safehand.errors import SafehandError

COMMANDS: Final = {
    "keys": "safehand.cli.keys",
    "urgent": "safehand.cli.urgent",
    "seal": "safehand.cli.seal",
    "sealer": "safehand.cli.sealer",
    "verify": "safehand.cli.verify",
    "unseal": "safehand.cli.unseal",
    "verify-receipt": "safehand.cli.verify_receipt",
    "recognise": "safehand.cli.recognise",
    "read": "safehand.cli.read",
    "desk": "safehand.cli.desk",
    "log": "safehand.cli.log",
}
"""Each command and its module, which holds a click command of the same name (- is _). It is loaded when called."""

STOPPED: Final = 130
"""128 and SIGINT, as shells have it."""

ERROR_SCHEMA: Final = "safehand.error/1"

_HELP: Final = """Seal a chat export, check it, read it.

\b
  safehand urgent
  safehand seal chat.txt --to desk.pub -o chat.safehand
  safehand verify chat.safehand --key desk.agekey
  safehand read chat.txt
"""


class _Commands(click.Group):
    """The table above as a click group."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(COMMANDS[cmd_name]), cmd_name.replace("-", "_"))
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        return command


@click.group(
    cls=_Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="safehand", message="%(prog)s %(version)s")
def safehand() -> None:
    """Every command is in the table."""


def main() -> None:
    """What the shell calls."""
    for stream in (sys.stdout, sys.stderr):
        # A path on a disk may hold bytes that are no text; they are written out and never stop a command.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError:
        # It was said already: a full disk, or a reader that closed the pipe. Python would try once more, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code."""
    try:
        code = safehand.main(list(arguments), prog_name="safehand", standalone_mode=False)
    except SafehandError as error:
        return _tell(arguments, error.code, error.found, error.where, error.todo, error.exit_code)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "safehand"
        return _tell(arguments, "usage", error.format_message(), "", f"Try: {path} --help", error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _tell(arguments, "stopped", "Stopped. Nothing was left half done.", "", "", STOPPED)
    except ReaderGone:
        return 0
    except Exception as error:  # noqa: BLE001  the last resort: a traceback would show what was being read
        where = _place(error.__traceback__)
        found = f"Something happened that Safehand does not expect: {type(error).__name__}."
        todo = "Please report this line and the version; it holds nothing of what was read (SECURITY.md)."
        return _tell(arguments, "unexpected", found, where, f"{todo} Version {__version__}.", 1)
    return code if isinstance(code, int) else 0


def _tell(arguments: Sequence[str], code: str, found: str, where: str, todo: str, exit_code: int) -> int:
    if _wants_json(arguments):
        write_json({"schema": ERROR_SCHEMA, "code": code, "found": found, "where": where, "todo": todo})
    else:
        place = f"{where}: " if where else ""
        sys.stderr.write(f"safehand: {place}{found}{' ' + todo if todo else ''}\n")
    return exit_code


def _wants_json(arguments: Sequence[str]) -> bool:
    # The command line itself may be what is wrong, so click cannot be asked.
    given = list(arguments)
    return "--json" in given[: given.index("--")] if "--" in given else "--json" in given


def _place(trace: TracebackType | None) -> str:
    """Where in our own code it happened: a file and a line, no more."""
    root = Path(__file__).parents[1]
    for frame in reversed(traceback.extract_tb(trace)):
        if Path(frame.filename).is_relative_to(root):
            return f"{Path(frame.filename).relative_to(root.parent).as_posix()}:{frame.lineno}"
    return ""


if __name__ == "__main__":
    main()
