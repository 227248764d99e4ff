"""Whether a record is whole, in the summary: gaps with their places, and conversations that are one in two exports.

Is it whole?
  Conversation 1: 3 marks that a message was deleted; the first at message 204, chat.txt, bytes 9,120 to 9,187
  Conversation 1: 1 silence of 31 days, before message 205, chat.txt, bytes 9,187 to 9,240
Side by side
  Conversations 1 and 3 are one in two exports: 812 messages the same, 1 differing, 2 only in 1, 40 only in 3
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.analysis.gap import Gap, GapKind
from safehand.analysis.gaps import DAY
from safehand.analysis.overlap import Differs, Overlap, Verdict
from safehand.analysis.whole import SideBySide, Whole
from safehand.cli.say import counted, shown
from safehand.cli.words import GAPS
from safehand.model.canonical import Json
from safehand.model.instant import MICRO

_SILENCES: Final = 5
"""Silences named one by one; --json has all that are listed."""

_PEOPLE: Final = 12
"""Accounts named for two sides; --json names all."""

_DIFFERS: Final = {Differs.WHO: "who wrote it", Differs.MEDIA: "whether a file is with it"}


def whole_lines(whole: Whole) -> Iterator[str]:
    """For people, line by line."""
    gaps = whole.gaps.found()
    firsts: dict[tuple[str | None, GapKind], Gap] = {}
    for gap in gaps:
        firsts.setdefault((gap.conversation, gap.kind), gap)
    yield "Is it whole?"
    if not firsts:
        yield "  Nothing in it says that something is missing. That is no proof that nothing is."
    for key, first in firsts.items():
        if first.kind is GapKind.OTHER_PLATFORM:
            places = ", ".join(gap.detail or "" for gap in gaps if gap.kind is GapKind.OTHER_PLATFORM)
            yield f"  {_many(whole.gaps.counts[key], first)}, as the statement says: {places}"
        elif first.kind is GapKind.SILENCE:
            yield from _silences([gap for gap in gaps if (gap.conversation, gap.kind) == key], whole.gaps.counts[key])
        else:
            yield f"  {_where(first)}{_many(whole.gaps.counts[key], first)}"
    overlaps = whole.overlaps()
    if overlaps:
        yield "Side by side"
        for found in overlaps:
            yield f"  {_overlap(found)}"
            yield from _told_of(found)


def whole_value(whole: Whole) -> dict[str, Json]:
    """The same for programs."""
    return {
        "gaps": [gap_value(gap) for gap in whole.gaps.found()],
        "gap_counts": [
            {"conversation": conversation, "kind": str(kind), "count": count}
            for (conversation, kind), count in whole.gaps.counts.items()
        ],
        "side_by_side": [_overlap_value(found) for found in whole.overlaps()],
    }


def gap_value(gap: Gap) -> dict[str, Json]:
    """One gap as JSON."""
    span = gap.span
    return {
        "kind": str(gap.kind),
        "conversation": gap.conversation,
        "number": gap.number,
        "span": None if span is None else {"file": span.file, "start": span.start, "end": span.end},
        "seconds": gap.seconds,
        "count": gap.count,
        "detail": gap.detail,
    }


def _where(gap: Gap) -> str:
    return "" if gap.conversation is None else f"Conversation {gap.conversation}: "


def _many(count: int, first: Gap) -> str:
    one, many = GAPS[first.kind]
    about_the_whole = first.number is None and first.conversation is not None
    told = many if about_the_whole else f"{count:,} {one if count == 1 else many}"
    place = _place(first)
    if not place:
        return told
    return f"{told}; at {place}" if count == 1 else f"{told}; the first at {place}"


def _place(gap: Gap) -> str:
    number = "" if gap.number is None else f"message {gap.number:,}, "
    span = gap.span
    return "" if span is None else f"{number}{shown(span.file)}, bytes {span.start:,} to {span.end:,}"


def _silences(gaps: list[Gap], count: int) -> Iterator[str]:
    longest = sorted(gaps, key=lambda gap: -(gap.seconds or 0))[:_SILENCES]
    for gap in longest:
        yield f"  {_where(gap)}a silence of {counted((gap.seconds or 0) // DAY, 'day')}, before {_place(gap)}"
    if count > len(longest):
        yield f"  {_where(gaps[0])}and {count - len(longest):,} shorter silences"


def _overlap(found: SideBySide) -> str:
    overlap = found.overlap
    parts = [
        f"{counted(overlap.count(Verdict.SAME), 'message')} the same",
        f"{overlap.count(Verdict.DIFFERING):,} differing{_in_what(overlap)}",
        f"{overlap.count(Verdict.ONLY_A):,} only in {found.a}",
        f"{overlap.count(Verdict.ONLY_B):,} only in {found.b}",
    ]
    apart = f"; their clocks are {_hours(abs(overlap.clock))} apart" if overlap.clock else ""
    return f"Conversations {found.a} and {found.b} are one in two exports: {', '.join(parts)}{apart}"


def _in_what(overlap: Overlap) -> str:
    """In what else than in words or a deletion they differ."""
    parts = [f"{count:,} in {_DIFFERS[one]}" for one in Differs if (count := overlap.count_differing(one))]
    return f" ({', '.join(parts)})" if parts else ""


def _told_of(found: SideBySide) -> Iterator[str]:
    """How they were laid side by side, where that is not plain."""
    if found.overlap.by_order:
        yield "    One of them has no times: they are laid side by side by their words and the order of them alone"
    other = [(a, b) for a, b in found.overlap.accounts if a != b]
    if other:
        named = [f"{shown(a)} in {found.a} is {shown(b)} in {found.b}" for a, b in other[:_PEOPLE]]
        more = f"; and {len(other) - _PEOPLE:,} more" if len(other) > _PEOPLE else ""
        yield f"    Taken as one account, by what they wrote: {'; '.join(named)}{more}"


def _hours(micros: int) -> str:
    minutes = micros // (60 * MICRO)
    return f"{minutes // 60}:{minutes % 60:02d} h"


def _overlap_value(found: SideBySide) -> dict[str, Json]:
    return {
        "a": found.a,
        "b": found.b,
        "clock_seconds": found.overlap.clock // MICRO,
        "by_order": found.overlap.by_order,
        "accounts": [{"a": a, "b": b} for a, b in found.overlap.accounts],
        "counts": {str(verdict): found.overlap.count(verdict) for verdict in Verdict},
        "rows": [
            {
                "verdict": str(row.verdict),
                "a": row.a,
                "b": row.b,
                "length": row.length,
                "differs": None if row.differs is None else str(row.differs),
            }
            for row in found.overlap.rows
        ],
    }
