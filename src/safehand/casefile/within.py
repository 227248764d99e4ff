"""What one account wrote between two clock readings, however many messages there are.

    wrote = wrote_of(casefile, 1, "A")
    wrote.before(at)                   how many of its messages surely read earlier than ``at``
    wrote.until(at)                    those, and the ones of that day whose hour nobody knows
    wrote.earliest(start, end)         the number of the first of them in time from ``start`` to before ``end``
    wrote.latest(start, end)           and of the last

Readings are those of clock.py: UK time where the instant is known, the device's own clock where it is not, in
microseconds. Whole days and ten minutes are sums that were made while the case file was built (tempo.py); only the ten
minutes in which a limit lies are looked at message by message, by the index of times. In the hour that the UK's clock
reads twice in October two messages an hour apart read alike. A day that can be read two ways is in none of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from safehand.casefile.clock import DAY, Clock, in_london, utc_of_london
from safehand.casefile.read import CaseFile, line_of
from safehand.casefile.schema import NUMBER_BITS, place
from safehand.casefile.tempo import NO_HOUR, NOBODY_TALKS, TEN
from safehand.casefile.views import Line
from safehand.model.instant import Precision

_LAST: Final = (1 << NUMBER_BITS) - 1
_TWICE: Final = DAY // 24
"""For so long the UK's clock reads the same again when it is put back."""

_LINES: Final = (
    "SELECT place, letter, at, other, clock, gap, whole FROM messages LEFT JOIN accounts ON number = account "
    "WHERE clock = ?1 AND sent IS NOT NULL AND sent >= ?2 AND sent < ?3 AND account = ?4 AND place BETWEEN ?5 AND ?6 "
    "AND at >= ?7 AND at < ?8"
)


def wrote_of(casefile: CaseFile, conversation: int, letter: str) -> Wrote | None:
    """What an account wrote in a conversation. None where it wrote nothing, or has no sums of its own there: in a
    group those who wrote least are summed together.
    """
    rows = casefile.rows(
        "SELECT account, sum(messages) FROM turns JOIN accounts ON number = account WHERE conversation = ? "
        "AND letter = ? GROUP BY account",
        (conversation, letter),
    )
    return Wrote(casefile, conversation, *rows[0]) if rows else None


class Wrote:
    """The messages of one account in one conversation. ``messages``: all; ``placed``: those with one known reading."""

    def __init__(self, casefile: CaseFile, conversation: int, account: int, messages: int) -> None:
        self._casefile, self._conversation, self._account = casefile, conversation, account
        rows = casefile.rows(
            "SELECT day, messages FROM days WHERE conversation = ? AND reading = 0 AND account = ? ORDER BY day",
            (conversation, account),
        )
        self._days: list[int] = [day for day, _ in rows]
        self._sums: list[int] = [0, *accumulate(count for _, count in rows)]
        self._tens_of: dict[int, list[tuple[int, int, int]]] = {}
        self.messages = messages
        self.placed = self._sums[-1]

    def before(self, at: int) -> int:
        """How many surely read earlier than ``at``."""
        day, into = divmod(at, DAY)
        count: int = self._sums[bisect_left(self._days, day)]
        ten = into // TEN
        count += sum(messages for each, messages, _ in self._tens(day) if NO_HOUR < each < ten)
        return count + (len(self._read(day, ten, day * DAY + ten * TEN, at)) if into % TEN else 0)

    def until(self, at: int) -> int:
        """How many may read earlier than ``at``: with those of its day whose hour the source does not give."""
        day, into = divmod(at, DAY)
        return self.before(at) + sum(messages for each, messages, _ in self._tens(day) if into and each == NO_HOUR)

    def earliest(self, start: int | None, end: int | None) -> int | None:
        """The number of the first in time that surely reads from ``start`` on and before ``end``; None: no limit."""
        return self._one(start, end, forward=True)

    def latest(self, start: int | None, end: int | None) -> int | None:
        """The number of the last in time."""
        return self._one(start, end, forward=False)

    def _one(self, start: int | None, end: int | None, *, forward: bool) -> int | None:
        first = 0 if start is None else bisect_left(self._days, start // DAY)
        last = len(self._days) if end is None else bisect_right(self._days, end // DAY)
        days = self._days[first:last]
        for day in days if forward else reversed(days):
            for ten, _, number in _in_order(self._tens(day), forward=forward):
                found = self._in_ten(day, ten, number, start, end)
                if found:
                    return min(found)[1] if forward else max(found)[1]
        return None

    def _in_ten(self, day: int, ten: int, number: int, start: int | None, end: int | None) -> list[tuple[int, int]]:
        begins, ends = day * DAY + ten * TEN, day * DAY + (ten + 1) * TEN
        if ten == NO_HOUR:
            begins, ends = day * DAY, (day + 1) * DAY
            inside = (start is None or start <= begins) and (end is None or ends <= end)
            return [(begins, number)] if inside else []
        low = begins if start is None else max(begins, start)
        high = ends if end is None else min(ends, end)
        return [(line.at, line.number) for line in self._read(day, ten, low, high) if line.at is not None]

    def _tens(self, day: int) -> list[tuple[int, int, int]]:
        """Ten, messages and lowest number of each ten minutes of a day in which it wrote, earliest first."""
        if day not in self._tens_of:
            self._tens_of[day] = [
                (ten, messages, number)
                for ten, messages, number in self._casefile.rows(
                    "SELECT ten, messages, first FROM tens WHERE conversation = ? AND reading = 0 AND day = ? "
                    "AND account = ? ORDER BY ten",
                    (self._conversation, day, self._account),
                )
            ]
        return self._tens_of[day]

    def _read(self, day: int, ten: int, low: int, high: int) -> list[Line]:
        """The messages of ten minutes that read from ``low`` on and before ``high``; none where there is no sum."""
        if low >= high or all(each != ten for each, *_ in self._tens(day)):
            return []
        return [
            line
            for line in self._lines(low, high)
            if line.message.kind not in NOBODY_TALKS and line.message.sent.precision is not Precision.DAY
        ]

    def _lines(self, low: int, high: int) -> Iterator[Line]:
        here = (place(self._conversation, 0), place(self._conversation, _LAST))
        utc = utc_of_london(low)
        last_utc = utc + high - low
        if in_london(last_utc + _TWICE) < high + _TWICE:  # the clock is put back: it reads the same again
            last_utc += _TWICE
        for clock, first, last in ((Clock.UK, utc, last_utc), (Clock.DEVICE, low, high)):
            for row in self._casefile.rows(_LINES, (int(clock), first, last, self._account, *here, low, high)):
                yield line_of(row)


def _in_order(tens: Iterable[tuple[int, int, int]], *, forward: bool) -> list[tuple[int, int, int]]:
    """Earliest or latest first; a message whose hour is not known only where its day has no other."""
    rows = list(tens)
    hours = [row for row in rows if row[0] != NO_HOUR]
    without = [row for row in rows if row[0] == NO_HOUR]
    return [*(hours if forward else reversed(hours)), *without]
