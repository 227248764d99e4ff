"""Day or month first? Decided over a whole file by listed evidence, and left open where there is none.

    04/01/2023   is the 4th of January on most phones and the 1st of April on some: the line itself cannot say

The evidence, best first (formats.md 1.1):

1. a year written first is followed by the month: nobody writes year, day, month;
2. a number over 12 is no month, and other dates that do not exist in one order (31/04) or lie before WhatsApp did;
3. where the first and the last number could both be the year, it is the one that takes far fewer values;
4. an export runs forward: in the wrong order its days run backwards, again and again;
5. the platform's own lines are in a language whose phones put the day first;
6. a person's statement, which never overrides the file.

AM and PM beside slashes hint at an American phone, and decide nothing: they are told as a hint. Where the evidence
leaves two orders, both stand in every date that differs, with the doubt order_ambiguous.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple, assert_never

from safehand.sources.local_time import local_micros
from safehand.sources.whatsapp.grammar import DAY as DATE_PART
from safehand.sources.whatsapp.grammar import Style
from safehand.sources.whatsapp.wordings import NOT_DAY_FIRST


class DateOrder(StrEnum):
    """In which order a date's numbers stand. The value is the label of a Reading."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    YEAR_FIRST = "year first"


FIRST_YEAR: Final = 1970
"""A phone that lost its clock writes 1970. Earlier years are another calendar's (1402 in Iran), and not read."""

LAST_YEAR: Final = 2049
"""Later years are another calendar's too (2566 in Thailand), as are two digits from 50 up."""

_WHATSAPP_BEGAN: Final = 2009
"""As evidence only: no file's order may rest on messages from before there was WhatsApp."""

_ODD_ONE: Final = 20
"""An order holds against one date in this many that contradicts it: a pasted line is no evidence about the file."""

_VALUES: Final = 5
_TIMES_AS_MANY: Final = 3
"""A number that takes at least so many values, and so many times as many as the other, is the day and not the year:
nobody writes on one day of the month alone, for years."""

_BACKWARD: Final = (10, 2)
"""The wrong order runs back at least 10 times as often as the right one, and 2 times more: an export that was joined
by hand, or a phone with a wrong clock, runs back once or twice in any order."""

_KEPT_DATES: Final = 50_000
"""Different dates remembered: more than a century of days."""


_GROUPS: Final = ("a", "b", "c", "month", "day")
"""The numbers of a date, as the grammar calls them."""

_CUSTOM: Final = 2
"""A file has a custom about zeros when it keeps to it in twice as many dates as not."""


class Decision(NamedTuple):
    """What a file's dates keep to."""

    orders: tuple[DateOrder, ...]
    """The orders that stand, best first. One: decided."""
    notes: tuple[str, ...]
    """The evidence, in plain sentences."""
    padding: tuple[tuple[str, bool], ...]
    """For each number of a date, by its group in the grammar: whether one digit has a zero before it (04) or not (4).
    A number that has no custom is not here."""


def candidates(style: Style) -> tuple[DateOrder, ...]:
    """The orders a style can mean at all."""
    if style.widths[0] in {"4", "sign"}:
        return (DateOrder.YEAR_FIRST,)
    if style.widths[1] == "4":
        return (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)
    return (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST)


@lru_cache(maxsize=4096)
def date_of(part: bytes, order: DateOrder) -> int | None:
    """The first moment of the day in a date part, read in one order; None when there is no such day."""
    found = DATE_PART.fullmatch(part)
    if found is None:
        return None
    if found["sign"] is not None:
        numbers = (found["year"], found["month"], found["day"])
    else:
        match order:
            case DateOrder.DAY_FIRST:
                numbers = (found["c"], found["b"], found["a"])
            case DateOrder.MONTH_FIRST:
                numbers = (found["c"], found["a"], found["b"])
            case DateOrder.YEAR_FIRST:
                numbers = (found["a"], found["b"], found["c"])
            case _:
                assert_never(order)
    # int() reads the digits of every script.
    year, month, day = (int(number.decode()) for number in numbers)
    if len(numbers[0].decode()) <= 2:
        year += 2000
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return local_micros(year, month, day)
    except ValueError:
        return None


class DateEvidence:
    """What the dates of one style say. Fed in file order, a window at a time."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._orders = candidates(style)
        self._seen: set[bytes] = set()
        self._fits: Counter[DateOrder] = Counter()
        self._only: Counter[DateOrder] = Counter()
        self._dates = 0
        self._last: dict[DateOrder, int] = {}
        self._back: Counter[DateOrder] = Counter()
        self._zeros: Counter[tuple[str, bool]] = Counter()
        self._firsts: set[bytes] = set()
        self._lasts: set[bytes] = set()

    def see(self, parts: list[bytes]) -> None:
        """Take in the date parts of consecutive messages."""
        for part in sorted(set(parts) - self._seen):
            self._judge(part)
        if len(self._standing()) > 1:
            # Only while nothing better has been seen does it matter in which direction the days run.
            for part, _ in groupby(parts):
                self._step(part)

    def _judge(self, part: bytes) -> None:
        if len(self._seen) < _KEPT_DATES:
            self._seen.add(part)
        self._zeros.update(_zeros(part))
        found = DATE_PART.fullmatch(part)
        if found is not None and found["a"] is not None:
            self._firsts.add(found["a"])
            self._lasts.add(found["c"])
        fits = [order for order in self._orders if _credible(part, order)]
        if fits:
            self._dates += 1
            self._fits.update(fits)
        if len(fits) == 1:
            self._only[fits[0]] += 1

    def _step(self, part: bytes) -> None:
        for order in self._orders:
            day = date_of(part, order)
            if day is None:
                continue
            if day < self._last.get(order, day):
                self._back[order] += 1
            self._last[order] = day

    def _standing(self) -> tuple[DateOrder, ...]:
        return tuple(order for order in self._orders if self._fits[order] == self._dates)

    def decide(self, languages: Iterable[str], *, day_first: bool | None, by: str | None) -> Decision:
        """Weigh it. ``languages`` are those of the platform's own lines; ``day_first`` is what a person said."""
        if len(self._orders) == 1:
            told = "Dates are written with the year first, so the month follows it."
            return Decision(self._orders, (told,), self._padding())
        orders, notes = self._by_numbers()
        if len(orders) > 1:
            orders, more = self._by_year(orders)
            notes += more
        if len(orders) > 1:
            orders, more = self._by_direction(orders)
            notes += more
        if len(orders) > 1:
            orders, more = self._by_language(orders, sorted(set(languages)))
            notes += more
        if len(orders) > 1 and day_first is not None:
            said = DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
            if said in orders:
                orders = (said,)
                notes += (f"That dates are {said} was stated by {by or 'a person'}; nothing in the file says it.",)
        elif day_first is not None and orders[0] is not _as_order(day_first=day_first):
            notes += (f"A person stated another order; the file says {orders[0]}, and the file is followed.",)
        if len(orders) > 1:
            notes += self._open(orders)
        return Decision(orders, notes, self._padding())

    def _padding(self) -> tuple[tuple[str, bool], ...]:
        customs = []
        for group in _GROUPS:
            with_zero, without = self._zeros[group, True], self._zeros[group, False]
            if max(with_zero, without) >= _CUSTOM * max(1, min(with_zero, without)):
                customs.append((group, with_zero > without))
        return tuple(customs)

    def _by_numbers(self) -> tuple[tuple[DateOrder, ...], tuple[str, ...]]:
        standing = self._plausible(self._standing())
        if len(standing) == 1 and self._dates:
            against = ", ".join(
                f"{self._dates - self._fits[order]} of {self._dates} different dates cannot be read {order}"
                for order in self._orders
                if self._fits[order] < self._dates
            )
            return standing, (f"Dates are {standing[0]}: {against}.",)
        if standing:
            return standing, ()
        best = max(self._orders, key=lambda order: self._only[order])
        odd = sum(self._only[order] for order in self._orders if order is not best)
        if self._only[best] >= _ODD_ONE * max(odd, 1):
            told = f"Dates are {best}: {self._only[best]} different dates can be read in no other order"
            return (best,), (f"{told}, and {odd} only in another; those are marked.",)
        possible = self._plausible(tuple(order for order in self._orders if self._fits[order]))
        return possible, ("The dates contradict each other: some can only be read in one order, some only in another.",)

    def _plausible(self, orders: tuple[DateOrder, ...]) -> tuple[DateOrder, ...]:
        # Two digits for a year written first: French in Canada (23-01-04) and Korean (23. 1. 4.) do so; with other
        # separators it is taken up only where nothing else fits.
        if len(orders) > 1 and self._style.separator not in {"-", "._"}:
            return tuple(order for order in orders if order is not DateOrder.YEAR_FIRST)
        return orders

    def _by_year(self, orders: tuple[DateOrder, ...]) -> tuple[tuple[DateOrder, ...], tuple[str, ...]]:
        firsts, lasts = len(self._firsts), len(self._lasts)
        fewer, more = sorted((firsts, lasts))
        if DateOrder.YEAR_FIRST not in orders or more < _VALUES or more < _TIMES_AS_MANY * fewer:
            return orders, ()
        told = f"The first number of the dates takes {firsts} values and the last {lasts}"
        if firsts < lasts:
            return (DateOrder.YEAR_FIRST,), (f"{told}: the year comes first.",)
        left = tuple(order for order in orders if order is not DateOrder.YEAR_FIRST)
        return left, (f"{told}: the year comes last.",)

    def _by_direction(self, orders: tuple[DateOrder, ...]) -> tuple[tuple[DateOrder, ...], tuple[str, ...]]:
        times, more = _BACKWARD
        least = min(self._back[order] for order in orders)
        left = tuple(order for order in orders if self._back[order] < times * least + more)
        if len(left) == len(orders):
            return orders, ()
        counts = ", ".join(f"{self._back[order]} times {order}" for order in orders)
        return left, (f"The days of the file run backwards {counts}.",)

    def _by_language(
        self, orders: tuple[DateOrder, ...], languages: list[str]
    ) -> tuple[tuple[DateOrder, ...], tuple[str, ...]]:
        if not languages or NOT_DAY_FIRST & set(languages) or DateOrder.YEAR_FIRST in orders:
            return orders, ()
        told = (
            f"Dates are day first: the platform's own lines are in a language that writes so ({', '.join(languages)})."
        )
        return (DateOrder.DAY_FIRST,), (told,)

    def _open(self, orders: tuple[DateOrder, ...]) -> tuple[str, ...]:
        told = f"Whether dates are {' or '.join(orders)} cannot be told from {self._dates} different dates."
        if self._style.half and self._style.separator == "/":
            return told, "AM and PM beside slashes hint at month first. It was not used: a hint decides nothing."
        return (told,)


def breaks_padding(part: bytes, padding: tuple[tuple[str, bool], ...]) -> bool:
    """Whether a date writes 04 where its file writes 4, or 4 where it writes 04."""
    return any((group, not zero) in _zeros(part) for group, zero in padding)


def _zeros(part: bytes) -> tuple[tuple[str, bool], ...]:
    """For each number under 10 of a date that is no year: whether a zero stands before it."""
    found = DATE_PART.fullmatch(part)
    if found is None:
        return ()
    numbers = {group: found[group].decode() for group in _GROUPS if found[group] is not None}
    return tuple((group, len(number) > 1) for group, number in numbers.items() if len(number) <= 2 and int(number) < 10)


def _as_order(*, day_first: bool) -> DateOrder:
    return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST


_BEGAN: Final = local_micros(_WHATSAPP_BEGAN, 1, 1)


def _credible(part: bytes, order: DateOrder) -> bool:
    day = date_of(part, order)
    return day is not None and day >= _BEGAN
