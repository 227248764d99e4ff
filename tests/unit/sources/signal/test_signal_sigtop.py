"""sigtop's text: times with their offset, who is who, answers, wordings, files, and what the platform did."""

from __future__ import annotations

import json

import pytest

import signal_sigtop as made
from safehand.model.conversation import ConversationKind, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, format_utc
from safehand.model.message import Attachment, Call, Kind, MediaState, Message, Reaction, Reply
from safehand.sources.contract import Certainty
from signal_reading import claimed, closed_of, messages_of, read

NAME = "Ada (+447700900123).txt"


def told(*blocks: str, whom: str = made.ADA) -> list[Message]:
    return messages_of((made.heading(whom) + "".join(blocks)).encode(), NAME)


def one(who: str | None, body: str, *fields: str, type_: str = "") -> Message:
    """A message with one before it and one behind it, so that it is read by the short way where that can."""
    before, after = made.block("You", "before", made.at(0)), made.block("You", "after", made.at(9))
    _, message, _ = told(before, made.block(who, body, made.at(1), *fields, type_=type_), after)
    return message


def test_a_time_has_its_offset_and_is_known() -> None:
    message = one(made.ADA, "hello")
    assert (message.sent.basis, message.sent.raw) == (Basis.OFFSET, "Sun, 4 Jan 2026 20:03:11 +0100")
    assert format_utc(message.sent.utc or 0) == "2026-01-04T19:03:11Z"
    assert message.extra == '{"received": "Sun, 4 Jan 2026 20:03:12 +0100"}'
    assert message.doubts == ()


def test_an_account_has_its_number_and_the_owner_is_you() -> None:
    assert (one(made.ADA, "a").sender, one(made.ADA, "a").sender_id) == ("Ada", "+447700900123")
    closed = closed_of((made.heading() + made.block("You", "a", made.at(0))).encode(), NAME)
    assert [(one.key, one.is_owner) for one in closed.participants] == [("You", True)]
    nobody = one("Unknown", "a")
    assert (nobody.sender, json.loads(nobody.extra or "")["from"]) == (None, "Unknown")


@pytest.mark.parametrize(
    ("whom", "title", "kind", "native"),
    [
        (made.ADA, "Ada", ConversationKind.DIRECT, "+447700900123"),
        ("Plots (2026) (group)", "Plots (2026)", ConversationKind.GROUP, None),
        ("Unknown", None, ConversationKind.UNKNOWN, None),
    ],
)
def test_the_heading_says_whose_conversation_it_is(
    whom: str, title: str | None, kind: ConversationKind, native: str | None
) -> None:
    events, reading = read((made.heading(whom) + made.block("You", "a", made.at(0))).encode(), NAME)
    opened = next(event for event in events if isinstance(event, ConversationOpened))
    assert (opened.title, opened.kind, opened.native_id) == (title, kind, native)
    assert reading.accounts()[0].segments["header"].bytes == len(f"Conversation: {whom}".encode())


@pytest.mark.parametrize("body", ["one", "two\nlines", "an\n\nempty line", "ends in one\n", "From: me\nto you", "> no"])
def test_what_was_said_is_kept_to_the_letter(body: str) -> None:
    assert one(made.ADA, body).text == body
    (last,) = told(made.block(made.ADA, body, made.at(0)))
    assert last.text == body


def test_what_is_answered_is_told_by_its_words() -> None:
    quote = (
        f"> From: You\n> Sent: {made.date(made.at(0))}\n> Attachment: a.jpg (image/jpeg)\n>\n> dig?\n> or not\n\nyes"
    )
    message = one(made.ADA, quote)
    assert (message.text, message.reply) == ("yes", Reply(None, "dig?\nor not"))
    assert json.loads(message.extra or "")["quote"] == {
        "from": "You", "sent": made.date(made.at(0)), "files": ["a.jpg (image/jpeg)"]}  # fmt: skip
    assert message.doubts == ()


def test_files_and_reactions_are_told() -> None:
    message = one(
        made.ADA,
        "",
        "Attachment: a (1).jpg (image/jpeg, 123 bytes)",
        "Attachment: no filename (audio/aac, 9 bytes)",
        "Reaction: 👍 from You",
        "Reaction: 🌱 from Tom (+447700900456)",
    )
    assert message.kind is Kind.MEDIA
    assert message.attachments == (
        Attachment(MediaState.NAMED, "a (1).jpg", "image", "image/jpeg", 123),
        Attachment(MediaState.OMITTED, None, "audio", "audio/aac", 9),
    )
    assert message.reactions == (Reaction("👍", "You"), Reaction("🌱", "Tom"))


def test_earlier_wordings_are_told_oldest_first_with_their_times() -> None:
    first, second = made.date(made.at(1)), made.date(made.at(5))
    edits = f"| Version: 2\n| Sent: {second}\n|\n| yes, at\n| nine\n|\n| Version: 1\n| Sent: {first}\n|\n| yes"
    message = one("You", edits, "Edited: 2 versions")
    assert (message.text, message.revisions, message.edited_mark) == ("yes, at\nnine", ("yes",), True)
    assert message.edited is not None
    assert message.edited.raw == second
    assert json.loads(message.extra or "")["versions"] == [{"sent": first}, {"sent": second}]
    assert message.doubts == ()


def test_what_the_platform_did_is_an_event() -> None:
    call = one(made.ADA, "", type_="call-history")
    assert (call.kind, call.call, call.action) == (Kind.CALL, Call(), "call-history")
    alone = one(None, "", type_="timer-notification")
    assert (alone.kind, alone.sender, alone.action) == (Kind.SYSTEM, None, "timer-notification")
    assert one(made.ADA, "").kind is Kind.EMPTY


def test_a_field_nobody_knew_is_kept_and_doubted() -> None:
    message = one(made.ADA, "hello", "Smell: of beans")
    assert (message.text, json.loads(message.extra or "")["others"]) == ("hello", ["Smell: of beans"])
    assert Doubt.FIELD_NOT_READ in message.doubts


def test_what_is_no_time_is_kept_and_doubted() -> None:
    text = made.heading() + made.block(made.ADA, "a", made.at(0)).replace(made.date(made.at(0)), "unknown")
    (message,) = messages_of((text + made.block("You", "b", made.at(1))).encode(), NAME)[:1]
    assert (message.sent.basis, message.sent.raw) == (Basis.NONE, "unknown")
    assert Doubt.TIME_UNREADABLE in message.doubts


def test_a_file_that_was_cut_says_so() -> None:
    data = (made.heading() + made.block(made.ADA, "hello", made.at(0))).encode()
    (message,) = messages_of(data[:-3], NAME)
    assert message.text == "hell"
    assert Doubt.TRUNCATED_FILE in message.doubts
    _, reading = read(data[:-3] + "é".encode()[:1], NAME)
    assert [gap.reason for gap in reading.accounts()[0].unparsed] == ["the file ends inside a character"]


BLOCK = made.block(made.ADA, "hello", made.at(0))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (made.heading() + BLOCK, ("signal/sigtop-text", Certainty.CERTAIN)),
        ("\ufeff" + made.heading() + BLOCK, ("signal/sigtop-text", Certainty.CERTAIN)),
        (BLOCK, None),
        ("look:\n" + made.heading() + BLOCK, None),
        (made.heading() + "From: Ada\nTo: Tom\n\nhello\n", None),
        (made.heading(), None),
    ],
)
def test_it_is_known_by_its_heading_and_first_message(text: str, found: tuple[str, Certainty] | None) -> None:
    assert claimed(text.encode(), NAME) == found


@pytest.mark.parametrize(
    "body",
    ["> From: Tom\nI said no\nand went", "> From: Tom\n> Sent: Sun\n>\n> no\nI said no", "| Version: 2\nI said no"],
)
def test_what_only_looks_like_an_answer_or_a_wording_is_words_to_the_last_line(body: str) -> None:
    message = one(made.ADA, body)
    assert (message.text, message.reply, message.revisions) == (body, None, ())


def test_an_answer_without_the_line_that_parts_its_fields_keeps_its_words() -> None:
    message = one("You", "> From: Ada\n> Mood: sunny\n> dig?\n\nyes")
    assert (message.text, message.reply) == ("yes", Reply(None, "dig?"))
    assert message.doubts == (Doubt.FIELD_NOT_READ,)
    assert json.loads(message.extra or "")["quote"]["others"] == ["Mood: sunny"]


def test_a_wording_keeps_a_field_nobody_knew_and_words_that_nothing_parts_from_its_fields() -> None:
    newest = f"| Version: 2\n| Sent: {made.date(made.at(9))}\n| Mood: sunny\n|\n| second\n|\n"
    message = one("You", newest + f"| Version: 1\n| Sent: {made.date(made.at(1))}\n| first", "Edited: 2 versions")
    assert (message.text, message.revisions) == ("second", ("first",))
    assert message.doubts == (Doubt.FIELD_NOT_READ,)
    assert json.loads(message.extra or "")["versions"][1]["others"] == ["Mood: sunny"]
