"""A return of Roblox: conversations by their id, filtered text as it stands, and nothing dropped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import roblox_return as made
from roblox_return import Row, at, said
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision
from safehand.model.message import Kind, Message
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import Capture, FileInMemory, ReadOptions
from safehand.sources.reading import Reading

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "roblox"


def read(data: bytes, name: str = made.NAME, zone: str | None = None) -> tuple[list[Event], FileAccount]:
    capture = Capture((FileInMemory(name, name, data),))
    reading = Reading(capture, ReadOptions(zone=zone, zone_by="holder" if zone else None))
    events = list(reading.events())
    (account,) = reading.accounts()
    return events, account


def messages_of(*rows: Row, zone: str | None = None) -> list[Message]:
    return [event for event in read(made.chat([rows]), zone=zone)[0] if isinstance(event, Message)]


def test_each_conversation_id_is_one_conversation_and_empty_rows_are_blank() -> None:
    one = [said("1", "blocky", "The gate is open", at(1)), said("2", "robin", "Good", at(2))]
    other = [said("3", "lee", "Who has the hose?", at(0), where="c2", convo_type="chat/game/public")]
    again = [said("1", "blocky", "I have it", at(3))]
    events, account = read(made.chat([one, other, again]))
    opened = [event for event in events if isinstance(event, ConversationOpened)]
    assert [(one.native_id, one.section) for one in opened] == [("c1", "chat/app"), ("c2", "chat/game/public")]
    texts = [event.text for event in events if isinstance(event, Message)]
    assert texts == ["The gate is open", "Good", "I have it", "Who has the hose?"]
    assert account.unparsed == ()
    assert account.segments["blank"].count == 2


def test_a_group_written_newest_first_is_told_oldest_first() -> None:
    rows = [said("1", "blocky", f"row {n}", at(n)) for n in range(5)]
    assert [one.text for one in messages_of(*rows[::-1])] == [f"row {n}" for n in range(5)]


def test_a_group_in_no_order_is_told_by_its_times_and_the_reader_is_told_so() -> None:
    rows = [said("1", "blocky", f"row {n}", at(n)) for n in (3, 0, 4, 1, 2)]
    events, _ = read(made.chat([rows]))
    assert [one.text for one in events if isinstance(one, Message)] == [f"row {n}" for n in range(5)]
    (closed,) = (one for one in events if isinstance(one, ConversationClosed))
    assert any("in the order of their times" in note for note in closed.notes)
    assert Doubt.OUT_OF_ORDER not in dict(closed.doubts)


def test_a_row_without_a_time_stays_beside_the_one_before_it_and_keeps_what_stood_there() -> None:
    rows = [
        said("1", "a", "two", at(2)),
        said("1", "a", "beside two", at(2), ts="soon"),
        said("1", "a", "one", at(1)),
        said("1", "a", "three", at(3)),
    ]
    found = messages_of(*rows)
    assert [one.text for one in found] == ["one", "two", "beside two", "three"]
    assert found[2].doubts == (Doubt.TIME_UNREADABLE,)
    assert '"ts":"soon"' in (found[2].extra or "")


@pytest.mark.parametrize("text", ["####", "see you at ##### tomorrow"])
def test_filtered_text_stands_as_it_is_and_is_doubted(text: str) -> None:
    (message,) = messages_of(said("1", "blocky", text, at(1)))
    assert (message.text, message.doubts) == (text, (Doubt.TEXT_FILTERED,))


@pytest.mark.parametrize("flag", ["is_filtered_o13", "is_filtered_u13", "is_rewritten"])
@pytest.mark.parametrize("value", ["1", "true", "True", "2"])
def test_a_flag_of_the_filter_is_doubted_and_kept(flag: str, value: str) -> None:
    (message,) = messages_of(said("1", "blocky", "plot #7 is dug", at(1), **{flag: value}))
    assert message.doubts == (Doubt.TEXT_FILTERED,)
    assert f'"{flag}":"{value}"' in (message.extra or "")


@pytest.mark.parametrize("value", ["", "0", "false", "False"])
def test_one_number_sign_and_a_flag_that_is_not_set_are_no_filter(value: str) -> None:
    (message,) = messages_of(said("1", "blocky", "plot #7 is dug", at(1), is_rewritten=value))
    assert message.doubts == ()


def test_the_account_that_was_asked_for_is_the_owner() -> None:
    events, _ = read(made.chat([[said("1", "blocky", "Hello", at(1)), said("2", "", "Hi", at(2))]]))
    (closed,) = (one for one in events if isinstance(one, ConversationClosed))
    assert [(one.key, one.names, one.is_owner) for one in closed.participants] == [
        ("1", ("blocky",), True),
        ("2", (), None),
    ]


def test_a_row_of_the_short_kind_shows_the_id_in_place_of_a_name() -> None:
    row = {
        "ts": "2026-01-05T10:05:00Z",
        "conversation_id": "c2",
        "user_id": "2",
        "text": "peas",
        "request_user_id": "1",
    }
    (message,) = messages_of(row)
    assert (message.sender, message.sender_id, message.text, message.doubts) == ("2", "2", "peas", ())


MOMENT = int(datetime(2026, 1, 5, 10, 5, tzinfo=UTC).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("ts", "micros", "basis", "precision"),
    [
        ("2026-01-05T10:05:00Z", MOMENT, Basis.UTC, Precision.SECOND),
        ("2026-01-05T10:05:00.500Z", MOMENT + 500_000, Basis.UTC, Precision.MILLISECOND),
        ("2026-01-05T10:05:00.5Z", MOMENT + 500_000, Basis.UTC, Precision.MILLISECOND),
        ("2026-01-05T10:05:00.123456789Z", MOMENT + 123_456, Basis.UTC, Precision.MICROSECOND),
        ("2026-01-05 10:05:00 UTC", MOMENT, Basis.UTC, Precision.SECOND),
        ("2026-01-05T11:05:00+01:00", MOMENT, Basis.OFFSET, Precision.SECOND),
    ],
)
def test_every_spelling_of_a_time_that_states_its_zone_is_a_moment(
    ts: str, micros: int, basis: Basis, precision: Precision
) -> None:
    (message,) = messages_of(said("1", "a", "peas", at(1), ts=ts))
    sent = message.sent
    assert (sent.utc, sent.basis, sent.precision, sent.raw, message.doubts) == (micros, basis, precision, ts, ())


def test_a_time_that_states_no_zone_is_an_interval_until_somebody_states_it() -> None:
    row = said("1", "a", "peas", at(1), ts="2026-01-05T10:05:00")
    (message,) = messages_of(row)
    assert (message.sent.utc, message.doubts) == (None, (Doubt.ZONE_UNKNOWN,))
    (stated,) = messages_of(row, zone="UTC")
    assert (stated.sent.utc, stated.doubts) == (MOMENT, ())


@pytest.mark.parametrize("ts", ["05/01/2026 10:05", "2026-13-05T10:05:00Z", "2026-01-05T25:05:00Z", "", "1767607500"])
def test_what_is_no_time_is_doubted(ts: str) -> None:
    (message,) = messages_of(said("1", "a", "peas", at(1), ts=ts))
    assert message.doubts == (Doubt.TIME_UNREADABLE,)
    assert message.sent.raw == ts


def test_a_column_that_nobody_knew_is_kept_and_doubted() -> None:
    data = made.chat([[said("1", "a", "peas", at(1), shoe_size="43")]], (*made.COLUMNS, "shoe_size"))
    (message,) = (one for one in read(data)[0] if isinstance(one, Message))
    assert message.doubts == (Doubt.FIELD_NOT_READ,)
    assert '"shoe_size":"43"' in (message.extra or "")


def test_columns_in_another_order_are_found_by_their_names() -> None:
    data = made.chat([[said("1", "a", "peas", at(1))]], made.COLUMNS[::-1])
    (message,) = (one for one in read(data)[0] if isinstance(one, Message))
    assert (message.text, message.sender, message.doubts) == ("peas", "a", ())


@pytest.mark.parametrize("tail", [b",more,and more", b""])
def test_a_row_that_is_not_as_wide_as_the_header_keeps_all_its_fields(tail: bytes) -> None:
    data = made.chat([[said("1", "a", "peas", at(1))]]).rstrip(b"\n")
    data = data + tail + b"\n" if tail else data.rpartition(b",")[0] + b"\n"
    (message,) = (one for one in read(data)[0] if isinstance(one, Message))
    assert (message.text, message.doubts) == ("peas", (Doubt.FIELD_NOT_READ,))
    assert '"fields":["' in (message.extra or "")


def test_a_row_without_conversation_and_words_is_unparsed_and_quotes_nothing() -> None:
    data = made.chat([[said("1", "a", "", at(1), where=""), said("1", "a", "peas", at(2))]])
    events, account = read(data)
    assert [one.text for one in events if isinstance(one, Message)] == ["peas"]
    assert [one.reason for one in account.unparsed] == ["a row without a conversation and without words"]
    (closed,) = (one for one in events if isinstance(one, ConversationClosed))
    assert "Rows that are no messages: 1. The account says where." in closed.notes


def test_bytes_that_are_no_utf8_are_read_and_doubted() -> None:
    data = made.chat([[said("1", "a", "cafe at nine", at(1))]]).replace(b"cafe", b"caf\xe9")
    (message,) = (one for one in read(data)[0] if isinstance(one, Message))
    assert (message.text, message.doubts) == ("café at nine", (Doubt.ENCODING_GUESSED,))


def test_a_quote_where_a_table_has_none_is_read_as_it_stands_and_doubted() -> None:
    rows = [said("1", "a", "one, two", at(1)), said("1", "a", "three", at(2))]
    data = made.chat([rows]).replace(b'"one, two"', b'"one, two"th')
    one, two = (event for event in read(data)[0] if isinstance(event, Message))
    assert (one.text, one.doubts) == ('"one, two"th', (Doubt.HEADER_SUSPECT,))
    assert (two.text, two.doubts) == ("three", ())


def test_a_file_without_rows_says_that_it_has_none() -> None:
    events, account = read(made.chat([]))
    (closed,) = (one for one in events if isinstance(one, ConversationClosed))
    assert (closed.messages, closed.notes) == (0, ("No messages were found in this file.",))
    assert account.unparsed == ()


ME, ROBIN = ("1", "blocky"), ("9", "robin")


def test_private_messages_are_told_between_two_accounts() -> None:
    rows: list[Row | None] = [
        made.letter(1, ROBIN, ME, "Shall we swap seeds?"),
        made.letter(2, ME, ROBIN, "Yes,\r\nthe runner beans"),
        made.letter(3, ("5", "Roblox"), ME, "Welcome", is_system_message="true"),
    ]
    events, account = read(made.table(made.LETTERS, rows), "Messages of the Roblox user 1.csv")
    found = [event for event in events if isinstance(event, Message)]
    assert [(one.kind, one.sender, one.recipients, one.text) for one in found] == [
        (Kind.TEXT, "robin", ("blocky",), "Shall we swap seeds?"),
        (Kind.TEXT, "blocky", ("robin",), "Yes,\r\nthe runner beans"),
        (Kind.SYSTEM, "Roblox", ("blocky",), "Welcome"),
    ]
    assert (found[0].sent.utc, found[0].native_id) == (int(at(1).timestamp()) * 1_000_000, "7001")
    assert '"subject":"Seeds"' in (found[0].extra or "")
    assert account.unparsed == ()


def test_a_private_message_whose_id_stood_there_before_is_doubted() -> None:
    rows = [made.letter(1, ROBIN, ME, "Shall we swap seeds?"), made.letter(2, ME, ROBIN, "Yes", id="7001")]
    events, _ = read(made.table(made.LETTERS, rows), "Messages of the Roblox user 1.csv")
    assert [one.doubts for one in events if isinstance(one, Message)] == [(), (Doubt.DUPLICATE_OF,)]


@pytest.mark.parametrize("created", ["", "soon", "2026-01-05"])
def test_a_private_message_without_seconds_is_doubted(created: str) -> None:
    letter = made.letter(1, ROBIN, ME, "Hello", **{"created_time (UTC seconds)": created})
    (message,) = (one for one in read(made.table(made.LETTERS, [letter]))[0] if isinstance(one, Message))
    assert message.doubts == (Doubt.TIME_UNREADABLE,)


@pytest.mark.parametrize(
    "header", ["userid,frienduserid,createdutc,updatedutc", "pii_userid,btid,devicename,os,osversion"]
)
def test_other_parts_of_a_return_are_kept_whole_as_metadata(header: str) -> None:
    events, account = read(f"{header}\n1,2,3,4\n".encode(), "Friend list of the Roblox user 1.csv")
    assert events == []
    assert (list(account.segments), account.unparsed) == (["metadata"], ())


CHAT = made.chat([[said("1", "a", "peas", at(1))]])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("chat.txt", CHAT),
        ("a.csv", b"ts,conversation_id,user_id,text\n2026-01-05T10:05:00Z,c1,1,peas\n"),
        ("a.csv", b"look: " + CHAT),
        ("a.csv", b"user_id,name\n1,a\n"),
        ("a.csv", b""),
        ("a.csv", b"\n\n" + CHAT),
    ],
)
def test_what_only_looks_like_it_is_not_claimed(name: str, data: bytes) -> None:
    reading = Reading(Capture((FileInMemory(name, name, data),)))
    assert reading.recognised.claims == ()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_the_sample_gives_its_two_messages_and_its_account_adds_up() -> None:
    (path,) = SAMPLES.glob("*.csv")
    events, account = read(path.read_bytes(), path.name)
    assert sum(isinstance(event, Message) for event in events) == 2
    assert account.unparsed == ()
