"""``safehand log witness``: a witness of other desks' logs. What it keeps: log/witness_folder.py."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import Final

import click

from safehand.cli.options import A_PATH, DONE, common
from safehand.cli.say import Say
from safehand.cli.small_file import read_bytes
from safehand.cli.witness_server import HOST, serve
from safehand.errors import CheckFailed, UsageError
from safehand.log.vkey import format_vkey
from safehand.log.witness import Status
from safehand.log.witness_folder import Caught, WitnessFolder, new_witness

_SCHEMA: Final = "safehand.log-witness/1"

_REFUSED: Final = {
    Status.MALFORMED: "This asks nothing of a witness.",
    Status.NOT_SIGNED: "No key that is believed for this log signed it.",
    Status.UNKNOWN_LOG: "This witness does not look at this log. Its policy.txt lists those it looks at.",
    Status.OTHER_SIZE: "This does not begin where the witness saw the log last.",
    Status.NOT_CONSISTENT: "This log does not go on from what the witness saw.",
}


@click.command("witness")
@click.argument("directory", type=A_PATH)
@click.option("--new", "name", help="Make a witness of this name there, and print the key to give out.")
@click.option("--request", type=A_PATH, help="Answer one request that was carried here, and print the answer.")
@click.option("--port", type=click.IntRange(1, 65535), help="Answer on this port of this machine until stopped.")
@common
def log_witness(say: Say, directory: Path, name: str | None, request: Path | None, port: int | None) -> int:
    """Witness the logs of other desks: those that DIRECTORY/policy.txt lists.

    \b
      safehand log witness north --new north.example
      safehand log witness north --request request.txt > answer.txt
      safehand log witness north --port 8700

    It signs that a log goes on from what it saw before, and refuses one that does not. Exit code 3 when it refused.
    """  # noqa: D301  click's own mark for lines as they are
    if sum(each is not None for each in (name, request, port)) != 1:
        raise UsageError("Say one thing to do.", todo="One of --new, --request, --port.")
    if name is not None:
        vkey = format_vkey(new_witness(directory, name, secrets.token_bytes))
        say.result(vkey)
        say.value({"schema": _SCHEMA, "vkey": vkey})
    elif request is not None:
        return _answer(say, WitnessFolder(directory), request)
    elif port is not None:
        _serve(say, WitnessFolder(directory), port)
    return DONE


def _serve(say: Say, folder: WitnessFolder, port: int) -> None:
    say.value({"schema": _SCHEMA, "vkey": format_vkey(folder.vkey), "address": f"http://{HOST}:{port}"})
    say.result(f"{folder.vkey.name} answers at http://{HOST}:{port}/add-checkpoint. Stop it with Ctrl-C.")
    try:
        serve(folder, port, _seconds, lambda caught: _alarm(say, caught))
    except OSError as err:
        raise UsageError(f"The port {port} of this machine cannot be used.", todo="Choose another: --port.") from err


def _answer(say: Say, folder: WitnessFolder, request: Path) -> int:
    caught = folder.answer(read_bytes(request), _seconds())
    _alarm(say, caught)
    status, body = caught.answered.status, caught.answered.body
    say.value({"schema": _SCHEMA, "status": status.value, "body": body})
    if status is Status.SIGNED:
        say.result(body.removesuffix("\n"))
        return DONE
    say.warn(f"safehand: {request}: {_REFUSED[status]}{f' It saw {body.strip()} entries.' if body else ''}")
    return CheckFailed.exit_code


def _alarm(say: Say, caught: Caught) -> None:
    if caught.evidence is not None:
        say.warn(f"safehand: A log signed two things that cannot both be. The evidence: {caught.evidence}")


def _seconds() -> int:
    return int(time.time())
