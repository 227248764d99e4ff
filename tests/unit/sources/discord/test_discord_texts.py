"""A channel as DiscordChatExporter writes it as text: where a message begins, what stands below it, who can forge."""

from __future__ import annotations

import pytest

import discord_texts as made
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Kind, Message
from safehand.sources.accounting import Unparsed
from safehand.sources.contract import Capture, FileInMemory, ReadOptions
from safehand.sources.discord.txt_body import read_body
from safehand.sources.reading import Reading
from safehand.sources.recognise import recognise

LATE = "13/01/2026 19:05"
"""A day over 12: dates are day first."""


def read(data: bytes, options: ReadOptions | None = None) -> tuple[list[Event], tuple[Unparsed, ...]]:
    reading = Reading(Capture((FileInMemory("a.txt", "a.txt", data),)), options)
    events = list(reading.events())
    return events, reading.accounts()[0].unparsed


def messages_of(data: bytes) -> list[Message]:
    return [event for event in read(data)[0] if isinstance(event, Message)]


def closed_of(data: bytes) -> ConversationClosed:
    return next(event for event in read(data)[0] if isinstance(event, ConversationClosed))


def talk(*messages: str) -> bytes:
    return made.page([*messages, made.said(9, "tom", "last", date=LATE)], len(messages) + 1)


def one(words: str, *, sections: str = "") -> Message:
    data = talk(made.said(1, "priya", words, sections=sections))
    first, last = messages_of(data)
    assert (last.text, read(data)[1]) == ("last", ())
    return first


def test_a_text_says_what_it_is_and_that_it_may_be_forged() -> None:
    data = talk(made.said(1, "priya", "The gate is open"))
    opened = read(data)[0][0]
    assert isinstance(opened, ConversationOpened)
    assert (opened.form, opened.title, opened.section, opened.kind) == (
        "discord/dce-txt", "Private / robin", "Direct Messages", ConversationKind.DIRECT,
    )  # fmt: skip
    assert opened.title_span is not None
    assert data[opened.title_span.start : opened.title_span.end] == b"Private / robin"
    closed = closed_of(data)
    assert closed.doubts == ((Doubt.FORGED_POSSIBLE, 1), (Doubt.ZONE_UNKNOWN, 2))
    assert any("day first" in note for note in closed.notes)


def test_a_message_has_its_name_its_words_and_a_clock_without_a_zone() -> None:
    found = one("The gate\n\nis open")
    assert (found.sender, found.text, found.kind) == ("priya", "The gate\n\nis open", Kind.TEXT)
    assert (found.sent.raw, found.sent.basis, found.sent.utc) == ("04/01/2026 19:03", Basis.EXPORTER_LOCAL, None)


@pytest.mark.parametrize("windows", [False, True])
def test_sections_below_a_message_are_told(windows: bool) -> None:  # noqa: FBT001  a parameter of the test
    sections = (
        made.section("Attachments", "https://example.org/plan.png?x=1", "https://example.org/beds.pdf")
        + made.section("Embed", "Seeds", "https://example.org/seeds", "All of them")
        + made.section("Stickers", "https://example.org/carrot.png")
        + made.section("Reactions", "🥕 (2) spade")
    )
    messages = [made.said(1, "priya", "Look\nhere", sections=sections), made.said(9, "tom", "last", date=LATE)]
    data = (made.in_windows if windows else made.page)(messages, 2)
    found, last = messages_of(data)
    assert (found.text, found.kind, last.text) == ("Look\nhere", Kind.MEDIA, "last")
    assert [(file.name, file.type) for file in found.attachments] == [
        ("plan.png", None), ("beds.pdf", None), ("carrot.png", "sticker"),
    ]  # fmt: skip
    assert [(reaction.value, reaction.count) for reaction in found.reactions] == [("🥕", 2), ("spade", 1)]
    assert found.share is not None
    assert (found.share.link, found.share.text) == ("https://example.org/seeds", "Seeds\nAll of them")
    assert "https://example.org/beds.pdf" in (found.extra or "")
    assert found.doubts == (Doubt.ZONE_UNKNOWN,)


def test_a_message_of_nothing_but_a_file_has_no_text() -> None:
    found = one("", sections=made.section("Attachments", "https://example.org/plan.png"))
    assert (found.text, found.kind) == (None, Kind.MEDIA)
    assert one("").kind is Kind.EMPTY


def test_an_older_file_leaves_the_line_of_an_empty_text_out() -> None:
    words = made.said(1, "priya", "", sections=made.section("Attachments", "https://example.org/a.png"))
    found = messages_of(talk(words.replace("priya\n\n\n", "priya\n\n")))[0]
    assert (found.text, [file.name for file in found.attachments]) == (None, ["a.png"])


@pytest.mark.parametrize(
    "words", ["I wrote {Attachments}", "{Embed} is a word", "a\n\n{Reactions}\nnot (these) here, or?\n\nb"]
)
def test_braces_in_a_text_are_text_where_no_section_follows(words: str) -> None:
    assert one(words).text == words


def test_sections_that_are_out_of_order_are_text() -> None:
    body = read_body("a\n\n{Reactions}\nx (2)\n\n{Attachments}\nhttps://example.org/a.png", "\n")
    assert (body.text, len(body.attachments), body.reactions) == ("a\n\n{Reactions}\nx (2)", 1, ())


def test_what_looks_like_a_header_behind_one_empty_line_is_text_and_said_so() -> None:
    pasted = "look\n\n[04/01/2026 19:03] tom\nI never said that"
    found = one(pasted)
    assert (found.text, found.doubts) == (pasted, (Doubt.ZONE_UNKNOWN, Doubt.HEADER_SUSPECT))


def test_a_date_in_another_spelling_begins_no_message() -> None:
    pasted = "look\n\n\n[4 Jan 2026] tom\nI never said that"
    assert one(pasted).text == pasted


def test_a_header_behind_two_empty_lines_is_one_and_the_footer_tells_another_number() -> None:
    data = talk(made.said(1, "priya", "look\n\n\n[04/01/2026 19:03] tom\nI never said that"))
    assert len(messages_of(data)) == 3
    assert (Doubt.COUNT_MISMATCH, 1) in closed_of(data).doubts


def test_on_windows_a_header_that_was_typed_is_text() -> None:
    typed = "look\n\n\n[04/01/2026 19:03] tom\nI never said that"
    data = made.in_windows([made.said(1, "priya", typed), made.said(2, "tom", "Good")], 2)
    assert [message.text for message in messages_of(data)] == [typed, "Good"]


def test_a_header_stands_behind_reactions_and_one_empty_line() -> None:
    data = talk(made.said(1, "priya", "a", sections=made.section("Reactions", "🥕")), made.said(2, "tom", "b"))
    assert [message.text for message in messages_of(data)] == ["a", "b", "last"]
    assert messages_of(data)[0].doubts == (Doubt.ZONE_UNKNOWN,)


def test_a_pinned_message_says_so() -> None:
    found = messages_of(talk(made.said(1, "priya (pinned)", "a")))[0]
    assert (found.sender, found.extra) == ("priya", '{"pinned": "true"}')


def test_the_order_of_dates_is_left_open_where_nothing_tells() -> None:
    data = made.page([made.said(1, "priya", "a")], 1)
    found = messages_of(data)[0]
    assert found.doubts == (Doubt.ORDER_AMBIGUOUS, Doubt.ZONE_UNKNOWN)
    events, _ = read(data, ReadOptions(day_first=True, day_first_by="holder"))
    stated = next(event for event in events if isinstance(event, Message))
    assert stated.doubts == (Doubt.ZONE_UNKNOWN,)


def test_a_file_without_its_footer_is_cut() -> None:
    data = talk(made.said(1, "priya", "a"))
    assert (Doubt.TRUNCATED_FILE, 1) in closed_of(data[: data.rfind(b"=" * 62 + b"\nExported")]).doubts


def test_a_channel_with_nothing_in_it_is_read() -> None:
    data = made.page([], 0)
    assert (closed_of(data).messages, read(data)[1]) == (0, ())


def test_what_else_stands_at_the_top_is_kept() -> None:
    data = made.page([made.said(1, "priya", "a")], 1, topic="Topic: seeds\nAfter: 01/01/2026 00:00\n")
    opened = read(data)[0][0]
    assert isinstance(opened, ConversationOpened)
    assert "After: 01/01/2026" in (opened.extra or "")


def test_words_before_the_first_message_are_unparsed() -> None:
    data = talk(made.said(1, "priya", "a")).replace(b"\n\n[04", b"\n\nhello\n\n\n[04", 1)
    assert len(messages_of(data)) == 2
    assert [one.reason for one in read(data)[1]] == ["text among the messages that belongs to none"]


def test_bytes_that_are_no_utf_8_are_read_and_said_so() -> None:
    data = talk(made.said(1, "priya", "café")).replace("é".encode(), b"\xe9")
    found = messages_of(data)[0]
    assert found.text == "café"
    assert Doubt.ENCODING_GUESSED in found.doubts


@pytest.mark.parametrize("data", [b"=" * 62 + b"\nGuild of bakers\n", b"Guild: a\nChannel: b\n"])
def test_what_only_looks_like_one_is_not_claimed(data: bytes) -> None:
    assert recognise(Capture((FileInMemory("a.txt", "a.txt", data),))).claims == ()
