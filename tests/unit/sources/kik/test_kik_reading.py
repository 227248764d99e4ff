"""A return of Kik: both layouts, two accounts or a group, two clocks, letters put together, logs kept whole."""

from __future__ import annotations

from pathlib import Path

import pytest

import kik_return as made
from kik_return import CLUB, ME, ROBIN, Row, at, said
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Kind, MediaState, Message
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import Capture, FileInMemory, ReadOptions
from safehand.sources.reading import Reading

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "kik"
NAME = "content/data-text.csv"
MICROS = int(at(1).timestamp() * 1000) * 1000


def read(data: bytes, name: str = NAME, zone: str | None = None) -> tuple[list[Event], FileAccount]:
    capture = Capture((FileInMemory(name, name, data),))
    reading = Reading(capture, ReadOptions(zone=zone, zone_by="holder" if zone else None))
    events = list(reading.events())
    (account,) = reading.accounts()
    return events, account


def messages_of(*rows: Row, zone: str | None = None) -> list[Message]:
    return [event for event in read(made.content(rows), zone=zone)[0] if isinstance(event, Message)]


def test_two_accounts_are_a_conversation_whoever_wrote_and_so_is_a_group() -> None:
    rows = [
        said(1, ME, ROBIN, "The gate is open"),
        said(2, ROBIN, ME, "Good"),
        said(3, ROBIN, CLUB, "Who has the hose?"),
        said(4, ME, CLUB, "I have"),
    ]
    events, account = read(made.content(rows))
    opened = [event for event in events if isinstance(event, ConversationOpened)]
    assert [(one.kind, one.native_id) for one in opened] == [
        (ConversationKind.DIRECT, None),
        (ConversationKind.GROUP, CLUB),
    ]
    assert [event.text for event in events if isinstance(event, Message)] == [row["message"] for row in rows]
    closed = [event for event in events if isinstance(event, ConversationClosed)]
    assert [one.key for one in closed[1].participants] == [ROBIN, ME]
    assert account.unparsed == ()


def test_an_id_that_stood_in_the_conversation_before_is_doubted_and_both_are_kept() -> None:
    rows = [
        said(1, ME, ROBIN, "The gate is open"),
        said(2, ROBIN, ME, "Good", id="9001"),
        said(3, ME, CLUB, "x", id="9001"),
    ]
    found = messages_of(*rows)
    assert [message.text for message in found] == [row["message"] for row in rows]
    assert [message.doubts for message in found] == [(), (Doubt.DUPLICATE_OF,), ()]


@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("header", [True, False])
def test_the_older_layout_is_read_by_commas_or_tabs_with_a_header_or_without(*, delimiter: str, header: bool) -> None:
    rows = [said(1, ME, ROBIN, "The gate, the old one, is open"), said(2, ROBIN, ME, "Good")]
    events, account = read(
        made.older(rows, header=header, delimiter=delimiter), "content/text-msg-data/7-data-text.csv"
    )
    found = [event for event in events if isinstance(event, Message)]
    assert [(one.native_id, one.sender, one.text, one.sent.utc) for one in found] == [
        ("9001", ME, "The gate, the old one, is open", MICROS),
        ("9002", ROBIN, "Good", MICROS + 60_000_000),
    ]
    assert [one.doubts for one in found] == [(), ()]
    assert account.unparsed == ()


def test_letters_written_as_their_bytes_are_put_together_and_what_stood_there_is_kept() -> None:
    events, _ = read(made.older([said(1, ME, ROBIN, "café at nine 🥕")]))
    (message,) = (one for one in events if isinstance(one, Message))
    assert (message.text, message.doubts) == ("café at nine 🥕", (Doubt.TEXT_REPAIRED,))
    assert message.text_raw == "café at nine 🥕".encode().decode("latin-1")


@pytest.mark.parametrize("text", ["café at nine", "naïve — “yes” 🥕", "plot \\u00e9 \\n"])
def test_what_is_written_rightly_is_not_touched(text: str) -> None:
    (message,) = messages_of(said(1, ME, ROBIN, text))
    assert (message.text, message.text_raw, message.doubts) == (text, None, ())


def test_the_count_of_milliseconds_is_the_time_and_the_words_are_what_was_written() -> None:
    (message,) = messages_of(said(1, ME, ROBIN, "peas"))
    assert (message.sent.utc, message.sent.raw, message.sent.basis) == (MICROS, "2026-01-04 19:03:11", Basis.UTC)
    assert message.doubts == ()


@pytest.mark.parametrize("written", ["2026-01-04 19:03:11 UTC", "2026/01/04 19:03:11", "2026-01-04 13:33:11", ""])
def test_two_clocks_that_some_zone_makes_one_are_not_doubted(written: str) -> None:
    (message,) = messages_of(said(1, ME, ROBIN, "peas", sent_at=written))
    assert (message.sent.utc, message.doubts) == (MICROS, ())


@pytest.mark.parametrize("written", ["2026-01-04 19:09:11", "2026-01-04 18:03:11 UTC", "2026-02-04 19:03:11"])
def test_two_clocks_that_no_zone_makes_one_are_doubted(written: str) -> None:
    (message,) = messages_of(said(1, ME, ROBIN, "peas", sent_at=written))
    assert (message.sent.utc, message.doubts) == (MICROS, (Doubt.TIMES_DISAGREE,))


def test_words_alone_are_an_interval_until_somebody_states_their_zone() -> None:
    row = said(1, ME, ROBIN, "peas", sent_at_ts="")
    (message,) = messages_of(row)
    assert (message.sent.utc, message.doubts) == (None, (Doubt.ZONE_UNKNOWN,))
    (stated,) = messages_of(row, zone="UTC")
    assert (stated.sent.utc, stated.doubts) == (MICROS // 1_000_000 * 1_000_000, ())


def test_a_count_that_is_none_is_kept_and_doubted() -> None:
    (message,) = messages_of(said(1, ME, ROBIN, "peas", sent_at_ts="soon"))
    assert Doubt.FIELD_NOT_READ in message.doubts
    assert '"sent_at_ts":"soon"' in (message.extra or "")


def test_a_count_that_is_none_is_kept_beside_one_that_is() -> None:
    (message,) = messages_of(said(1, ME, ROBIN, "peas", sent_at="1767553391414", sent_at_ts="soon"))
    assert message.sent.utc == MICROS
    assert '"sent_at_ts":"soon"' in (message.extra or "")


def test_a_file_that_went_with_a_message_is_a_name_and_nothing_is_opened() -> None:
    rows = [said(1, ME, ROBIN, "", filename="cGxhbi5qcGc=", app_name="Gallery", content_id="7f")]
    events, _ = read(made.content(rows), "content/data-media.csv")
    (message,) = (one for one in events if isinstance(one, Message))
    (attachment,) = message.attachments
    assert (message.kind, message.text) == (Kind.MEDIA, None)
    assert (attachment.state, attachment.name) == (MediaState.NAMED, "cGxhbi5qcGc=")
    assert message.extra == '{"content_id":"7f","ip":"203.0.113.5","port":"5222","app_name":"Gallery"}'
    assert message.doubts == ()


def test_a_row_with_nobody_in_it_and_no_words_is_unparsed() -> None:
    events, account = read(made.content([said(1, "", "", ""), said(2, ME, ROBIN, "peas")]))
    assert [one.text for one in events if isinstance(one, Message)] == ["peas"]
    assert [one.reason for one in account.unparsed] == ["a row without a sender, a receiver and words"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logs/chat_sent.txt", f"1\t{ME}\t{ROBIN}\t4\t203.0.113.5\t2021-08-17T10:00:00Z\n"),
        ("package/logs/chat_sent_received.csv", "user_jid,friend_user_jid,ip,ts,words\na,b,203.0.113.5,x,4\n"),
        ("logs/group_send_msg_platform.csv", "sender,receiver,ts,group_jid,cid\na,b,c,d,e\n"),
        ("group-legend-me_7.csv", "gid,name,code,public,deleted,last_join_ts,last_activity\n1,Club,c,0,0,x,y\n"),
        ("logs/binds.csv", "user_jid,ip,port,ts,device\na,203.0.113.5,5222,x,y\n"),
    ],
)
def test_logs_are_kept_whole_as_metadata_and_make_no_messages(name: str, data: str) -> None:
    events, account = read(data.encode(), name)
    assert events == []
    assert (list(account.segments), account.unparsed) == (["metadata"], ())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("chat.txt", made.content([said(1, ME, ROBIN, "peas")])),
        ("a.csv", b"look\n" + made.content([said(1, ME, ROBIN, "peas")])),
        ("a.csv", f"1,{ME},{ROBIN},4\n".encode()),
        (NAME, b"bed,what\n1,peas\n"),
        (NAME, b"1,2,3,4,5,6,7,8,9,10,11\n"),
        (NAME, b""),
        ("chat_sent.txt", b"we had a nice chat\n"),
        ("notes/binds.csv", b"a,b,c\n"),
    ],
)
def test_what_only_looks_like_it_is_not_claimed(name: str, data: bytes) -> None:
    assert Reading(Capture((FileInMemory(name, name, data),))).recognised.claims == ()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_the_sample_gives_its_message_and_its_account_adds_up() -> None:
    (path,) = SAMPLES.glob("*.csv")
    events, account = read(path.read_bytes(), path.name)
    assert [one.text for one in events if isinstance(one, Message)] == ["café later?"]
    assert account.unparsed == ()
