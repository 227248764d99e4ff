"""Reddit's tables: who, when, which conversation; columns by name; lists of headers say nothing twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import reddit_export as made
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision
from safehand.model.message import Kind, Match, Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading
from safehand.sources.reddit.message import moment_of

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "reddit"
MINUTE = 60_000_000
FIRST = 1_682_157_600_000_000


def read(**files: bytes) -> tuple[list[Event], Reading]:
    reading = Reading(Capture(tuple(FileInMemory(f"{name}.csv", f"{name}.csv", data) for name, data in files.items())))
    return list(reading.events()), reading


def messages(events: list[Event]) -> list[Message]:
    return [event for event in events if isinstance(event, Message)]


def opened(events: list[Event]) -> list[ConversationOpened]:
    return [event for event in events if isinstance(event, ConversationOpened)]


def closed(events: list[Event]) -> list[ConversationClosed]:
    return [event for event in events if isinstance(event, ConversationClosed)]


def chats(*rows: made.Row) -> tuple[list[Event], Reading]:
    return read(chat_history=made.table(made.CHATS, rows))


def one(row: made.Row) -> Message:
    (message,) = messages(chats(row)[0])
    return message


def test_each_channel_is_a_conversation_read_oldest_first_whichever_way_it_was_written() -> None:
    rows = [made.chat("robin", f"n{n}", made.at(n), channel=f"room/{n % 2}") for n in range(8)]
    newest_first = [row for row in reversed(rows) if row["channel_url"] == "room/1"]
    events, reading = chats(*[row for row in rows if row["channel_url"] == "room/0"], *newest_first)
    assert [(found.native_id, found.kind) for found in opened(events)] == [
        ("room/0", ConversationKind.DIRECT),
        ("room/1", ConversationKind.DIRECT),
    ]
    assert [message.text for message in messages(events)] == ["n0", "n2", "n4", "n6", "n1", "n3", "n5", "n7"]
    assert all(found.doubts == () for found in closed(events))
    assert reading.accounts()[0].unparsed == ()


def test_a_message_has_its_account_its_moment_and_its_words() -> None:
    message = one(made.chat("robin", 'Hello, "you"\r\ntwo', made.at(1), native="$abc"))
    assert (message.kind, message.sender, message.sender_id, message.native_id) == (Kind.TEXT, "robin", "robin", "$abc")
    assert message.text == 'Hello, "you"\r\ntwo'
    assert message.sent.utc == FIRST + MINUTE
    assert message.sent.precision is Precision.SECOND
    assert message.doubts == ()
    assert message.extra is None
    assert one(made.chat("robin", "", made.at(1))).kind is Kind.EMPTY


def test_columns_are_found_by_their_names_in_any_order_and_number() -> None:
    row = made.chat("robin", "Hello", made.at(1), native="$a", mood="sunny")
    columns = ("mood", "channel_url", "message", "username", "created_at", "message_id")
    events, _ = read(chat_history=made.table(columns, [row]))
    (message,) = messages(events)
    assert (message.sender, message.text, message.sent.utc) == ("robin", "Hello", FIRST + MINUTE)
    assert message.doubts == (Doubt.FIELD_NOT_READ,)
    assert json.loads(message.extra or "") == {"mood": "sunny"}


def test_what_is_known_and_has_no_place_is_kept_without_a_doubt() -> None:
    changed = made.chat("robin", "Hello", made.at(1), updated_at=made.at(9))
    assert json.loads(one(changed).extra or "") == {"updated_at": made.at(9)}
    assert one(changed).doubts == ()
    events, _ = chats(
        made.chat("robin", "Hello", made.at(1), subreddit="allotments", channel_name="gate", conversation_type="odd"),
        made.chat("robin", "Again", made.at(2), subreddit="trains", channel_name="gate", conversation_type="odd"),
    )
    (conversation,) = opened(events)
    assert (conversation.title, conversation.kind) == ("gate", ConversationKind.UNKNOWN)
    assert json.loads(conversation.extra or "") == {"subreddit": "allotments", "conversation_type": "odd"}
    assert conversation.title_span is not None
    assert [message.extra for message in messages(events)] == [None, '{"subreddit":"trains"}']


def test_an_answer_names_what_it_answers_and_whether_that_is_here() -> None:
    events, _ = chats(
        made.chat("robin", "Hello", made.at(1), native="$a"),
        made.chat("kim", "Hi", made.at(2), native="$b", thread_parent_message_id="$a"),
        made.chat("kim", "Hm", made.at(3), native="$c", thread_parent_message_id="$x"),
        made.chat("kim", "Hm", made.at(4), native="$c"),
    )
    _, exact, missing, again = messages(events)
    assert exact.reply is not None
    assert (exact.reply.native_id, exact.reply.match) == ("$a", Match.EXACT)
    assert missing.reply is not None
    assert (missing.reply.match, missing.doubts) == (Match.NONE, (Doubt.REPLY_TARGET_MISSING,))
    assert again.doubts == (Doubt.DUPLICATE_OF,)


def test_private_messages_are_gathered_by_thread_with_the_first_that_names_it() -> None:
    rows = [
        made.mail("robin", "me_user", "Is it open?", made.at(1), native="t1", subject="The gate"),
        made.mail("me_user", "robin", "Yes", made.at(2), native="t2", thread="t1", subject="re: The gate"),
        made.mail("kim", "me_user", "Homework?", made.at(3), native="u1", thread="u1", subject="School"),
        made.mail("me_user", "kim", "Done", made.at(4), native="u2", thread="u1", subject="Another"),
    ]
    events, reading = read(messages=made.table(made.MAIL, rows), message_headers=made.table(made.HEADERS, rows))
    assert [(found.native_id, found.title, found.kind) for found in opened(events)] == [
        ("t1", "The gate", ConversationKind.DIRECT),
        ("u1", "School", ConversationKind.DIRECT),
    ]
    found = messages(events)
    assert [message.text for message in found] == ["Is it open?", "Yes", "Homework?", "Done"]
    assert [message.recipients for message in found] == [("me_user",), ("robin",), ("me_user",), ("kim",)]
    assert json.loads(found[3].extra or "")["subject"] == "Another"
    assert "subject" not in json.loads(found[1].extra or "")
    assert {message.doubts for message in found} == {()}
    headers = reading.accounts()[1]
    assert headers.unparsed == ()
    assert headers.segments["metadata"].count == 4
    assert "say again what a message says: 4." in closed(events)[0].notes[0]


def test_a_header_whose_message_stands_nowhere_is_a_message_without_words() -> None:
    rows = [made.mail("robin", "me_user", f"n{n}", made.at(n), native=f"t{n}", thread="t0") for n in range(3)]
    events, _ = read(messages=made.table(made.MAIL, rows[::2]), message_headers=made.table(made.HEADERS, rows))
    assert [(message.text, message.kind) for message in messages(events)] == [
        ("n0", Kind.TEXT),
        (None, Kind.EMPTY),
        ("n2", Kind.TEXT),
    ]
    alone, reading = read(message_headers=made.table(made.HEADERS, rows))
    assert len(messages(alone)) == 3
    assert opened(alone)[0].form == "reddit/message-headers-csv"
    assert reading.accounts()[0].unparsed == ()


def test_the_conversation_whose_words_are_missing_says_so_and_no_other_does() -> None:
    known = [made.mail("robin", "me_user", "n0", made.at(0), native="t0", thread="t0")]
    alone = [made.mail("robin", "me_user", "", made.at(1), native="t9", thread="t9")]
    events, _ = read(messages=made.table(made.MAIL, known), message_headers=made.table(made.HEADERS, [*known, *alone]))
    told = [any("without their words" in note for note in found.notes) for found in closed(events)]
    assert told == [False, True]


def test_a_moment_may_have_a_fraction_of_a_second() -> None:
    rows = [made.chat("robin", f"n{n}", f"2023-04-22 10:00:0{n}") for n in range(3)]
    for row, end in zip(rows, (".000123 UTC", " UTC", ".5 UTC"), strict=True):
        row["created_at"] += end
    parts = {"chat_history": rows[::2], "chat_history_1": rows[1::2]}
    events, _ = read(**{name: made.table(made.CHATS, part) for name, part in parts.items()})
    found = messages(events)
    assert [message.text for message in found] == ["n0", "n1", "n2"]
    assert [message.doubts for message in found] == [(), (), ()]
    assert [(message.sent.basis, message.sent.utc) for message in found] == [
        (Basis.UTC, FIRST + 123),
        (Basis.UTC, FIRST + 1_000_000),
        (Basis.UTC, FIRST + 2_500_000),
    ]


def test_parts_of_one_table_are_merged_by_their_times() -> None:
    rows = [made.chat("robin", f"n{n}", made.at(n)) for n in range(300)]
    parts = {"chat_history": rows[::2], "chat_history_1": rows[1::2][::-1]}
    events, _ = read(**{name: made.table(made.CHATS, part) for name, part in parts.items()})
    assert [message.text for message in messages(events)] == [f"n{n}" for n in range(300)]
    assert closed(events)[0].doubts == ()
    assert opened(events)[0].files == ("chat_history.csv", "chat_history_1.csv")


@pytest.mark.parametrize(
    "text", ["", "22/04/2023 10:00", "2023-04-22 10:00:00", "2023-02-30 10:00:00 UTC", "9999999999"]
)
def test_a_time_that_cannot_be_read_is_kept_and_doubted(text: str) -> None:
    message = one(made.chat("robin", "Hello", text))
    assert (message.sent.raw, message.sent.basis) == (text, Basis.NONE)
    assert message.doubts == (Doubt.TIME_UNREADABLE,)


def test_a_time_with_a_zone_of_its_own_is_read() -> None:
    assert moment_of("2023-04-22T10:01:00Z").utc == FIRST + MINUTE
    assert moment_of("2023-04-22T11:01:00+01:00").basis is Basis.OFFSET
    assert moment_of("0001-01-01T00:00:00+14:00").basis in (Basis.OFFSET, Basis.NONE)


def test_rows_that_hold_no_message_and_rows_that_are_too_long_are_told_apart() -> None:
    table = made.table(made.CHATS, [made.chat("robin", "Hello", made.at(1))])
    table += b"short,row\n,,,,,,,,,\n" + table.splitlines()[1].replace(b"Hello", b"Two, three") + b"\n"
    events, reading = read(chat_history=table)
    plain, long = messages(events)
    assert plain.doubts == ()
    assert Doubt.FIELD_NOT_READ in long.doubts
    assert json.loads(long.extra or "")["[column 11]"] == "direct"
    assert sum(one_.end - one_.start for one_ in reading.accounts()[0].unparsed) == len(b"short,row,,,,,,,,,")
    assert any("Rows that hold no message: 2." in note for found in closed(events) for note in found.notes)


def test_bytes_that_are_no_utf8_are_read_and_doubted() -> None:
    table = made.table(made.CHATS, [made.chat("robin", "Caf@", made.at(1))]).replace(b"@", b"\xe9")
    (message,) = messages(read(chat_history=table)[0])
    assert (message.text, message.doubts) == ("Café", (Doubt.ENCODING_GUESSED,))


def test_a_table_that_ends_in_a_quoted_field_keeps_what_is_good_of_it() -> None:
    rows = [made.chat("robin", "two\nlines", made.at(n)) for n in range(3)]
    table = made.table(made.CHATS, rows)
    events, reading = read(chat_history=table[: table.rindex(b"lines")])
    assert len(messages(events)) == 2
    assert dict(closed(events)[0].doubts)[Doubt.TRUNCATED_FILE] == 1
    assert reading.accounts()[0].unparsed


@pytest.mark.parametrize(
    "header",
    ["id,permalink,date,ip,subreddit,gildings,title,url,body", "message_id,created_at,username", "id,permalink", ""],
)
def test_other_tables_are_not_claimed(header: str) -> None:
    _, reading = read(posts=header.encode() + b"\n")
    assert reading.recognised.claims == ()


@pytest.mark.parametrize(
    "header",
    [
        "id,permalink,date,ip,subreddit,gildings,title,url,body", "id,permalink", "id,permalink,direction", "date,ip",
        "statistic,value", "filename,sha256", "username,note", "announcement_id,sent_at,read_at,from_id",
    ],
)  # fmt: skip
def test_other_parts_of_a_download_are_called_so_and_nobody_is_asked_of_them(header: str) -> None:
    _, reading = read(other=b"\xef\xbb\xbf" + header.encode() + b"\r\n1,2\r\n")
    assert [known.mark.form for known in reading.recognised.known] == ["reddit/other"]


@pytest.mark.skipif(not SAMPLES.exists(), reason="shared/samples is not beside this checkout")
def test_the_shared_sample_is_read_whole() -> None:
    events, reading = read(chat_history=(SAMPLES / "made_chat_history.csv").read_bytes())
    assert [message.text for message in messages(events)] == ["hi, there", "two\nlines"]
    assert reading.accounts()[0].unparsed == ()
    assert all(message.doubts == () for message in messages(events))
