"""Promises about words that look like a name and are none, and names and calls that speed must not miss."""

from __future__ import annotations

import pytest

from safehand.model.conversation import Event
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, Message
from safehand.sources.contract import Certainty, Claim, FileInMemory, ReadingDesk
from safehand.sources.whatsapp import SOURCE, kinds
from safehand.sources.whatsapp.wordings import words_of
from whatsapp_chat import ANDROID, IOS, Said, write_chat


def messages_of(data: bytes) -> list[Message]:
    file = FileInMemory("chat.txt", "_chat.txt", data)
    claim = Claim("whatsapp", "whatsapp/txt", (file,), Certainty.CERTAIN, "made for a test")
    events: list[Event] = list(SOURCE.read(claim, ReadingDesk()))
    return [event for event in events if isinstance(event, Message)]


def test_an_attached_file_of_an_iphone_makes_no_doubt_about_who_sent_it() -> None:
    photo = "\u200e<attached: 0000000{}-PHOTO-2023-01-14-00-0{}-00.jpg>"
    said = [Said("Priya", photo.format(minute, minute), minute) for minute in range(6)]
    messages = messages_of(write_chat([*said, Said("Priya", "beans", 9)], IOS))
    assert [m.kind for m in messages] == [Kind.MEDIA] * 6 + [Kind.TEXT]
    assert [m for m in messages if Doubt.SENDER_AMBIGUOUS in m.doubts] == []


def test_a_name_that_is_not_utf8_is_doubted_at_each_of_its_messages() -> None:
    data = write_chat([Said("ZoQ", f"beans {minute}", minute) for minute in range(6)], ANDROID)
    messages = messages_of(data.replace(b"ZoQ", b"Zo\xeb"))
    assert {m.sender for m in messages} == {"Zoë"}
    assert [Doubt.ENCODING_GUESSED in m.doubts for m in messages] == [True] * 6


@pytest.mark.parametrize("tail", [", \u200e5 min", "\u200e, \u200e5 min", ",\u200e5 min", ", 5 min", ",5 min"])
def test_a_call_is_a_call_in_every_language_with_or_without_a_blank_after_the_comma(tail: str) -> None:
    words = [row.text for row in words_of("call").values()]
    assert len(words) > 40
    assert [word for word in words if kinds.describe(f"\u200e{word}{tail}", None).kind is not Kind.CALL] == []
