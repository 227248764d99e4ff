"""Direct messages of X's archive: the assignment before them, both ends of the list, each kind, escaped text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

import x_archive as made
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading
from safehand.sources.x.message import moment_of

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "twitter_x"


def read(data: bytes) -> tuple[list[Event], Reading]:
    reading = Reading(Capture((FileInMemory("direct-messages.js", "data/direct-messages.js", data),)))
    return list(reading.events()), reading


def messages_of(*messages: made.Object) -> list[Message]:
    events, _ = read(made.spelled([made.talk("7-9", messages)]))
    return [event for event in events if isinstance(event, Message)]


def one(**fields: Any) -> Message:
    (message,) = messages_of(made.said("7", fields.pop("text", "The gate is open"), made.at(1), **fields))
    return message


def test_what_stands_before_the_list_is_a_header_and_each_conversation_is_told() -> None:
    data = made.spelled([made.talk("7-9", [made.said("7", "Hello", made.at(1))]), made.talk("123", [])])
    events, reading = read(data)
    opened = [event for event in events if isinstance(event, ConversationOpened)]
    assert [(e.native_id, e.kind) for e in opened] == [
        ("7-9", ConversationKind.DIRECT),
        ("123", ConversationKind.GROUP),
    ]
    (account,) = reading.accounts()
    assert account.unparsed == ()
    assert account.segments["header"].bytes == len("window.YTD.direct_messages.part0 = ")


def test_newest_first_is_told_oldest_first() -> None:
    said = [made.said("7", f"row {n}", made.at(n)) for n in range(5)]
    assert [m.text for m in messages_of(*said[::-1])] == [f"row {n}" for n in range(5)]


def test_the_time_is_utc_to_the_millisecond() -> None:
    message = one()
    assert (message.sent.utc, message.doubts) == (int(made.at(1).timestamp() * 1000) * 1000, ())
    assert (message.sender, message.recipients) == ("7", ("9",))
    assert one(createdAt="yesterday").doubts == (Doubt.TIME_UNREADABLE,)


@pytest.mark.parametrize(
    "text", ["2019-12-12T17:10:05.696", "2019-12-12 17:10:05.696Z", "2019-13-12T17:10:05.696Z", None]
)
def test_what_is_no_moment_of_xs_is_none(text: object) -> None:
    assert moment_of(text) is None


def test_escaped_text_is_read_and_what_stood_there_is_kept() -> None:
    message = one(text="beans &amp; peas &lt;3")
    assert (message.text, message.text_raw) == ("beans & peas <3", "beans &amp; peas &lt;3")
    assert message.doubts == (Doubt.TEXT_REPAIRED,)


def test_a_short_link_leads_to_the_long_one_and_is_not_fetched() -> None:
    links = [{"url": "https://t.co/x", "expanded": "https://example.org", "display": "example.org"}]
    (entity,) = one(text="see https://t.co/x", urls=links).entities
    assert (entity.start, entity.end, entity.target) == (4, 18, "https://example.org")


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ({"joinConversation": {"initiatingUserId": "7", "createdAt": made.stamp(made.at(1))}}, Kind.SYSTEM),
        ({"participantsLeave": {"userIds": ["7"], "createdAt": made.stamp(made.at(1))}}, Kind.SYSTEM),
        ({"conversationNameUpdate": {"name": "Plot 14", "createdAt": made.stamp(made.at(1))}}, Kind.SYSTEM),
        ({"reactionCreate": {"reactionKey": "like", "senderId": "7", "createdAt": made.stamp(made.at(1))}},
         Kind.REACTION_NOTICE),
    ],
)  # fmt: skip
def test_each_kind_is_told(element: made.Object, kind: Kind) -> None:
    (message,) = messages_of(element)
    assert (message.kind, message.doubts) == (kind, ())


def test_a_kind_nobody_knew_is_kept_and_doubted_and_what_is_none_is_unparsed() -> None:
    (message,) = messages_of({"hologramCreate": {"createdAt": made.stamp(made.at(1)), "text": "Hello"}})
    assert (message.text, message.doubts) == ("Hello", (Doubt.FIELD_NOT_READ,))
    _, reading = read(made.spelled([made.talk("7-9", [{"a": 1}, made.said("7", "Hello", made.at(1))])]))
    assert len(reading.accounts()[0].unparsed) == 1


def test_media_are_named_by_their_address_and_reactions_by_who_gave_them() -> None:
    reaction = {"senderId": "9", "reactionKey": "like", "eventId": "1", "createdAt": made.stamp(made.at(2))}
    message = one(mediaUrls=["https://example.org/a.jpg"], reactions=[reaction])
    assert (message.kind, message.attachments[0].name) == (Kind.MEDIA, "https://example.org/a.jpg")
    assert (message.reactions[0].value, message.reactions[0].sender) == ("like", "9")


def test_the_short_way_and_the_careful_way_tell_the_same() -> None:
    said = [made.said("7", f"row: {n} \\ {{}} 🥕", made.at(n)) for n in range(4)]
    odd = [{"messageCreate": {**m["messageCreate"], "unknown": 1}} for m in said]
    plain, careful = messages_of(*said), messages_of(*odd)
    assert [
        msgspec.structs.replace(m, extra=None, doubts=(), span=p.span) for p, m in zip(plain, careful, strict=True)
    ] == plain


@pytest.mark.parametrize(
    "data",
    [
        b"window.YTD.direct_message_headers.part0 = [ ]",
        b"window.YTD.account.part0 = [ ]",
        b"var direct_messages = []",
        b'[{"dmConversation": {"conversationId": "7-9", "messages": []}}]',
    ],
)
def test_what_only_looks_like_it_is_not_claimed(data: bytes) -> None:
    assert read(data)[1].recognised.claims == ()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_the_sample_gives_its_two_messages_and_its_account_adds_up() -> None:
    (path,) = SAMPLES.glob("*.js")
    events, reading = read(path.read_bytes())
    assert sum(isinstance(event, Message) for event in events) == 2
    assert reading.accounts()[0].unparsed == ()


def test_an_ampersand_that_x_did_not_escape_is_no_sign_of_html() -> None:
    message = one(text="https://example.org/?a=1&copy=2&reg=3 &amp; beans")
    assert message.text == "https://example.org/?a=1&copy=2&reg=3 & beans"


@pytest.mark.parametrize("media", ["https://example.org/a.jpg", 7, {"a": "b"}, [{"a": "b"}], [7]])
def test_media_of_another_shape_are_kept_and_doubted_and_cost_no_message(media: object) -> None:
    message = one(mediaUrls=media)
    assert (message.text, message.attachments, message.doubts) == ("The gate is open", (), (Doubt.FIELD_NOT_READ,))
    assert "mediaUrls" in (message.extra or "")


def test_a_message_with_nothing_but_what_nobody_knew_is_not_called_empty() -> None:
    assert one(text="", hologram="beans").kind is Kind.UNKNOWN
    assert one(text="").kind is Kind.EMPTY


def test_half_a_character_is_doubted_and_what_stood_there_is_kept_and_a_long_number_is_no_broken_text() -> None:
    data = made.spelled([made.talk("7-9", [made.said("7", "half HALF here", made.at(1))])])
    (half,) = (event for event in read(data.replace(b"HALF", rb"\ud83d"))[0] if isinstance(event, Message))
    assert (half.text, half.text_raw, half.doubts) == ("half � here", "half \\ud83d here", (Doubt.ENCODING_GUESSED,))
    assert one(id=10**30).doubts == ()


def test_both_accounts_of_a_conversation_of_two_are_named_also_the_one_that_wrote_nothing() -> None:
    events, _ = read(made.spelled([made.talk("7-9", [made.said("7", "Hello", made.at(1))])]))
    closed = next(event for event in events if isinstance(event, ConversationClosed))
    assert [(who.key, who.messages, who.declared) for who in closed.participants] == [("7", 1, True), ("9", 0, True)]


def test_an_id_that_was_seen_is_in_doubt_and_both_messages_are_told() -> None:
    said = [made.said("7", f"row {n}", made.at(n), id=str(1000 + n % 2)) for n in range(3)]
    assert [(m.text, m.doubts) for m in messages_of(*said)] == [
        ("row 0", ()), ("row 1", ()), ("row 2", (Doubt.DUPLICATE_OF,)),
    ]  # fmt: skip


def test_a_kind_that_stands_twice_is_read_as_its_last_and_both_are_kept() -> None:
    twice = b'{"messageCreate":{"text":"one"},"messageCreate":{"text":"a &amp; b","senderId":"7"}}'
    head, tail = made.spelled([made.talk("7-9", [])]).split(b"[]")
    (message,) = (event for event in read(head + b"[" + twice + b"]" + tail)[0] if isinstance(event, Message))
    assert (message.text, message.text_raw, message.sender) == ("a & b", "a &amp; b", "7")
    assert Doubt.FIELD_REPEATED in message.doubts
    assert message.extra == twice.decode().replace('},"', '}, "')


def test_a_number_of_a_conversation_that_stands_twice_is_doubted() -> None:
    data = made.spelled([made.talk("7-9", [made.said("7", "Hello", made.at(1))])])
    again = data.replace(b'"conversationId": "7-9"', b'"conversationId": "7-12", "conversationId": "7-9"')
    for given, doubts in ((data, ()), (again, ((Doubt.FIELD_REPEATED, 1),))):
        (closed,) = (event for event in read(given)[0] if isinstance(event, ConversationClosed))
        assert closed.doubts == doubts


@pytest.mark.parametrize("other", [{"secretConversation": {"messages": [{"text": "beans"}]}}, {"dmConversation": 7}, 7])
def test_what_stands_in_the_list_and_is_no_conversation_is_counted_and_doubted(other: Any) -> None:
    events, reading = read(made.spelled([made.talk("7-9", [made.said("7", "Hello", made.at(1))]), other]))
    (closed,) = (event for event in events if isinstance(event, ConversationClosed))
    assert closed.doubts == ((Doubt.FIELD_NOT_READ, 1),)
    assert any("no conversation of a known kind: 1." in note for note in closed.notes)
    assert reading.accounts()[0].unparsed == ()
