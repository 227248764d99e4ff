"""Promises of the reader against the writer: what a phone wrote is what is read, through any window, damaged or not."""

from __future__ import annotations

import hashlib
from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.model.conversation import Event
from safehand.model.instant import MICRO
from safehand.model.message import Message
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import Certainty, Claim, FileInMemory, ReadingDesk, ReadOptions
from safehand.sources.whatsapp import SOURCE
from whatsapp_chat import ANDROID, BEGIN, IOS, Phone, Said, write_chat

NAMES = ("Priya", "Tom Ashworth", "Plot 9: Water", "+44 7700 900123", "Zoë 🌻", "~\u202fMarek", "Mr. O'Neill - Trains")
WORDS = st.text(st.sampled_from("abc dé:-[]/,.0123456789🌱\u200e\u202f\u00a0'\"<>"), max_size=30)
LINES = st.lists(WORDS, min_size=1, max_size=3)
PHONES = st.sampled_from([ANDROID, IOS])


@st.composite
def chats(draw: st.DrawFn) -> list[Said]:
    """People speak often enough to be known, at rising times, in words that cannot be taken for a header."""
    minutes = sorted(draw(st.lists(st.integers(0, 60 * 24 * 20), min_size=3, max_size=12)))
    said = [Said(name, "beans", 0) for name in NAMES for _ in range(2)]
    for minute in minutes:
        lines = draw(LINES)
        text = lines[0] + "".join(f"\n. {line}" for line in lines[1:])
        said.append(Said(draw(st.sampled_from(NAMES)), "x" + text, minute))
    return said


def read(data: bytes, window: int = 1 << 22) -> tuple[list[Event], FileAccount]:
    file = FileInMemory("chat.txt", "_chat.txt", data)
    desk = ReadingDesk(ReadOptions(window=window))
    claim = Claim("whatsapp", "whatsapp/txt", (file,), Certainty.CERTAIN, "made for a test")
    events = list(SOURCE.read(claim, desk))
    return events, desk.ledger(file).close(len(data))


def messages_in(events: list[Event]) -> list[Message]:
    return [event for event in events if isinstance(event, Message)]


@settings(max_examples=150, deadline=None)
@given(chats(), PHONES)
def test_what_a_phone_wrote_is_what_is_read(said: list[Said], phone: Phone) -> None:
    data = write_chat(said, phone)
    events, account = read(data)
    messages = messages_in(events)
    assert [(m.sender, m.text) for m in messages] == [(one.sender, one.text) for one in said]
    for message, one in zip(messages, said, strict=True):
        wall = BEGIN.replace(tzinfo=UTC) + timedelta(minutes=one.minute)
        assert message.sent.local == int(wall.timestamp()) * MICRO
    assert b"".join(data[m.span.start : m.span.end] for m in messages) == data
    assert account.unparsed == ()


@settings(max_examples=100, deadline=None)
@given(chats(), PHONES, st.sampled_from([64, 300, 4096]))
def test_any_window_reads_the_same(said: list[Said], phone: Phone, window: int) -> None:
    data = write_chat(said, phone)
    assert read(data, window) == read(data)


@settings(max_examples=300, deadline=None)
@given(chats(), PHONES, st.integers(0), st.binary(max_size=4), st.sampled_from(["flip", "cut", "insert", "drop"]))
def test_a_near_miss_loses_no_byte(said: list[Said], phone: Phone, place: int, more: bytes, how: str) -> None:
    good = write_chat(said, phone)
    at = place % len(good)
    near = {
        "flip": good[:at] + (more or b"\xff") + good[at + max(len(more), 1) :],
        "cut": good[:at],
        "insert": good[:at] + more + good[at:],
        "drop": good[:at] + good[at + 7 :],
    }[how]
    events, account = read(near)
    assert account.sha256 == hashlib.sha256(near).hexdigest()
    assert sum(tally.bytes for tally in account.segments.values()) == len(near)
    held = sum(m.span.end - m.span.start for m in messages_in(events))
    told = sum(account.segments[kind].bytes for kind in ("message", "event") if kind in account.segments)
    assert held == told


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_of_the_encoding_is_no_text(encoding: str) -> None:
    said = [Said("Priya", "the beans are up 🌱", 3), Said("Tom", "ä", 9)]
    data = write_chat(said, ANDROID).decode().encode(encoding)
    events, account = read(data)
    assert [(m.sender, m.text) for m in messages_in(events)] == [(one.sender, one.text) for one in said]
    assert account.segments["bom"].bytes == len(data) - sum(m.span.end - m.span.start for m in messages_in(events))


def test_bytes_that_are_not_utf8_are_doubted_and_kept() -> None:
    data = write_chat([Said("Priya", "beans", 3), Said("Tom", "QQ", 9)], ANDROID).replace(b"QQ", b"caf\xe9")
    messages = messages_in(read(data)[0])
    assert messages[1].text == "café"
    assert "encoding_guessed" in messages[1].doubts
    assert "encoding_guessed" not in messages[0].doubts
