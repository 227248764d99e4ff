"""Gaps and conversations side by side are stored with the case and read a page at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from safehand.analysis.gap import Gap, GapKind
from safehand.analysis.overlap import Row, Verdict
from safehand.casefile import whole
from safehand.casefile.build import build
from safehand.casefile.read import open_casefile
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.instant import MICRO, Precision, utc_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import FileAccount, Tally, Unparsed
from safehand.sources.contract import FileInMemory

KEY = bytes(32)
DATA = b"x" * 9_000
START = 1_767_553_331


def conversation(ident: str, said: Sequence[str | None]) -> Iterator[Event]:
    yield ConversationOpened(ident, "whatsapp", "whatsapp/form", None, ConversationKind.UNKNOWN, ("f",))
    for number, words in enumerate(said, 1):
        sent = utc_instant("", (START + number * 60) * MICRO, Precision.SECOND)
        kind = Kind.DELETED if words is None else Kind.TEXT
        yield Message(number, kind, "Priya", words, sent, Span("f", number, number + 1))
    yield ConversationClosed(ident, len(said), ())


CHAT: list[str | None] = [f"row {n} of the potatoes is dug" for n in range(20)]


def built(tmp_path: Path, *conversations: Sequence[str | None], stated: Sequence[Gap] = ()) -> Path:

    file = FileInMemory("f", "chat.txt", DATA)
    account = FileAccount(
        "f", len(DATA), hashlib.sha256(DATA).hexdigest(), {"message": Tally(1, len(DATA))}, (Unparsed(7, 19, "torn"),)
    )
    events = (event for ident, said in enumerate(conversations, 1) for event in conversation(str(ident), said))
    platforms: list[set[str]] = []

    def told(read: set[str]) -> Sequence[Gap]:
        platforms.append(read)
        return stated

    path = tmp_path / "case"
    build(path, KEY, events, [file], lambda: (account,), stated=told)
    assert platforms == [{"whatsapp"}]
    return path


def test_gaps_are_kept_with_the_number_of_their_conversation_and_counted(tmp_path: Path) -> None:
    left_out = Gap(GapKind.LEFT_OUT, count=1204)
    path = built(tmp_path, CHAT, ["one", None, None], stated=[left_out])
    with open_casefile(path, KEY) as casefile:
        assert [(one.conversation, one.gap.kind, one.gap.number) for one in whole.gaps(casefile)] == [
            (2, GapKind.DELETED, 2),
            (2, GapKind.DELETED, 3),
            (None, GapKind.NOT_READ, None),
            (None, GapKind.LEFT_OUT, None),
        ]
        assert [(one.conversation, one.kind, one.count) for one in whole.gap_counts(casefile)] == [
            (None, GapKind.NOT_READ, 1),
            (None, GapKind.LEFT_OUT, 1),
            (2, GapKind.DELETED, 2),
        ]
        first, *_ = whole.gaps(casefile, after=1, limit=1)
        assert first.gap.number == 3


def test_two_exports_of_one_conversation_are_stored_side_by_side(tmp_path: Path) -> None:
    other = list(CHAT)
    other[6] = None
    path = built(tmp_path, CHAT, ["the train is late today"], other[:18])
    with open_casefile(path, KEY) as casefile:
        (pair,) = whole.overlaps(casefile)
        assert (pair.a, pair.b, pair.same, pair.differing, pair.only_a, pair.only_b) == (1, 3, 17, 1, 2, 0)
        assert [one.row for one in whole.overlap_rows(casefile, pair.number)] == [
            Row(Verdict.SAME, 1, 1, 6),
            Row(Verdict.DIFFERING, 7, 7, 1),
            Row(Verdict.SAME, 8, 8, 11),
            Row(Verdict.ONLY_A, 19, None, 2),
        ]
        assert whole.overlap(casefile, 1) == pair
        assert whole.overlap(casefile, 2) is None
        assert whole.overlap_rows(casefile, 2) == ()
