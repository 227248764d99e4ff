"""Who typed when, as the holder declared, laid along the messages of one account of a conversation.

    along = laid_along(casefile, package, Means(1, "A", 1))
    along.periods[0].inside         Inside(messages=41, first=1, last=41)
    along.outside                   messages that are in no declared period

Which account of the conversation the statement means is an officer's record (recording.py) and guessed by nobody. A
period reaches from its beginning to before its end. Its limits are compared with UK time where the instant of a message
is known, and with the device's own clock where it is not; a limit with an offset from UTC is put on UK time. Where
either names no zone, messages within NEAR of a limit might be on its other side, and are counted beside it. A limit
that the holder does not know is no limit: nothing is counted of such a period. What a child typed is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from typing import Final, TypeAlias

from safehand.casefile.clock import DAY, in_london
from safehand.casefile.conduct import conduct_of
from safehand.casefile.read import CaseFile
from safehand.casefile.within import Wrote, wrote_of
from safehand.desk.cases.models import Package
from safehand.seal.periods import UNKNOWN

LISTED: Final = 30
"""Periods of one account that have a row. All are reckoned with in what is outside of them."""

NEAR: Final = 14 * DAY // 24
"""Zones run from twelve hours behind UTC to fourteen before it."""

CHILD: Final = "child"
"""Who typed, where the statement says that a child did (seal/questions.py)."""

_Between: TypeAlias = tuple[int | None, int | None]
"""From a reading on, to before another; None is no limit."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Inside:
    """Messages of a stretch: how many, and the numbers of the first and the last in time; None where there is none."""

    messages: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Period:
    """One period as it is kept (cases/declarations.py): None is no limit, UNKNOWN one that the holder does not know."""

    number: int
    """Its place among all periods of the statement, from 1."""
    account: int
    who: str
    start: str | None
    end: str | None

    @property
    def is_open(self) -> bool:
        """Whether one of its limits is not known."""
        return UNKNOWN in (self.start, self.end)

    @property
    def between(self) -> _Between:
        """Its limits as readings; None where there is none."""
        return _reading(self.start, ends=False), _reading(self.end, ends=True)

    @property
    def without_zone(self) -> bool:
        """Whether a limit names no offset from UTC."""
        dates = (text for text in (self.start, self.end) if text is not None and text != UNKNOWN)
        return any(datetime.fromisoformat(text).tzinfo is None for text in dates)


@dataclass(frozen=True, slots=True)
class PeriodSeen:
    """A period with what was written in it. ``inside`` is None where it is not counted: a limit is not known, or a
    child typed. ``near``: messages within NEAR of a limit, where a zone is in doubt; None where none is.
    """

    declared: Period
    inside: Inside | None
    near: int | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two periods of the account that have time in common, and the messages in both; None where a child typed."""

    first: int
    second: int
    messages: int | None


@dataclass(frozen=True, slots=True)
class AlongSeen:
    """The declared periods of one account along its messages in one conversation."""

    letter: str
    account: int
    """The account as the statement counts them."""
    periods: tuple[PeriodSeen, ...]
    more: int
    """Periods that have no row."""
    outside: Inside
    """In none of the periods whose limits are both known."""
    overlaps: tuple[Overlap, ...]
    may_be_open: bool
    """A period has a limit that is not known, and may hold some of what is outside of the others."""
    without_zone: bool
    """A limit names no zone."""
    by_device: int
    """Messages that are told by a clock which names no zone."""
    not_placed: int
    """Messages without a time, or whose day can be read two ways."""
    without_hour: int
    """Messages of the day of a limit whose hour is not known: on neither side of it."""


@dataclass(frozen=True, slots=True)
class Means:
    """Which account of a conversation an officer says that an account of the statement is.

    ``child_typed``: it was a real child's at first, so that what the child typed is not counted.
    """

    conversation: int
    letter: str
    account: int
    child_typed: bool = False


def declared_periods(package: Package) -> tuple[Period, ...]:
    """Every period of the statement, in its order."""
    rows = package.summary.get("periods", [])
    return tuple(Period(number, *row) for number, row in enumerate(rows, 1))


def declared_accounts(package: Package) -> tuple[int, ...]:
    """The accounts of which the statement has periods, as it counts them."""
    return tuple(sorted({one.account for one in declared_periods(package)}))


def laid_along(casefile: CaseFile, package: Package, means: Means) -> AlongSeen | None:
    """The periods along what the account wrote. None where it wrote nothing there, or is summed with others."""
    wrote = wrote_of(casefile, means.conversation, means.letter)
    if wrote is None:
        return None
    did = {one.letter: one.conduct for one in conduct_of(casefile, means.conversation)}
    by_device = did[means.letter].times.device if means.letter in did else 0
    every = [one for one in declared_periods(package) if one.account == means.account]
    child_typed = means.child_typed
    known = [one for one in every if not one.is_open]
    covered = _merged(one.between for one in known)
    outside = _sum(wrote, _outside(covered))
    inside = sum(_count(wrote, *one) for one in covered)
    return AlongSeen(
        letter=means.letter,
        account=means.account,
        periods=tuple(_seen(wrote, one, by_device, child_typed=child_typed) for one in every[:LISTED]),
        more=max(0, len(every) - LISTED),
        outside=outside,
        overlaps=tuple(islice(_overlaps(wrote, known, child_typed=child_typed), LISTED)),
        may_be_open=len(known) < len(every),
        without_zone=any(one.without_zone for one in every),
        by_device=by_device,
        not_placed=wrote.messages - wrote.placed,
        without_hour=wrote.placed - inside - outside.messages,
    )


def _seen(wrote: Wrote, one: Period, by_device: int, *, child_typed: bool) -> PeriodSeen:
    if one.is_open or (child_typed and one.who == CHILD):
        return PeriodSeen(one, None, None)
    doubted = by_device or one.without_zone
    limits = [at for at in one.between if at is not None]
    near = _merged((at - NEAR, at + NEAR) for at in limits)
    return PeriodSeen(
        one, _sum(wrote, [one.between]), sum(_count(wrote, *each) for each in near) if doubted and limits else None
    )


def _sum(wrote: Wrote, parts: Sequence[_Between]) -> Inside:
    """Messages of stretches that do not overlap, in their order."""
    first = next((at for at in (wrote.earliest(*one) for one in parts) if at is not None), None)
    last = next((at for at in (wrote.latest(*one) for one in reversed(parts)) if at is not None), None)
    return Inside(sum(_count(wrote, *one) for one in parts), first, last)


def _count(wrote: Wrote, start: int | None, end: int | None) -> int:
    before = wrote.placed if end is None else wrote.before(end)
    return max(0, before - (0 if start is None else wrote.until(start)))


def _merged(parts: Iterable[_Between]) -> list[_Between]:
    """The same time in stretches that neither overlap nor touch, in order."""
    merged: list[_Between] = []
    for start, end in sorted(parts, key=_beginning):
        last = merged[-1] if merged else None
        if last is not None and (last[1] is None or start is None or start <= last[1]):
            longer = None if last[1] is None or end is None else max(last[1], end)
            merged[-1] = (last[0], longer)
        else:
            merged.append((start, end))
    return merged


def _outside(covered: Sequence[_Between]) -> list[_Between]:
    """The time between, before and after stretches that are in order."""
    if not covered:
        return [(None, None)]
    begins, ends = covered[0][0], covered[-1][1]
    between = [(one[1], other[0]) for one, other in pairwise(covered)]
    before: list[_Between] = [(None, begins)] if begins is not None else []
    after: list[_Between] = [(ends, None)] if ends is not None else []
    return [*before, *between, *after]


def _overlaps(wrote: Wrote, known: Sequence[Period], *, child_typed: bool) -> Iterator[Overlap]:
    """Pairs of periods that have time in common. A sealer refuses them; what came otherwise is told all the same."""
    in_order = sorted(known, key=lambda each: _beginning(each.between))
    for place, one in enumerate(in_order):
        for other in in_order[place + 1 :]:
            (_, end), (start, until) = one.between, other.between
            if start is not None and end is not None and start >= end:
                break
            least = min((at for at in (end, until) if at is not None), default=None)
            hidden = child_typed and CHILD in (one.who, other.who)
            yield Overlap(one.number, other.number, None if hidden else _count(wrote, start, least))


def _beginning(between: _Between) -> tuple[bool, int]:
    return between[0] is not None, between[0] or 0


def _reading(text: str | None, *, ends: bool) -> int | None:
    """A limit as a clock's reading. A date without a time ends with its day."""
    if text is None or text == UNKNOWN:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        return in_london((moment - _EPOCH) // _MICRO)
    at = (moment.replace(tzinfo=UTC) - _EPOCH) // _MICRO
    return at + DAY if ends and len(text) == len("2026-11-24") else at
