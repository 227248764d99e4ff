"""Tables of an answers file: who controlled an account when, and what is left out.

    [[operator_periods]]                  [[exclusions]]
    account = "the account of Sam"        file = "WhatsApp Chat with Priya.txt"
    who = "parent_or_carer"               first_line = 1
    from = 2026-11-20T18:00:00            last_line = 240
    to = 2026-11-22T09:00:00              reason = "Another family's chat."

    [only]
    conversations = [2, 5]                reason = "The others have nothing to do with this."

A period without ``from`` begins with the first message, one without ``to`` ends with the last; ``"I don't know"`` there
says that nobody knows when. Two periods of one account may touch and never overlap: for every message at most one
person answers (domain.md F1.2). Of a period with an unknown end only what is sure of it counts. An exclusion
without lines leaves out the whole file. Nothing is left out without a reason, and what is left out is counted in the
statement (domain.md F10.8).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from safehand.errors import UsageError
from safehand.seal.answer_values import is_dont_know, read_text, read_when, wrong_answer
from safehand.seal.questions import WHO_TYPED

_PERIOD_KEYS: Final = frozenset({"account", "who", "from", "to"})
_EXCLUDE_KEYS: Final = frozenset({"file", "first_line", "last_line", "reason"})

_ONLY_KEYS: Final = frozenset({"conversations", "reason"})

UNKNOWN: Final = "dont_know"
"""Stands for the beginning or the end of a period when the holder does not know it."""

_FIRST: Final = datetime.min  # noqa: DTZ901  stands for "the first message"
_LAST: Final = datetime.max  # noqa: DTZ901  stands for "the last message"
_A_SECOND: Final = timedelta(seconds=1)  # dates have whole seconds: the least that a period can last

_MOST_ROWS: Final = 1000  # more than any chat had hands; keeps the statement readable


@dataclass(frozen=True, slots=True)
class OperatorPeriod:
    """``who`` typed on ``account`` from ``start`` (None: its first message) to ``end`` (None: its last).

    Either may be UNKNOWN.
    """

    account: str
    who: str
    start: str | None = None
    end: str | None = None

    @property
    def is_open(self) -> bool:
        """Is its beginning or its end not known? Forms 1 to 3 of the statement have no place for that."""
        return UNKNOWN in (self.start, self.end)

    @property
    def dates(self) -> tuple[str, ...]:
        """Those of its limits that are dates."""
        return tuple(text for text in (self.start, self.end) if text is not None and text != UNKNOWN)


@dataclass(frozen=True, slots=True)
class Exclude:
    """What the holder asks to leave out of ``file``: lines, counted from 1, or all of it."""

    file: str
    reason: str
    first_line: int | None = None
    last_line: int | None = None


@dataclass(frozen=True, slots=True)
class Only:
    """What the holder picks to hand over: conversations by the numbers that ``safehand read`` gives them."""

    conversations: tuple[int, ...]
    """In order, each once."""
    reason: str
    """Why the others are left out."""


def read_periods(rows: object, where: str) -> tuple[OperatorPeriod, ...]:
    """The rows of ``[[operator_periods]]``, sorted, or UsageError: unknown keys, unknown people, overlaps."""
    periods = [_period(row, f"operator_periods[{place}]", where) for place, row in enumerate(_tables(rows, where), 1)]
    check_periods(periods, where)
    return tuple(sorted(periods, key=lambda period: (period.account.encode(), *(_sure(period) or (_LAST, _LAST)))))


def check_periods(periods: list[OperatorPeriod], where: str) -> None:
    """UsageError when two periods of one account overlap, when one ends before it begins, or zones are mixed."""
    by_account: dict[str, list[OperatorPeriod]] = {}
    for period in periods:
        by_account.setdefault(period.account, []).append(period)
    for rows in by_account.values():
        zoned = {datetime.fromisoformat(text).tzinfo is not None for row in rows for text in row.dates}
        if len(zoned) > 1:
            raise _bad_periods("Some of its dates have an offset from UTC and some have none.", where)
        sure = sorted(part for part in map(_sure, rows) if part is not None)
        if any(end < start for start, end in sure):
            raise _bad_periods("One of them ends before it begins.", where)
        if any(later[0] < earlier[1] for earlier, later in pairwise(sure)):
            raise _bad_periods("Two of them overlap.", where)


def read_exclusions(rows: object, where: str) -> tuple[Exclude, ...]:
    """The rows of ``[[exclusions]]``."""
    return tuple(_exclude(row, f"exclusions[{place}]", where) for place, row in enumerate(_tables(rows, where), 1))


def read_only(row: object, where: str) -> Only | None:
    """The table ``[only]``, or None where there is none."""
    if row is None:
        return None
    if not isinstance(row, dict):
        raise wrong_answer("only", "It is a table: [only].", where)
    _check_keys(row, _ONLY_KEYS, set(_ONLY_KEYS), "only", where)
    numbers = row["conversations"]
    if not isinstance(numbers, list) or not numbers or any(type(one) is not int or one < 1 for one in numbers):
        raise wrong_answer(
            "only.conversations", "It takes a list of numbers, as safehand read gives them: [2, 5].", where
        )
    return Only(tuple(sorted(set(numbers))), read_text(row["reason"], "only.reason", where))


def _tables(rows: object, where: str) -> list[dict[str, object]]:
    tables = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if not isinstance(rows, list) or len(tables) != len(rows) or len(rows) > _MOST_ROWS:
        raise UsageError(
            f"operator_periods and exclusions are at most {_MOST_ROWS} tables each: [[operator_periods]].", where=where
        )
    return tables


def _period(row: dict[str, object], key: str, where: str) -> OperatorPeriod:
    _check_keys(row, _PERIOD_KEYS, {"account", "who"}, key, where)
    who = row["who"]
    if who not in [choice.id for choice in WHO_TYPED]:
        raise wrong_answer(f"{key}.who", f"It takes one of: {', '.join(choice.id for choice in WHO_TYPED)}.", where)
    return OperatorPeriod(
        read_text(row["account"], f"{key}.account", where),
        str(who),
        _limit(row.get("from"), f"{key}.from", where),
        _limit(row.get("to"), f"{key}.to", where),
    )


def _limit(raw: object, key: str, where: str) -> str | None:
    if raw is None:
        return None
    return UNKNOWN if isinstance(raw, str) and is_dont_know(raw) else read_when(raw, key, where)


def _exclude(row: dict[str, object], key: str, where: str) -> Exclude:
    _check_keys(row, _EXCLUDE_KEYS, {"file", "reason"}, key, where)
    first, last = (row.get(name) for name in ("first_line", "last_line"))
    if (first is None) != (last is None):
        raise wrong_answer(key, "It takes first_line and last_line together, or neither for the whole file.", where)
    if first is not None and not (type(first) is int and type(last) is int and 0 < first <= last):
        raise wrong_answer(key, "Lines are counted from 1, and last_line is not before first_line.", where)
    return Exclude(
        read_text(row["file"], f"{key}.file", where),
        read_text(row["reason"], f"{key}.reason", where),
        first if isinstance(first, int) else None,
        last if isinstance(last, int) else None,
    )


def _check_keys(row: dict[str, object], known: frozenset[str], needed: set[str], key: str, where: str) -> None:
    unknown = sorted(row.keys() - known)
    if unknown:
        raise UsageError(f"Nothing is called {', '.join(f'{key}.{name}' for name in unknown)}.", where=where)
    missing = sorted(needed - row.keys())
    if missing:
        raise UsageError(f"{', '.join(f'{key}.{name}' for name in missing)} is missing.", where=where)


def _sure(period: OperatorPeriod) -> tuple[datetime, datetime] | None:
    """The time that was surely this person's.

    All of it where both limits are known, its last or its first second where one is, None where neither is.
    """
    start = None if period.start == UNKNOWN else _FIRST if period.start is None else _moment(period.start)
    end = None if period.end == UNKNOWN else _end_of(period.end)
    if start is not None and end is not None:
        return start, end
    if end is not None:
        return end - _A_SECOND, end
    return None if start is None else (start, start + _A_SECOND)


def _end_of(text: str | None) -> datetime:
    if text is None:
        return _LAST
    # A date without a time ends with its day.
    return _moment(text) + (timedelta(days=1) if len(text) == len("2026-11-24") else timedelta(0))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def _bad_periods(todo: str, where: str) -> UsageError:
    return UsageError("The operator periods of one account do not fit together.", where=where, todo=todo)
