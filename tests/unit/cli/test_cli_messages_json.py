"""Promises of ``safehand read --json-lines``: the form of the issue, exact times, and nothing left out."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.cli.messages_json import message_json, utc_text, write_messages
from safehand.errors import CannotWrite
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, Reading, format_utc, unknown_instant, utc_instant
from safehand.model.message import (
    Attachment,
    Call,
    Entity,
    Forward,
    Kind,
    Match,
    MediaState,
    Message,
    Poll,
    PollOption,
    Reaction,
    Reply,
    Share,
)
from safehand.model.span import Span

AT = 1_767_999_621_000_000  # 2026-01-09T23:00:21Z
HOUR = 3_600_000_000
SPAN = Span("chat.txt", 312, 371)
PLAIN = Message(7, Kind.TEXT, "Priya", "The gate", utc_instant("1767999621", AT, Precision.SECOND), SPAN)
READING = Instant("09/01/2026, 23:00", Basis.DEVICE_LOCAL, Precision.MINUTE, None, AT - 14 * HOUR, AT + 12 * HOUR, AT)
FULL = Message(
    number=1,
    kind=Kind.MEDIA,
    sender="Priya",
    text="The gate",
    sent=READING,
    span=SPAN,
    doubts=(Doubt.ZONE_UNKNOWN,),
    sender_id="user1",
    native_id="77",
    text_raw="as it stood",
    action="pinned",
    edited=utc_instant("x", AT, Precision.SECOND),
    edited_mark=True,
    attachments=(Attachment(MediaState.NAMED, "gate.jpg", sent=utc_instant("x", AT, Precision.SECOND)),),
    reactions=(Reaction("👍", "Tom"),),
    reply=Reply("76", "Which gate?", Match.EXACT),
    forward=Forward("Tom"),
    call=Call(0, "missed", video=False),
    poll=Poll("When?", (PollOption("Saturday", 0),)),
    share=Share("https://example.org/"),
    entities=(Entity(0, 3, "bold"),),
    revisions=("The gat",),
    recipients=("Tom",),
    extra='{"new_field":1}',
)


def events(*messages: Message) -> Iterator[Event]:
    yield ConversationOpened("1", "whatsapp", "whatsapp/test", None, ConversationKind.DIRECT, ("chat.txt",))
    yield from messages
    yield ConversationClosed("1", len(messages), ())


def written(*messages: Message) -> list[dict[str, object]]:
    """The lines, read back by an ordinary JSON reader."""
    out = io.BytesIO()
    assert write_messages(events(*messages), out) == len(messages)
    lines = out.getvalue().split(b"\n")
    assert lines.pop() == b""
    return [json.loads(line) for line in lines]


def test_a_plain_message_has_exactly_the_keys_of_the_issue() -> None:
    assert written(PLAIN) == [
        {
            "schema": "safehand.message/1",
            "conversation": "1",
            "number": 7,
            "kind": "text",
            "sender": "Priya",
            "text": "The gate",
            "sent": {
                "raw": "1767999621",
                "utc": "2026-01-09T23:00:21Z",
                "earliest": "2026-01-09T23:00:21Z",
                "latest": "2026-01-09T23:00:21Z",
                "basis": "utc",
                "alternatives": [],
                "precision": "second",
                "local": None,
                "zone": None,
                "zone_by": None,
            },
            "span": {"file": "chat.txt", "start": 312, "end": 371},
            "doubts": [],
        }
    ]


def test_a_clock_reading_has_no_utc_and_an_interval() -> None:
    (line,) = written(msgspec.structs.replace(PLAIN, sent=READING))
    sent = line["sent"]
    assert isinstance(sent, dict)
    assert (sent["utc"], sent["local"]) == (None, "2026-01-09T23:00:21")
    assert (sent["earliest"], sent["latest"]) == ("2026-01-09T09:00:21Z", "2026-01-10T11:00:21Z")


def test_every_way_to_read_a_time_is_written() -> None:
    reading = Reading("day first", AT, None, AT - HOUR, AT + HOUR)
    sent = Instant("03/04", Basis.DEVICE_LOCAL, Precision.MINUTE, None, None, None, None, (reading, reading))
    (line,) = written(msgspec.structs.replace(PLAIN, sent=sent))
    alternative = {
        "label": "day first",
        "local": "2026-01-09T23:00:21",
        "utc": None,
        "earliest": "2026-01-09T22:00:21Z",
        "latest": "2026-01-10T00:00:21Z",
    }
    assert line["sent"]["alternatives"] == [alternative, alternative]  # type: ignore[index]


def test_no_field_of_the_model_is_left_out() -> None:
    (line,) = written(FULL)
    assert set(line) == set(Message.__struct_fields__) | {"schema", "conversation"}
    assert all(getattr(FULL, name) for name in Message.__struct_fields__), "this test fills every field"


def test_rare_fields_are_written_as_they_stand_with_times_as_text() -> None:
    (line,) = written(FULL)
    assert line["call"] == {"seconds": 0, "outcome": "missed", "video": False}
    assert line["poll"] == {"question": "When?", "options": [{"text": "Saturday", "votes": 0}]}
    assert line["reply"] == {"native_id": "76", "quoted": "Which gate?", "match": "exact"}
    assert line["edited"]["utc"] == "2026-01-09T23:00:21Z"  # type: ignore[index]
    assert line["attachments"][0]["sent"]["utc"] == "2026-01-09T23:00:21Z"  # type: ignore[index]
    assert line["extra"] == '{"new_field":1}'


def test_what_is_not_there_is_not_written_and_what_is_empty_is() -> None:
    (line,) = written(msgspec.structs.replace(PLAIN, text="", sender=None, native_id=""))
    assert (line["text"], line["sender"]) == ("", None)
    assert "native_id" not in line


def test_half_a_pair_of_surrogates_is_written_as_an_escape() -> None:
    one = msgspec.structs.replace(PLAIN, text="a \ud83d b")
    assert [line["text"] for line in written(PLAIN, one, PLAIN)] == ["The gate", "a \ud83d b", "The gate"]


@given(st.integers(-62_135_596_800, 253_402_300_799), st.sampled_from(list(Precision)), st.integers(0, 999_999))
def test_times_are_written_as_the_ground_writes_them(seconds: int, precision: Precision, micros: int) -> None:
    fine = precision in {Precision.MILLISECOND, Precision.MICROSECOND}
    at = seconds * 1_000_000 + (micros if fine else 0)
    assert utc_text(at, precision) == format_utc(at, precision)


@pytest.mark.parametrize("at", [None, 10**18, -(10**18)])
@pytest.mark.parametrize("precision", [Precision.SECOND, Precision.MILLISECOND])
def test_a_moment_no_calendar_holds_is_null(at: int | None, precision: Precision) -> None:
    assert utc_text(at, precision) is None


def test_a_time_that_could_not_be_read_is_its_raw_text() -> None:
    (line,) = written(msgspec.structs.replace(PLAIN, sent=unknown_instant("tomorrow")))
    assert line["sent"]["raw"] == "tomorrow"  # type: ignore[index]
    assert line["sent"]["basis"] == "none"  # type: ignore[index]


def test_the_messages_of_each_conversation_name_it() -> None:
    out = io.BytesIO()
    two = [*events(PLAIN), ConversationOpened("2", "x", "x/y", None, ConversationKind.GROUP, ()), PLAIN]
    write_messages(two, out)
    assert [json.loads(line)["conversation"] for line in out.getvalue().splitlines()] == ["1", "2"]


def test_what_is_written_at_once_is_bounded() -> None:
    class Pieces(io.BytesIO):
        largest = 0

        def write(self, data: object) -> int:
            assert isinstance(data, bytearray)
            self.largest = max(self.largest, len(data))
            return super().write(bytes(data))

    out = Pieces()
    write_messages(events(*[PLAIN] * 5_000), out)
    assert 0 < out.largest < 200_000
    assert out.getvalue().count(b"\n") == 5_000


def test_a_disk_that_is_full_is_said() -> None:
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(CannotWrite, match="could not be written"):  # noqa: PTH123
        write_messages(events(PLAIN), full)


def test_the_schema_stands_first() -> None:
    assert message_json("1", PLAIN).__struct_fields__[:3] == ("schema", "conversation", "number")
