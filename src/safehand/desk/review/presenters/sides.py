"""Two exports of one conversation beside each other, in words.

    812 messages are the same          messages 1 to 812         messages 41 to 852
    One differs                        Tom 19:03 [deleted]       Tom 19:03 Number 14 is free again
    Only in conversation 1             Tom 19:04 See you at ten

Nothing says which side is right: both are kept as they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from safehand.analysis.overlap import Verdict
from safehand.casefile.views import Line
from safehand.desk.core import say
from safehand.desk.review.presenters import times
from safehand.desk.review.presenters.letters import side_of
from safehand.desk.review.presenters.said import Said, said
from safehand.desk.review.presenters.whole import PairRow, pair_row
from safehand.desk.review.shown import Side, Sides
from safehand.model.message import Kind


@dataclass(frozen=True, slots=True)
class Cell:
    """One message on one side."""

    number: int
    shown: str
    letter: str
    side: str
    name: str
    day: str
    time: str
    machine_time: str
    said: Said
    edited: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one verdict. ``kind`` is the verdict's own word, for the stylesheet."""

    kind: str
    words: str
    a: tuple[Cell, ...]
    b: tuple[Cell, ...]
    between_a: str
    """Said between the first and the last message shown of a stretch that is the same, or after those shown."""
    between_b: str


@dataclass(frozen=True, slots=True)
class SidesPage:
    """The page. ``later`` is what to give as ``after`` for the next one."""

    number: int
    a: int
    b: int
    pair: PairRow
    stretches: tuple[Stretch, ...]
    later: int | None


def sides_page(shown: Sides) -> SidesPage:
    """Present it."""
    return SidesPage(
        number=shown.overlap.number,
        a=shown.overlap.a,
        b=shown.overlap.b,
        pair=pair_row(shown.overlap),
        stretches=tuple(_stretch(side, shown, last=_is_last(side, shown)) for side in shown.sides),
        later=shown.sides[-1].position if shown.more else None,
    )


def _is_last(side: Side, shown: Sides) -> bool:
    return not shown.more and side is shown.sides[-1]


def _stretch(side: Side, shown: Sides, *, last: bool) -> Stretch:
    row = side.row
    return Stretch(
        kind=row.verdict.value,
        words=_words(side, shown, last=last),
        a=tuple(_cell(line, shown.covered.get((shown.overlap.a, line.number), "")) for line in side.a),
        b=tuple(_cell(line, shown.covered.get((shown.overlap.b, line.number), "")) for line in side.b),
        between_a=_between(row.length - len(side.a)) if row.a is not None else "",
        between_b=_between(row.length - len(side.b)) if row.b is not None else "",
    )


_ONE: Final = {Verdict.SAME: "One message is the same", Verdict.DIFFERING: "One message differs"}
_MANY: Final = {Verdict.SAME: "messages are the same", Verdict.DIFFERING: "messages differ"}


def _words(side: Side, shown: Sides, *, last: bool) -> str:
    row = side.row
    match row.verdict:
        case Verdict.ONLY_A:
            return f"{say.counted(row.length, 'message')} only in conversation {shown.overlap.a}{_end(side, last)}"
        case Verdict.ONLY_B:
            return f"{say.counted(row.length, 'message')} only in conversation {shown.overlap.b}{_end(side, last)}"
        case verdict:
            return _ONE[verdict] if row.length == 1 else f"{say.count(row.length)} {_MANY[verdict]}"


def _end(side: Side, last: bool) -> str:  # noqa: FBT001  a word of the sentence
    """Before the first message that both have, and after the last, one export merely covers more."""
    if side.position == 1:
        return ", which begins earlier"
    return ", which goes on longer" if last else ""


def _between(left: int) -> str:
    return f"and {say.counted(left, 'message')} more" if left > 0 else ""


def _cell(line: Line, cover: str) -> Cell:
    letter = "" if line.message.kind is Kind.SYSTEM else line.letter or ""
    return Cell(
        number=line.number,
        shown=say.count(line.number),
        letter=letter,
        side=side_of(letter) if letter else "none",
        name=line.message.sender or "",
        day=say.day(line.shown.date()) if line.shown is not None else "",
        time=times.minutes(line),
        machine_time=times.machine_time(line),
        said=said(line.message, cover=cover),
        edited=line.message.edited_mark or line.message.edited is not None,
    )
