"""Promises about kinds: every wording of the table is known where phones write it, and ordinary words stay words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.model.message import Attachment, Call, Kind, MediaState
from safehand.sources.whatsapp.kinds import PHRASES, describe, describe_platform_line, may_be_more
from safehand.sources.whatsapp.wordings import language_of, plain, title_of, wordings, words_of
from whatsapp_reading import messages_of

LRM = "\u200e"
WHOLE = {
    "omitted": {Kind.MEDIA, Kind.STICKER, Kind.CONTACT},
    "deleted": {Kind.DELETED},
    "call": {Kind.CALL},
    "location": {Kind.LOCATION},
    "empty": {Kind.EMPTY},
    "unknown": {Kind.UNKNOWN},
}


def test_the_table_has_four_columns_a_known_use_and_no_row_twice() -> None:
    rows = wordings()
    assert len(rows) > 600
    assert len({(row.use, row.language, row.text) for row in rows}) == len(rows)
    assert {row.use for row in rows} == {*WHOLE, "attached", "attached-ios", "edited", "poll", "system", "title"}
    assert all(row.text.strip() and row.language.islower() for row in rows)


@pytest.mark.parametrize("use", sorted(WHOLE))
def test_every_whole_phrase_is_known_as_it_stands_and_as_an_iphone_writes_it(use: str) -> None:
    for row in wordings():
        if row.use == use:
            for text in (row.text, LRM + row.text, f"{LRM}{row.text}.", row.text.lower()):
                found = describe(text)
                assert found.kind in WHOLE[use], text
                assert found.tool
                assert may_be_more(text.encode())


def test_no_phrase_means_two_things() -> None:
    means: dict[str, set[str]] = {}
    for row in wordings():
        if row.use in WHOLE:
            means.setdefault(plain(row.text), set()).add(f"{row.use} {row.detail}")
    assert {text: uses for text, uses in means.items() if len(uses) > 1} == {}


def test_every_word_for_attached_is_known_with_a_document_of_any_name() -> None:
    for row in wordings():
        if row.use == "attached":
            text = f"Plan of plot 9.pdf ({row.text})\nthe third row"
            assert describe(text).attachments == (Attachment(MediaState.NAMED, "Plan of plot 9.pdf"),), text
        if row.use == "attached-ios":
            text = f"{LRM}<{row.text}: 00000007-Plan of plot 9.pdf>"
            assert describe(text).attachments == (Attachment(MediaState.NAMED, "00000007-Plan of plot 9.pdf"),), text


@pytest.mark.parametrize(
    ("name", "kind", "type_"),
    [
        ("IMG-20230114-WA0001.jpg", Kind.MEDIA, "photo"),
        ("VID-20230114-WA0001.mp4", Kind.MEDIA, "video"),
        ("AUD-20230114-WA0001.m4a", Kind.MEDIA, "audio"),
        ("PTT-20230114-WA0001.opus", Kind.VOICE, "voice"),
        ("STK-20230114-WA0001.webp", Kind.STICKER, "sticker"),
        ("DOC-20230114-WA0001.pdf", Kind.MEDIA, "document"),
    ],
)
def test_a_name_that_whatsapp_gives_says_what_the_file_is_in_any_language(name: str, kind: Kind, type_: str) -> None:
    found = describe(f"{LRM}{name} (words nobody listed)")
    assert (found.kind, found.attachments) == (kind, (Attachment(MediaState.NAMED, name, type_),))
    assert not found.tool


def test_every_word_for_an_edit_is_a_mark_and_the_text_stays_whole() -> None:
    for row in wordings():
        if row.use == "edited":
            text = f"the third row {LRM}{row.text}"
            (message,) = messages_of(f"14/01/2023, 10:00 - Tom: {text}\n")
            assert (message.edited_mark, message.text, message.kind) == (True, text, Kind.TEXT)


def test_every_platform_phrase_is_known_and_the_longest_names_the_act() -> None:
    for row in wordings():
        if row.use == "system":
            found = describe_platform_line(f"Tom {row.text} \u201eAllotment\u201c")
            assert found.kind is Kind.SYSTEM
            assert found.action is not None
    assert describe_platform_line("Jörg hat die Gruppe verlassen").action == "left"
    assert describe_platform_line("Jörg hat die Gruppe erstellt").action == "group created"
    assert describe_platform_line("Ĝardeno estas bela").action is None


def test_a_language_that_is_asked_first_changes_no_other_answer() -> None:
    for text in ("Jörg hat die Gruppe verlassen", "Tom added Priya", "nothing known"):
        assert describe_platform_line(text, "de").action == describe_platform_line(text).action


@pytest.mark.parametrize(
    ("text", "call"),
    [
        (f"{LRM}Missed voice call", Call(None, "missed", video=False)),
        (f"{LRM}Video call, {LRM}1 hr", Call(3600, None, video=True)),
        (f"{LRM}Video call. {LRM}30 sec", Call(30, None, video=True)),
        (f"{LRM}Sprachanruf, {LRM}2 Min", Call(120, None, video=False)),
        (f"{LRM}Voice call, {LRM}Answered on other device", Call(None, "Answered on other device", video=False)),
        ("Voice call, 5 min", Call(300, None, video=False)),
    ],
)
def test_a_call_is_told_with_its_length_or_outcome(text: str, call: Call) -> None:
    found = describe(text)
    assert (found.kind, found.call) == (Kind.CALL, call)


@pytest.mark.parametrize(
    "text",
    [
        "Video call, when you are back?",
        "Missed voice call from you yesterday",
        "<grin>",
        "a <b> c",
        "plan.pdf (the old one)",
        "(file attached)",
        "I said this message was deleted",
        "null and void",
        "POLL: who comes?",
        "LIST:\nEGGS: two\nMILK: one (fresh)",
        "see https://example.org/?q=51.5,-0.1",
        "Location of the shed",
        "image omitted by mistake",
        "left",
        "~",
    ],
)
def test_ordinary_words_stay_words(text: str) -> None:
    (message,) = messages_of(f"14/01/2023, 10:00 - Tom: {text}\n")
    assert (message.kind, message.text, message.attachments) == (Kind.TEXT, text, ())


def test_a_poll_is_told_with_its_votes_also_as_an_iphone_writes_it() -> None:
    options = f"{LRM}OPTION: Carrots ({LRM}2 votes)\n{LRM}OPTION: Kale, or (maybe) leeks (0 votes)\n"
    text = f"{LRM}POLL:\nWhat shall we sow?\n{options}"
    poll = describe(text).poll
    assert poll is not None
    assert poll.question == "What shall we sow?"
    assert [(option.text, option.votes) for option in poll.options] == [("Carrots", 2), ("Kale, or (maybe) leeks", 0)]


def test_a_placeholder_keeps_what_stood_there() -> None:
    (message,) = messages_of(f"[14/01/2023, 10:00:00] Tom: {LRM}image omitted\r\n")
    assert message.text == f"{LRM}image omitted"
    assert message.attachments == (Attachment(MediaState.OMITTED, type="photo"),)


def test_a_language_is_told_by_long_phrases_alone() -> None:
    assert language_of("<Medien ausgeschlossen>") == "de"
    assert language_of("Priya left") is None
    assert words_of("poll")["encuesta"].language == "es"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("WhatsApp Chat with Priya.txt", "Priya"),
        ("in/WhatsApp Chat mit Garten: 9.txt", "Garten: 9"),
        ("WhatsApp Chat - Allotment.zip/_chat.txt", "Allotment"),
        ("Chat de WhatsApp con Tomás.txt", "Tomás"),
        ("_chat.txt", None),
        ("WhatsApp Chat with .txt", None),
        ("Notes.txt", None),
    ],
)
def test_the_title_stands_in_the_files_name(name: str, title: str | None) -> None:
    assert title_of(name) == title


@given(st.text(max_size=120))
def test_whatever_a_text_is_describing_it_fails_never(text: str) -> None:
    assert isinstance(describe(text).kind, Kind)
    assert isinstance(describe_platform_line(text).kind, Kind)
    if text.encode(errors="replace") in PHRASES:
        assert may_be_more(text.encode())
