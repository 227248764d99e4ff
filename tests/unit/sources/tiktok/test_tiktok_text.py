"""TikTok's direct messages as text: a conversation a block, UTC where it stands there, and what anybody can type."""

from __future__ import annotations

import time

import pytest

from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Kind, Message
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import Capture, FileInMemory, ReadOptions
from safehand.sources.reading import Reading

NAME = "TikTok/Direct Messages/Direct Messages.txt"
HEAD = ">>> Chat History with robin::\n\n"


def read(text: str | bytes, zone: str | None = None, window: int = 1 << 20) -> tuple[list[Event], FileAccount]:
    data = text.encode() if isinstance(text, str) else text
    options = ReadOptions(zone=zone, zone_by="holder" if zone else None, window=window)
    reading = Reading(Capture((FileInMemory(NAME, NAME, data),)), options)
    events = list(reading.events())
    (account,) = reading.accounts()
    return events, account


def messages_of(text: str, zone: str | None = None) -> list[Message]:
    return [event for event in read(text, zone)[0] if isinstance(event, Message)]


def test_each_block_is_a_conversation_by_its_name() -> None:
    text = (
        f"{HEAD}2026-07-03 23:00:11 UTC robin: The gate is open\n2026-07-03 23:01:00 UTC me.user_1: Good\n\n"
        ">>> Chat History with plot 14: the club:\r\n\r\n2026-06-01 10:00:00 UTC me.user_1: Who digs?\r\n"
    )
    events, account = read(text)
    assert [(e.title, e.form) for e in events if isinstance(e, ConversationOpened)] == [
        ("robin", "tiktok/direct-messages-txt"),
        ("plot 14: the club", "tiktok/direct-messages-txt"),
    ]
    found = [event for event in events if isinstance(event, Message)]
    assert [(one.sender, one.text, one.doubts) for one in found] == [
        ("robin", "The gate is open", ()),
        ("me.user_1", "Good", ()),
        ("me.user_1", "Who digs?", ()),
    ]
    assert text.encode()[found[0].span.start : found[0].span.end] == b"2026-07-03 23:00:11 UTC robin: The gate is open"
    assert account.unparsed == ()


def test_a_time_that_says_utc_is_utc_and_one_that_does_not_is_an_interval() -> None:
    (message,) = messages_of(f"{HEAD}2026-01-04 19:02:11 UTC robin: Hello\n")
    assert (message.sent.utc, message.sent.basis) == (1_767_553_331_000_000, Basis.UTC)
    (bare,) = messages_of(f"{HEAD}2026-01-04 19:02:11 robin: Hello\n")
    assert (bare.sent.utc, bare.sent.basis, bare.doubts) == (None, Basis.SERVER_LOCAL, (Doubt.ZONE_UNKNOWN,))
    (stated,) = messages_of(f"{HEAD}2026-01-04 19:02:11 robin: Hello\n", zone="UTC")
    assert (stated.sent.utc, stated.doubts) == (1_767_553_331_000_000, ())


def test_newest_first_is_told_oldest_first() -> None:
    rows = [f"2026-01-04 19:0{n}:11 UTC robin: row {n}\n" for n in range(5)]
    assert [one.text for one in messages_of(HEAD + "".join(rows[::-1]))] == [f"row {n}" for n in range(5)]


def test_lines_below_a_message_are_more_of_it_and_empty_lines_between_them_too() -> None:
    text = (
        f"{HEAD}2026-01-04 19:02:11 UTC robin: one\r\n\r\ntwo: three\r\n\r\n\r\n2026-01-04 19:03:11 UTC robin: four\r\n"
    )
    assert [one.text for one in messages_of(text)] == ["one\n\ntwo: three", "four"]
    assert read(text)[1].unparsed == ()


def test_whoever_types_a_message_into_a_message_makes_two_and_the_conversation_says_so() -> None:
    text = f"{HEAD}2026-01-04 19:02:11 UTC robin: look\n2025-01-04 19:02:11 UTC lee: I never said it\n" + "".join(
        f"2026-01-04 19:0{n}:12 UTC robin: row {n}\n" for n in range(3, 6)
    )
    events, _ = read(text)
    (closed,) = (one for one in events if isinstance(one, ConversationClosed))
    assert dict(closed.doubts) == {Doubt.FORGED_POSSIBLE: 1, Doubt.OUT_OF_ORDER: 1}


def test_a_link_to_a_video_alone_is_a_share_and_is_not_fetched() -> None:
    (message,) = messages_of(f"{HEAD}2026-01-04 19:02:11 UTC robin: https://www.tiktokv.com/share/video/1/\n")
    assert message.share is not None
    assert (message.kind, message.share.link) == (Kind.SHARE, "https://www.tiktokv.com/share/video/1/")


def test_a_message_without_words_is_empty() -> None:
    one, two = messages_of(f"{HEAD}2026-01-04 19:02:11 UTC robin: \n2026-01-04 19:03:11 UTC robin:\n")
    assert [(m.kind, m.text) for m in (one, two)] == [(Kind.EMPTY, None)] * 2


def test_a_time_that_no_clock_shows_is_doubted() -> None:
    (message,) = messages_of(f"{HEAD}2026-13-04 19:02:11 UTC robin: Hello\n")
    assert (message.doubts, message.sent.raw) == ((Doubt.TIME_UNREADABLE,), "2026-13-04 19:02:11 UTC")


def test_bytes_that_are_no_utf8_are_read_and_doubted() -> None:
    events, _ = read(HEAD.encode() + b"2026-01-04 19:02:11 UTC r\xf6bin: caf\xe9\n")
    (message,) = (one for one in events if isinstance(one, Message))
    assert (message.sender, message.text, message.doubts) == ("röbin", "café", (Doubt.ENCODING_GUESSED,))


def test_lines_that_stand_in_no_message_are_unparsed_and_the_rest_is_read() -> None:
    text = f"{HEAD}nobody said this\nnor this\n\n2026-01-04 19:02:11 UTC robin: Hello\n"
    events, account = read(text)
    assert [one.text for one in events if isinstance(one, Message)] == ["Hello"]
    assert {one.reason for one in account.unparsed} == {"a line that stands in no message of a conversation"}
    (closed,) = (one for one in events if isinstance(one, ConversationClosed))
    assert "Places that could not be read: 1. The account says where." in closed.notes


def test_a_block_without_messages_is_a_conversation_without_messages() -> None:
    events, account = read(HEAD + ">>> Chat History with lee::\n\n2026-01-04 19:02:11 UTC lee: Hello\n")
    first = next(event for event in events if isinstance(event, ConversationClosed))
    assert (first.messages, first.notes) == (0, ("No messages were found in it.",))
    assert account.unparsed == ()


def test_a_message_longer_than_any_is_unparsed_and_what_follows_is_read() -> None:
    line = "x" * 1023 + "\n"
    text = f"{HEAD}2026-01-04 19:02:11 UTC robin: {line * (17 << 10)}2026-01-04 19:03:11 UTC robin: short\n"
    events, account = read(text)
    assert [one.text for one in events if isinstance(one, Message)] == ["short"]
    assert {one.reason for one in account.unparsed} == {"one message is longer than any message"}


@pytest.mark.parametrize("window", [64, 1000, 1 << 20])
def test_the_window_makes_no_difference(window: int) -> None:
    text = HEAD + "".join(f"2026-01-04 19:0{n}:11 UTC robin: row {n}\nmore\n\n" for n in range(9))
    assert read(text, window=window) == read(text)


def test_a_line_of_colons_takes_no_time() -> None:
    before = time.process_time()
    read(f"{HEAD}2026-01-04 19:02:11 UTC robin: look\n>>> Chat History with {':' * 900_000}x\n")
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    "text",
    [
        "04/01/2026, 19:02 - Priya: look\n>>> Chat History with robin::\n\n2026-01-04 19:02:11 UTC robin: hi\n",
        ">>> Chat History with robin\n2026-01-04 19:02:11 UTC robin: hi\n",
        ">> Chat History with robin:\n",
        "No data in this section",
        "",
    ],
)
def test_what_only_looks_like_it_is_not_claimed(text: str) -> None:
    reading = Reading(Capture((FileInMemory(NAME, NAME, text.encode()),)))
    assert [claim for claim in reading.recognised.claims if claim.source == "tiktok"] == []
