"""Some messages of a conversation, page by page: of one account, of some kinds, of some days, or of given numbers.

    sieve = Sieve(letter="A", kinds=frozenset({Kind.MEDIA}), days=(date(2026, 3, 1), date(2026, 3, 7)))
    page = sieved(casefile, 1, sieve)                     the first of them
    sieved(casefile, 1, sieve, Turn.FROM, page.later)     those after; Turn.UNTIL with page.earlier, those before
    page.total                                            how many there are in all
    Sought(casefile, 1, sieve).nearest(205, kinds, later=True)    the next of them at which a rule points

What lies between two of them is not hidden: each has its number, and the reader says how many are not shown.
A page costs some look-ups in ``blocks`` and 32 rows for each block that holds one: as much in a million messages as in
few. Days are those under which the reader has a message (runs), with both readings of a day in doubt.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from heapq import merge
from itertools import groupby, islice, takewhile
from operator import itemgetter
from typing import Any, Final

import msgspec

from safehand.casefile.blocks import BLOCK_BITS, NOBODY, NUMBER_OF
from safehand.casefile.candidates import Kinds, pointed_among, pointed_from
from safehand.casefile.clock import Clock, date_or_none, day_number
from safehand.casefile.days import ABOUT
from safehand.casefile.read import CaseFile, line_of
from safehand.casefile.schema import NUMBER_BITS, number_of, place
from safehand.casefile.timeline import Turn
from safehand.casefile.views import DayPage, DaySection, Line
from safehand.model.message import Kind

PLATFORM: Final = ""
"""The letter of what the platform itself says."""

_LAST: Final = (1 << NUMBER_BITS) - 1
_BLOCKS: Final = 4
"""Blocks that are read at first for a page; twice as many each time that the page is not full, but no more than these
at once."""

_BLOCKS_AT_MOST: Final = 64
_FEW: Final = 16
"""Messages that are looked at first for the nearest one; twice as many each time that none is found."""

_LINES: Final = (
    "SELECT place, letter, at, other, clock, gap, whole FROM messages LEFT JOIN accounts ON number = account"
)
_ROWS: Final = f"{_LINES} WHERE place BETWEEN ? AND ?"
_ROWS_AMONG: Final = (
    "SELECT place, letter, at, other, clock, gap, whole FROM json_each(?) AS ends "
    "CROSS JOIN messages ON place BETWEEN ends.value ->> 0 AND ends.value ->> 1 LEFT JOIN accounts ON number = account "
    "WHERE 1"
)
"""The same among several stretches: for an account that wrote one of a thousand there are a hundred to a page."""

_GIVEN: Final = "place IN (SELECT value FROM json_each(?))"
_AT: Final = f"{_LINES} WHERE {_GIVEN}"
_RUNS: Final = (
    "SELECT first, last, day, other, clock FROM runs WHERE conversation = ?1 AND first IN (SELECT "
    "(SELECT max(first) FROM runs WHERE conversation = ?1 AND first <= value) FROM json_each(?2)) ORDER BY first"
)

Span = tuple[int, int]
"""Messages from the first number to the second."""

_Pair = tuple[int, int, int]
"""An account, a kind, and how many messages they have together."""


class Sieve(msgspec.Struct, frozen=True):
    """Which messages are asked for: those for which all of it holds. None asks for nothing."""

    letter: str | None = None
    kinds: frozenset[Kind] | None = None
    days: tuple[date | None, date | None] = (None, None)
    """The first and the last day."""
    numbers: frozenset[int] | None = None
    """Messages that something points at, or that somebody cited."""


class Sieved(msgspec.Struct, frozen=True):
    """A page of them, in days; None where none fits."""

    days: DayPage | None
    total: int


def sieved(
    casefile: CaseFile, conversation: int, sieve: Sieve, turn: Turn = Turn.FROM, at: int = 0, about: int = ABOUT
) -> Sieved:
    """Up to ``about`` messages that fit, from number ``at`` on or up to it; the last ones where none comes after."""
    return Sought(casefile, conversation, sieve).page(turn, at, about)


class Sought:
    """One sieve over one conversation, for whoever asks more than one thing of it."""

    def __init__(self, casefile: CaseFile, conversation: int, sieve: Sieve) -> None:
        self._casefile = casefile
        self._conversation = conversation
        self._all = sieve.letter is None and sieve.kinds is None
        self._all_days = sieve.days == (None, None)
        self._pairs = self._pairs_of(sieve)
        self._spans = self._whole() if self._all_days else self._spans_of(*sieve.days)
        self._numbers = None if sieve.numbers is None else self._fitting(sieve.numbers)

    def page(self, turn: Turn = Turn.FROM, at: int = 0, about: int = ABOUT) -> Sieved:
        """Up to ``about`` messages that fit, from number ``at`` on or up to it; the last where none comes after."""
        total = self.total()
        back = turn is Turn.UNTIL
        found = self._lines(at, about + 1, back=back)
        if not found and total and not back:
            back, found = True, self._lines(_LAST, about + 1, back=True)
        if not found:
            return Sieved(None, total)
        lines = sorted(found[:about], key=lambda line: line.number)
        more = found[about].number if len(found) > about else None
        first, last = lines[0].number, lines[-1].number
        beyond = self._lines(last + 1 if back else first - 1, 1, back=not back)
        other = beyond[0].number if beyond else None
        earlier, later = (more, other) if back else (other, more)
        sections = tuple(_sections(self._casefile, self._conversation, lines))
        return Sieved(DayPage(self._conversation, first, last, sections, earlier, later, 1, 1), total)

    def nearest(self, number: int, kinds: Kinds, *, later: bool) -> int | None:
        """The nearest message that fits after (or before) ``number``, at which a rule points with one of ``kinds``.

        Whichever are few are looked through: given numbers, or else what the rules point to.
        """
        here = self._casefile, self._conversation
        if self._numbers is not None:
            cut = (bisect_right if later else bisect_left)(self._numbers, number)
            ahead = islice(self._numbers, cut, None) if later else reversed(self._numbers[:cut])
            return _first(ahead, lambda some: pointed_among(*here, some, kinds))
        if not self._pairs or not self._spans:
            return None
        first, last = self._spans[0][0], self._spans[-1][1]
        wrote = None if self._all else {account for account, _, _ in self._pairs}
        pointed = pointed_from(*here, number, kinds, wrote, later=later)
        within = takewhile(lambda one: one <= last if later else one >= first, pointed)
        low, high = (number, last) if later else (first, number)
        return _first(within if self._all else self._in_blocks(within, low, high, back=not later), self._fitting)

    def total(self) -> int:
        """How many fit."""
        if self._numbers is not None:
            return len(self._numbers)
        if self._all_days:
            return sum(messages for _, _, messages in self._pairs)
        return sum(self._count(span) for span in self._spans)

    def _lines(self, at: int, most: int, *, back: bool) -> list[Line]:
        """Up to ``most`` that fit, from ``at`` on, or backwards from it."""
        if self._numbers is not None:
            ahead = [number for number in self._numbers if (number <= at if back else number >= at)]
            chosen = ahead[: -most - 1 : -1] if back else ahead[:most]
            rows = self._casefile.rows(f"{_AT} ORDER BY place {_order(back=back)}", (self._places(chosen),))
            return [line_of(row) for row in rows]
        found: list[Line] = []
        stretches = self._stretches(at, back=back)
        few = 1 if self._all else min(most, _BLOCKS)
        while len(found) < most and (some := list(islice(stretches, few))):
            found += self._read(some, most - len(found), back=back)
            few = few if self._all else min(2 * few, _BLOCKS_AT_MOST)
        return found

    # -- what is asked for

    def _pairs_of(self, sieve: Sieve) -> list[_Pair]:
        rows = self._casefile.rows(
            "SELECT account, kind, messages, letter FROM sorts LEFT JOIN accounts ON number = account "
            "WHERE conversation = ?",
            (self._conversation,),
        )
        kinds = None if sieve.kinds is None else {NUMBER_OF[kind] for kind in sieve.kinds}
        return [
            (account, kind, messages)
            for account, kind, messages, letter in rows
            if sieve.letter in (None, letter or PLATFORM) and (kinds is None or kind in kinds)
        ]

    def _whole(self) -> list[Span]:
        rows = self._casefile.rows(
            "SELECT min(first), max(last) FROM runs WHERE conversation = ?", (self._conversation,)
        )
        return [(first, last) for first, last in rows if first is not None]

    def _spans_of(self, first: date | None, last: date | None) -> list[Span]:
        """The numbers that the days leave, in order, each stretch once."""
        rows = self._casefile.rows(
            "SELECT first, last FROM runs WHERE conversation = ?1 "
            "AND (day BETWEEN ?2 AND ?3 OR other BETWEEN ?2 AND ?3) ORDER BY first",
            (self._conversation, day_number(first or date.min), day_number(last or date.max)),
        )
        spans: list[Span] = []
        for begin, end in rows:
            if spans and spans[-1][1] + 1 == begin:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((begin, end))
        return spans

    def _fitting(self, numbers: Iterable[int]) -> list[int]:
        """Those of given numbers that fit, in order.

        The numbers of a conversation have no gap, so what lies within its days is there. Looking at each message would
        cost a page of the file for every one, of however many a rule points at.
        """
        begins = [first for first, _ in self._spans]
        ends = [-1, *(last for _, last in self._spans)]
        within = sorted(number for number in numbers if number <= ends[bisect_right(begins, number)])
        if self._all:
            return within
        wanted = {(account, kind) for account, kind, _ in self._pairs}
        rows = self._casefile.rows(
            f"SELECT place, ifnull(account, {NOBODY}), kind FROM messages WHERE {_GIVEN} ORDER BY place",  # noqa: S608  our own words
            (self._places(within),),
        )
        return [number_of(found) for found, account, kind in rows if (account, kind) in wanted]

    def _places(self, numbers: Iterable[int]) -> str:
        return msgspec.json.encode([place(self._conversation, number) for number in numbers]).decode()

    # -- those of an account or a kind

    def _stretches(self, at: int, *, back: bool) -> Iterator[Span]:
        """Numbers from ``at`` on (or backwards) among which messages that fit are, a stretch at a time."""
        for first, last in reversed(self._spans) if back else self._spans:
            low, high = (first, min(last, at)) if back else (max(first, at), last)
            if low > high:
                continue
            if self._all:
                yield low, high
                continue
            for block in self._blocks(low >> BLOCK_BITS, high >> BLOCK_BITS, back=back):
                begin = block << BLOCK_BITS
                yield max(low, begin), min(high, begin + (1 << BLOCK_BITS) - 1)

    def _blocks(self, low: int, high: int, *, back: bool) -> Iterator[int]:
        order = _order(back=back)
        sql = (
            "SELECT block FROM blocks WHERE conversation = ? AND account = ? AND kind = ? "  # noqa: S608  our own words
            f"AND block BETWEEN ? AND ? ORDER BY block {order}"
        )
        streams = [
            self._casefile.stream(sql, (self._conversation, account, kind, low, high))
            for account, kind, _ in self._pairs
        ]
        return (block for (block,), _ in groupby(merge(*streams, reverse=back)))

    def _in_blocks(self, numbers: Iterable[int], low: int, high: int, *, back: bool) -> Iterator[int]:
        """Those of ``numbers``, in order (or backwards), that lie in a block with a message that fits."""
        blocks = self._blocks(low >> BLOCK_BITS, high >> BLOCK_BITS, back=back)
        block = next(blocks, None)
        for number in numbers:
            here = number >> BLOCK_BITS
            while block is not None and (block > here if back else block < here):
                block = next(blocks, None)
            if block is None:
                return
            if block == here:
                yield number

    def _read(self, stretches: Sequence[Span], most: int, *, back: bool) -> list[Line]:
        ends = [(place(self._conversation, first), place(self._conversation, last)) for first, last in stretches]
        if self._all:  # one, which may be all there is
            rows = self._casefile.rows(f"{_ROWS} ORDER BY place {_order(back=back)} LIMIT ?", (*ends[0], most))
        else:
            rows = self._casefile.rows(_ROWS_AMONG + self._fits(), (msgspec.json.encode(ends).decode(),))
            rows.sort(key=itemgetter(0), reverse=back)
        return [line_of(row) for row in rows[:most]]

    def _fits(self) -> str:
        # Numbers of our own tables, never what somebody typed.
        if self._all:
            return ""
        pairs = ", ".join(f"({int(account)}, {int(kind)})" for account, kind, _ in self._pairs)
        return f" AND (ifnull(account, {NOBODY}), kind) IN (VALUES {pairs})" if pairs else " AND 0"

    def _count(self, span: Span) -> int:
        """Whole blocks by their sums, and row by row those that the ends of the span cut."""
        low, high = -(-span[0] >> BLOCK_BITS), (span[1] + 1 >> BLOCK_BITS) - 1
        if low > high:
            return self._counted(*span)
        sql = (
            "SELECT ifnull(sum(messages), 0) FROM blocks WHERE conversation = ? AND account = ? AND kind = ? "
            "AND block BETWEEN ? AND ?"
        )
        whole = sum(
            self._casefile.rows(sql, (self._conversation, account, kind, low, high))[0][0]
            for account, kind, _ in self._pairs
        )
        before = self._counted(span[0], (low << BLOCK_BITS) - 1)
        return int(whole) + before + self._counted((high + 1) << BLOCK_BITS, span[1])

    def _counted(self, first: int, last: int) -> int:
        if first > last:
            return 0
        found = self._casefile.rows(
            f"SELECT count(*) FROM messages WHERE place BETWEEN ? AND ?{self._fits()}",  # noqa: S608  our own words
            (place(self._conversation, first), place(self._conversation, last)),
        )
        return int(found[0][0])


def _first(numbers: Iterable[int], left: Callable[[list[int]], Collection[int]]) -> int | None:
    """The first of ``numbers`` that is among those that ``left`` leaves of a few of them."""
    rest, few = iter(numbers), _FEW
    while some := list(islice(rest, few)):
        kept = left(some)
        found = next((number for number in some if number in kept), None)
        if found is not None:
            return found
        few *= 2
    return None


def numbers_of_rule(casefile: CaseFile, conversation: int, rules: Iterable[str]) -> frozenset[int]:
    """The messages of a conversation at which one of ``rules`` points, as far as they are listed."""
    return frozenset(
        number_of(found)
        for rule in rules
        for (found,) in casefile.rows(
            "SELECT place FROM indicators WHERE rule = ? AND place BETWEEN ? AND ?",
            (rule, place(conversation, 0), place(conversation, _LAST)),
        )
    )


def _order(*, back: bool) -> str:
    return "DESC" if back else "ASC"


def _sections(casefile: CaseFile, conversation: int, lines: Sequence[Line]) -> Iterator[DaySection]:
    """``lines``, in order, under the days that they stand under."""
    numbers = msgspec.json.encode([line.number for line in lines]).decode()
    runs = casefile.rows(_RUNS, (conversation, numbers))
    begins = [run[0] for run in runs]
    for at, here in groupby(lines, key=lambda line: bisect_right(begins, line.number) - 1):
        yield _section(runs[at], list(here))


def _section(run: tuple[Any, ...], lines: list[Line]) -> DaySection:
    first, last, day, other, clock = run
    whole = len(lines) == last - first + 1
    return DaySection(
        date_or_none(day),
        date_or_none(other),
        Clock(clock),
        lines[0].number,
        lines[-1].number,
        tuple(lines),
        whole,
    )
