"""signal-export's two forms: the computer's clock as an interval, quotes, reactions, files, calls, and who is who."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

import signal_export as made
from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision
from safehand.model.message import Attachment, Call, Kind, MediaState, Message, Reaction, Reply
from safehand.sources.contract import Certainty
from signal_reading import claimed, closed_of, messages_of, read

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "signal"
ZONE = (Doubt.ZONE_UNKNOWN,)


def lines(*messages: made.Object, zone: str | None = None) -> list[Message]:
    return messages_of(made.spelled(messages), "Ada/data.json", zone)


def blocks(*written: str) -> list[Message]:
    return messages_of("".join(written).encode(), "Ada/chat.md")


def test_the_computers_clock_is_an_interval_until_somebody_states_its_zone() -> None:
    for message in (*lines(made.said("Ada", "hello", made.at(0))), *blocks(made.block("Ada", "hello", made.at(0)))):
        assert (message.text, message.sent.basis, message.sent.utc) == ("hello", Basis.EXPORTER_LOCAL, None)
        assert (message.sent.precision, message.doubts) == (Precision.SECOND, ZONE)
    (stated,) = lines(made.said("Ada", "hello", made.at(0)), zone="Europe/London")
    assert (stated.sent.utc, stated.sent.zone_by, stated.doubts) == (1_767_553_331_000_000, "holder", ())


@pytest.mark.parametrize(
    ("date", "precision", "local"),
    [
        ("2026-01-04T19:02:11.250000", Precision.MILLISECOND, 1_767_553_331_250_000),
        ("2026-01-04T19:02:11", Precision.SECOND, 1_767_553_331_000_000),
    ],
)
def test_a_time_is_as_fine_as_it_is_written(date: str, precision: Precision, local: int) -> None:
    (message,) = lines(made.said("Ada", "hello", made.at(0), date=date))
    assert (message.sent.precision, message.sent.local) == (precision, local)


@pytest.mark.parametrize(
    "date", ["1970-01-01T01:00:00", "2026-02-30T10:00:00", "2026-01-04T25:00:00", "yesterday", "", None, 7]
)
def test_what_is_no_time_is_kept_and_doubted(date: object) -> None:
    (message,) = lines(made.said("Ada", "hello", made.at(0), date=date))
    assert (message.text, message.sent.basis) == ("hello", Basis.NONE)
    assert Doubt.TIME_UNREADABLE in message.doubts


def test_the_two_blanks_of_the_program_are_no_part_of_what_was_said_and_a_third_is() -> None:
    assert [m.text for m in lines(made.said("Ada", "a", made.at(0)), made.said("Ada", "b ", made.at(1)))] == ["a", "b "]
    assert [m.text for m in blocks(made.block("Ada", "a\nb ", made.at(0)))] == ["a\nb "]


QUOTE = "\n\n> Shall we dig\n> on Sunday?\n\n"


def test_what_is_answered_is_told_by_its_words() -> None:
    (line,) = lines(made.said("Me", "yes", made.at(0), quote=QUOTE))
    (block,) = blocks(made.block("Me", "yes", made.at(0), quote=QUOTE))
    for message in (line, block):
        assert (message.text, message.reply) == ("yes", Reply(None, "Shall we dig\non Sunday?"))
        assert message.doubts == ZONE


@pytest.mark.parametrize("given", [[["Me", "👍"], ["Tom", "🌱"]],
                                   [{"name": "Me", "emoji": "👍"}, {"name": "Tom", "emoji": "🌱"}]])  # fmt: skip
def test_reactions_are_read_as_either_version_writes_them(given: object) -> None:
    (message,) = lines(made.said("Ada", "hello", made.at(0), reactions=given))
    assert message.reactions == (Reaction("👍", "Me"), Reaction("🌱", "Tom"))
    assert (message.doubts, message.extra) == (ZONE, None)
    (written,) = blocks(made.block("Ada", "hello", made.at(0), behind="\n(- Me: 👍, Tom: 🌱 -)"))
    assert (written.text, written.reactions) == ("hello", message.reactions)


def test_files_are_told_by_their_path() -> None:
    (line,) = lines(made.said("Ada", "look", made.at(0), attachments=[{"name": "a b.jpg", "path": "media/a%20b.jpg"}]))
    behind = "\n(- Me: 👍 -)![a b.jpg](./media/a%20b.jpg)  [c.pdf](./media/c.pdf)  "
    (block,) = blocks(made.block("Ada", "look", made.at(0), behind=behind))
    assert (line.kind, line.text, line.attachments) == (
        Kind.MEDIA,
        "look",
        (Attachment(MediaState.NAMED, "media/a%20b.jpg"),),
    )
    assert (block.kind, block.text) == (Kind.MEDIA, "look")
    assert [one.name for one in block.attachments] == ["media/a%20b.jpg", "media/c.pdf"]
    assert block.reactions == (Reaction("👍", "Me"),)
    assert line.extra is block.extra is None


def test_a_sticker_is_told_as_one_and_what_is_known_of_it_is_kept() -> None:
    (line,) = lines(
        made.said("Ada", "", made.at(0), sticker={"id": "3", "packId": "ab", "packKey": "c", "emoji": "🌻"})
    )
    (block,) = blocks(made.block("Ada", "", made.at(0), behind="\n(( 🌻 ))"))
    (file,) = blocks(made.block("Ada", "", made.at(0), behind="[🌻](../exported_stickers/ab/3.webp)  "))
    assert [one.kind for one in (line, block, file)] == [Kind.STICKER] * 3
    assert line.extra == '{"sticker": {"id": "3", "packId": "ab", "packKey": "c", "emoji": "🌻"}}'
    assert block.extra == file.extra == '{"sticker": "🌻"}'
    assert file.attachments == (Attachment(MediaState.NAMED, "exported_stickers/ab/3.webp", "sticker"),)


def test_a_mark_of_deletion_is_told() -> None:
    (line,) = lines(made.said("Ada", "", made.at(0), deleted=True))
    (block,) = messages_of(b"[2026-01-04 19:02:11] Ada: (This message was deleted)\n\n", "Ada/chat.md")
    assert (line.kind, line.text, block.kind) == (Kind.DELETED, None, Kind.DELETED)
    assert Doubt.TOOL_GENERATED_TEXT in block.doubts


@pytest.mark.parametrize(
    ("words", "call"),
    [
        ("Incoming voice call (accepted, 2m 5s)", Call(125, "accepted", video=False)),
        ("Outgoing video call (accepted, 9s)", Call(9, "accepted", video=True)),
        ("Outgoing voice call (declined by recipient)", Call(None, "declined by recipient", video=False)),
        ("Missed video call", Call(None, "missed", video=True)),
        ("Outgoing call", Call(None, "outgoing", None)),
    ],
)
def test_calls_are_told_with_their_length_where_the_program_says_so(words: str, call: Call) -> None:
    (line,) = lines(made.said("Ada", words, made.at(0), call=True))
    (block,) = blocks(made.block("Ada", words, made.at(0)))
    for message in (line, block):
        assert (message.kind, message.call, message.text) == (Kind.CALL, call, words)
        assert Doubt.TOOL_GENERATED_TEXT in message.doubts
    (typed,) = lines(made.said("Ada", words, made.at(0)))
    assert (typed.kind, typed.call) == (Kind.TEXT, None)


def test_a_missed_call_in_other_words_is_a_call_all_the_same() -> None:
    (line,) = lines(made.said("Ada", "Anruf", made.at(0), call=True, missed=True))
    assert (line.kind, line.call) == (Kind.CALL, Call(None, "missed"))


def test_what_it_said_before_it_was_edited_is_kept_with_the_times_of_it() -> None:
    edits = [{"date": "2026-01-04T19:00:00", "body": "hallo  "}]
    (line,) = lines(made.said("Ada", "hello", made.at(0), edits=edits))
    assert (line.text, line.revisions, line.edited_mark) == ("hello", ("hallo",), True)
    assert line.extra == '{"edits": [{"date": "2026-01-04T19:00:00", "body": "hallo  "}]}'
    assert line.doubts == ZONE


def test_whose_export_it_is_is_me_and_no_sender_is_nobody() -> None:
    data = made.spelled([made.said("Me", "a", made.at(0)), made.said("No-Sender", "", made.at(1))])
    text = (made.block("Me", "a", made.at(0)) + made.block("No-Sender", "", made.at(1))).encode()
    for told, name in ((data, "Ada/data.json"), (text, "Ada/chat.md")):
        (owner,) = closed_of(told, name).participants
        assert (owner.key, owner.is_owner) == ("Me", True)
        nobody = messages_of(told, name)[1]
        assert (nobody.sender, nobody.kind, nobody.extra) == (None, Kind.EMPTY, '{"sender": "No-Sender"}')


def test_the_folder_is_what_the_conversation_is_called() -> None:
    data = made.spelled([made.said("Ada", "a", made.at(0))])
    for name, title in (("out/Ada/data.json", "Ada"), ("data.json", None)):
        opened = next(event for event in read(data, name)[0] if isinstance(event, ConversationOpened))
        assert (opened.title, opened.form) == (title, "signal/export-json")


def test_a_field_nobody_knew_is_kept_and_doubted() -> None:
    (message,) = lines(made.said("Ada", "hello", made.at(0), ShoeSize=43))
    assert (message.text, message.extra) == ("hello", '{"ShoeSize": 43}')
    assert Doubt.FIELD_NOT_READ in message.doubts


def test_a_field_given_twice_is_kept_and_doubted() -> None:
    line = made.spelled([made.said("Ada", "hello", made.at(0))]).replace(b'"quote": ""', b'"quote": "", "body": "b"')
    (message,) = messages_of(line, "Ada/data.json")
    assert Doubt.FIELD_REPEATED in message.doubts


@pytest.mark.parametrize("field", ["date", "sender", "body", "quote", "sticker", "reactions", "attachments", "deleted",
                                   "call", "missed", "edits"])  # fmt: skip
@pytest.mark.parametrize("value", [7, {"a": 1}, [3], "x"])
def test_a_field_of_another_kind_loses_nothing(field: str, value: object) -> None:
    (message,) = lines({**made.said("Ada", "hello", made.at(0)), field: value})
    told = msgspec.json.encode(message).decode()
    assert message.extra is not None or (isinstance(value, str) and value in told) or field == "sticker"


def test_the_short_way_and_the_careful_way_tell_the_same() -> None:
    said = [made.said("Ada", f"row: {n} \\ {{}} 🥕", made.at(n)) for n in range(4)]
    plain, careful = lines(*said), lines(*({**m, "unknown": 1} for m in said))
    assert [
        msgspec.structs.replace(m, extra=None, doubts=p.doubts, span=p.span)
        for p, m in zip(plain, careful, strict=True)
    ] == plain
    blocks_of = [made.block("Ada", f"row: {n} 🥕", made.at(n)) for n in range(3)]
    text = blocks(*blocks_of, made.block("Ada", "end", made.at(9)))
    windows = blocks(*(one.replace("\n", "\r\n") for one in (*blocks_of, made.block("Ada", "end", made.at(9)))))
    assert [(m.text, m.sender, m.doubts) for m in text] == [(m.text, m.sender, m.doubts) for m in windows]


def test_a_line_in_the_other_style_is_somebodys_words_and_suspect() -> None:
    (message,) = blocks(made.block("Ada", "look\n[2026-01-04, 19:02] Tom: I never said so", made.at(0)))
    assert (message.sender, message.text) == ("Ada", "look\n[2026-01-04, 19:02] Tom: I never said so")
    assert Doubt.HEADER_SUSPECT in message.doubts


def test_a_text_says_that_it_can_be_forged_and_whose_clock_it_is() -> None:
    closed = closed_of(made.block("Ada", "a", made.at(0)).encode(), "chat.md")
    assert isinstance(closed, ConversationClosed)
    assert dict(closed.doubts) == {Doubt.FORGED_POSSIBLE: 1, Doubt.ZONE_UNKNOWN: 1}
    assert len(closed.notes) == 2


def test_a_text_that_ends_without_its_line_break_was_cut() -> None:
    data = "".join(made.block("Ada", "hello", made.at(n)) for n in range(2)).encode()
    whole, cut = messages_of(data, "chat.md"), messages_of(data[:-6], "chat.md")
    assert [m.text for m in whole] == ["hello"] * 2
    assert cut[1].text == "hel"
    assert Doubt.TRUNCATED_FILE in cut[1].doubts


def test_a_character_that_was_cut_is_no_word() -> None:
    _, reading = read("[2026-01-04 19:02:11] Ada: café".encode()[:-1], "chat.md")
    (account,) = reading.accounts()
    assert [gap.reason for gap in account.unparsed] == ["the file ends inside a character"]


OLD, NEW, IPHONE = (
    "[2019-12-24, 12:23] Ada: hello\n",
    "[2024-01-15 10:30:00] Ada: hello  \n\n",
    "[2024-01-15, 10:30:00] Ada: hello\n",
)


@pytest.mark.parametrize(
    ("text", "name", "certainty"),
    [
        (OLD, "export.txt", Certainty.CERTAIN),
        (NEW, "Ada/chat.md", Certainty.CERTAIN),
        (NEW, "chat.txt", Certainty.LIKELY),
        (NEW.replace("  \n", "\n"), "chat.txt", Certainty.POSSIBLE),
        (NEW.replace("  \n", "\n(- Me: 👍 -)\n"), "chat.txt", Certainty.LIKELY),
        ("\ufeff" + NEW, "chat.md", Certainty.CERTAIN),
        (IPHONE, "chat.txt", Certainty.POSSIBLE),
    ],
)
def test_a_text_is_claimed_as_surely_as_its_marks_allow(text: str, name: str, certainty: Certainty) -> None:
    assert claimed(text.encode(), name) == ("signal/export-text", certainty)


@pytest.mark.parametrize(
    ("text", "name", "source"),
    [
        (OLD, "export.txt", "signal"),
        (NEW, "chat.txt", "signal"),
        (IPHONE, "chat.txt", "whatsapp"),
        (NEW.replace("  \n", "\n"), "chat.txt", "whatsapp"),
        (IPHONE.replace("hello", "\u200eimage omitted"), "chat.txt", "whatsapp"),
        (NEW, "WhatsApp Chat - Ada/_chat.txt", "whatsapp"),
    ],
)
def test_signal_and_whatsapp_are_told_apart(text: str, name: str, source: str) -> None:
    assert [claim.source for claim in read(text.encode(), name)[1].recognised.claims] == [source]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}\n",
        b'{"date": "2024-01-15T10:30:00", "sender": "Ada", "body": "hello"}\n',
        b'{"text": "\\"date\\": \\"sender\\": \\"body\\": \\"quote\\": \\"attachments\\":"}\n',
        b'[{"date": "", "sender": "", "body": "", "quote": "", "attachments": []}]\n',
        b"14/01/2023, 10:00 - Priya: beans\n",
        b"[14/01/2023, 10:00:00] Priya: beans\n",
        b"[1/4/2023 10:15 AM] priya\nhello\n",
        b"look: [2024-01-15 10:30:00] Ada: hello\n",
        b"[2024-01-15 10:30:00] a line of a log\n",
    ],
)
def test_what_only_looks_like_it_is_not_claimed(data: bytes) -> None:
    assert claimed(data, "data.json") is None


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
@pytest.mark.parametrize(("name", "count"), [("cm_test_export.txt", 2), ("made_sigexport_data.json", 2)])
def test_a_sample_gives_its_messages_and_its_account_adds_up(name: str, count: int) -> None:
    messages = messages_of((SAMPLES / name).read_bytes(), name)
    assert len(messages) == count
    assert all(message.doubts == ZONE for message in messages)
