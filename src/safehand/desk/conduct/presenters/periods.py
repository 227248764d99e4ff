"""Who typed when, in words: the periods that the holder declared, along the messages of an account."""

from __future__ import annotations

from dataclasses import dataclass

from safehand.desk.cases.declarations import period_words, who_typed
from safehand.desk.conduct.models import RecordedAs
from safehand.desk.conduct.periods import CHILD, NEAR, AlongSeen, Inside, Overlap, PeriodSeen
from safehand.desk.conduct.shown import AccountSeen, ConductShown
from safehand.desk.core import say
from safehand.desk.review.presenters.letters import Chip, chip

_HOURS = NEAR // 3_600_000_000


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period, or (``title`` says so) what is in none. ``first`` and ``last`` are numbers of messages to go to."""

    title: str
    when: str
    messages: str
    first: int | None
    last: int | None
    near: str


@dataclass(frozen=True, slots=True)
class AlongWords:
    """The periods of one account."""

    chip: Chip
    title: str
    rows: tuple[PeriodRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypedWords:
    """All of it; None of the page where the statement has no periods. ``why_not``: why an account has no table."""

    along: tuple[AlongWords, ...]
    why_not: tuple[str, ...]


def typed_words(shown: ConductShown) -> TypedWords | None:
    """Present it."""
    if not shown.declared_accounts:
        return None
    return TypedWords(tuple(map(_along, shown.along)), tuple(_why_not(shown)))


def _along(seen: AlongSeen) -> AlongWords:
    rows = [*map(_row, seen.periods), _outside(seen.outside)]
    return AlongWords(chip(seen.letter), f"Account {seen.account} of the statement", tuple(rows), tuple(_notes(seen)))


def _row(seen: PeriodSeen) -> PeriodRow:
    one, inside = seen.declared, seen.inside
    if inside is None:
        why = (
            "Not counted: a child typed."
            if one.who == CHILD and not one.is_open
            else "Not counted: a limit is not known."
        )
    else:
        why = say.counted(inside.messages, "message")
    return PeriodRow(
        title=f"Period {one.number}: {who_typed(one.who)}",
        when=period_words(one.start, one.end),
        messages=why,
        first=inside.first if inside is not None else None,
        last=inside.last if inside is not None else None,
        near=f"{say.count(seen.near)} within {_HOURS} hours of a limit" if seen.near is not None else "",
    )


def _outside(inside: Inside) -> PeriodRow:
    return PeriodRow(
        title="In no period: who typed is not stated",
        when="",
        messages=say.counted(inside.messages, "message"),
        first=inside.first,
        last=inside.last,
        near="",
    )


def _notes(seen: AlongSeen) -> list[str]:
    notes = [_overlap(one) for one in seen.overlaps]
    if seen.without_zone:
        notes.append(
            "The statement names no zone for its times: they are read by the clock that the messages are told by."
        )
    if seen.by_device:
        notes.append(f"{say.counted(seen.by_device, 'message')} of this account by a clock that names no zone.")
    if any(one.near is not None for one in seen.periods):
        notes.append(f"With another zone, what is within {_HOURS} hours of a limit might be on its other side.")
    if seen.may_be_open:
        notes.append("A period with a limit that the holder does not know may hold some of what is in no other.")
    if seen.not_placed:
        words = "has no time, or a day" if seen.not_placed == 1 else "have no time, or a day"
        notes.append(f"{say.counted(seen.not_placed, 'message')} {words} that can be read two ways: in no row.")
    if seen.without_hour:
        notes.append(f"{say.counted(seen.without_hour, 'message')} of the day of a limit, without an hour: in no row.")
    if seen.more:
        notes.append(f"{say.counted(seen.more, 'more period')} without a row, reckoned with in what is in none.")
    return notes


def _overlap(one: Overlap) -> str:
    both = f"Periods {one.first} and {one.second} have time in common"
    return f"{both}." if one.messages is None else f"{both}: {say.counted(one.messages, 'message')} in both."


def _why_not(shown: ConductShown) -> list[str]:
    """Of each account of the statement that has no table here, why."""
    laid = {one.account for one in shown.along}
    return [_reason(account, shown.accounts) for account in shown.declared_accounts if account not in laid]


def _reason(account: int, accounts: tuple[AccountSeen, ...]) -> str:
    tied = [one for one in accounts if one.still_it and one.record is not None and one.record.declared == account]
    here = [one for one in tied if one.here]
    if not tied:
        return f"Account {account} of the statement: nobody has recorded which account of this case it is."
    if not here:
        return f"Account {account} of the statement takes no part in this conversation."
    if all(one.record is not None and one.record.recorded_as is RecordedAs.CHILD for one in here):
        return f"Account {account} of the statement is recorded as a real child’s: nothing of it is laid out."
    return f"Account {account} of the statement wrote nothing here, or is one of many that are not counted apart."
