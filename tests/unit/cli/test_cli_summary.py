"""Promises of the summary: times in the words of their own clock, doubts and gaps said, no word missing."""

from __future__ import annotations

import json

import pytest

from safehand.cli.account import account_value
from safehand.cli.summary import summaries_of, summary_lines, summary_value, when_text
from safehand.cli.words import CLOCKS, DOUBTS
from safehand.model.attachment import FileType, Registered
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis, Instant, Precision, Reading, unknown_instant, utc_instant
from safehand.model.message import Kind, Message
from safehand.model.people import Participant
from safehand.model.span import Span
from safehand.sources.accounting import FileAccount, Tally, Unparsed
from safehand.sources.contract import Capture, CaptureNote, FileInMemory
from safehand.sources.reading import Reading as FileReading

AT = 1_767_999_621 * MICRO  # 2026-01-09T23:00:21Z


def reading(at: int, precision: Precision = Precision.MINUTE) -> Instant:
    return Instant("as written", Basis.DEVICE_LOCAL, precision, None, at, at, at)


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (utc_instant("x", AT, Precision.SECOND), "2026-01-09 23:00:21 UTC"),
        (utc_instant("x", AT + 5_000, Precision.MILLISECOND), "2026-01-09 23:00:21.005 UTC"),
        (reading(AT), "2026-01-09 23:00"),
        (reading(AT, Precision.SECOND), "2026-01-09 23:00:21"),
        (reading(AT, Precision.DAY), "2026-01-09"),
        (unknown_instant("tomorrow\x1b"), r"tomorrow\x1b"),
        (utc_instant("the year 300000", 10**19, Precision.SECOND), "the year 300000 UTC"),
        (
            Instant(
                "09/01", Basis.DEVICE_LOCAL, Precision.MINUTE, None, 0, 0, None,
                (Reading("day first", AT, None, 0, 0), Reading("month first", AT + 20 * 86400 * MICRO, None, 0, 0)),
            ),
            "2026-01-09 23:00 or 2026-01-29 23:00",
        ),
    ],
)  # fmt: skip
def test_a_time_is_said_as_precisely_as_it_was_given(sent: Instant, text: str) -> None:
    assert when_text(sent) == text


def test_every_doubt_and_every_clock_has_its_words() -> None:
    assert set(DOUBTS) == set(Doubt)
    assert set(CLOCKS) == set(Basis)


def message(number: int, sent: Instant) -> Message:
    return Message(number, Kind.TEXT, "Priya", "beans", sent, Span("chat.txt", number * 10, number * 10 + 10))


def events() -> list[Event]:
    stated = Instant("x", Basis.STATED, Precision.MINUTE, AT, AT, AT, AT, (), "Europe/London", "holder")
    day = 86400 * MICRO
    return [
        ConversationOpened("1", "whatsapp", "whatsapp/test", "Allot\x1bment", ConversationKind.GROUP, ("chat.txt",)),
        message(1, unknown_instant("?")),
        message(2, reading(AT + day)),
        message(3, reading(AT - day)),
        message(4, stated),
        ConversationClosed(
            "1",
            4,
            (
                Participant("Tom", ("Tom",), 1),
                Participant("Priya", ("Priya",), 3),
                Participant("Ngozi", ("Ngozi",), declared=True),
            ),
            ((Doubt.OUT_OF_ORDER, 1), (Doubt.ZONE_UNKNOWN, 2)),
            ("A note.",),
        ),
    ]


ACCOUNT = FileAccount(
    "chat.txt", 50, "ab" * 32, {"message": Tally(4, 40), "unparsed": Tally(1, 10)}, (Unparsed(0, 10, "torn"),)
)
CAPTURE = Capture(
    (),
    (
        Registered("gate.jpg", FileType.IMAGE),
        Registered("shed.jpg", FileType.IMAGE),
        Registered("old.zip", FileType.ARCHIVE, refused="It is locked."),
    ),
    (CaptureNote("chat.zip", "The archive holds a name twice."),),
)


def test_the_summary_says_who_how_many_from_when_by_whose_clock_and_what_is_missing() -> None:
    text = "\n".join(summary_lines(summaries_of(events()), (ACCOUNT,), CAPTURE))
    for line in (
        r"Conversation 1: whatsapp/test",
        r"  Title       Allot\x1bment",
        r"  Messages    4",
        r"  From        2026-01-08 23:00   chat.txt, bytes 30 to 40",
        r"  To          2026-01-10 23:00   chat.txt, bytes 20 to 30",
        r"  Clock       2 messages: the device's own; the source does not say its zone",
        r"  Clock       1 message: no time that could be read",
        r"  Clock       read as Europe/London, stated by: holder",
        r"  Wrote       Priya 3 · Tom 1",
        r"  Members     Ngozi: wrote nothing here",
        r"  In doubt    out_of_order 1: it is earlier than the message before it",
        r"  Note        A note.",
        r"    not read: bytes 0 to 10: torn",
        r"  Listed by name and not opened: 1 archive, 2 image",
        r"    old.zip: It is locked.",
        r"  chat.zip: The archive holds a name twice.",
    ):
        assert line in text.splitlines(), text


def test_the_summary_as_json_holds_the_account_and_each_conversation() -> None:
    value = json.loads(json.dumps(summary_value(summaries_of(events()), (ACCOUNT,), CAPTURE)))
    assert value["schema"] == "safehand.summary/1"
    assert value["messages"] == 4
    (one,) = value["conversations"]
    assert one["earliest"]["span"] == {"file": "chat.txt", "start": 30, "end": 40}
    assert one["latest"]["local"] == "2026-01-10T23:00:21"
    assert one["clocks"] == {"device_local": 2, "none": 1, "stated": 1}
    assert [who["names"] for who in one["participants"]] == [["Tom"], ["Priya"], ["Ngozi"]]


def test_the_account_has_the_form_of_the_issue() -> None:
    closed = [event for event in events() if isinstance(event, ConversationClosed)]
    value = account_value(closed, (ACCOUNT,), CAPTURE)
    assert list(value)[:4] == ["schema", "files", "messages", "doubts"]
    assert value["schema"] == "safehand.account/1"
    assert value["messages"] == 4
    assert value["doubts"] == {"out_of_order": 1, "zone_unknown": 2}
    assert value["files"] == [
        {
            "file": "chat.txt",
            "bytes": 50,
            "sha256": "ab" * 32,
            "segments": {"message": {"count": 4, "bytes": 40}, "unparsed": {"count": 1, "bytes": 10}},
            "unparsed": [{"start": 0, "end": 10, "reason": "torn"}],
        }
    ]
    assert value["listed"] == 3
    assert value["refused"] == [{"name": "old.zip", "container": None, "reason": "It is locked."}]


def test_many_gaps_are_counted_and_not_poured_out() -> None:
    gaps = tuple(Unparsed(n * 2, n * 2 + 1, "torn") for n in range(25))
    account = FileAccount("chat.txt", 50, "ab" * 32, {}, gaps)
    text = "\n".join(summary_lines([], (account,), Capture(())))
    assert text.count("not read:") == 10
    assert "and 15 more stretches" in text


def told_of(*told: Event | Message, opened: ConversationOpened | None = None, people: int = 0) -> list[str]:
    begin = opened or ConversationOpened("1", "sms", "sms/test", None, ConversationKind.DIRECT, ("a.xml",))
    who = tuple(Participant(str(n), (f"person {n}",)) for n in range(people))
    closed = ConversationClosed("1", len(told), who, (), ())
    return list(summary_lines(summaries_of([begin, *told, closed]), (), Capture(())))


def test_a_line_that_has_a_day_alone_is_not_the_first_or_the_last_of_that_day() -> None:
    day = AT // (86400 * MICRO) * 86400 * MICRO
    lines = told_of(
        message(1, utc_instant("x", AT - 3600 * MICRO, Precision.SECOND)),
        message(2, reading(day, Precision.DAY)),
        message(3, utc_instant("x", AT, Precision.SECOND)),
    )
    assert "  From        2026-01-09 22:00:21 UTC   chat.txt, bytes 10 to 20" in lines
    assert "  To          2026-01-09 23:00:21 UTC   chat.txt, bytes 30 to 40" in lines
    before = told_of(message(1, reading(day - 86400 * MICRO, Precision.DAY)), message(2, reading(AT)))
    assert "  From        2026-01-08   chat.txt, bytes 10 to 20" in before


def test_a_conversation_without_a_title_has_what_the_source_calls_it_and_where_it_stood() -> None:
    opened = ConversationOpened(
        "1", "sms", "sms/test", None, ConversationKind.DIRECT, ("a.xml",), "requests", "+447700900123"
    )
    lines = told_of(opened=opened)
    assert "  Id          +447700900123" in lines
    assert "  Stood in    requests" in lines
    assert not any(line.startswith("  Id ") for line in told_of())


def test_who_wrote_nothing_is_named_and_a_crowd_is_counted() -> None:
    assert "  Members     person 0 · person 1: wrote nothing here" in told_of(people=2)
    (crowd,) = (line for line in told_of(people=15) if "Members" in line)
    assert crowd.endswith("person 11 · and 3 more: wrote nothing here")


def test_hundreds_of_files_of_which_nothing_was_read_are_counted_and_those_that_were_read_are_named() -> None:
    unread = [
        FileAccount(f"ads{n}.json", 7, "ab" * 32, {"unparsed": Tally(1, 7)}, (Unparsed(0, 7, "unknown"),))
        for n in range(300)
    ]
    text = "\n".join(summary_lines([], (*unread, ACCOUNT), Capture(())))
    assert text.count("ads") == 10
    assert "  and 290 more files of which nothing was read, 2,030 bytes: see --account" in text
    assert "  chat.txt: 50 bytes" in text


def test_a_conversation_without_any_time_says_where_it_begins_and_ends() -> None:
    lines = told_of(*(message(n, unknown_instant("")) for n in (1, 2, 3)))
    assert "  First       chat.txt, bytes 10 to 20" in lines
    assert "  Last        chat.txt, bytes 30 to 40" in lines
    assert not any(line.startswith("  First") for line in told_of(message(1, reading(AT))))


def test_two_accounts_that_are_called_alike_have_their_keys_beside_the_name() -> None:
    who = (Participant("7", ("Tom",), 2), Participant("9", ("Tom",), 1), Participant("8", ("Priya",), 1))
    closed = ConversationClosed("1", 4, who, (), ())
    opened = ConversationOpened("1", "x", "x/test", None, ConversationKind.GROUP, ("a.js",))
    assert "  Wrote       Tom (7) 2 · Tom (9) 1 · Priya 1" in list(
        summary_lines(summaries_of([opened, closed]), (), Capture(()))
    )


def test_a_part_of_an_export_without_a_conversation_is_said_to_be_that() -> None:
    file = FileInMemory("index.json", "messages/index.json", b'{"502291754930929684": "Direct Message with robin#0"}')
    reading = FileReading(Capture((file,)))
    found = summaries_of(reading.events())
    assert next(summary_lines(found, reading.accounts(), Capture((file,)))).startswith("No conversation stands")
