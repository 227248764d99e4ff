"""``safehand seal``: danger first, then the questions, then one file that only the desk can open."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from safehand.cli.ask import ask_the_rest
from safehand.cli.options import A_PATH, common
from safehand.cli.say import Say
from safehand.errors import CannotRead, CannotWrite, UsageError
from safehand.seal.answers import Answers, dont_know_the_rest, parse_answers, unanswered
from safehand.seal.questions import BEFORE_EXPORT, DANGER_FIRST
from safehand.seal.receipt import Receipt, format_receipt, receipt_text
from safehand.seal.write import seal as seal_package
from safehand.signing.clock import Clock, system_clock
from safehand.signing.holder import HolderKey, format_holder_key, new_holder_key, parse_holder_key
from safehand.signing.keys import load_desk_public


@click.command()
@click.argument("sources", nargs=-1, required=True, type=A_PATH, metavar="SOURCE...")
@click.option("--to", "desk_file", required=True, type=A_PATH, help="The unit's key: desk.pub.")
@click.option("-o", "--output", required=True, type=A_PATH, help="The package to write: FILE.safehand.")
@click.option("--answers", "answers_file", type=A_PATH, help="Answers to the questions, as TOML; the rest is asked.")
@click.option("--dont-know", is_flag=True, help='Answer "I don\'t know" to every question that is still open.')
@click.option("--receipt", "receipt_file", type=A_PATH, help="Write the receipt to this file too.")
@click.option(
    "--signing-key", "key_file", type=A_PATH, help="Sign with the key in this file, or make one and keep it there."
)
@click.option("--seal-time", hidden=True, help="The moment of sealing, for tests: 2026-11-22T10:00:00Z.")
@common
def seal(  # noqa: PLR0913, PLR0917  one for each option
    say: Say,
    sources: tuple[Path, ...],
    desk_file: Path,
    output: Path,
    answers_file: Path | None,
    dont_know: bool,  # noqa: FBT001  click hands options over by name
    receipt_file: Path | None,
    key_file: Path | None,
    seal_time: str | None,
) -> None:
    """Seal files, folders or ZIPs of a chat export, so that only one police desk can open them.

    \b
      safehand seal chat.txt --to desk.pub -o chat.safehand
      safehand seal chat.zip --to desk.pub --answers answers.toml --dont-know -o chat.safehand

    Nothing leaves this computer: you hand the package over yourself. Pictures and videos are listed by name and
    never opened. The receipt is printed; it says nothing about what is inside.
    """  # noqa: D301  click's own mark for lines as they are
    say.warn(DANGER_FIRST)
    say.talk(BEFORE_EXPORT)
    written = [path for path in (output, receipt_file) if path is not None]
    _refuse_early(sources, written)
    desk = load_desk_public(desk_file)
    say.talk(f"Sealing to {desk.unit}. Its fingerprint is {desk.fingerprint}: compare it with the unit over the phone.")
    answers = _answers(say, answers_file, dont_know=dont_know)
    signer = _signer(key_file)
    with say.progress("Sealing") as progress:
        receipt = seal_package(
            sources, answers, desk, output, clock=_clock(seal_time), signer=signer, progress=progress
        )
    _tell(say, receipt, output)
    if receipt_file is not None:
        _write_new(receipt_file, format_receipt(receipt))


def _tell(say: Say, receipt: Receipt, output: Path) -> None:
    say.result(receipt_text(receipt).rstrip())
    say.value(
        {
            "schema": "safehand.receipt/1",
            "package": str(output),
            "package_sha256": receipt.package_sha256,
            "statement_sha256": receipt.statement_sha256,
            "sealed": receipt.sealed,
            "holder_key": receipt.holder_key,
        }
    )
    say.talk(f"Hand {output} over as the unit asked you to. Keep the chat where it is, and delete nothing.")


def _refuse_early(sources: Sequence[Path], written: Sequence[Path]) -> None:
    """Before fifty questions are answered: is there something to seal, and room at the names to write?"""
    for path in sources:
        if not path.exists():
            raise CannotRead("It is not there.", where=str(path), todo="Check the path.")
    for path in written:
        if path.exists() or path.is_symlink():
            raise CannotWrite("Something stands here already.", where=str(path), todo="Choose another name.")
        if not path.absolute().parent.is_dir():
            raise CannotWrite("There is no such folder.", where=str(path.parent), todo="Make it, or choose another.")


def _answers(say: Say, file: Path | None, *, dont_know: bool) -> Answers:
    answers = Answers()
    if file is not None:
        try:
            answers = parse_answers(file.read_bytes(), where=str(file))
        except OSError as err:
            raise CannotRead("The answers cannot be opened.", where=str(file), todo=err.strerror or "") from err
    if dont_know:
        return dont_know_the_rest(answers)
    still_open = unanswered(answers)
    if not still_open:
        return answers
    if sys.stdin.isatty() and sys.stderr.isatty() and not say.as_json:
        return ask_the_rest(say, answers)
    raise UsageError(
        f"Not answered: {', '.join(asked.id for asked in still_open)}.",
        todo='Answer them in --answers, give --dont-know for "I don\'t know", or run this in a terminal to be asked.',
    )


def _signer(file: Path | None) -> HolderKey:
    """The key to sign with: out of its file, or a new one, kept only where the holder asked for that."""
    if file is None:
        return new_holder_key(secrets.token_bytes)
    try:
        return parse_holder_key(file.read_bytes(), where=str(file))
    except FileNotFoundError:
        key = new_holder_key(secrets.token_bytes)
        _write_new(file, format_holder_key(key))
        return key
    except OSError as err:
        raise CannotRead("The key file cannot be opened.", where=str(file), todo=err.strerror or "") from err


def _write_new(path: Path, content: bytes) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError as err:
        raise CannotWrite("It could not be written.", where=str(path), todo=err.strerror or "") from err


def _clock(stated: str | None) -> Clock:
    if stated is None:
        return system_clock
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError as err:
        raise UsageError("--seal-time is no time.", todo="Write it as 2026-11-22T10:00:00Z.") from err
    if moment.tzinfo is None:
        raise UsageError("--seal-time has no zone.", todo="Write it as 2026-11-22T10:00:00Z.")
    return lambda: moment.astimezone(UTC)
