"""Which column of a table is what: by ``--columns`` and ``--time-format``, or asked in a terminal.

chat.csv is a table of 3 columns, separated by semicolons.
   1  Date
   2  From
   3  Message
Nothing in it is guessed.

Column of the time: 1
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

import click

from safehand.cli.say import Say, counted, shown
from safehand.errors import SafehandError, UsageError
from safehand.model.instant import Basis
from safehand.seal.answers import Answers
from safehand.seal.tables import HOLDER, StateTable
from safehand.sources.archive import capture_of
from safehand.sources.contract import HEAD, Capture, SourceFile
from safehand.sources.known import TABLE, TABLE_UTF16
from safehand.sources.local_time import LocalClock
from safehand.sources.recognise import recognise
from safehand.sources.table.shape import Shape, shape_of
from safehand.sources.table_map import DELIMITERS, TableMap, read_columns, spell_columns
from safehand.sources.time_format import TimeFormat

_Command = TypeVar("_Command", bound=Callable[..., object])

_PARTED: Final = {"comma": "commas", "semicolon": "semicolons", "tab": "tabs", "pipe": "vertical bars"}
_ASKED: Final = MappingProxyType(
    {
        "time": "Column of the time",
        "sender": "Column of who wrote",
        "text": "Column of what was written",
        "conversation": "Column that tells conversations apart, or Enter for none",
        "id": "Column of the message’s own number or id, or Enter for none",
        "recipient": "Column of whom it was sent to, or Enter for none",
    }
)
_MOST_SHOWN: Final = 60
MOST_ASKED: Final = 5
"""Tables that are asked about, one by one. With more, the answers file says it."""


def table_options(command: _Command) -> _Command:
    """Give ``command`` the options that say which column of a table is what."""
    for option in (
        click.option(
            "--delimiter", type=click.Choice(list(DELIMITERS)), help="What parts its fields, where that is not plain."
        ),
        click.option("--time-format", metavar="FORMAT", help="How its times are written: iso, unix, DD/MM/YYYY HH:MM."),
        click.option("--columns", metavar="COLUMNS", help='Which column of a table is what: "time=1,sender=2,text=3".'),
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What the three options say. UsageError where one says nothing without another."""

    columns: str | None
    time_format: str | None
    delimiter: str | None

    def __post_init__(self) -> None:
        """They stand together."""
        if (self.columns is None) != (self.time_format is None) or (self.delimiter and self.columns is None):
            raise UsageError(
                "--columns and --time-format are given together.",
                todo='Write: --columns "time=1,sender=2,text=3" --time-format "DD/MM/YYYY HH:MM".',
            )

    def stated(self, by: str) -> TableMap | None:
        """The map, for every table; None where nothing is said."""
        if self.columns is None or self.time_format is None:
            return None
        return TableMap(read_columns(self.columns), self.time_format, by, self.delimiter)


@dataclass(frozen=True, slots=True)
class Unstated:
    """A table of which nobody has said what its columns are."""

    file: SourceFile
    head: bytes
    shape: Shape

    def lines(self) -> Iterator[str]:
        """What it looks like. Nothing that stands in its rows is shown, and its header only where it can be no row."""
        parted = _PARTED[self.shape.delimiter_name]
        yield f"{shown(self.file.name)} is a table of {counted(self.shape.width, 'column')}, separated by {parted}."
        names = self.shape.names()
        for number, name in enumerate((names or ())[:_MOST_SHOWN], 1):
            yield f"{number:>4}  {shown(name)}"


def unstated_tables(capture: Capture) -> tuple[Unstated, ...]:
    """Every table in ``capture`` that no platform's reader knows."""
    found = []
    for known in recognise(capture).known:
        if known.mark is TABLE:
            with known.file.open() as stream:
                head = stream.read(HEAD)
            shape = shape_of(head)
            if shape is not None:
                found.append(Unstated(known.file, head, shape))
    return tuple(found)


def tables_to_ask(say: Say, found: tuple[Unstated, ...]) -> tuple[Unstated, ...]:
    """Those that somebody is asked about: none of very many."""
    if len(found) <= MOST_ASKED:
        return found
    say.talk(f"{counted(len(found), 'file')} are tables, and nobody has said which of their columns is what.")
    say.talk("Name those that hold messages by themselves, or say it of each in the answers: [[tables]].")
    return ()


def check_fits(table: TableMap, found: Unstated) -> None:
    """UsageError when the columns that were stated are not there."""
    shape = shape_of(found.head, table.delimiter)
    most = 0 if shape is None else max(map(len, shape.rows))
    if max(table.columns.values()) > most:
        raise UsageError(
            f"There is no column {max(table.columns.values())}: the table has {most}.",
            where=found.file.id,
            todo="Columns are counted from 1, from the left.",
        )


def can_ask(say: Say) -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not say.as_json


def ask_table(say: Say, found: Unstated, by: str) -> TableMap | None:
    """Ask which column is what. None where it is to stay unread."""
    say.warn("")
    for line in found.lines():
        say.warn(line)
    say.warn(
        "Nothing in it is guessed. Say which column is what, by its number from the left; Enter leaves it unread.\n"
    )
    columns: dict[str, int] = {}
    for name, ask in _ASKED.items():
        number = _number(say, ask, found.shape.width, columns, optional=ask.endswith("none"))
        if number is not None:
            columns[name] = number
        elif not ask.endswith("none"):
            return None
    return TableMap(MappingProxyType(columns), _format(say, found.shape, columns["time"] - 1), by, None, found.file.id)


def state_tables(say: Say, sources: Sequence[Path], answers: Answers, options: TableOptions, *, ask: bool) -> Answers:
    """The answers with what is said of tables: by the options, or asked; else it is said that nobody has."""
    try:
        capture = capture_of(sources)
        found = unstated_tables(capture)
        _tell_utf16(say, capture)
    except SafehandError:
        return answers  # sealing meets it again, and tells it
    named = {table.file for table in answers.tables}
    found = tuple(one for one in found if not named & {one.file.name, one.file.name.rpartition("/")[2]})
    stated = options.stated(HOLDER)
    if stated is not None:
        if len(found) != 1:
            raise UsageError(
                f"--columns is about one table; there {'is' if not found else 'are'} {len(found) or 'none'}.",
                todo="Say of each table of several which column is what in the answers: [[tables]].",
            )
        check_fits(stated, found[0])
        return _with_tables(answers, [(found[0], stated)])
    if ask:
        asked = [(one, ask_table(say, one, HOLDER)) for one in tables_to_ask(say, found)]
        return _with_tables(answers, [(one, table) for one, table in asked if table is not None])
    for one in tables_to_ask(say, found):
        say.talk(next(one.lines()))
        say.talk("It is sealed as it is. The desk can read it when you say which column is what: --columns.")
    return answers


def _tell_utf16(say: Say, capture: Capture) -> None:
    """Tables that are sealed and that no desk can read."""
    for file in capture.files:
        if TABLE_UTF16.name is not None and TABLE_UTF16.name.search(file.name):
            with file.open() as stream:
                is_one = TABLE_UTF16.meets(file.name, stream.read(2))
            if is_one:
                say.talk(f"{shown(file.name)} is {TABLE_UTF16.what}, and {TABLE_UTF16.why}. {TABLE_UTF16.todo}")


def _with_tables(answers: Answers, stated: Sequence[tuple[Unstated, TableMap]]) -> Answers:
    made = tuple(
        StateTable(one.file.name, spell_columns(table.columns), table.time_format, table.delimiter)
        for one, table in stated
    )
    return replace(answers, tables=(*answers.tables, *made))


def _number(say: Say, ask: str, width: int, taken: dict[str, int], *, optional: bool) -> int | None:
    while True:
        typed = click.prompt(ask, default="", show_default=False, err=True, prompt_suffix=": ").strip()
        if not typed:
            return None
        if not typed.isdecimal() or not 0 < int(typed) <= width:
            say.warn(f"It takes a number from 1 to {width}{', or Enter' if optional else ''}.")
        elif int(typed) in taken.values():
            say.warn("That column is something else already.")
        else:
            return int(typed)


def _format(say: Say, shape: Shape, place: int) -> str:
    """How the times are written. What the first of them cannot be read by is asked for again."""
    times = [row[place] for row in shape.rows[1:] if place < len(row)]
    while True:
        typed = click.prompt(
            "How are the times written? iso, unix, unix-ms, or as DD/MM/YYYY HH:MM",
            default="",
            show_default=False,
            err=True,
            prompt_suffix=": ",
        )
        try:
            stated = TimeFormat(typed)
        except UsageError as error:
            say.warn(error.todo or error.found)
            continue
        read = sum(stated.instant(raw, LocalClock()).basis is not Basis.NONE for raw in times)
        say.warn(f"{read} of the first {len(times)} times can be read so.")
        if read or not times:
            return typed.strip()
