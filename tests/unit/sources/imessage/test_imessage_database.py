"""The database of Messages: each chat oldest first, each message citing its row, in the database or in its log."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from imessage_database import Made, edits, nanos, typed
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision
from safehand.model.message import Attachment, Kind, Match, MediaState, Message, Reply
from safehand.sources.contract import Capture, Certainty, FileInMemory, Probe
from safehand.sources.imessage import SOURCE
from safehand.sources.imessage.database import NO_TABLE
from safehand.sources.imessage.database_times import moment
from safehand.sources.imessage.summary_info import Summary, read_summary
from safehand.sources.imessage.typed_text import typed_text
from safehand.sources.reading import Reading

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "imessage"
NOON = datetime(2026, 1, 4, 12, 0, 0, tzinfo=UTC)


class Chats:
    """A database with one chat of two accounts and the owner."""

    def __init__(self, **options: Any) -> None:
        self.made = Made(**options)
        self.tom = self.made.handle("+447700900123")
        self.zoe = self.made.handle("zoe@example.org")
        self.chat = self.made.chat("Allotment", self.tom, self.zoe)

    def say(self, text: str | None, who: int = 1, minutes: int = 0, **more: Any) -> int:
        chat = more.pop("chat", self.chat)
        return self.made.say(chat, who, NOON + timedelta(minutes=minutes), text, **more)

    def events(self) -> list[Event]:
        return read(self.made.done())

    def messages(self) -> list[Message]:
        return [one for one in self.events() if isinstance(one, Message)]

    def only(self) -> Message:
        (message,) = self.messages()
        return message


def read(files: dict[str, bytes], *, unparsed: bool = False) -> list[Event]:
    """Every event; each message is looked up in the bytes it cites, and nothing is unparsed unless that is said."""
    capture = Capture(tuple(FileInMemory(name, name, data) for name, data in files.items()))
    reading = Reading(capture)
    events = list(reading.events())
    for account in reading.accounts():
        assert account.sha256 == hashlib.sha256(files[account.file]).hexdigest()
        assert unparsed or account.unparsed == ()
    for one in events:
        if isinstance(one, Message) and one.native_id:
            assert one.native_id.encode() in files[one.span.file][one.span.start : one.span.end]
    return events


def test_it_is_known_by_its_tables_or_by_its_name() -> None:
    data = Chats().made.done()["chat.db"]
    wal = FileInMemory("x/chat.db-wal", "x/chat.db-wal", b"")

    def claims(name: str, head: bytes) -> list[tuple[str, Certainty, int]]:
        found = SOURCE.claim((Probe(FileInMemory(name, name, head), head), Probe(wal, b"")))
        return [(one.form, one.certainty, len(one.files)) for one in found]

    assert claims("copy of messages", data) == [("imessage/database", Certainty.CERTAIN, 1)]
    assert claims("x/chat.db", data) == [("imessage/database", Certainty.CERTAIN, 2)]
    assert claims("sms.db", data[:100]) == [("imessage/database", Certainty.LIKELY, 1)]
    assert claims("other.db", data[:100]) == []
    assert claims("chat.db", b"SQLite format 2") == []


def test_a_chat_is_told_with_its_members_and_the_owner() -> None:
    made = Chats()
    made.say("The seed potatoes are in")
    made.say("Good", who=0, minutes=1)
    opened, first, second, closed = made.events()
    assert isinstance(opened, ConversationOpened)
    assert isinstance(first, Message)
    assert isinstance(second, Message)
    assert isinstance(closed, ConversationClosed)
    assert (opened.title, opened.kind, opened.native_id) == ("Allotment", ConversationKind.GROUP, "iMessage;+;chat0")
    assert (first.sender, first.text, second.sender, second.sender_id) == (
        "+447700900123", "The seed potatoes are in", "Me", None)  # fmt: skip
    assert (first.sent.basis, first.sent.utc) == (Basis.UTC, int(NOON.timestamp()) * 1_000_000)
    assert [(one.key, one.messages, one.declared, one.is_owner) for one in closed.participants] == [
        ("+447700900123", 1, True, None), ("Me", 1, False, True), ("zoe@example.org", 0, True, None)]  # fmt: skip


def test_the_newest_rows_are_read_from_the_log_and_cited_there() -> None:
    made = Chats(log=True)
    made.say("old")
    made.made.merge()
    made.say("new", minutes=1)
    assert [(one.text, one.span.file) for one in made.messages()] == [("old", "chat.db-wal"), ("new", "chat.db-wal")]
    made = Chats(log=True, page_size=512)
    for n in range(30):
        made.say("old " * 20, minutes=n)
    made.made.merge()
    made.say("new", minutes=31)
    assert {one.span.file for one in made.messages()} == {"chat.db", "chat.db-wal"}


def test_a_row_that_was_deleted_is_not_told() -> None:
    made = Chats()
    made.say("stays")
    gone = made.say("goes", minutes=1)
    made.made.db.execute("DELETE FROM message WHERE ROWID = ?", (gone,))
    assert made.only().text == "stays"


def test_words_are_taken_from_the_attributed_string_where_there_is_no_text() -> None:
    for text in ("short", "é" * 100, "long " * 60_000):
        made = Chats()
        made.say(None, attributedBody=typed(text))
        message = made.only()
        assert (message.text, message.kind, message.doubts) == (text, Kind.TEXT, ())


def test_two_columns_that_say_different_words_are_both_kept() -> None:
    made = Chats()
    made.say("The gate is open", attributedBody=typed("The gate is open 🌻"))
    made.say("The gate is shut", attributedBody=typed("The fence is up"), minutes=1)
    made.say("The gate is gone", attributedBody=b"nothing", minutes=2)
    made.say("The gate is back", attributedBody=typed("The gate is back"), minutes=3)
    longer, other, unread, same = made.messages()
    assert (same.text, same.doubts) == ("The gate is back", ())
    assert json.loads(longer.extra or "")["attributedBody"] == "The gate is open 🌻"
    assert (other.text, other.doubts) == ("The gate is shut", (Doubt.FIELD_NOT_READ,))
    assert json.loads(other.extra or "")["attributedBody"] == "The fence is up"
    assert unread.doubts == (Doubt.FIELD_NOT_READ,)


def test_an_attributed_string_that_cannot_be_read_is_said() -> None:
    made = Chats()
    made.say(None, attributedBody=typed("words")[:-30])
    message = made.only()
    assert (message.text, message.kind) == (None, Kind.UNKNOWN)
    assert message.doubts == (Doubt.FIELD_NOT_READ,)


def test_a_reaction_is_told_with_the_message_it_is_set_on() -> None:
    made = Chats()
    made.say("In")
    made.say("Loved “In”", who=2, minutes=1, associated_message_type=2000, associated_message_guid="p:0/G1")
    made.say("Laughed", who=0, minutes=2, associated_message_type=2003, associated_message_guid="bp:G1")
    message = made.only()
    assert [(one.value, one.sender, one.sent is not None) for one in message.reactions] == [
        ("Loved", "zoe@example.org", True), ("Laughed", "Me", True)]  # fmt: skip


def test_a_reaction_to_what_is_not_there_is_a_message_of_its_own_and_so_is_one_taken_back() -> None:
    made = Chats()
    made.say("In")
    made.say("Loved “gone”", minutes=1, associated_message_type=2000, associated_message_guid="p:0/GONE")
    made.say("Removed a heart", minutes=2, associated_message_type=3000, associated_message_guid="p:0/G1")
    _, lost, back = made.messages()
    assert (lost.kind, lost.action, lost.reply) == (Kind.REACTION_NOTICE, "Loved", Reply("GONE"))
    assert Doubt.REPLY_TARGET_MISSING in lost.doubts
    assert (back.kind, back.action, back.reply) == (
        Kind.REACTION_NOTICE,
        "removed Loved",
        Reply("G1", None, Match.EXACT),
    )


def test_a_reply_names_what_it_answers() -> None:
    made = Chats()
    made.say("Shall we dig?")
    made.say("Yes", who=0, minutes=1, thread_originator_guid="G1", thread_originator_part="0:0:13")
    made.say("No", minutes=2, thread_originator_guid="GONE")
    _, answer, lost = made.messages()
    assert answer.reply == Reply("G1", None, Match.EXACT)
    assert json.loads(answer.extra or "")["thread_originator_part"] == "0:0:13"
    assert (lost.reply, lost.doubts) == (Reply("GONE"), (Doubt.REPLY_TARGET_MISSING,))


def test_an_edited_message_keeps_what_it_said_before() -> None:
    made = Chats()
    made.say("ten", date_edited=nanos(NOON) + 5_000_000_000, message_summary_info=edits("nine", "half nine", "ten"))
    message = made.only()
    assert (message.text, message.revisions, message.edited_mark) == ("ten", ("nine", "half nine"), True)
    assert message.edited is not None
    assert message.edited.utc == message.sent.utc + 5_000_000 if message.sent.utc else False


def test_an_unsent_message_is_told_as_deleted() -> None:
    made = Chats()
    made.say(None, date_edited=nanos(NOON), message_summary_info=edits(unsent=(0,)))
    made.say(None, minutes=1, date_retracted=nanos(NOON))
    assert [(one.kind, one.text) for one in made.messages()] == [(Kind.DELETED, None)] * 2


def test_a_message_the_owner_deleted_lately_is_told_with_its_words() -> None:
    made = Chats()
    row = made.say("In", chat=None)
    made.made.insert("chat_recoverable_message_join", chat_id=made.chat, message_id=row, delete_date=nanos(NOON))
    message = made.only()
    assert (message.kind, message.text) == (Kind.DELETED, "In")
    assert json.loads(message.extra or "")["recently_deleted"] is True


@pytest.mark.parametrize(
    ("item", "act", "kind", "action"),
    [
        (1, 0, Kind.SYSTEM, "added"), (1, 1, Kind.SYSTEM, "removed"), (2, 0, Kind.SYSTEM, "renamed"),
        (3, 0, Kind.SYSTEM, "left"), (3, 1, Kind.SYSTEM, "group photo changed"), (6, 0, Kind.SYSTEM, "SharePlay"),
        (4, 0, Kind.LOCATION, "started sharing location"), (5, 0, Kind.SYSTEM, "audio message kept"),
        (9, 4, Kind.UNKNOWN, "item_type 9, group_action_type 4"),
    ],
)  # fmt: skip
def test_events_of_a_group_are_told(item: int, act: int, kind: Kind, action: str) -> None:
    made = Chats()
    made.say(None, item_type=item, group_action_type=act, group_title="Club" if item == 2 else None, other_handle=2)
    message = made.only()
    assert (message.kind, message.action) == (kind, action)
    assert json.loads(message.extra or "")["other_handle"] == "zoe@example.org"


def test_files_are_named_and_what_lies_in_payload_data_is_not_shown() -> None:
    made = Chats()
    row = made.say("￼", payload_data=b"bplist00secret-picture" * 200)
    made.made.attach(row, "~/Library/Messages/Attachments/ab/IMG_1.heic", mime_type="image/heic", total_bytes=48211)
    made.made.attach(row, "", transfer_name="plan.pdf")
    made.made.insert("message_attachment_join", message_id=row, attachment_id=99)
    message = made.only()
    assert (message.kind, message.text) == (Kind.MEDIA, None)
    assert message.attachments == (
        Attachment(MediaState.NAMED, "~/Library/Messages/Attachments/ab/IMG_1.heic", None, "image/heic", 48211),
        Attachment(MediaState.NAMED, "plan.pdf"), Attachment(MediaState.MISSING))  # fmt: skip
    assert json.loads(message.extra or "")["payload_data"] == "[4400 bytes]"
    assert "secret" not in repr(message)


def test_messages_are_in_order_of_time_whatever_the_order_of_rows() -> None:
    made = Chats()
    for minutes in (5, 1, 3):
        made.say(f"at {minutes}", minutes=minutes)
    assert [one.text for one in made.messages()] == ["at 1", "at 3", "at 5"]


def test_chats_are_told_apart_and_a_message_in_two_says_so() -> None:
    made = Chats()
    other = made.made.chat(None, made.tom, style=45)
    row = made.say("both")
    made.made.insert("chat_message_join", chat_id=other, message_id=row)
    made.say("alone", minutes=1, chat=other)
    made.say("nowhere", minutes=2, chat=None)
    events = made.events()
    assert [one.title for one in events if isinstance(one, ConversationOpened)] == ["Allotment", "chat1", None]
    told = [(one.text, one.doubts) for one in events if isinstance(one, Message)]
    assert told == [("both", ()), ("both", (Doubt.DUPLICATE_OF,)), ("alone", ()), ("nowhere", ())]


def test_a_chat_without_messages_is_told_too() -> None:
    opened, closed = Chats().events()
    assert isinstance(opened, ConversationOpened)
    assert isinstance(closed, ConversationClosed)
    assert (opened.title, closed.messages, len(closed.participants)) == ("Allotment", 0, 2)


def test_a_column_of_a_newer_version_is_kept_and_said() -> None:
    made = Chats()
    made.made.db.execute("ALTER TABLE message ADD COLUMN mood TEXT")
    made.say("In", mood="sunny")
    message = made.only()
    assert json.loads(message.extra or "")["mood"] == "sunny"
    assert message.doubts == (Doubt.FIELD_NOT_READ,)


@pytest.mark.parametrize(
    ("value", "micros", "precision"),
    [
        (674526582885055488, 1652833782885055, Precision.MICROSECOND), (674526582, 1652833782000000, Precision.SECOND),
        (-(10**17), 878307200000000, Precision.MICROSECOND), (2**62, 5589993218427387, Precision.MICROSECOND),
        (2**63 - 1, 10201679236854775, Precision.MICROSECOND), (-(2**63), None, Precision.UNKNOWN),
        ("noon", None, Precision.UNKNOWN), (1e300, None, Precision.UNKNOWN),
    ],
)  # fmt: skip
def test_moments_are_counted_from_2001_in_nanoseconds_or_seconds(
    value: object, micros: int | None, precision: Precision
) -> None:
    found = moment(value)
    assert found is not None
    assert (found.utc, found.precision) == (micros, precision)


@pytest.mark.parametrize("value", [0, None])
def test_no_time_is_no_moment(value: object) -> None:
    assert moment(value) is None


def test_a_message_without_a_time_is_told_in_its_place_and_says_so() -> None:
    made = Chats()
    made.say("first")
    made.say("when?", minutes=1, date=0)
    made.say("last", minutes=2)
    assert [(one.text, one.doubts) for one in made.messages()] == [
        ("first", ()), ("when?", (Doubt.TIME_UNREADABLE,)), ("last", ())]  # fmt: skip


def test_a_database_without_messages_is_unparsed_whole() -> None:
    made = Made()
    made.db.execute("DROP TABLE message")
    files = made.done()
    capture = Capture((FileInMemory("chat.db", "chat.db", files["chat.db"]),))
    reading = Reading(capture)
    assert list(reading.events()) == []
    assert [gap.reason for gap in reading.accounts()[0].unparsed] == [NO_TABLE]


def test_a_damaged_page_is_told_in_every_chat_and_the_rest_is_read() -> None:
    made = Chats(page_size=512)
    for n in range(60):
        made.say(f"plot {n}", minutes=n)
    files = made.made.done()
    whole = [one for one in read(files) if isinstance(one, Message)]
    page = whole[30].span.start // 512 * 512
    data = files["chat.db"]
    events = read({"chat.db": data[:page] + bytes(512) + data[page + 512 :]}, unparsed=True)
    found = [one for one in events if isinstance(one, Message)]
    assert [one.text for one in found] == [one.text for one in whole if not page <= one.span.start < page + 512]
    closed = events[-1]
    assert isinstance(closed, ConversationClosed)
    assert dict(closed.doubts)[Doubt.TRUNCATED_FILE] == 1
    assert any("could not be read" in note for note in closed.notes)


@pytest.mark.parametrize(
    ("name", "text"),
    [("AttributedBodyTextOnly", "Noter test"), ("Blank", ""), ("MultiPart", "￼test 1￼test 2 ￼test 3")],
)
def test_published_attributed_strings_are_read(name: str, text: str) -> None:
    path = SAMPLES / f"im_typedstream_{name}.bin"
    if not path.exists():
        pytest.skip("the published samples are not on this machine")
    assert typed_text(path.read_bytes()) == text


def test_published_summaries_are_read() -> None:
    if not SAMPLES.exists():
        pytest.skip("the published samples are not on this machine")
    edited = read_summary((SAMPLES / "im_summaryinfo_Edited.plist").read_bytes())
    assert (edited.revisions, edited.last) == (("First message  ", "Edit 1", "Edit 2"), "Edited message")
    assert len(edited.edits) == 3
    assert read_summary((SAMPLES / "im_summaryinfo_Deleted.plist").read_bytes()) == Summary(unsent=(0,))


@pytest.mark.parametrize(
    "data", [b"", b"bplist00", b"bplist00" + b"\xff" * 60, edits("a", "b")[:-9], edits("a")[:40], b"<plist/>"]
)
def test_a_summary_that_is_none_raises_nothing(data: bytes) -> None:
    assert read_summary(data) == Summary(is_read=False)


def test_a_reaction_of_the_words_of_its_platform() -> None:
    made = Chats()
    made.say("In")
    made.made.db.execute("ALTER TABLE message ADD COLUMN associated_message_emoji TEXT")
    made.say(
        "🥕", minutes=1, associated_message_type=2006, associated_message_guid="p:0/G1", associated_message_emoji="🥕"
    )
    made.say("sticker", minutes=2, associated_message_type=1000, associated_message_guid="G1")
    values = [one.value for one in made.only().reactions]
    assert values == ["🥕", "Sticker"]
