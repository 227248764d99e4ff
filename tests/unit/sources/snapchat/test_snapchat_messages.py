"""Snapchat's chat history: who, when by both clocks, each kind of message, and conversations of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

import snapchat_export as made
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Precision
from safehand.model.message import Kind, Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading
from safehand.sources.snapchat.message import second_of

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "snapchat"


def read(data: bytes) -> tuple[list[Event], Reading]:
    reading = Reading(Capture((FileInMemory("chat_history.json", "json/chat_history.json", data),)))
    return list(reading.events()), reading


def messages_of(*messages: made.Object) -> list[Message]:
    events, _ = read(made.spelled({"robin_k": messages}))
    return [event for event in events if isinstance(event, Message)]


def one(**fields: Any) -> Message:
    (message,) = messages_of({**made.said("robin_k", "The gate is open", made.at(1)), **fields})
    return message


def test_each_key_is_a_conversation_and_a_title_makes_it_a_group() -> None:
    titled: made.Object = {"Conversation Title": "Allotment"}
    events, _ = read(made.spelled({
        "robin_k": [made.said("robin_k", "Hello", made.at(1)), made.said("me_user", "Hi", made.at(2), own=True)],
        "group-1": [made.said("sky", "Ten o'clock", made.at(3), **titled)],
        "nobody": [],
    }))  # fmt: skip
    opened = [event for event in events if isinstance(event, ConversationOpened)]
    assert [(one_.native_id, one_.title, one_.kind) for one_ in opened] == [
        ("robin_k", None, ConversationKind.UNKNOWN),
        ("group-1", "Allotment", ConversationKind.GROUP),
        ("nobody", None, ConversationKind.UNKNOWN),
    ]
    closed = next(event for event in events if isinstance(event, ConversationClosed))
    assert [(who.key, who.is_owner) for who in closed.participants] == [("robin_k", None), ("me_user", True)]
    assert "vanished" in closed.notes[0]


def test_newest_first_is_told_oldest_first() -> None:
    said = [made.said("robin_k", f"row {n}", made.at(n)) for n in range(5)]
    assert [m.text for m in messages_of(*said[::-1])] == [f"row {n}" for n in range(5)]
    assert [m.text for m in messages_of(*said)] == [f"row {n}" for n in range(5)]


def test_both_clocks_are_one_moment_to_the_millisecond() -> None:
    message = one()
    assert (message.sent.utc, message.doubts) == (made.at(1) * 1000, ())
    apart = one(**{"Created(microseconds)": made.at(1) + 5_000})
    assert (apart.sent.utc, apart.doubts) == (made.at(1) // 1000 * 1_000_000, (Doubt.TIMES_DISAGREE,))
    unread = one(Created="yesterday")
    assert (unread.sent.utc, unread.doubts) == (made.at(1) * 1000, (Doubt.TIME_UNREADABLE,))
    assert one(**{"Created": None, "Created(microseconds)": 0}).sent.utc is None


@pytest.mark.parametrize("text", ["2024-04-20T01:29:22 UTC", "2024-04-20 01:29:22 GMT", "2024-13-20 01:29:22 UTC", ""])
def test_what_is_no_moment_of_snapchats_is_none(text: str) -> None:
    assert second_of(text) is None


@pytest.mark.parametrize(
    ("media", "content", "kind"),
    [
        ("TEXT", "Hello", Kind.TEXT), ("TEXT", "", Kind.EMPTY), ("MEDIA", "", Kind.MEDIA), ("NOTE", None, Kind.VOICE),
        ("STICKER", "", Kind.STICKER), ("SHARE", "", Kind.SHARE), ("LOCATION", "", Kind.LOCATION),
        ("STATUSERASEDMESSAGE", "", Kind.DELETED), ("STATUSPARTICIPANTREMOVED", "", Kind.SYSTEM),
    ],
)  # fmt: skip
def test_each_kind_is_told(media: str, content: str | None, kind: Kind) -> None:
    message = one(**{"Media Type": media, "Content": content})
    assert (message.kind, message.doubts) == (kind, ())


def test_a_kind_nobody_knew_is_kept_and_doubted() -> None:
    message = one(**{"Media Type": "HOLOGRAM"})
    assert (message.text, message.doubts) == ("The gate is open", (Doubt.FIELD_NOT_READ,))
    assert "HOLOGRAM" in (message.extra or "")


def test_media_are_named_by_their_ids_and_never_opened() -> None:
    message = one(**{"Media Type": "MEDIA", "Content": "", "Media IDs": "b~AAAA | b~BBBB"})
    assert [one_.name for one_ in message.attachments] == ["b~AAAA", "b~BBBB"]


def test_what_was_not_saved_and_what_nobody_knew_stand_in_extra() -> None:
    assert one(IsSaved=False).extra == '{"IsSaved": false}'
    assert one(ShoeSize=43).doubts == (Doubt.FIELD_NOT_READ,)


def test_the_short_way_and_the_careful_way_tell_the_same() -> None:
    said = [made.said("robin_k", f"row: {n} \\ {{}} 🥕", made.at(n), own=n == 2) for n in range(4)]
    plain, careful = messages_of(*said), messages_of(*({**m, "unknown": 1} for m in said))
    assert [
        msgspec.structs.replace(m, extra=None, doubts=(), span=p.span) for p, m in zip(plain, careful, strict=True)
    ] == plain


@pytest.mark.parametrize(
    "data",
    [
        b'{"robin_k": []}',
        b'{"messages": [{"From": "a", "Created": "b"}]}',
        b'[{"From": "a", "Media Type": "TEXT", "Created": "b", "IsSender": true}]',
        b'{"a": [{"From": "a", "Media Type": "TEXT", "Created": "b", "Text": "c"}]}',
    ],
)
def test_what_only_looks_like_it_is_not_claimed(data: bytes) -> None:
    assert read(data)[1].recognised.claims == ()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_the_sample_gives_its_four_messages_and_its_account_adds_up() -> None:
    (path,) = SAMPLES.glob("*.json")
    events, reading = read(path.read_bytes())
    assert sum(isinstance(event, Message) for event in events) == 4
    assert sum(isinstance(event, ConversationOpened) for event in events) == 2
    (account,) = reading.accounts()
    assert account.unparsed == ()


def test_what_a_group_was_called_before_stays_with_the_messages_of_that_time() -> None:
    now: made.Object = {"Conversation Title": "Plot 15"}
    before: made.Object = {"Conversation Title": "Plot 14"}
    events, _ = read(made.spelled({
        "group-1": [made.said("sky", "Hello", made.at(2), **now), made.said("sky", "Hi", made.at(1), **before)],
    }))  # fmt: skip
    opened = next(event for event in events if isinstance(event, ConversationOpened))
    messages = [event for event in events if isinstance(event, Message)]
    assert opened.title == "Plot 15"
    assert [m.extra for m in messages] == ['{"Conversation Title": "Plot 14"}', None]
    assert [m.doubts for m in messages] == [(), ()]


def test_a_word_for_whose_it_is_that_is_no_yes_or_no_is_kept_and_doubted() -> None:
    message = one(IsSender="maybe")
    assert (message.doubts, message.extra) == ((Doubt.FIELD_NOT_READ,), '{"IsSender": "maybe"}')


def test_a_message_with_nothing_but_what_nobody_knew_is_not_called_empty() -> None:
    assert one(Content=None, Hologram="beans").kind is Kind.UNKNOWN
    assert one(Content=None).kind is Kind.EMPTY


def test_microseconds_that_are_what_their_name_says_are_no_disagreement() -> None:
    millis = made.at(1)
    message = one(**{"Created(microseconds)": millis * 1000 + 7})
    assert (message.doubts, message.sent.utc, message.sent.precision) == ((), millis * 1000 + 7, Precision.MICROSECOND)


@pytest.mark.parametrize("count", ["1767553391414", 1_767_553_391_414_000, 1.5])
def test_a_count_that_is_no_time_is_kept_where_the_clock_is_none_either(count: object) -> None:
    message = one(**{"Created": "soon", "Created(microseconds)": count})
    assert message.doubts == (Doubt.TIME_UNREADABLE,)
    assert f'"Created(microseconds)": {msgspec.json.encode(count).decode()}' in (message.extra or "")
    assert "microseconds" not in (one(**{"Created": "soon", "Created(microseconds)": 0}).extra or "")


@pytest.mark.parametrize(("other", "count"), [({"messages": []}, 1), ("words", 1), (7, 1), ({}, 0), (None, 0), ([], 0)])
def test_a_name_that_holds_no_list_is_counted_and_doubted(other: object, count: int) -> None:
    chats = made.spelled({"robin_k": [made.said("robin_k", "Hello", made.at(1))], "other": other})  # type: ignore[dict-item]
    lists = made.spelled(
        {"Received Saved Chat History": [made.until_2022("robin_k", "Hello", made.at(1))], "other": other}  # type: ignore[dict-item]
    )
    for data in (chats, lists):
        first = next(event for event in read(data)[0] if isinstance(event, ConversationClosed))
        assert dict(first.doubts).get(Doubt.FIELD_NOT_READ, 0) == count
        assert any("hold no list of messages: 1." in note for note in first.notes) is bool(count)
