"""Snapchat's chat history until 2022: both directions in one conversation, references of HTML, and who wrote what."""

from __future__ import annotations

from typing import Any

import pytest

import snapchat_export as made
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, MediaState, Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading
from safehand.sources.snapchat.section_message import OWNER

RECEIVED, SENT = "Received Saved Chat History", "Sent Saved Chat History"


def read(chats: dict[str, list[made.Object]], name: str = "json/chat_history.json") -> tuple[list[Event], Reading]:
    reading = Reading(Capture((FileInMemory(name, name, made.spelled(chats)),)))
    events = list(reading.events())
    (account,) = reading.accounts()
    assert account.unparsed == ()
    return events, reading


def messages_of(chats: dict[str, list[made.Object]]) -> list[Message]:
    return [event for event in read(chats)[0] if isinstance(event, Message)]


def one(section: str = RECEIVED, /, *, own: Any = False, **fields: Any) -> Message:
    (message,) = messages_of({section: [made.until_2022("robin_k", "The gate is open", made.at(1), own=own, **fields)]})
    return message


def test_what_came_and_what_went_is_one_conversation_in_the_order_of_its_times() -> None:
    events, _ = read({
        RECEIVED: [
            made.until_2022("robin_k", "Ten o'clock", made.at(3)),
            made.until_2022("sky", "Homework?", made.at(2)),
            made.until_2022("robin_k", "Hello", made.at(1)),
        ],
        SENT: [
            made.until_2022("robin_k", "See you", made.at(4), own=True),
            made.until_2022("robin_k", "When?", made.at(2), own=True),
        ],
        "Received Unsaved Chat History": [made.until_2022("robin_k", "Bring gloves", made.at(5))],
        "Sent Unsaved Chat History": [],
    })  # fmt: skip
    opened = [event.native_id for event in events if isinstance(event, ConversationOpened)]
    assert opened == ["robin_k", "sky"]
    told = [(m.sender, m.text) for m in events if isinstance(m, Message)]
    assert told == [
        ("robin_k", "Hello"), (OWNER, "When?"), ("robin_k", "Ten o'clock"), (OWNER, "See you"),
        ("robin_k", "Bring gloves"), ("sky", "Homework?"),
    ]  # fmt: skip
    closed = next(event for event in events if isinstance(event, ConversationClosed))
    assert [(who.key, who.is_owner) for who in closed.participants] == [("robin_k", None), (OWNER, True)]
    assert any("does not name" in note for note in closed.notes)
    assert closed.doubts == ()


def test_who_wrote_and_to_whom_and_when_to_the_second() -> None:
    came, went = one(), one(SENT, own=True)
    assert (came.sender, came.sender_id, came.recipients) == ("robin_k", "robin_k", ())
    assert (went.sender, went.sender_id, went.recipients) == (OWNER, None, ("robin_k",))
    assert came.sent.utc == made.at(1) // 1000 * 1_000_000
    assert (came.doubts, came.extra) == ((), None)


def test_references_of_html_are_resolved_and_what_stood_there_is_kept() -> None:
    message = one(Text="It&#39;s &lt;open&gt; &amp;amp; late &copy 2 &nosuch;")
    assert message.text == "It's <open> &amp; late &copy 2 &nosuch;"
    assert message.text_raw == "It&#39;s &lt;open&gt; &amp;amp; late &copy 2 &nosuch;"
    assert message.doubts == (Doubt.TEXT_REPAIRED,)
    careful = one(Text="It&#39;s open", ShoeSize=43)
    assert (careful.text, careful.text_raw) == ("It's open", "It&#39;s open")
    assert careful.doubts == (Doubt.TEXT_REPAIRED, Doubt.FIELD_NOT_READ)


def test_what_nobody_saved_is_told_with_the_list_it_stood_in() -> None:
    assert one("Received Unsaved Chat History").extra == '{"section": "Received Unsaved Chat History"}'
    both = one("Received Unsaved Chat History", ShoeSize=43)
    assert both.extra == '{"section": "Received Unsaved Chat History", "ShoeSize": 43}'
    assert one("Received Chat History").extra is None


@pytest.mark.parametrize(
    ("media", "text", "kind"),
    [
        ("TEXT", "Hello", Kind.TEXT), ("TEXT", None, Kind.EMPTY), ("MEDIA", None, Kind.MEDIA), ("NOTE", "", Kind.VOICE),
        ("STICKER", None, Kind.STICKER), ("IMAGE", None, Kind.MEDIA),
    ],
)  # fmt: skip
def test_each_kind_is_told(media: str, text: str | None, kind: Kind) -> None:
    message = one(RECEIVED, **{"Media Type": media, "Text": text})
    assert (message.kind, message.doubts) == (kind, ())


def test_a_kind_nobody_knew_is_kept_and_doubted() -> None:
    message = one(RECEIVED, **{"Media Type": "HOLOGRAM"})
    assert (message.text, message.doubts) == ("The gate is open", (Doubt.FIELD_NOT_READ,))
    assert "HOLOGRAM" in (message.extra or "")


def test_a_message_that_contradicts_its_list_is_told_by_its_own_field_and_doubted() -> None:
    went = one(RECEIVED, own=True)
    assert (went.sender, went.recipients, went.doubts) == (OWNER, ("robin_k",), (Doubt.SENDER_AMBIGUOUS,))
    both = one(SENT, own=True, From="sky")
    assert (both.sender, both.recipients) == (OWNER, ("robin_k",))
    assert both.doubts == (Doubt.SENDER_AMBIGUOUS, Doubt.FIELD_NOT_READ)
    assert '"From": "sky"' in (both.extra or "")
    events, _ = read({SENT: [made.until_2022("robin_k", "Both", made.at(1), own=True, From="sky")]})
    assert [event.native_id for event in events if isinstance(event, ConversationOpened)] == ["robin_k"]
    neither = one(RECEIVED, From=None)
    assert (neither.sender, neither.doubts) == (None, ())


def test_a_time_that_is_none_is_doubted_and_kept() -> None:
    message = one(Created="yesterday")
    assert (message.sent.utc, message.doubts) == (None, (Doubt.TIME_UNREADABLE,))
    assert message.extra == '{"Created": "yesterday"}'


def test_a_snap_is_empty_in_both_layouts_and_its_type_is_told() -> None:
    old = {"From": "robin_k", "Media Type": "IMAGE", "Created": "2022-07-22 19:28:21 UTC"}
    events, _ = read({"Received Snap History": [old], "Sent Snap History": []}, "json/snap_history.json")
    new = made.snap("robin_k", made.at(1))
    told, _ = read({"robin_k": [new], "nobody": []}, "json/snap_history.json")
    for message in (event for event in (*events, *told) if isinstance(event, Message)):
        assert (message.kind, message.text, message.doubts, message.extra) == (Kind.EMPTY, None, (), None)
        assert [(one_.state, one_.type) for one_ in message.attachments] == [(MediaState.OMITTED, "IMAGE")]
    assert sum(isinstance(event, Message) for event in (*events, *told)) == 2


def test_the_short_way_and_the_careful_way_tell_the_same_of_a_snap() -> None:
    snaps = [made.snap("robin_k: 9", made.at(n), own=n == 1, media=("IMAGE", "VIDEO")[n % 2]) for n in range(3)]
    told = []
    for more in ({}, {"ShoeSize": 43}):
        events, _ = read({"robin_k": [{**snap, **more} for snap in snaps]}, "json/snap_history.json")
        told.append([(m.kind, m.sender, m.sent, m.attachments) for m in events if isinstance(m, Message)])
    assert told[0] == told[1]
    assert len(told[0]) == 3


def test_a_list_that_nobody_knew_is_read_and_named() -> None:
    (_, message) = messages_of({
        RECEIVED: [made.until_2022("robin_k", "Hello", made.at(1))],
        "Archived Things": [made.until_2022("robin_k", "Hi", made.at(2), own=True)],
    })  # fmt: skip
    assert (message.sender, message.extra, message.doubts) == (OWNER, '{"section": "Archived Things"}', ())


@pytest.mark.parametrize(
    "data",
    [
        b'{"received saved chat history": [{"From": "a", "Media Type": "TEXT", "Created": "b", "Text": "c"}]}',
        b'{"Received Saved Chat History": {}}',
        b'["Received Saved Chat History", [{"From": "a"}]]',
        b'Received Saved Chat History: [{"From": "a"}]',
    ],
)
def test_what_only_looks_like_it_is_not_claimed(data: bytes) -> None:
    reading = Reading(Capture((FileInMemory("chat_history.json", "chat_history.json", data),)))
    assert reading.recognised.claims == ()


def test_lists_without_a_message_are_a_conversation_without_one() -> None:
    events, _ = read({RECEIVED: [], SENT: []})
    assert [type(event) for event in events] == [ConversationOpened, ConversationClosed]
