"""Is the record whole? Each gap is told with its place, whatever the source, and honest conversations have none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import pytest

from safehand.analysis.gap import LISTED, Gap, GapKind
from safehand.analysis.gaps import DAY, GapWatch
from safehand.analysis.stated import ELSEWHERE, gaps_of_bytes, gaps_stated, places_named
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Instant, Precision, unknown_instant, utc_instant
from safehand.model.message import Attachment, Kind, MediaState, Message, Reply
from safehand.model.span import Span
from safehand.sources.accounting import FileAccount, Unparsed
from safehand.sources.local_time import LocalClock

START = 1_767_553_331


def at(days: float) -> Instant:
    return utc_instant("", int((START + days * DAY) * MICRO), Precision.SECOND)


def message(number: int, sent: Instant | None = None, **fields: object) -> Message:
    plain = Message(number, Kind.TEXT, "Priya", "The gate is open", sent or at(number / 100), span(number))
    return msgspec.structs.replace(plain, **fields)


def span(number: int) -> Span:
    return Span("chat.txt", number * 100, number * 100 + 90)


def gaps(messages: Iterable[Message], *doubts: tuple[Doubt, int], names: Iterable[str] = ()) -> tuple[Gap, ...]:
    return watched(messages, *doubts, names=names).found()


def watched(messages: Iterable[Message], *doubts: tuple[Doubt, int], names: Iterable[str] = ()) -> GapWatch:
    watch = GapWatch(names)
    all_ = list(messages)
    events: list[Event] = [
        ConversationOpened("1", "whatsapp", "whatsapp/ios-txt", None, ConversationKind.UNKNOWN, ("chat.txt",)),
        *all_,
        ConversationClosed("1", len(all_), (), doubts),
    ]
    assert list(watch.watched(events)) == events
    return watch


def test_an_honest_conversation_has_no_gap() -> None:
    assert gaps(message(number) for number in range(1, 50)) == ()


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (GapKind.DELETED, {"kind": Kind.DELETED, "text": None}),
        (GapKind.EDITED, {"edited_mark": True}),
        (GapKind.EDITED, {"edited": at(1)}),
        (GapKind.EDITED, {"revisions": ("The gate is shut",)}),
        (GapKind.TIME_BACK, {"doubts": (Doubt.OUT_OF_ORDER,)}),
        (GapKind.REPLY_TO_NOTHING, {"doubts": (Doubt.REPLY_TARGET_MISSING,)}),
        (GapKind.FILTERED, {"doubts": (Doubt.TEXT_FILTERED,)}),
        (GapKind.MEDIA_LEFT_OUT, {"attachments": (Attachment(MediaState.OMITTED),)}),
        (GapKind.MEDIA_MISSING, {"attachments": (Attachment(MediaState.MISSING),)}),
        (GapKind.MEDIA_MISSING, {"attachments": (Attachment(MediaState.MISSING, "IMG-3.jpg"),)}),
        (GapKind.MEDIA_NOT_LISTED, {"attachments": (Attachment(MediaState.NAMED, "IMG-3.jpg"),)}),
    ],
)
def test_a_mark_in_a_message_is_told_with_its_bytes(kind: GapKind, changed: dict[str, Any]) -> None:
    assert gaps([message(1), message(2, **changed), message(3)]) == (Gap(kind, "1", 2, span(2)),)


@pytest.mark.parametrize(
    "changed",
    [
        {"attachments": (Attachment(MediaState.NAMED, "photos/IMG-3.jpg"),)},
        {"attachments": (Attachment(MediaState.OMITTED, "IMG-3.jpg"),)},
        {"attachments": (Attachment(MediaState.MISSING, "IMG-3.jpg"),)},
        {"attachments": (Attachment(MediaState.EMBEDDED),)},
        {"reply": Reply("1")},
        {"doubts": (Doubt.ZONE_UNKNOWN, Doubt.TEXT_REPAIRED)},
    ],
)
def test_what_only_looks_like_a_gap_is_none(changed: dict[str, Any]) -> None:
    assert gaps([message(1), message(2, **changed)], names=["media/IMG-3.jpg"]) == ()


def test_a_conversation_that_opens_with_an_answer_began_before() -> None:
    joined = message(1, kind=Kind.SYSTEM)
    assert gaps([joined, message(2, reply=Reply("77")), message(3)]) == (
        Gap(GapKind.OPENS_WITH_REPLY, "1", 2, span(2)),
    )
    assert gaps([joined, message(2), message(3, reply=Reply("77"))]) == ()


def test_a_silence_is_told_at_the_message_that_ends_it_with_its_length() -> None:
    told = gaps([message(1, at(0)), message(2, at(13.9)), message(3, at(13.9 + 14))])
    assert told == (Gap(GapKind.SILENCE, "1", 3, span(3), seconds=14 * DAY),)


def test_a_silence_is_measured_by_one_clock_and_claimed_of_no_two() -> None:
    local = LocalClock().instant("", (START + 30 * DAY) * MICRO, Precision.SECOND)
    later = LocalClock().instant("", (START + 60 * DAY) * MICRO, Precision.SECOND)
    assert gaps([message(1, at(0)), message(2, local)]) == ()
    assert [gap.kind for gap in gaps([message(1, local), message(2, later)])] == [GapKind.SILENCE]


def test_no_silence_is_claimed_across_a_message_that_tells_no_time() -> None:
    def told(*sent: Instant) -> list[tuple[GapKind, int | None]]:
        return [(gap.kind, gap.number) for gap in gaps(message(n, one) for n, one in enumerate(sent, 1))]

    assert told(at(0), unknown_instant("?"), at(20)) == []
    assert told(at(0), unknown_instant("?"), at(20), at(40)) == [(GapKind.SILENCE, 4)]


@pytest.mark.parametrize(
    ("doubt", "kind", "number", "place"),
    [
        (Doubt.CLIPPED_AT_CAP, GapKind.AT_CAP, 1, span(1)),
        (Doubt.TRUNCATED_FILE, GapKind.CUT_SHORT, 3, span(3)),
        (Doubt.COUNT_MISMATCH, GapKind.COUNT_DIFFERS, None, Span("chat.txt", 100, 390)),
        (Doubt.ONE_SIDED, GapKind.ONE_SIDED, None, Span("chat.txt", 100, 390)),
        (Doubt.FILE_MISSING, GapKind.PART_MISSING, None, Span("chat.txt", 100, 390)),
    ],
)
def test_what_is_in_doubt_about_the_whole_is_told_where_it_is_looked_for(
    doubt: Doubt, kind: GapKind, number: int | None, place: Span
) -> None:
    told = gaps([message(1), message(2), message(3)], (doubt, 2))
    assert told == (Gap(kind, "1", number, place, count=2),)


def test_all_are_counted_and_a_limited_number_is_listed() -> None:
    watch = watched(message(number, edited_mark=True) for number in range(1, LISTED + 101))
    assert watch.counts == {("1", GapKind.EDITED): LISTED + 100}
    assert len(watch.found()) == LISTED


@pytest.mark.parametrize(
    ("words", "platforms", "places"),
    [
        ("on Snapchat, then by text message", {"whatsapp"}, ["snapchat", "sms"]),
        ("Insta", {"instagram"}, []),
        ("instagram", {"messenger_or_instagram"}, []),
        ("on a game called Acorn", {"whatsapp"}, [ELSEWHERE]),
        ("", {"whatsapp"}, []),
        (None, {"whatsapp"}, []),
        ("snapping turtles", set(), [ELSEWHERE]),
    ],
)
def test_places_the_statement_names_and_nothing_is_from(
    words: str | None, platforms: set[str], places: list[str]
) -> None:
    told = gaps_stated(platforms=platforms, wrote_elsewhere=words, all_is_here=None)
    assert [gap.detail for gap in told] == places


def test_a_no_to_everything_is_here_is_a_gap_although_no_place_is_named() -> None:
    assert [gap.detail for gap in gaps_stated(platforms={"sms"}, wrote_elsewhere=None, all_is_here=False)] == [
        ELSEWHERE
    ]
    assert gaps_stated(platforms={"sms"}, wrote_elsewhere=None, all_is_here=True) == ()


def test_a_place_is_told_by_our_word_and_never_by_the_holders() -> None:
    assert list(places_named("He is xX_barry_Xx on DISCORD!")) == ["discord"]


def test_bytes_that_could_not_be_read_are_a_gap() -> None:
    account = FileAccount("chat.txt", 40, "", {}, (Unparsed(7, 19, "torn"),))
    assert gaps_of_bytes([account]) == (Gap(GapKind.NOT_READ, span=Span("chat.txt", 7, 19), count=12),)
