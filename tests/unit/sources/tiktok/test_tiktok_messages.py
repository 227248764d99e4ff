"""TikTok's direct messages: each conversation by its name, the platform's clock as an interval, shares."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

import tiktok_export as made
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Kind, Message
from safehand.sources.contract import Capture, FileInMemory, ReadOptions
from safehand.sources.reading import Reading

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "tiktok"


def read(data: bytes, zone: str | None = None) -> tuple[list[Event], Reading]:
    capture = Capture((FileInMemory("user_data.json", "user_data.json", data),))
    reading = Reading(capture, ReadOptions(zone=zone, zone_by="holder" if zone else None))
    return list(reading.events()), reading


def messages_of(*messages: made.Object, zone: str | None = None) -> list[Message]:
    events, _ = read(made.spelled({"robin": messages}), zone)
    return [event for event in events if isinstance(event, Message)]


@pytest.mark.parametrize("section", ["Direct Message", "Direct Messages"])
@pytest.mark.parametrize("inner", ["Direct Messages", "Chat History"])
def test_every_spelling_of_the_way_to_the_messages_is_read(section: str, inner: str) -> None:
    data = made.spelled({"robin": [made.said("robin", "Hello", made.at(1))], "lee": []}, way=(section, inner))
    events, reading = read(data)
    assert [(e.title, e.native_id) for e in events if isinstance(e, ConversationOpened)] == [
        ("robin", "Chat History with robin:"),
        ("lee", "Chat History with lee:"),
    ]
    assert [e.text for e in events if isinstance(e, Message)] == ["Hello"]
    closed = next(e for e in events if isinstance(e, ConversationClosed))
    assert "Other sections of the file were not read: 2." in closed.notes
    (account,) = reading.accounts()
    assert account.unparsed == ()


def test_the_platforms_clock_is_an_interval_until_somebody_states_its_zone() -> None:
    (message,) = messages_of(made.said("robin", "Hello", made.at(0)))
    assert (message.sent.basis, message.sent.utc, message.doubts) == (Basis.SERVER_LOCAL, None, (Doubt.ZONE_UNKNOWN,))
    (stated,) = messages_of(made.said("robin", "Hello", made.at(0)), zone="UTC")
    assert (stated.sent.utc, stated.sent.zone_by, stated.doubts) == (1_767_553_331_000_000, "holder", ())


@pytest.mark.parametrize(
    "date", ["2026-01-04T19:02:11", "2026-13-04 19:02:11", "yesterday", None, 7, "２026-01-04 19:02:11"]
)
def test_what_is_no_time_of_tiktoks_is_kept_and_doubted(date: object) -> None:
    (message,) = messages_of({**made.said("robin", "Hello", made.at(1)), "Date": date})
    assert (message.text, message.doubts, message.sent.basis) == ("Hello", (Doubt.TIME_UNREADABLE,), Basis.NONE)


def test_newest_first_is_told_oldest_first() -> None:
    said = [made.said("robin", f"row {n}", made.at(n)) for n in range(5)]
    assert [m.text for m in messages_of(*said[::-1])] == [f"row {n}" for n in range(5)]


@pytest.mark.parametrize(
    "content", ["https://www.tiktokv.com/share/video/1/", "[https://www.tiktokv.com/share/video/1/]"]
)
def test_a_link_to_a_video_alone_is_a_share_and_its_words_stay(content: str) -> None:
    (message,) = messages_of(made.said("robin", content, made.at(1)))
    assert message.share is not None
    assert (message.kind, message.text, message.share.link) == (Kind.SHARE, content, content.strip("[]"))


def test_words_around_a_link_make_it_text() -> None:
    (message,) = messages_of(made.said("robin", "https://www.tiktokv.com/share/video/1/ is about beans", made.at(1)))
    assert message.kind is Kind.TEXT


def test_a_field_nobody_knew_is_kept_and_doubted() -> None:
    (message,) = messages_of(made.said("robin", "Hello", made.at(1), ShoeSize=43))
    assert Doubt.FIELD_NOT_READ in message.doubts
    assert message.extra == '{"ShoeSize": 43}'


def test_the_short_way_and_the_careful_way_tell_the_same() -> None:
    said = [made.said("robin", f"row: {n} \\ {{}} 🥕", made.at(n)) for n in range(4)]
    plain, careful = messages_of(*said), messages_of(*({**m, "unknown": 1} for m in said))
    assert [
        msgspec.structs.replace(m, extra=None, doubts=p.doubts, span=p.span)
        for p, m in zip(plain, careful, strict=True)
    ] == plain


@pytest.mark.parametrize(
    "data",
    [
        b'{"messages": [{"Date": "2026-01-04 19:02:11", "From": "a", "Content": "b"}]}',
        b'{"text": "\\"Direct Messages\\": {\\"Chat History\\": {\\"ChatHistory\\": {"}',
        b'[{"Direct Messages": {"Chat History": {"ChatHistory": {}}}}',
    ],
)
def test_what_only_looks_like_it_is_not_claimed(data: bytes) -> None:
    reading = Reading(Capture((FileInMemory("a.json", "a.json", data),)))
    assert [claim.source for claim in reading.recognised.claims if claim.source == "tiktok"] == []


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_the_sample_gives_its_three_messages_and_its_account_adds_up() -> None:
    (path,) = SAMPLES.glob("*.json")
    events, reading = read(path.read_bytes())
    assert sum(isinstance(event, Message) for event in events) == 3
    (account,) = reading.accounts()
    assert account.unparsed == ()


@pytest.mark.parametrize("way", [("Direct Message",), ("Direct Messages",), ()])
def test_chats_of_groups_stand_beside_those_of_two_and_are_read(way: tuple[str, ...]) -> None:
    chats: object = {
        "Group Chat": {"GroupChat": {"Group chat history with plot:": [made.said("lee", "Hi", made.at(1))]}}
    }
    for step in reversed(way):
        chats = {step: chats}
    assert isinstance(chats, dict)
    events, reading = read(json.dumps({**chats, "Activity": {}}).encode())
    opened = next(event for event in events if isinstance(event, ConversationOpened))
    assert (opened.title, opened.kind) == ("plot", ConversationKind.GROUP)
    assert [event.text for event in events if isinstance(event, Message)] == ["Hi"]
    assert reading.accounts()[0].unparsed == ()


def test_chats_of_groups_in_another_shape_are_doubted_and_said() -> None:
    made_ = {"Direct Message": {"Group Chat": {"GroupChat": {"plot": {"Messages": [1]}}}}, "Activity": {}}
    events, _ = read(json.dumps(made_).encode())
    closed = next(event for event in events if isinstance(event, ConversationClosed))
    assert closed.doubts == ((Doubt.FIELD_NOT_READ, 1),)
    assert "group chats" in " ".join(closed.notes)
    empty, _ = read(json.dumps({"Direct Message": {"Group Chat": {"GroupChat": {}}}, "Activity": {}}).encode())
    assert next(event for event in empty if isinstance(event, ConversationClosed)).doubts == ()


def test_a_message_with_nothing_but_what_nobody_knew_is_not_called_empty() -> None:
    unknown, empty = messages_of(
        made.said("robin", "", made.at(1), Hologram="beans"), made.said("robin", "", made.at(2))
    )
    assert (unknown.kind, empty.kind) == (Kind.UNKNOWN, Kind.EMPTY)
