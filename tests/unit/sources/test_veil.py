"""Veils: what the holder left out is no words of anybody's, and the account is of the copy as it is."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from safehand.model.conversation import ConversationClosed
from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.sources.contract import Capture, FileInMemory, Veil
from safehand.sources.reading import Reading
from safehand.sources.veil import Veiled

MARK = b"[[safehand excluded 812 bytes]]"


def read(name: str, data: bytes, *places: int) -> tuple[list[Message], ConversationClosed, Reading]:
    veils = tuple(Veil(place, MARK) for place in places)
    reading = Reading(Capture((FileInMemory(name, name, data),), veils={name: veils}))
    events = list(reading.events())
    closed = next(event for event in events if isinstance(event, ConversationClosed))
    return [event for event in events if isinstance(event, Message)], closed, reading


def chat(*lines: bytes) -> bytes:
    return b"".join(line + b"\n" for line in lines)


FIRST = b"14/01/2026, 22:27 - Priya: The gate is open"
LAST = b"14/01/2026, 22:31 - Tom: Thanks"


def test_a_line_that_was_left_out_is_no_line_of_the_message_before_it() -> None:
    data = chat(FIRST, MARK, LAST)
    messages, closed, reading = read("_chat.txt", data, len(FIRST) + 1)
    assert [message.text for message in messages] == ["The gate is open", "Thanks"]
    assert [Doubt.LEFT_OUT_HERE in message.doubts for message in messages] == [True, False]
    assert (Doubt.LEFT_OUT_HERE, 1) in closed.doubts
    (account,) = reading.accounts()
    assert account.sha256 == hashlib.sha256(data).hexdigest()
    assert account.unparsed == ()


def test_whoever_types_the_words_of_a_marker_has_said_them() -> None:
    messages, closed, _ = read("_chat.txt", chat(FIRST, MARK, LAST))
    assert messages[0].text == "The gate is open\n" + MARK.decode()
    assert all(doubt is not Doubt.LEFT_OUT_HERE for doubt, _ in closed.doubts)


def test_elements_that_were_left_out_of_json_damage_nothing() -> None:
    begin = b'{"name": "Allotment", "type": "private_group", "id": 7, "messages": [\n  '
    one = (
        b'{"id": 1, "type": "message", "date": "2026-01-04T19:02:11", "date_unixtime": "1767553331",'
        b' "from": "Tom", "from_id": "user1", "text": "beans"}'
    )
    data = begin + one + b",\n  " + MARK + one.replace(b'"id": 1', b'"id": 3') + b"\n]}"
    messages, _, reading = read("result.json", data, data.index(MARK))
    assert [(message.text, Doubt.LEFT_OUT_HERE in message.doubts) for message in messages] == [
        ("beans", True),
        ("beans", False),
    ]
    assert reading.accounts()[0].unparsed == ()


@given(st.binary(max_size=200), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=5), st.data())
def test_a_veiled_file_is_blank_where_a_veil_lies_and_itself_everywhere_else(
    data: bytes, gaps: list[tuple[int, int]], draw: st.DataObject
) -> None:
    veils, at = [], 0
    for gap, size in gaps:
        if at + gap + size > len(data):
            break
        veils.append(Veil(at + gap, data[at + gap : at + gap + size]))
        at += gap + size
    file = Veiled(FileInMemory("a", "a", data), tuple(veils))
    wanted = bytearray(data)
    for veil in veils:
        wanted[veil.start : veil.end] = b" " * len(veil.marker)
    start = draw.draw(st.integers(0, len(data)))
    with file.open() as stream:
        stream.seek(start)
        read_ = stream.read()
    assert read_ == bytes(wanted[start:])
    assert file.true(start, read_) == data[start:]
