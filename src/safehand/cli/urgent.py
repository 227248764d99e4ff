"""``safehand urgent``: 999 first; then an urgent notice, sealed into a file and read out on the phone."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import click

from safehand.cli.options import A_PATH, common
from safehand.cli.say import Say, shown
from safehand.cli.tables import can_ask
from safehand.errors import CannotRead, UsageError
from safehand.model.canonical import Json
from safehand.model.digest import sha256_of
from safehand.seal.holder_words import WORDS, plain
from safehand.seal.notice import FIELDS, LARGEST, ZONE, Answered, Notice, NoticeField, NoticeKind
from safehand.seal.notice_aloud import notice_text
from safehand.seal.notice_answers import notice_with, parse_notice_answers, read_notice_answer
from safehand.seal.notice_sealed import open_notice, seal_notice
from safehand.seal.questions import DANGER_FIRST
from safehand.seal.whole import WholeFile, writing
from safehand.signing.keys import DeskPublic, load_desk_public, load_identities

SCHEMA: Final = "safehand.urgent/1"


@click.command()
@click.option("--to", "desk_file", type=A_PATH, help="The unit's key: desk.pub. Seal the notice to it.")
@click.option("-o", "--output", type=A_PATH, help="The sealed notice to write.")
@click.option("--answers", "answers_file", type=A_PATH, help="Answers as TOML; otherwise they are asked in a terminal.")
@click.option("--open", "sealed_file", type=A_PATH, help="For officers: open a sealed notice and print it.")
@click.option("--key", "key_file", type=A_PATH, help="For officers: desk.agekey, with --open.")
@click.option("--now", "now_text", hidden=True, help="The moment, for tests: 2026-11-22T10:00:00Z.")
@common
def urgent(
    say: Say,
    desk_file: Path | None,
    output: Path | None,
    answers_file: Path | None,
    sealed_file: Path | None,
    key_file: Path | None,
    now_text: str | None,
) -> None:
    """Say how to reach the police now, and make an urgent notice.

    \b
      safehand urgent
      safehand urgent --to desk.pub -o urgent.age
      safehand urgent --open urgent.age --key desk.agekey

    Ring first: nothing here is needed for that. Twelve short questions follow; Enter is "I don't know" to all but
    the number. The page to read out on the phone is printed; with --to and -o it is also sealed into a file that only
    the unit can open. Nothing leaves this computer.
    """  # noqa: D301  click's own mark for lines as they are
    now = datetime.fromisoformat(now_text) if now_text is not None else datetime.now(UTC)
    if sealed_file is not None or key_file is not None:
        _open(say, sealed_file, key_file, now)
        return
    say.warn(how_to_call())
    if (desk_file is None) != (output is None):
        raise UsageError("--to and -o go together.", todo="Give the unit's key and the file to write.")
    desk = load_desk_public(desk_file) if desk_file is not None else None
    if answers_file is None and not can_ask(say):
        if output is not None:
            raise UsageError("There is nobody to ask.", todo="Give --answers, or run this in a terminal.")
        call: list[Json] = [*how_to_call().splitlines()]
        say.value({"schema": SCHEMA, "call": call})
        return
    _make(say, _answers(say, answers_file, now), desk, output, now)


def how_to_call() -> str:
    """999, also without a word and for who cannot hear."""
    sections = [[f"{section.heading}:", *(f"  {plain(line)}" for line in section.lines)] for section in _SECTIONS]
    return "\n".join([DANGER_FIRST.rstrip(), *(line for section in sections for line in section), ""])


_SECTIONS: Final = (WORDS.silent, WORDS.text)


def _answers(say: Say, file: Path | None, now: datetime) -> dict[str, Answered]:
    today = now.astimezone(ZoneInfo(ZONE)).date()
    if file is None:
        return _ask(say, today)
    try:
        return parse_notice_answers(file.read_bytes(), today, where=str(file))
    except OSError as err:
        raise CannotRead("The answers cannot be opened.", where=str(file), todo=err.strerror or "") from err


def _ask(say: Say, today: date) -> dict[str, Answered]:
    # The number first: whoever is cut off after it can still be rung.
    ordered = sorted(FIELDS, key=lambda field: field.kind is not NoticeKind.NUMBER)
    return {field.id: _ask_one(say, field, today) for field in ordered}


def _ask_one(say: Say, field: NoticeField, today: date) -> Answered:
    words = WORDS.notice.fields[field.id]
    say.warn(f"\n{field.question}. {WORDS.notice.titles[field.question - 1]}: {words.ask} {words.hint}".rstrip())
    for choice in field.choices:
        say.warn(f"  {choice:16} {words.choices[choice]}")
    while True:
        try:
            typed = click.prompt(_takes(field), default="", show_default=False, err=True, prompt_suffix=": ")
            return read_notice_answer(field, typed, today)
        except UsageError as error:
            say.warn(error.found)


def _takes(field: NoticeField) -> str:
    match field.kind:
        case NoticeKind.NUMBER:
            return "a number"
        case NoticeKind.YES_NO:
            return "yes, no, or Enter if you don't know"
        case NoticeKind.CHOICE:
            return "one of these words, or Enter if you don't know"
        case NoticeKind.MANY:
            return "some of these words with commas between, or Enter if you don't know"
        case NoticeKind.DAY:
            return "today, tomorrow, 2026-11-28, or Enter if you don't know"
        case NoticeKind.TEXT:
            return "in your own words, or Enter if you don't know"


def _make(say: Say, answers: dict[str, Answered], desk: DeskPublic | None, output: Path | None, now: datetime) -> None:
    if "caller_number" not in answers:
        raise UsageError("A notice needs caller_number: the number to ring.", todo="Add it to the answers.")
    notice = notice_with(answers, f"{now:%Y-%m-%dT%H:%M:%SZ}")
    sealed = b""
    if desk is not None and output is not None:
        say.talk(f"Sealing to {shown(desk.unit)}. Its fingerprint is {desk.fingerprint}.")
        sealed = seal_notice(notice, desk)
        _write_new(output, sealed)
        say.talk(f"The sealed notice is {output}. Give it to the unit. This page is for the phone:\n")
    _tell(say, notice, now)
    say.value(
        {"schema": SCHEMA, "sealed": str(output) if output else None, "sha256": sha256_of(sealed) if sealed else None}
    )


def _open(say: Say, sealed_file: Path | None, key_file: Path | None, now: datetime) -> None:
    if sealed_file is None or key_file is None:
        raise UsageError("--open and --key go together.", todo="Give the sealed notice and desk.agekey.")
    try:
        with sealed_file.open("rb") as file:
            sealed = file.read(2 * LARGEST)
    except OSError as err:
        raise CannotRead("The notice cannot be opened.", where=str(sealed_file), todo=err.strerror or "") from err
    notice = open_notice(sealed, *load_identities(key_file), where=str(sealed_file))
    _tell(say, notice, now)
    answers: dict[str, Json] = {
        name: {"answer": answer.state.value, "value": answer.value} for name, answer in notice.answers.items()
    }
    say.value({"schema": SCHEMA, "written": notice.written, "answers": answers})


def _tell(say: Say, notice: Notice, now: datetime) -> None:
    say.result("\n".join(shown(line) for line in notice_text(notice, now).splitlines()))


def _write_new(path: Path, content: bytes) -> None:
    with WholeFile(path) as file, writing(path):
        with os.fdopen(os.dup(file.handle), "wb") as out:
            out.write(content)
        file.keep()
