"""Promises about what is too much, cut off or no chat: nothing is lost, and memory does not grow with the file."""

from __future__ import annotations

import io
import re
import tracemalloc
from dataclasses import dataclass
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.model.conversation import ConversationClosed
from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.sources.contract import Certainty, Claim, ReadingDesk
from safehand.sources.decoding import decode, torn_end
from safehand.sources.whatsapp import CAPS, SOURCE, reading, regions
from whatsapp_reading import messages_of, read_file

HEADER = "14/01/2023, 10:00 - Tom: "
MIB = 1 << 20


@dataclass(frozen=True)
class Endless:
    """A file that is made as it is read: ``head``, one character again and again, ``tail``."""

    head: bytes
    size: int
    tail: bytes = b""
    filling: bytes = b"x"
    id: str = "endless.txt"
    name: str = "endless.txt"

    def open(self) -> BinaryIO:
        return _Flow(self)


class _Flow(io.BytesIO):
    def __init__(self, file: Endless) -> None:
        super().__init__()
        self._file = file
        self._at = 0

    def read(self, size: int | None = -1) -> bytes:
        file, start = self._file, self._at
        end = file.size if size is None or size < 0 else min(start + size, file.size)
        piece = bytearray(file.filling * (end - start))
        for place, part in ((0, file.head), (file.size - len(file.tail), file.tail)):
            low, high = max(start, place), min(end, place + len(part))
            if low < high:
                piece[low - start : high - start] = part[low - place : high - place]
        self._at = end
        return bytes(piece)


def read_endless(file: Endless) -> tuple[list[Message], ReadingDesk]:
    desk = ReadingDesk()
    claim = Claim(SOURCE.id, "whatsapp/android-txt", (file,), Certainty.POSSIBLE, "a test says so")
    return [event for event in SOURCE.read(claim, desk) if isinstance(event, Message)], desk


@pytest.mark.parametrize(
    ("filling", "mib"), [(b"x", 100), (b"\n", 20), (b"\xc3", 100)], ids=["one line", "empty lines", "not UTF-8"]
)
def test_a_message_without_end_takes_no_memory_and_those_around_it_stand(filling: bytes, mib: int) -> None:
    size = mib * MIB
    file = Endless(f"{HEADER}before\n{HEADER}".encode(), size, f"\n{HEADER}after\n".encode(), filling)
    tracemalloc.start()
    messages, desk = read_endless(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    account = desk.ledger(file).close(size)
    assert [m.text for m in messages] == ["before", "after"]
    (gap,) = account.unparsed
    assert gap.reason == "a message longer than 16 MiB"
    assert (gap.start, gap.end) == (len(HEADER) + 7, size - len(HEADER) - 6)
    assert peak < 60 * MIB


def test_a_file_of_one_line_that_is_no_chat_takes_no_memory() -> None:
    file = Endless(b"", 40 * MIB)
    tracemalloc.start()
    messages, desk = read_endless(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert messages == []
    (gap,) = desk.ledger(file).close(file.size).unparsed
    assert (gap.start, gap.end) == (0, file.size)
    assert peak < 20 * MIB


@pytest.mark.parametrize("window", [64, 1 << 22])
def test_a_message_may_be_as_long_as_the_limit_and_no_longer(monkeypatch: pytest.MonkeyPatch, window: int) -> None:
    monkeypatch.setattr(reading, "LONGEST_MESSAGE", 1000)
    # Messages that fit a region are shorter than the limit by far; here regions are made small as well.
    monkeypatch.setattr(regions, "LONGEST_LINE", 300)
    monkeypatch.setattr(regions, "CHUNK", 100)
    long = "z" * 1000
    text = f"{HEADER}a\n{HEADER}{long}\n{HEADER}{long}z\n{HEADER}{long[:500]}\n{long[:500]}\n{HEADER}b\n"
    messages = messages_of(text, window=window)
    assert [m.text for m in messages] == ["a", long, "b"]
    events, account = read_file(text.encode())
    assert len(account.unparsed) == 2
    closed = events[-1]
    assert isinstance(closed, ConversationClosed)
    assert closed.messages == 3


def test_the_last_message_may_be_too_long_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_MESSAGE", 100)
    text = f"{HEADER}a\n{HEADER}{'z' * 200}\n\n"
    assert [m.text for m in messages_of(text)] == ["a"]


@pytest.mark.parametrize("cap", CAPS)
def test_an_export_near_the_known_cap_is_doubted_as_a_whole(cap: int) -> None:
    for messages, doubted in ((cap, True), (cap - 101, False), (cap + 90, True)):
        events, _ = read_file((HEADER + "a\n").encode() * messages, told=False)
        closed = events[-1]
        assert isinstance(closed, ConversationClosed)
        assert (Doubt.CLIPPED_AT_CAP in dict(closed.doubts)) is doubted


@given(st.text(), st.sampled_from(["utf-16-le", "utf-16-be"]), st.binary(max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_text_in_utf_16_is_read_with_places_of_the_file_as_it_is(text: str, codec: str, more: bytes) -> None:
    safe = text.replace("\r", "").replace("\n", "\n. ")
    mark = "\ufeff".encode(codec)
    written = [f"{HEADER}x{safe}\n", f"{HEADER}🌱\n"]
    data = mark + "".join(written).encode(codec, "surrogatepass") + more
    messages = messages_of(data)
    assert messages[0].text == "x" + safe
    at = len(mark)
    for message, line in zip(messages, written, strict=True):
        size = len(line.encode(codec))
        assert message.span.start == at
        at += size
        if message is not messages[-1]:
            assert message.span.end == at


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_bytes_that_are_no_utf_8_stay_readable_and_what_is_valid_stays_what_it_is(data: bytes) -> None:
    text, guessed = decode(data)
    try:
        assert (text, guessed) == (data.decode("utf-8"), False)
    except UnicodeDecodeError:
        assert guessed
        valid = re.findall(rb"[ -~]+", data)
        assert all(piece.decode() in text for piece in valid)


@given(st.text(min_size=1), st.integers(0, 3))
def test_a_torn_end_is_found_exactly(text: str, cut: int) -> None:
    whole = text.encode()
    data = whole[: len(whole) - cut]
    torn = torn_end(data)
    assert data[: len(data) - torn].decode() == text.encode()[: len(data)].decode(errors="ignore")
    assert torn <= 3


@pytest.mark.parametrize("data", [b"caf\xe9", b"\x80\x80\x80", b"abc\xff", b"\xe0\x80", b"\xc3\x28"])
def test_an_end_that_begins_no_character_is_not_torn(data: bytes) -> None:
    assert torn_end(data) == (1 if data == b"caf\xe9" else 0)


def test_a_file_with_guessed_letters_is_not_called_torn_for_its_last_one() -> None:
    messages = messages_of((HEADER + "d\xe9j\xe0\n" + HEADER + "caf\xe9").encode("latin-1"))
    assert [m.text for m in messages] == ["déjà", "café"]
    assert all(Doubt.TRUNCATED_FILE not in m.doubts for m in messages)
