"""Snapchat's pages: a card for each message, newest first, and nothing that a card shows is lost."""

from __future__ import annotations

import msgspec
import pytest

import snapchat_export as made
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Entity, Kind, MediaState, Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading

NAME = "html/chat_history/subpage_robin_k.html"
HEADING = "Chat History with robin_k"


def read(data: bytes, name: str = NAME) -> tuple[list[Event], Reading]:
    reading = Reading(Capture((FileInMemory(name, name, data),)))
    return list(reading.events()), reading


def messages_of(*cards: str, heading: str = HEADING) -> list[Message]:
    events, reading = read(made.page(heading, cards))
    (account,) = reading.accounts()
    assert account.unparsed == ()
    return [event for event in events if isinstance(event, Message)]


def one(card: str, heading: str = HEADING) -> Message:
    (message,) = messages_of(card, heading=heading)
    return message


def test_a_page_is_a_conversation_and_is_told_oldest_first() -> None:
    cards = [made.card("robin_k", "Ten o'clock", made.at(2)), made.card("me_user", "Hello", made.at(1))]
    data = made.page(HEADING, cards)
    events, _ = read(data)
    opened, closed = events[0], events[-1]
    assert isinstance(opened, ConversationOpened)
    assert (opened.title, opened.native_id, opened.kind) == ("robin_k", "robin_k", ConversationKind.UNKNOWN)
    assert opened.title_span is not None
    assert data[opened.title_span.start : opened.title_span.end] == b"robin_k"
    told = [(m.sender, m.text, m.sent.utc) for m in events if isinstance(m, Message)]
    assert told == [
        ("me_user", "Hello", made.at(1) // 1000 * 1_000_000),
        ("robin_k", "Ten o'clock", made.at(2) // 1000 * 1_000_000),
    ]
    assert isinstance(closed, ConversationClosed)
    assert {who.is_owner for who in closed.participants} == {None}
    assert any("which account it belongs to" in note for note in closed.notes)


def test_the_bytes_of_a_message_are_its_card() -> None:
    card = made.card("robin_k", "Bread & tea <3", made.at(1))
    data = made.page(HEADING, [card])
    message = one(card)
    assert message.text == "Bread & tea <3"
    assert data[message.span.start : message.span.end] == card.encode()


def test_the_short_way_and_the_careful_way_tell_the_same() -> None:
    cards = [made.card("Zoë", f"row {n}: &amp; 🥕 it's", made.at(n), saved=n % 2 == 0) for n in range(4)]
    plain = messages_of(*cards)
    careful = messages_of(*(card.replace("<h4>", "<h4 class='x'>") for card in cards))
    assert [msgspec.structs.replace(m, span=p.span) for m, p in zip(careful, plain, strict=True)] == plain
    assert all(message.doubts == () and message.extra is None for message in plain)


@pytest.mark.parametrize(
    ("media", "content", "kind"),
    [
        ("TEXT", "Hello", Kind.TEXT), ("TEXT", None, Kind.EMPTY), ("MEDIA", None, Kind.MEDIA),
        ("NOTE", None, Kind.VOICE), ("STICKER", None, Kind.STICKER), ("IMAGE", None, Kind.MEDIA),
        ("STATUSERASEDMESSAGE", None, Kind.DELETED),
    ],
)  # fmt: skip
def test_each_kind_is_told(media: str, content: str | None, kind: Kind) -> None:
    message = one(made.card("robin_k", content, made.at(1), media))
    assert (message.kind, message.doubts) == (kind, ())


def test_a_snap_is_empty_and_its_type_is_told() -> None:
    card = made.card("robin_k", None, made.at(1), "VIDEO", saved=False)
    message = one(card, "Snap History with robin_k")
    assert (message.kind, message.text, message.doubts) == (Kind.EMPTY, None, ())
    assert [(file.state, file.type) for file in message.attachments] == [(MediaState.OMITTED, "VIDEO")]
    events, _ = read(made.page("Snaps", [card]), "html/snap_history/subpage_robin_k.html")
    assert [event.kind for event in events if isinstance(event, Message)] == [Kind.EMPTY]


def test_a_kind_nobody_knew_is_kept_and_doubted() -> None:
    message = one(made.card("robin_k", "Hello", made.at(1), "HOLOGRAM"))
    assert (message.kind, message.text, message.doubts) == (Kind.TEXT, "Hello", (Doubt.FIELD_NOT_READ,))
    assert "HOLOGRAM" in (message.extra or "")


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ("<p>and tea</p>", "and tea"),
        ('<img src="../../chat_media/2026-01-04_b~AAAA.jpg">', "b~AAAA.jpg"),
        ('<svg><title>Bread</title><path d="M1"/></svg>', "Bread"),
        ('<svg aria-label="Bread"><path d="M1"/></svg>', "Bread"),
        ('<svg><path d="M1" alt="Bread"/></svg>', "Bread"),
        ("<svg>Bread</svg>", "Bread"),
        ("<span>Saved by robin_k</span>", "Saved by robin_k"),
        ("<span>Saved</span>", "Saved"),
    ],
)
def test_whatever_else_a_card_shows_stands_in_extra(more: str, kept: str) -> None:
    card = made.card("robin_k", "Bread", made.at(1))
    message = one(card.replace("</div></div>", f"{more}</div></div>"))
    assert (message.text, message.doubts) == ("Bread", (Doubt.FIELD_NOT_READ,))
    assert kept in (message.extra or "")


def test_links_lines_and_a_time_that_is_none() -> None:
    card = made.card("robin_k", "WORDS", made.at(1)).replace("WORDS", 'A <a href="https://example.org/">plan</a><br>B')
    message = one(card)
    assert (message.text, message.entities) == ("A plan\nB", (Entity(2, 6, "link", "https://example.org/"),))
    assert message.doubts == ()
    timeless = one(made.card("robin_k", "Hello", made.at(1)).replace(" UTC</h6>", "</h6>"))
    assert (timeless.sent.utc, timeless.doubts) == (None, (Doubt.TIME_UNREADABLE,))
    assert timeless.sent.raw.startswith("2026-01-04 19:03")


def test_words_outside_of_a_card_and_a_card_without_a_message_are_unparsed() -> None:
    card = made.card("robin_k", "Hello", made.at(1))
    events, reading = read(made.page(HEADING, [card, "Words", f'<div style="{made.STYLE}">nothing</div>', card]))
    (account,) = reading.accounts()
    assert [gap.reason for gap in account.unparsed] == [
        "something that the page shows stands outside of any message",
        "a block of the page that is no message",
    ]
    assert sum(isinstance(event, Message) for event in events) == 2


def test_a_page_that_was_cut_says_so() -> None:
    data = made.page(HEADING, [made.card("robin_k", "Hello", made.at(n)) for n in range(3)])
    events, _ = read(data[: len(data) * 3 // 4])
    closed = events[-1]
    assert isinstance(closed, ConversationClosed)
    assert (Doubt.TRUNCATED_FILE, 1) in closed.doubts


@pytest.mark.parametrize(
    "data",
    [
        b'<html><body><div class="rightpanel"><button>Chat History with a</button></div></body></html>',
        made.page(HEADING, []),
        made.page(HEADING, [made.card("a", "b", made.at(1))]).replace(b"rightpanel", b"panel"),
        made.page(HEADING, [made.card("a", "b", made.at(1))]).replace(b"<!DOCTYPE html><html>", b"see: "),
    ],
)
def test_what_only_looks_like_it_is_not_claimed(data: bytes) -> None:
    assert read(data)[1].recognised.claims == ()
