"""A reading, with sources made for the purpose: a line is a message, and some lines go wrong."""

import hashlib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from safehand.errors import CannotRead, CannotWrite, NotWhatItClaims, UsageError
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import unknown_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.archive import capture_of
from safehand.sources.contract import (
    Capture,
    CaptureNote,
    Certainty,
    Claim,
    FileInMemory,
    FileOnDisk,
    Probe,
    ReadingDesk,
    Source,
)
from safehand.sources.reading import LEFT_OVER, NOT_KNOWN, Reading
from zip_made import STORED, Member, zip_of

MARK = b"diary\n"
GOOD = MARK + b"Priya: sown\nSam: watered\nPriya: picked\n"


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    return tuple(
        Claim("diary", "diary/lines", (probe.file,), Certainty.CERTAIN, "it begins as a diary does")
        for probe in probes
        if probe.head.startswith(MARK)
    )


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """Line by line. The line "stop" ends the reading, "refuse" and "fault" raise."""
    (file,) = claim.files
    ledger = desk.ledger(file)
    id_ = desk.next_conversation()
    yield ConversationOpened(id_, "diary", claim.form, None, ConversationKind.DIRECT, (file.id,))
    number = 0
    with file.open() as stream:
        for line in stream:
            ledger.feed(line)
            match line:
                case b"refuse\n":
                    raise NotWhatItClaims("a diary has no such line", where=file.id)
                case b"fault\n":
                    raise ZeroDivisionError(line)
                case b"stop\n":
                    break
            start, end = ledger.position, ledger.position + len(line)
            if line == MARK:
                ledger.mark(SegmentKind.HEADER, end)
                continue
            number += 1
            sender, _, text = line.decode().partition(": ")
            ledger.mark(SegmentKind.MESSAGE, end)
            yield Message(number, Kind.TEXT, sender, text, unknown_instant(""), Span(file.id, start, end))
    yield ConversationClosed(id_, number, (), ((Doubt.OUT_OF_ORDER, 2),), ("a note",))


DIARY = Source("diary", "Diaries", claim, read)


def file_of(data: bytes, name: str = "a.txt") -> FileInMemory:
    return FileInMemory(name, name, data)


def reading_of(*files: FileInMemory, notes: tuple[CaptureNote, ...] = ()) -> Reading:
    return Reading(Capture(files, notes=notes), sources=[DIARY])


def closings(events: list[Event]) -> list[ConversationClosed]:
    return [event for event in events if isinstance(event, ConversationClosed)]


def texts(events: list[Event]) -> list[str | None]:
    return [event.text for event in events if isinstance(event, Message)]


def test_every_conversation_comes_in_the_order_of_its_files_and_every_byte_is_accounted_for() -> None:
    files = (file_of(b"a shopping list\n", "z.txt"), file_of(GOOD, "b.txt"), file_of(GOOD, "a.txt"))
    reading = reading_of(*files)
    events = list(reading.events())
    assert [event.id for event in closings(events)] == ["1", "2"]
    opened = [event.files for event in events if isinstance(event, ConversationOpened)]
    assert opened == [("b.txt",), ("a.txt",)]
    accounts = reading.accounts()
    assert [account.file for account in accounts] == ["z.txt", "b.txt", "a.txt"]
    for file, account in zip(files, accounts, strict=True):
        assert account.sha256 == hashlib.sha256(file.data).hexdigest()
        assert account.bytes == sum(tally.bytes for tally in account.segments.values()) == len(file.data)


def test_a_file_nobody_claims_is_accounted_for_whole_with_the_reason() -> None:
    tweets = file_of(b"window.YTD.tweets.part0 = [ ]", "tweets.js")
    reading = reading_of(file_of(b"a shopping list\n"), tweets)
    assert list(reading.events()) == []
    unknown, known = reading.accounts()
    assert [(gap.start, gap.end, gap.reason) for gap in unknown.unparsed] == [(0, 16, NOT_KNOWN)]
    assert known.unparsed[0].reason == "X: another part of X's own archive, which this version does not read"


def test_an_empty_file_has_an_empty_account() -> None:
    reading = reading_of(file_of(b""))
    list(reading.events())
    (account,) = reading.accounts()
    assert (account.bytes, account.segments, account.unparsed) == (0, {}, ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"refuse\n", "reading stopped: a diary has no such line"),
        (b"fault\n", "reading stopped: a fault in the reader (ZeroDivisionError)"),
    ],
)
def test_a_source_that_raises_leaves_the_good_part_and_the_other_claims(line: bytes, reason: str) -> None:
    damaged = GOOD + line + b"Sam: never read\n"
    reading = reading_of(file_of(damaged, "a.txt"), file_of(GOOD, "b.txt"))
    events = list(reading.events())
    assert texts(events) == ["sown\n", "watered\n", "picked\n"] * 2
    broken, whole = closings(events)
    assert broken.messages == 3
    assert broken.doubts == ((Doubt.TRUNCATED_FILE, 1),)
    assert [(one.key, one.messages) for one in broken.participants] == [("Priya", 2), ("Sam", 1)]
    assert broken.participants[0].first_seen == Span("a.txt", 6, 18)
    assert len(broken.notes) == 1
    assert whole.doubts == ((Doubt.OUT_OF_ORDER, 2),)
    account, other = reading.accounts()
    assert [(gap.start, gap.end, gap.reason) for gap in account.unparsed] == [(len(GOOD), len(damaged), reason)]
    assert account.sha256 == hashlib.sha256(damaged).hexdigest()
    assert other.unparsed == ()


def test_a_source_that_raises_before_its_first_conversation_closes_nothing() -> None:
    def broken(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
        if claim.files:
            raise NotWhatItClaims("not that", where=claim.files[0].id)
        yield from read(claim, desk)

    reading = Reading(Capture((file_of(GOOD),)), sources=[Source("diary", "Diaries", claim, broken)])
    assert list(reading.events()) == []
    assert reading.accounts()[0].unparsed[0].reason == "reading stopped: not that"


def test_a_source_that_stops_early_leaves_the_rest_accounted_for() -> None:
    reading = reading_of(file_of(GOOD + b"stop\nSam: left\n"))
    assert len(list(reading.events())) == 5
    (account,) = reading.accounts()
    assert [(gap.start, gap.end, gap.reason) for gap in account.unparsed] == [(len(GOOD), len(GOOD) + 15, LEFT_OVER)]


def test_a_conversation_after_a_broken_one_does_not_inherit_its_people() -> None:
    def two(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
        yield from read(claim, desk)
        yield ConversationOpened("9", "diary", claim.form, None, ConversationKind.DIRECT, ())
        raise NotWhatItClaims("no more")

    reading = Reading(Capture((file_of(GOOD),)), sources=[Source("diary", "Diaries", claim, two)])
    second = closings(list(reading.events()))[1]
    assert (second.id, second.messages, second.participants) == ("9", 0, ())


def test_what_the_capture_says_of_a_file_is_said_of_its_conversation() -> None:
    notes = (
        CaptureNote("a.txt", "Its bytes do not have the checksum.", Doubt.CHECKSUM_MISMATCH),
        CaptureNote("a.txt", "It came twice."),
        CaptureNote("other.txt", "Not this one."),
    )
    (closed,) = closings(list(reading_of(file_of(GOOD), notes=notes).events()))
    assert closed.doubts == ((Doubt.CHECKSUM_MISMATCH, 1), (Doubt.OUT_OF_ORDER, 2))
    assert closed.notes == ("a note", "Its bytes do not have the checksum.", "It came twice.")


def test_a_chat_in_a_zip_with_a_wrong_checksum_is_read_and_doubted(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    member = Member(b"diary.txt", GOOD, method=STORED, packed=GOOD.replace(b"sown", b"mown"))
    path.write_bytes(zip_of([member]).data)
    reading = Reading(capture_of([path]), sources=[DIARY])
    events = list(reading.events())
    assert texts(events)[0] == "mown\n"
    assert (Doubt.CHECKSUM_MISMATCH, 1) in closings(events)[0].doubts


def test_the_sink_sees_every_segment_and_they_are_the_file() -> None:
    seen: list[tuple[str, SegmentKind, int, int]] = []
    data = {"a.txt": GOOD + b"refuse\n", "b.txt": b"nothing\n"}
    capture = Capture(tuple(file_of(text, name) for name, text in data.items()))
    reading = Reading(capture, sink=lambda *segment: seen.append(segment), sources=[DIARY])
    list(reading.events())
    for name, text in data.items():
        pieces = [text[start:end] for file, _, start, end in seen if file == name]
        assert b"".join(pieces) == text
        assert all(pieces)


def test_what_goes_wrong_in_the_sink_is_no_fault_of_the_reader() -> None:
    def full(*_segment: object) -> None:
        raise CannotWrite("The disk is full.")

    reading = Reading(Capture((file_of(GOOD),)), sink=full, sources=[DIARY])
    with pytest.raises(CannotWrite, match="disk is full"):
        list(reading.events())


def test_a_reading_is_read_once_and_accounted_for_only_when_it_was() -> None:
    reading = reading_of(file_of(GOOD))
    with pytest.raises(UsageError):
        reading.accounts()
    events = reading.events()
    next(events)
    with pytest.raises(UsageError):
        reading.accounts()
    list(events)
    assert len(reading.accounts()) == 1
    with pytest.raises(UsageError):
        next(reading.events())


def test_a_file_that_changed_meanwhile_is_an_error_and_not_a_wrong_account(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(GOOD)
    reading = Reading(Capture((FileOnDisk("a.txt", "a.txt", path, len(GOOD)),)), sources=[DIARY])
    path.write_bytes(GOOD + b"Sam: more\n")
    with pytest.raises(CannotRead, match="were read"):
        list(reading.events())


def test_a_file_that_is_gone_is_an_error_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a list\n")
    reading = Reading(Capture((FileOnDisk("a.txt", "a.txt", path, 7),)), sources=[DIARY])
    path.unlink()
    with pytest.raises(CannotRead, match="could not be read") as error:
        list(reading.events())
    assert error.value.where == "a.txt"


def test_the_register_is_handed_to_the_sources(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    (tmp_path / "a.txt").write_bytes(GOOD)
    seen: list[int] = []

    def looks(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
        seen.append(len(desk.register))
        yield from read(claim, desk)

    list(Reading(capture_of([tmp_path]), sources=[Source("diary", "Diaries", claim, looks)]).events())
    assert seen == [1]


def test_a_large_file_nobody_claims_is_hashed_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(200 << 20)  # a hole: no disk, and zeros when read
    reading = Reading(Capture((FileOnDisk("large.txt", "large.txt", path, 200 << 20),)), sources=[DIARY])
    tracemalloc.start()
    list(reading.events())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20
    assert reading.accounts()[0].bytes == 200 << 20
