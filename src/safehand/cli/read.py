"""``safehand read``: what a source file says, message by message or summed up, and an account of its bytes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from safehand.analysis.gaps import DAY, SILENCE
from safehand.analysis.of_statement import gaps_of_statement
from safehand.analysis.stated import gaps_of_bytes
from safehand.analysis.whole import Whole
from safehand.cli.account import account_value
from safehand.cli.messages_json import write_messages
from safehand.cli.options import A_PATH, DONE, DONE_WITH_WARNINGS, common
from safehand.cli.say import Progress, Say, counted, shown, stdout_failed, write_json, write_out
from safehand.cli.summary import summaries_of, summary_lines, summary_value
from safehand.cli.tables import (
    TableOptions,
    ask_table,
    can_ask,
    check_fits,
    table_options,
    tables_to_ask,
    unstated_tables,
)
from safehand.cli.whole import whole_lines, whole_value
from safehand.errors import CannotRead, UsageError
from safehand.model.conversation import ConversationClosed, Event
from safehand.seal.contents import capture_of_bag
from safehand.seal.layout import STATEMENT
from safehand.seal.statement import Statement, parse_statement
from safehand.seal.tables import tables_of
from safehand.seal.walk import LONGEST_STATEMENT
from safehand.sources.accounting import SegmentKind, SegmentSink
from safehand.sources.archive import capture_of
from safehand.sources.contract import Capture, ReadOptions
from safehand.sources.reading import Reading
from safehand.sources.recognise import require_readable
from safehand.sources.table_map import TableMap

if TYPE_CHECKING:
    from safehand.cli.indicators import Pointers

BY: Final = "command line"
"""Who stated a zone or an order, when it was an option of this command."""

SEGMENT_SCHEMA: Final = "safehand.segment/1"

_NAMED: Final = 5
"""Files of which nothing was read that are warned of one by one. A download of a whole account has hundreds that are no
conversation: contacts, settings, advertisements.
"""

_TOLD_EVERY: Final = 10_000
"""Messages between two words of progress."""


@click.command()
@click.argument("sources", nargs=-1, required=True, type=A_PATH, metavar="SOURCE...")
@click.option("--summary", is_flag=True, help="Who, how many, from when to when. The default.")
@click.option("--json-lines", is_flag=True, help="Every message as one JSON object a line.")
@click.option("--account", is_flag=True, help="Every byte of every file accounted for, as JSON.")
@click.option("--segments", is_flag=True, help="Every segment of every file, one JSON object a line.")
@click.option("--zone", help="The device's time zone, if you know it: Europe/London.")
@click.option(
    "--day-first/--month-first", default=None, help="The order of dates, if you know it and the file cannot tell."
)
@click.option("--indicators", is_flag=True, help="With the summary: what the rules of analysis point to, rule by rule.")
@click.option(
    "--silence",
    type=click.IntRange(1, 36_500),
    default=SILENCE // DAY,
    metavar="DAYS",
    help="Days without a message that the summary tells as a gap. 14 unless you say otherwise.",
)
@table_options
@common
def read(  # noqa: PLR0913  one for each option
    say: Say,
    /,
    sources: tuple[Path, ...],
    *,
    zone: str | None,
    day_first: bool | None,
    silence: int,
    indicators: bool,
    columns: str | None,
    time_format: str | None,
    delimiter: str | None,
    **forms: bool,
) -> int:
    """Read files, folders or ZIPs of a chat export.

    \b
      safehand read chat.txt
      safehand read chat.zip --json-lines | jq .text
      safehand read chat.txt --account
      safehand read opened --summary         what safehand unseal unpacked, with what its statement says
      safehand read chat.csv --columns "time=1,sender=2,text=3" --time-format "DD/MM/YYYY HH:MM"

    Nothing is guessed: what a file does not say about its times stays open unless you state it, and then it is
    recorded as stated. Exit code 5 when some bytes or files could not be read; they are told on stderr.
    """  # noqa: D301  click's own mark for lines as they are
    form = _form(forms)
    if indicators and form != "summary":
        raise UsageError("--indicators goes with the summary alone.", todo=f"Ask for it without --{form}.")
    stated = TableOptions(columns, time_format, delimiter).stated(BY)
    options = ReadOptions(
        zone=_zone(zone),
        zone_by=None if zone is None else BY,
        day_first=day_first,
        day_first_by=None if day_first is None else BY,
    )
    statement = statement_of(sources)
    if statement is None:
        capture = capture_of(sources, databases=True)
        tables = _tables(say, capture, stated)
    else:
        capture = capture_of_bag(sources[0], statement)
        tables = tables_of(statement.tables) if stated is None else (stated,)
    options = replace(options, tables=tables)
    with _segment_lines(form) as sink:
        reading = Reading(capture, options, sink=sink)
        require_readable(capture, reading.recognised)
        _FORMS[form](say, reading, capture, Asked(silence * DAY, statement, indicators=indicators))
    return _warnings(say, reading, capture)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the summary needs beside the reading."""

    silence: int
    """Seconds without a message that are told."""
    statement: Statement | None
    """The holder's, where what was given is an unsealed package."""
    indicators: bool = False
    """Whether to tell what the rules of analysis point to. Never unasked: a parent who reads a chat is not to be told
    more than the chat says."""


def statement_of(sources: tuple[Path, ...]) -> Statement | None:
    """The statement of what ``safehand unseal`` unpacked, where that alone is what was given.

    PackageDamaged and PackageFromTheFuture as parse_statement raises them: it was changed since.
    """
    path = sources[0] / STATEMENT
    if len(sources) != 1 or not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            data = stream.read(LONGEST_STATEMENT)
    except OSError as err:
        raise CannotRead("The statement could not be read.", where=str(path)) from err
    return parse_statement(data)


def _form(asked: dict[str, bool]) -> str:
    """The one form asked for. Of two, one would be left out without a word."""
    given = [form for form in _FORMS if asked[form.replace("-", "_")]]
    if len(given) > 1:
        raise UsageError(
            f"{' and '.join(f'--{form}' for form in given)} cannot be printed together.",
            todo="Ask for one at a time.",
        )
    return given[0] if given else "summary"


def _tables(say: Say, capture: Capture, stated: TableMap | None) -> tuple[TableMap, ...]:
    """What is stated of the tables, or asked where somebody can answer; else what they look like is said."""
    unstated = unstated_tables(capture)
    if stated is not None:
        for found in unstated:
            check_fits(stated, found)
        return (stated,)
    asked = []
    for found in tables_to_ask(say, unstated):
        if can_ask(say):
            asked.append(ask_table(say, found, BY))
        else:
            for line in found.lines():
                say.talk(line)
    return tuple(one for one in asked if one is not None)


@contextmanager
def _segment_lines(form: str) -> Iterator[SegmentSink | None]:
    """Where segments go: one JSON object a line on stdout, when they are what was asked for."""
    if form != "segments":
        yield None
        return
    out = sys.stdout
    spelled: dict[str, str] = {}

    def line(file: str, kind: SegmentKind, start: int, end: int) -> None:
        name = spelled.get(file) or spelled.setdefault(file, json.dumps(file, ensure_ascii=False))
        text = f'{{"schema":"{SEGMENT_SCHEMA}","file":{name},"kind":"{kind}","start":{start},"end":{end}}}\n'
        try:
            out.write(text)
        except OSError as err:
            raise stdout_failed(err) from err

    yield line
    write_out("")


def _zone(name: str | None) -> str | None:
    if name is not None:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as err:
            raise UsageError("--zone is no time zone.", todo="Write it as Europe/London (IANA names).") from err
    return name


def _summary(say: Say, reading: Reading, capture: Capture, asked: Asked) -> None:
    whole = Whole([*(file.name for file in capture.files), *(one.name for one in capture.register)], asked.silence)
    pointers = _pointers() if asked.indicators else None
    with say.progress("Reading") as progress:
        events = whole.watched(_watched(reading.events(), progress))
        summaries = summaries_of(events if pointers is None else pointers.watched(events))
    for gap in gaps_of_bytes(reading.accounts()):
        whole.gaps.keep(gap)
    for gap in gaps_of_statement(asked.statement, whole.platforms):
        whole.gaps.keep(gap)
    if say.as_json:
        pointed = {} if pointers is None else pointers.value()
        say.value({**summary_value(summaries, reading.accounts(), capture), **whole_value(whole), **pointed})
        return
    for line in summary_lines(summaries, reading.accounts(), capture):
        say.result(line)
    say.result("")
    for line in (*whole_lines(whole), *(() if pointers is None else ("", *pointers.lines()))):
        say.result(line)


def _pointers() -> Pointers:
    # Loaded where it is asked for: no other reading needs the patterns, and making them ready takes a while.
    from safehand.cli.indicators import Pointers, words_built  # noqa: PLC0415

    return Pointers(words_built())


def _account(say: Say, reading: Reading, capture: Capture, asked: Asked) -> None:  # noqa: ARG001
    with say.progress("Reading") as progress:
        closed = [event for event in _watched(reading.events(), progress) if type(event) is ConversationClosed]
    write_json(account_value(closed, reading.accounts(), capture))


def _json_lines(say: Say, reading: Reading, capture: Capture, asked: Asked) -> None:  # noqa: ARG001
    write_messages(reading.events(), sys.stdout.buffer)


def _segments(say: Say, reading: Reading, capture: Capture, asked: Asked) -> None:  # noqa: ARG001
    for _ in reading.events():
        pass


_FORMS: Final[dict[str, Callable[[Say, Reading, Capture, Asked], None]]] = {
    "summary": _summary,
    "json-lines": _json_lines,
    "account": _account,
    "segments": _segments,
}
"""What each of the four options prints. One shape for all, so that they stand in one table."""


def _watched(events: Iterable[Event], progress: Progress | None) -> Iterable[Event]:
    """The same events, counted on stderr where somebody watches."""
    return events if progress is None else _counting(events, progress)


def _counting(events: Iterable[Event], progress: Progress) -> Iterator[Event]:
    for count, event in enumerate(events):
        if count % _TOLD_EVERY == 0:
            progress(count, 0)
        yield event


def _warnings(say: Say, reading: Reading, capture: Capture) -> int:
    """Say what could not be read, and give the exit code."""
    gaps = [account for account in reading.accounts() if account.unparsed]
    refused = sum(1 for entry in capture.register if entry.refused is not None)
    others = [account for account in gaps if not account.is_read]
    for account in gaps:
        if account.is_read or len(others) <= _NAMED:
            lost = sum(gap.end - gap.start for gap in account.unparsed)
            lost_of = f"{counted(lost, 'byte')} of {account.bytes:,}"
            say.warn(f"safehand: {shown(account.file)}: {lost_of} could not be read.")
    if len(others) > _NAMED:
        size = counted(sum(account.bytes for account in others), "byte")
        say.warn(f"safehand: {len(others):,} files are no conversation that this version reads: {size} in all.")
    if refused:
        say.warn(f"safehand: {counted(refused, 'file was', 'files were')} refused; --account says why.")
    if gaps:
        say.warn("safehand: They are listed with place and reason by --account; nothing was left out of it.")
    return DONE_WITH_WARNINGS if gaps or refused else DONE
