"""Tables in a statement: what the holder said of their columns, in the lowest form that has a place for it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from safehand.errors import PackageDamaged, UsageError
from safehand.model.message import Message
from safehand.seal.answers import dont_know_the_rest, parse_answers
from safehand.seal.machine import Machine
from safehand.seal.statement import Statement, format_statement, parse_statement
from safehand.seal.tables import tables_of
from safehand.seal.write import prepare
from safehand.sources.contract import Capture, FileInMemory, ReadOptions
from safehand.sources.reading import Reading

MACHINE = Machine("Linux 6.1", "Europe/London", "safehand", "0.1.0")
TABLE = "Date;From;Message\n22/04/2023 10:00;Priya;The gate is open\n23/04/2023 10:00;Sam;Football\n"
STATED = '[[tables]]\nfile = "chat.csv"\ncolumns = "time=1,sender=2,text=3"\ntime_format = "DD/MM/YYYY HH:MM"\n'


def statement_of(folder: Path, answers: str, **files: str) -> Statement:
    paths = []
    for name, text in {"chat": TABLE, **files}.items():
        paths.append(folder / f"{name}.csv")
        paths[-1].write_text(text)
    known = dont_know_the_rest(parse_answers(answers.encode()))
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    return prepare(paths, known, clock=lambda: moment, machine=MACHINE).statement


def test_without_a_word_of_tables_a_statement_is_what_it_always_was(tmp_path: Path) -> None:
    data = format_statement(statement_of(tmp_path, ""))
    assert b'"schema":"safehand.statement/1"' in data
    assert b'"tables"' not in data


def test_what_the_holder_says_stands_in_the_statement_and_reads_back(tmp_path: Path) -> None:
    statement = statement_of(tmp_path, STATED, other="one,two\n1,2\n")
    (table,) = statement.tables
    assert (table.item, table.stated_by, table.delimiter) == ("data/0001.csv", "holder", None)
    assert table.columns.as_map() == {"time": 1, "sender": 2, "text": 3}
    data = format_statement(statement)
    assert b'"schema":"safehand.statement/3"' in data
    assert parse_statement(data) == statement


def test_the_desk_reads_the_table_by_what_was_recorded(tmp_path: Path) -> None:
    statement = statement_of(tmp_path, STATED)
    capture = Capture((FileInMemory("data/0001.csv", "chat.csv", TABLE.encode()),))
    options = ReadOptions(zone="Europe/London", zone_by="holder", tables=tables_of(statement.tables))
    messages = [event for event in Reading(capture, options).events() if isinstance(event, Message)]
    assert [(message.sender, message.text) for message in messages] == [
        ("Priya", "The gate is open"),
        ("Sam", "Football"),
    ]
    assert all(message.sent.utc is not None for message in messages)
    assert list(Reading(capture).events()) == []


def test_conversations_are_picked_out_of_a_table_as_it_was_stated(tmp_path: Path) -> None:
    rows = "".join(f"{day}/04/2023 10:00;Priya;n{day};room {day % 2}\n" for day in range(20, 26))
    stated = STATED.replace("text=3", "text=3,conversation=4")
    only = '[only]\nconversations = [2]\nreason = "The other is about seeds."\n'
    statement = statement_of(tmp_path, only + stated, chat="Date;From;Message;Room\n" + rows)
    assert statement.picked is not None
    assert [left.messages for left in statement.picked.left_out] == [3]
    assert b'"schema":"safehand.statement/3"' in format_statement(statement)
    assert parse_statement(format_statement(statement)) == statement


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('file = "chat.csv"', 'file = "none.csv"'), "No text file has this name"),
        (("text=3", "text=2"), "columns of the table"),
        (("text=3", "text=3,mood=4"), "columns of the table"),
        (("DD/MM/YYYY HH:MM", "whenever"), "no form of a time"),
        (("time_format", "times"), "Nothing is called"),
        (('columns = "time=1,sender=2,text=3"\n', ""), "is missing"),
        (('"chat.csv"', '"chat.csv"\ndelimiter = "colon"'), "no such delimiter"),
        (("[[tables]]", "[tables]"), "tables are at most"),
    ],
)
def test_what_cannot_be_so_is_refused(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        statement_of(tmp_path, STATED.replace(*change))


def test_two_words_about_one_table_are_one_too_many(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Two say something of one file"):
        statement_of(tmp_path, STATED + STATED)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('"safehand.statement/3"', '"safehand.statement/1"'),
        ('"data/0001.csv","stated_by"', '"data/0009.csv","stated_by"'),
        ('"sender":2', '"sender":1'),
        ('"sender":2', '"sender":0'),
        ('"stated_by":"holder"', '"stated_by":"desk"'),
        ('"delimiter":null', '"delimiter":"colon"'),
        ('"time_format":"DD/MM/YYYY HH:MM"', '"time_format":""'),
        ('"time":1}', '"time":1,"words":4}'),
    ],
)
def test_a_statement_that_breaks_a_rule_of_tables_is_damaged(tmp_path: Path, good: str, bad: str) -> None:
    data = format_statement(statement_of(tmp_path, STATED)).decode()
    assert good in data
    with pytest.raises(PackageDamaged):
        parse_statement(data.replace(good, bad).encode())


def test_a_form_of_times_that_this_version_does_not_know_reads_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    data = format_statement(statement_of(tmp_path, STATED)).decode().replace("DD/MM/YYYY HH:MM", "stardate")
    assert tables_of(parse_statement(data.encode()).tables) == ()
