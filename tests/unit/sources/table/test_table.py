"""Tables whose columns a person stated: nothing is guessed, and nothing is lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import table_made as made
from safehand.errors import KnownButNotRead, UsageError
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Kind, Message
from safehand.sources.contract import Capture, FileInMemory, ReadOptions
from safehand.sources.reading import Reading
from safehand.sources.recognise import require_readable
from safehand.sources.table.shape import shape_of
from safehand.sources.table_map import TableMap, read_columns

PLAIN = TableMap(read_columns("time=1,sender=2,text=3"), "DD/MM/YYYY HH:MM", "command line")
HEADER = ("Date", "From", "Message")
ROWS = [(f"{day}/04/2023 10:00", who, f"n{day}") for day, who in enumerate(("Priya", "Sam") * 3, 20)]


def reading_of(data: bytes, *tables: TableMap, name: str = "chat.csv", zone: str | None = None) -> Reading:
    options = ReadOptions(zone=zone, zone_by=zone and "holder", tables=tables)
    return Reading(Capture((FileInMemory(name, name, data),)), options)


def read(data: bytes, *tables: TableMap, zone: str | None = None) -> tuple[list[Event], Reading]:
    reading = reading_of(data, *tables, zone=zone)
    return list(reading.events()), reading


def messages(events: list[Event]) -> list[Message]:
    return [event for event in events if isinstance(event, Message)]


def one(*row: str, table: TableMap = PLAIN) -> Message:
    (message,) = messages(read(made.table(HEADER, [row]), table)[0])
    return message


def test_a_table_in_utf_16_is_told_as_one_and_what_to_do_with_it() -> None:
    for stated in ((), (PLAIN,)):
        reading = reading_of(made.table(HEADER, ROWS).decode().encode("utf-16"), *stated)
        with pytest.raises(KnownButNotRead, match="UTF-16") as error:
            require_readable(Capture(tuple(one.file for one in reading.recognised.known)), reading.recognised)
        assert "CSV UTF-8" in str(error.value)


def test_the_columns_are_what_a_person_said_they_are() -> None:
    events, reading = read(made.table(HEADER, ROWS), PLAIN, zone="Europe/London")
    found = messages(events)
    assert [(message.sender, message.text) for message in found] == [(row[1], row[2]) for row in ROWS]
    assert {message.sent.basis for message in found} == {Basis.STATED}
    assert {message.doubts for message in found} == {()}
    assert reading.accounts()[0].unparsed == ()
    assert reading.accounts()[0].segments["header"].count == 1
    (closed,) = [event for event in events if isinstance(event, ConversationClosed)]
    assert closed.notes == ("Which column is what, and how the times are written, was stated: command line.",)


def test_without_a_stated_zone_the_times_are_readings_of_a_clock() -> None:
    assert one("22/04/2023 10:00", "Priya", "Hello").doubts == (Doubt.ZONE_UNKNOWN,)


def test_a_day_among_times_of_that_day_runs_back_only_behind_a_later_day() -> None:
    days = ("20 09:00", "22 10:00", "22", "21", "23 10:00", "24 10:00")
    rows = [(f"2023-04-{day}", "Priya", "a") for day in days]
    found = messages(read(made.table(HEADER, rows), replace(PLAIN, time_format="iso"))[0])
    assert [Doubt.OUT_OF_ORDER in message.doubts for message in found] == [False, False, False, True, False, False]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newest_first", [False, True])
def test_any_delimiter_and_either_order_are_read_oldest_first(delimiter: str, newest_first: bool) -> None:  # noqa: FBT001
    rows = ROWS[::-1] if newest_first else ROWS
    found = messages(read(made.table(HEADER, rows, delimiter), PLAIN)[0])
    assert [message.text for message in found] == [row[2] for row in ROWS]


def test_a_table_without_a_map_is_known_and_not_read() -> None:
    reading = reading_of(made.table(HEADER, ROWS))
    assert list(reading.events()) == []
    (known,) = reading.recognised.known
    assert "nobody has said" in known.reason
    assert reading.recognised.sentences_not_read() == (
        "Table: 1 file, a table: nobody has said which of its columns is what.",
    )
    with pytest.raises(KnownButNotRead, match="This is a table, and nobody has said which") as error:
        require_readable(Capture((known.file,)), reading.recognised)
    assert "--columns" in error.value.todo
    assert not any(word in str(error.value) for row in [HEADER, *ROWS] for word in row)


def test_a_map_that_does_not_fit_reads_nothing() -> None:
    beyond = replace(PLAIN, columns=read_columns("time=1,sender=2,text=4"))
    assert reading_of(made.table(HEADER, ROWS), beyond).recognised.claims == ()
    elsewhere = replace(PLAIN, file="other.csv")
    assert reading_of(made.table(HEADER, ROWS), elsewhere).recognised.claims == ()
    assert reading_of(made.table(HEADER, ROWS), PLAIN, name="notes.md").recognised.claims == ()
    named = replace(PLAIN, file="notes.md")
    assert reading_of(made.table(HEADER, ROWS), named, name="notes.md").recognised.claims != ()


def test_who_is_named_goes_before_who_is_not() -> None:
    other = replace(PLAIN, columns=read_columns("time=1,sender=3,text=2"), file="chat.csv")
    found = messages(read(made.table(HEADER, ROWS), PLAIN, other)[0])
    assert found[0].text == "Priya"


def test_a_platforms_own_table_is_read_by_its_own_reader() -> None:
    data = b"message_id,created_at,username,message,channel_url\n$a,2023-04-22 10:00:00 UTC,robin,Hello,room/1\n"
    assert [claim.source for claim in reading_of(data, PLAIN).recognised.claims] == ["reddit"]


def test_a_column_tells_conversations_apart_and_others_stay() -> None:
    table = TableMap(
        read_columns("time=1,sender=2,text=3,conversation=4,id=5,recipient=6"), "DD/MM/YYYY HH:MM", "holder"
    )
    rows = [(*row, f"room {place % 2}", f"m{place % 5}", "Kim", "sunny") for place, row in enumerate(ROWS)]
    events, _ = read(made.table((*HEADER, "Room", "Id", "To", "Mood"), rows), table)
    opened = [event for event in events if isinstance(event, ConversationOpened)]
    assert [(found.native_id, found.title) for found in opened] == [("room 0", "room 0"), ("room 1", "room 1")]
    found = messages(events)
    assert [message.text for message in found] == ["n20", "n22", "n24", "n21", "n23", "n25"]
    assert {message.recipients for message in found} == {("Kim",)}
    assert [json.loads(message.extra or "") for message in found] == [{"Mood": "sunny"}] * 6
    assert all(Doubt.FIELD_NOT_READ in message.doubts for message in found)
    assert found[0].native_id == "m0"


def test_a_time_that_cannot_be_read_as_stated_is_kept_and_doubted() -> None:
    message = one("22.04.23", "Priya", "Hello")
    assert (message.sent.raw, message.sent.basis, message.text) == ("22.04.23", Basis.NONE, "Hello")
    assert message.doubts == (Doubt.TIME_UNREADABLE,)


def test_a_first_row_whose_time_can_be_read_is_a_message() -> None:
    data = made.table(ROWS[0], ROWS[1:])
    found = messages(read(data, PLAIN)[0])
    assert [message.text for message in found] == [row[2] for row in ROWS]


def test_a_row_with_a_field_too_many_is_doubted_and_one_with_too_few_is_no_message() -> None:
    data = made.table(HEADER, ROWS[:1]) + b"21/04/2023 10:00,Sam,one, two\n22/04/2023 10:00,Sam\n,,\n"
    events, reading = read(data, PLAIN)
    _, long = messages(events)
    assert (long.text, long.extra) == ("one", '{"[column 4]":" two"}')
    assert Doubt.SENDER_AMBIGUOUS in long.doubts
    assert [one_.end - one_.start for one_ in reading.accounts()[0].unparsed] == [20, 2]


def test_an_empty_text_is_an_empty_message() -> None:
    assert one("22/04/2023 10:00", "Priya", "").kind is Kind.EMPTY


def test_bytes_that_are_no_utf8_are_read_and_doubted() -> None:
    data = made.table(HEADER, [("22/04/2023 10:00", "Priya", "Caf@")]).replace(b"@", b"\xe9")
    (message,) = messages(read(data, PLAIN)[0])
    assert (message.text, message.doubts) == ("Café", (Doubt.ENCODING_GUESSED, Doubt.ZONE_UNKNOWN))


@pytest.mark.parametrize(
    "text",
    [
        "", "time=1", "time=1,sender=2", "time=1,sender=2,text=2", "time=0,sender=1,text=2", "time=1,sender=2,text=x",
        "time=1,sender=2,text=3,mood=4", "time=1,time=2,sender=3,text=4", "time=1,sender=2,text=99999",
    ],
)  # fmt: skip
def test_columns_that_cannot_be_so_are_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(UsageError) as error:
        read_columns(text)
    assert "time=1,sender=2,text=3" in error.value.todo


def test_a_delimiter_is_taken_only_where_the_table_leaves_no_choice() -> None:
    shape = shape_of(b"Date;From;Message\n1;2;a, b\n")
    assert shape is not None
    assert (shape.delimiter_name, shape.width) == ("semicolon", 3)
    assert shape_of(b"a;b,c\n1;2,3\n") is None
    forced = shape_of(b"a;b,c\n1;2,3\n", "comma")
    assert forced is not None
    assert forced.width == 2
    for data in (b"", b"\n", b"one\ntwo\n", b"{}", b"\xff\xfea\x00,\x00b\x00"):
        assert shape_of(data) is None


def test_names_of_columns_are_told_only_where_they_can_be_nothing_else() -> None:
    for rows, told in (
        ([HEADER, *ROWS], True),
        (ROWS, False),
        ([HEADER], False),
        ([("Priya", "Hello", "there"), ("Priya", "Good", "night")], False),
        ([("Date", "From", "x" * 50), *ROWS], False),
        ([("Date", "", "Message"), *ROWS], False),
    ):
        shape = shape_of(made.table(rows[0], rows[1:]))
        assert shape is not None
        assert (shape.names() is not None) is told


@given(st.lists(st.text(st.sampled_from('a",;\n\r é1/:'), max_size=6), min_size=3, max_size=5), st.binary(max_size=60))
def test_whatever_a_table_holds_every_byte_is_accounted_for(row: list[str], more: bytes) -> None:
    data = made.table(HEADER, [row]) + more
    reading = reading_of(data, replace(PLAIN, file="chat.csv"))
    list(reading.events())
    (account,) = reading.accounts()
    assert sum(tally.bytes for tally in account.segments.values()) == len(data)
