"""Where a gap about a whole file or conversation is told: at the bytes where somebody has to look."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

import meta_thread
import sms_backup
from safehand.analysis.gap import Gap, GapKind
from safehand.analysis.gaps import GapWatch
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Precision, utc_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading

Place = tuple[str, int]
"""File, and byte where the message begins."""


def conversation(ident: str, places: Iterable[Place], *doubts: Doubt) -> Iterable[Event]:
    told = list(places)
    yield ConversationOpened(
        ident, "x", "x/form", None, ConversationKind.UNKNOWN, tuple(dict.fromkeys(file for file, _ in told)) or ("f",)
    )
    for number, (file, start) in enumerate(told, 1):
        sent = utc_instant("", number * 60 * MICRO, Precision.SECOND)
        yield Message(number, Kind.TEXT, "Priya", "beans", sent, Span(file, start, start + 9))
    yield ConversationClosed(ident, len(told), (), tuple((doubt, 1) for doubt in doubts))


def gaps(*conversations: Iterable[Event]) -> tuple[Gap, ...]:
    watch = GapWatch()
    list(watch.watched(event for events in conversations for event in events))
    assert watch.counts == {(gap.conversation, gap.kind): 1 for gap in watch.found()}
    return watch.found()


def test_a_file_written_newest_first_is_cut_at_its_oldest() -> None:
    newest_first = [("f", 30), ("f", 20), ("f", 10)]
    assert gaps(conversation("1", newest_first, Doubt.TRUNCATED_FILE)) == (
        Gap(GapKind.CUT_SHORT, "1", 1, Span("f", 30, 39), count=1),
    )
    oldest_first = reversed(newest_first)
    assert gaps(conversation("1", oldest_first, Doubt.TRUNCATED_FILE)) == (
        Gap(GapKind.CUT_SHORT, "1", 3, Span("f", 30, 39), count=1),
    )


def test_of_many_conversations_it_is_the_last_in_the_file_that_was_cut() -> None:
    first = conversation("1", [("f", 10), ("f", 20)], Doubt.COUNT_MISMATCH, Doubt.TRUNCATED_FILE)
    second, third = conversation("2", [("f", 50), ("f", 40)]), conversation("3", [("f", 30)], Doubt.ONE_SIDED)
    assert gaps(first, second, third) == (
        Gap(GapKind.COUNT_DIFFERS, "1", None, Span("f", 10, 29), count=1),
        Gap(GapKind.CUT_SHORT, "2", 1, Span("f", 50, 59), count=1),
        Gap(GapKind.ONE_SIDED, "3", None, Span("f", 30, 39), count=1),
    )


def test_a_cut_in_one_file_is_not_told_of_another() -> None:
    cut = conversation("1", [("f", 10)], Doubt.TRUNCATED_FILE)
    assert gaps(cut, conversation("2", [("g", 90)])) == (Gap(GapKind.CUT_SHORT, "1", 1, Span("f", 10, 19), count=1),)


def test_a_file_that_was_cut_before_its_first_message_has_no_place_and_is_told() -> None:
    assert gaps(conversation("1", [], Doubt.TRUNCATED_FILE)) == (Gap(GapKind.CUT_SHORT, "1", count=1),)


@pytest.mark.parametrize(
    ("doubt", "kind"),
    [
        (Doubt.COUNT_MISMATCH, GapKind.COUNT_DIFFERS),
        (Doubt.ONE_SIDED, GapKind.ONE_SIDED),
        (Doubt.FILE_MISSING, GapKind.PART_MISSING),
    ],
)
def test_what_is_about_the_whole_of_a_conversation_in_several_files_is_told_where_it_begins(
    doubt: Doubt, kind: GapKind
) -> None:
    assert gaps(conversation("1", [("part2", 40), ("part1", 10)], doubt)) == (
        Gap(kind, "1", None, Span("part2", 40, 49), count=1),
    )


def cuts(name: str, data: bytes) -> list[tuple[str | None, int | None]]:
    watch = GapWatch()
    list(watch.watched(Reading(Capture((FileInMemory(name, name, data),))).events()))
    return [(gap.conversation, gap.number) for gap in watch.found() if gap.kind is GapKind.CUT_SHORT]


def test_a_thread_of_messenger_that_was_cut_has_lost_its_oldest() -> None:
    said = [meta_thread.said("Priya", meta_thread.START + n * 60_000, f"row {n}") for n in range(4)]
    (whole,) = meta_thread.Thread(("Priya", "Tom"), said).files(per_file=9).values()
    assert cuts("message_1.json", whole) == []
    cut = whole[: whole.index(b"row 0")]
    assert cuts("message_1.json", cut) == [("1", 1)]


def test_a_backup_of_text_messages_that_was_cut_is_told_of_whoever_was_last() -> None:
    whole = sms_backup.backup([sms_backup.sms(n, (sms_backup.PRIYA, sms_backup.TOM)[n // 3], "Hello")
                               for n in range(6)])  # fmt: skip
    assert cuts("sms.xml", whole) == []
    assert cuts("sms.xml", whole[:-80]) == [("2", 2)]
