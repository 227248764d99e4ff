"""A return of Snapchat: tables below legends, columns by their names, both spellings of a time, and nothing dropped."""

from __future__ import annotations

import pytest

import snapchat_return_made as made
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Kind, Match, Message
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import Capture, FileInMemory, ReadOptions
from safehand.sources.reading import Reading
from snapchat_return_made import COLUMNS, NEWER, PRIYA, ROBIN, Row, at, said

NAME = "conversations.csv"
MICROS = int(at(1).timestamp()) * 1_000_000


def read(data: bytes, name: str = NAME, window: int = 1 << 20) -> tuple[list[Event], FileAccount]:
    reading = Reading(Capture((FileInMemory(name, name, data),)), ReadOptions(window=window))
    events = list(reading.events())
    (account,) = reading.accounts()
    return events, account


def messages_of(*rows: Row, columns: tuple[str, ...] = COLUMNS) -> list[Message]:
    return [event for event in read(made.conversations(rows, columns=columns))[0] if isinstance(event, Message)]


def test_each_conversation_id_is_one_conversation_with_its_title_and_kind() -> None:
    rows = [
        said(1, PRIYA, ROBIN, "The gate is open"),
        said(2, ROBIN, PRIYA, "Good"),
        said(3, PRIYA, ROBIN, "Who digs?", conversation_id="c2", is_one_on_one="false", conversation_title="Plot 14"),
    ]
    events, account = read(made.conversations(rows))
    opened = [event for event in events if isinstance(event, ConversationOpened)]
    assert [(one.native_id, one.title, one.kind) for one in opened] == [
        ("c1", None, ConversationKind.DIRECT),
        ("c2", "Plot 14", ConversationKind.GROUP),
    ]
    found = [event for event in events if isinstance(event, Message)]
    assert [(one.sender, one.sender_id, one.recipients, one.text, one.doubts) for one in found] == [
        ("priya_k", "u-1", ("robin_k",), "The gate is open", ()),
        ("robin_k", "u-2", ("priya_k",), "Good", ()),
        ("priya_k", "u-1", ("robin_k",), "Who digs?", ()),
    ]
    assert account.unparsed == ()


def test_a_legend_is_metadata_the_row_of_signs_structure_and_the_header_a_header() -> None:
    _, account = read(made.conversations([said(1, PRIYA, ROBIN, "peas")]))
    assert {str(kind): tally.count for kind, tally in account.segments.items() if kind != "structure"} == {
        "metadata": 1,
        "header": 1,
        "message": 1,
    }


@pytest.mark.parametrize("window", [64, 300, 1 << 20])
def test_a_second_table_has_its_own_columns_and_continues_its_conversations(window: int) -> None:
    one = made.table([said(1, PRIYA, ROBIN, "one")], COLUMNS)
    two = made.table([said(2, ROBIN, PRIYA, "two"), said(3, PRIYA, ROBIN, "three")], NEWER[::-1])
    events, account = read(one + b"\n" + two, window=window)
    assert [event.text for event in events if isinstance(event, Message)] == ["one", "two", "three"]
    assert sum(isinstance(event, ConversationOpened) for event in events) == 1
    assert all(event.doubts == () for event in events if isinstance(event, Message))
    assert account.unparsed == ()


def test_a_table_of_something_else_in_the_file_is_metadata() -> None:
    other = made.table([{"ip": "203.0.113.5", "when": "now"}], ("ip", "when"), legend="Addresses")
    events, account = read(made.conversations([said(1, PRIYA, ROBIN, "peas")]) + other)
    assert [event.text for event in events if isinstance(event, Message)] == ["peas"]
    assert account.segments["metadata"].count == 4
    assert account.unparsed == ()


@pytest.mark.parametrize(
    "timestamp", ["2026-04-11 04:03:00 UTC", "Sat Apr 11 04:03:00 UTC 2026", "2026-04-11T04:03:00Z"]
)
def test_both_spellings_of_a_time_are_utc(timestamp: str) -> None:
    (message,) = messages_of(said(1, PRIYA, ROBIN, "peas", timestamp=timestamp))
    assert (message.sent.utc, message.sent.basis, message.sent.raw) == (MICROS, Basis.UTC, timestamp)
    assert message.doubts == ()


@pytest.mark.parametrize("timestamp", ["Sat Apr 31 04:03:00 UTC 2026", "Sam Apr 11 04:03:00 UTC 2026", "", "soon",
                                       "Sat Apr 11 04:03:00 BST 2026"])  # fmt: skip
def test_what_is_no_time_is_kept_and_doubted(timestamp: str) -> None:
    (message,) = messages_of(said(1, PRIYA, ROBIN, "peas", timestamp=timestamp))
    assert message.doubts == (Doubt.TIME_UNREADABLE,)
    assert message.sent.raw == timestamp


def test_a_time_without_a_zone_is_an_interval() -> None:
    (message,) = messages_of(said(1, PRIYA, ROBIN, "peas", timestamp="2026-04-11 04:03:00"))
    assert (message.sent.utc, message.doubts) == (None, (Doubt.ZONE_UNKNOWN,))


def test_columns_that_came_later_move_nothing() -> None:
    (message,) = messages_of(said(1, PRIYA, ROBIN, "peas", is_topic_chat="true"), columns=NEWER)
    assert (message.text, message.sent.utc, message.doubts) == ("peas", MICROS, ())
    assert '"is_topic_chat":"true"' in (message.extra or "")


def test_a_column_that_nobody_knew_is_kept_and_doubted() -> None:
    (message,) = messages_of(said(1, PRIYA, ROBIN, "peas", shoe_size="43"), columns=(*COLUMNS, "shoe_size"))
    assert message.doubts == (Doubt.FIELD_NOT_READ,)
    assert '"shoe_size":"43"' in (message.extra or "")


def test_reactions_are_kept_and_doubted_because_nobody_knows_how_they_are_written() -> None:
    (message,) = messages_of(said(1, PRIYA, ROBIN, "peas", reactions="robin_k: heart"))
    assert message.doubts == (Doubt.FIELD_NOT_READ,)
    assert '"reactions":"robin_k: heart"' in (message.extra or "")


def test_files_are_names_and_nothing_is_opened() -> None:
    (message,) = messages_of(said(1, PRIYA, ROBIN, "look", media_id="b~Eig1;b~Eig2"))
    assert (message.kind, message.text) == (Kind.MEDIA, "look")
    assert [one.name for one in message.attachments] == ["b~Eig1", "b~Eig2"]


def test_a_row_without_words_and_files_is_empty() -> None:
    (message,) = messages_of(said(1, PRIYA, ROBIN, "", content_type="SNAP"))
    assert (message.kind, message.text) == (Kind.EMPTY, None)
    assert '"content_type":"SNAP"' in (message.extra or "")


def test_an_answer_names_what_it_answers_and_says_so_where_that_is_not_there() -> None:
    rows = [
        said(1, PRIYA, ROBIN, "Who digs?"),
        said(2, ROBIN, PRIYA, "I do", reply_to_message_id="m1"),
        said(3, ROBIN, PRIYA, "Yes", reply_to_message_id="m77"),
    ]
    _, one, two = messages_of(*rows)
    assert one.reply is not None
    assert two.reply is not None
    assert (one.reply.native_id, one.reply.match, one.doubts) == ("m1", Match.EXACT, ())
    assert (two.reply.match, two.doubts) == (Match.NONE, (Doubt.REPLY_TARGET_MISSING,))


def test_a_row_that_stands_twice_is_told_twice_and_the_second_says_so() -> None:
    row = said(1, PRIYA, ROBIN, "peas")
    one, two = messages_of(row, row)
    assert (one.doubts, two.doubts) == ((), (Doubt.DUPLICATE_OF,))


def test_rows_in_no_order_are_told_by_their_times() -> None:
    rows = [said(n, PRIYA, ROBIN, f"row {n}") for n in (2, 0, 3, 1)]
    events, _ = read(made.conversations(rows))
    assert [one.text for one in events if isinstance(one, Message)] == [f"row {n}" for n in range(4)]
    (closed,) = (one for one in events if isinstance(one, ConversationClosed))
    assert any("in the order of their times" in note for note in closed.notes)


def test_a_lost_quote_costs_its_row_and_not_the_rest_of_the_table() -> None:
    rows = [said(n, PRIYA, ROBIN, f'row {n}, "dug"') for n in range(6)]
    data = made.conversations(rows).replace(b'"row 2, ""dug"""', b'"row 2, dug', 1)
    events, account = read(data)
    assert [one.text for one in events if isinstance(one, Message)] == [
        f'row {n}, "dug"' for n in (0, 1, 3, 4, 5)
    ]  # fmt: skip
    assert [one.reason for one in account.unparsed] == ["a quoted field that ends where no field may end"]


def test_the_chats_of_2021_are_read_by_the_same_reader() -> None:
    rows = [
        {"id": "1", "from": "priya_k", "to": "robin_k", "body": "The gate is open", "saved": "true",
         "timestamp": made.older_time(at(1))},
        {"id": "2", "from": "robin_k", "to": "priya_k", "body": "Good", "saved": "false",
         "timestamp": made.older_time(at(2))},
    ]  # fmt: skip
    events, account = read(made.table(rows, made.OLDER, legend=""), "chats.csv")
    found = [event for event in events if isinstance(event, Message)]
    assert [(one.sender, one.text, one.native_id, one.doubts) for one in found] == [
        ("priya_k", "The gate is open", "1", ()),
        ("robin_k", "Good", "2", ()),
    ]
    assert sum(isinstance(event, ConversationOpened) for event in events) == 1
    assert account.unparsed == ()


@pytest.mark.parametrize("name", ["subscriber_info.csv", "return/ip_data.csv", "conversation_list.csv"])
def test_other_parts_of_a_return_are_kept_whole_as_metadata(name: str) -> None:
    events, account = read(made.table([{"ip": "203.0.113.5", "when": "now"}], ("ip", "when")), name)
    assert events == []
    assert (list(account.segments), account.unparsed) == (["metadata"], ())


DATA = made.conversations([said(1, PRIYA, ROBIN, "peas")])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("conversations.txt", DATA),
        (NAME, b"bed,what\n1,peas\n"),
        (NAME, b"look\n" + made.table([], COLUMNS, legend="")),
        ("ip_data.csv", b"ip,when\n203.0.113.5,now\n"),
        ("beds.csv", made.table([{"ip": "1"}], ("ip", "when"))),
        (NAME, b""),
        (NAME, b"=\n"),
    ],
)
def test_what_only_looks_like_it_is_not_claimed(name: str, data: bytes) -> None:
    assert Reading(Capture((FileInMemory(name, name, data),))).recognised.claims == ()
