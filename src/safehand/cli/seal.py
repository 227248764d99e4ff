"""``safehand seal``: danger first, then the questions, then one file that only the desk can open."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from safehand.cli.ask import ask_the_rest
from safehand.cli.options import A_PATH, DONE, DONE_WITH_WARNINGS, common
from safehand.cli.pick import ask_which, stated_pick
from safehand.cli.say import Say, counted, shown
from safehand.cli.tables import TableOptions, can_ask, state_tables, table_options
from safehand.errors import CannotRead, CannotWrite, UsageError
from safehand.model.attachment import Registered
from safehand.seal.answers import Answers, dont_know_the_rest, parse_answers, unanswered
from safehand.seal.picked import Picked
from safehand.seal.questions import BEFORE_EXPORT, DANGER_FIRST
from safehand.seal.receipt import Receipt, format_receipt, receipt_text
from safehand.seal.whole import WholeFile, writing
from safehand.seal.write import prepare, write_package
from safehand.signing.clock import Clock, system_clock
from safehand.signing.holder import HolderKey, format_holder_key, new_holder_key, parse_holder_key
from safehand.signing.keys import load_desk_public
from safehand.sources.contract import Capture

_MOST_TOLD: Final = 20
"""Files named on the screen, when many could not be sealed."""


@click.command()
@click.argument("sources", nargs=-1, required=True, type=A_PATH, metavar="SOURCE...")
@click.option("--to", "desk_file", required=True, type=A_PATH, help="The unit's key: desk.pub.")
@click.option("-o", "--output", required=True, type=A_PATH, help="The package to write: FILE.safehand.")
@click.option("--answers", "answers_file", type=A_PATH, help="Answers to the questions, as TOML; the rest is asked.")
@click.option("--dont-know", is_flag=True, help='Answer "I don\'t know" to every question that is still open.')
@click.option("--only", "only", metavar="NUMBERS", help="Seal these conversations alone: 2,5-7, as read numbers them.")
@click.option("--only-reason", metavar="TEXT", help="Why the others are left out.")
@table_options
@click.option("--receipt", "receipt_file", type=A_PATH, help="Write the receipt to this file too.")
@click.option(
    "--signing-key", "key_file", type=A_PATH, help="Sign with the key in this file, or make one and keep it there."
)
@click.option("--at-desk", is_flag=True, help="For officers: seal what a platform gave to police, too.")
@click.option("--seal-time", hidden=True, help="The moment of sealing, for tests: 2026-11-22T10:00:00Z.")
@common
def seal(  # noqa: PLR0913, PLR0917  one for each option
    say: Say,
    sources: tuple[Path, ...],
    desk_file: Path,
    output: Path,
    answers_file: Path | None,
    dont_know: bool,  # noqa: FBT001  click hands options over by name
    only: str | None,
    only_reason: str | None,
    columns: str | None,
    time_format: str | None,
    delimiter: str | None,
    receipt_file: Path | None,
    key_file: Path | None,
    at_desk: bool,  # noqa: FBT001
    seal_time: str | None,
) -> int:
    """Seal files, folders or ZIPs of a chat export, so that only one police desk can open them.

    \b
      safehand seal chat.txt --to desk.pub -o chat.safehand
      safehand seal chat.zip --to desk.pub --answers answers.toml --dont-know -o chat.safehand
      safehand seal download.zip --to desk.pub --only 2,5-7 -o chat.safehand

    Nothing leaves this computer: you hand the package over yourself. Pictures and videos are listed by name and
    never opened. The receipt is printed; it says nothing about what is inside. Exit code 5 when the package is there
    and some of what was given is not in it, or not whole; each is told on stderr.
    """  # noqa: D301  click's own mark for lines as they are
    say.warn(DANGER_FIRST)
    say.talk(BEFORE_EXPORT)
    written = [path for path in (output, receipt_file) if path is not None]
    _refuse_early(sources, written)
    desk = load_desk_public(desk_file)
    say.talk(f"Sealing to {desk.unit}. Its fingerprint is {desk.fingerprint}: compare it with the unit over the phone.")
    answers = stated_pick(_parsed(answers_file), only, only_reason)
    ask = not dont_know and can_ask(say)
    answers = state_tables(say, sources, answers, TableOptions(columns, time_format, delimiter), ask=ask)
    answers = _answered(say, answers, sources, dont_know=dont_know, ask=ask)
    signer = _signer(key_file)
    with say.progress("Sealing") as progress:
        prepared = prepare(sources, answers, clock=_clock(seal_time), progress=progress, at_desk=at_desk)
        receipt = write_package(prepared, desk, output, signer=signer, progress=progress)
    _tell_picked(say, prepared.statement.picked)
    _tell(say, receipt, output)
    if receipt_file is not None:
        _write_new(receipt_file, format_receipt(receipt))
    return _warnings(say, prepared.capture)


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


def _tell_picked(say: Say, picked: Picked | None) -> None:
    if picked is not None:
        messages = sum(left.messages for left in picked.left_out)
        say.talk(
            f"{counted(picked.conversations, 'conversation')} sealed. Left out and counted in the statement:"
            f" {counted(len(picked.left_out), 'conversation')} of {counted(messages, 'message')},"
            f" {counted(picked.files, 'whole file')}."
        )


def _warnings(say: Say, capture: Capture) -> int:
    """Say what of the sources is not in the package, or not whole, and give the exit code.

    A holder who is not told would think it safe, and might delete the only copy.
    """
    refused = [one for one in capture.register if one.refused is not None]
    told = [f"{_place(one)}: It is not in the package. {one.refused}" for one in refused]
    told += [f"{note.file}: {note.words}" for note in capture.notes if note.doubt is not None]
    for line in told[:_MOST_TOLD]:
        say.warn(f"safehand: {shown(line)}")
    if len(told) > _MOST_TOLD:
        say.warn(f"safehand: and {counted(len(told) - _MOST_TOLD, 'more', 'more')}. safehand read says which.")
    return DONE_WITH_WARNINGS if told else DONE


def _place(one: Registered) -> str:
    return one.name if one.container is None else f"{one.container}/{one.name}"


def _refuse_early(sources: Sequence[Path], written: Sequence[Path]) -> None:
    """Before fifty questions are answered: is there something to seal, and room at the names to write?"""
    if len({path.absolute() for path in written}) < len(written):
        raise UsageError("--output and --receipt name the same file.", todo="Name each apart.")
    for path in sources:
        if not path.exists():
            raise CannotRead("It is not there.", where=str(path), todo="Check the path.")
    for path in written:
        if path.exists() or path.is_symlink():
            raise CannotWrite("Something stands here already.", where=str(path), todo="Choose another name.")
        if not path.absolute().parent.is_dir():
            raise CannotWrite("There is no such folder.", where=str(path.parent), todo="Make it, or choose another.")


def _parsed(file: Path | None) -> Answers:
    if file is None:
        return Answers()
    try:
        return parse_answers(file.read_bytes(), where=str(file))
    except OSError as err:
        raise CannotRead("The answers cannot be opened.", where=str(file), todo=err.strerror or "") from err


def _answered(say: Say, answers: Answers, sources: Sequence[Path], *, dont_know: bool, ask: bool) -> Answers:
    """The answers with what was still open."""
    if dont_know:
        return dont_know_the_rest(answers)
    still_open = unanswered(answers)
    if not still_open:
        return answers
    if ask:
        return ask_the_rest(say, ask_which(say, sources, answers))
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
    """All of it or none: half a signing key would sign nothing, and stand in the way of another."""
    with WholeFile(path) as file, writing(path):
        with os.fdopen(os.dup(file.handle), "wb") as out:
            out.write(content)
        file.keep()


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
