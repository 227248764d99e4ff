"""Indicators in a case file: stored as each conversation ends, read by message or by rule.

store_indicators(connection, watch.take(), writer)       while the case file is built
indicators_between(casefile, 3, 4801, 5000)              of these messages of conversation 3, in reading order
indicators_of_rule(casefile, "age_stated", after=0)      of the whole case
indicator_counts(casefile)                               how often each rule pointed somewhere, by account
looked_at(casefile)                                      how many messages were looked at, and could not be

What is stored is the value of analysis/indicators/indicator.py as it was found: rule, version, messages, and the places
of the words that matched. The words themselves stand in the message and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import apsw
import msgspec

from safehand.analysis.indicators.indicator import Indicator
from safehand.analysis.indicators.tally import Looked
from safehand.analysis.indicators.watch import Taken
from safehand.casefile.read import CaseFile
from safehand.casefile.schema import NUMBER_BITS, conversation_of, number_of, place
from safehand.casefile.writing import ConversationWriter, encode

PAGE: Final = 200
"""Indicators that are read at once."""

_indicator = msgspec.msgpack.Decoder(Indicator).decode

_NOBODY: Final = 0
"""Stands for no account where a key needs one."""


class StoredIndicator(msgspec.Struct, frozen=True):
    """An indicator where it points: message ``number`` of ``conversation`` (the case file's own numbers).

    ``position`` tells several of one message apart. ``letter`` is that of the account that wrote the message, or None.
    """

    conversation: int
    number: int
    position: int
    letter: str | None
    indicator: Indicator


class IndicatorCount(msgspec.Struct, frozen=True):
    """How often a rule saw a kind of thing in what one account wrote, those beyond the listed too."""

    conversation: int
    rule: str
    kind: str
    letter: str | None
    count: int


def store_indicators(connection: apsw.Connection, taken: Taken, writer: ConversationWriter) -> None:
    """Store what was found in the conversation that ``writer`` has just ended."""
    accounts = writer.cast.here()
    positions: dict[int, int] = {}
    rows = []
    for found in taken.indicators:
        key = place(writer.count, found.numbers[-1])
        positions[key] = position = positions.get(key, 0) + 1
        rows.append((key, position, found.rule, found.kind, accounts.get(found.by), encode(found)))
    connection.executemany("INSERT INTO indicators VALUES (?, ?, ?, ?, ?, ?)", rows)
    counts: Counter[tuple[str, str, int]] = Counter()
    for (_, rule, kind, by), count in taken.counts.items():
        counts[rule, kind, accounts.get(by, _NOBODY)] += count
    connection.executemany(
        "INSERT INTO indicator_counts VALUES (?, ?, ?, ?, ?)",
        ((writer.count, *key, count) for key, count in counts.items()),
    )
    connection.executemany(
        "INSERT INTO looked_at VALUES (?, ?, ?)",
        ((writer.count, looked.messages, looked.not_analysed) for looked in taken.looked.values()),
    )

    _store_days(connection, writer.count)


# The day of the run that a message stands in: what the reader has as its heading.
_DAYS: Final = (
    "INSERT INTO indicator_days SELECT ?1, rule, kind, (SELECT day FROM runs WHERE conversation = ?1 "
    "AND first <= place - (?1 << ?2) ORDER BY first DESC LIMIT 1) AS day, min(place) - (?1 << ?2) FROM indicators "
    "WHERE place > (?1 << ?2) AND place < (?1 + 1 << ?2) GROUP BY rule, kind, day HAVING day IS NOT NULL"
)


def _store_days(connection: apsw.Connection, conversation: int) -> None:
    connection.execute(_DAYS, (conversation, NUMBER_BITS))


FOUND: Final = (
    "SELECT place, position, letter, indicator FROM indicators LEFT JOIN accounts ON accounts.number = account "
)
"""What ``stored`` is made of; for this package, with a WHERE after it."""


_AT: Final = "WHERE place IN (SELECT value FROM json_each(?)) ORDER BY place, position"


def indicators_between(casefile: CaseFile, conversation: int, first: int, last: int) -> tuple[StoredIndicator, ...]:
    """Every indicator that points at messages ``first`` to ``last`` (included) of a conversation."""
    ends = (place(conversation, first), place(conversation, last))
    rows = casefile.rows(FOUND + "WHERE place BETWEEN ? AND ? ORDER BY place, position", ends)
    return tuple(stored(*row) for row in rows)


def indicators_at(casefile: CaseFile, conversation: int, numbers: Iterable[int]) -> tuple[StoredIndicator, ...]:
    """Every indicator that points at one of these messages of a conversation, in reading order."""
    places = msgspec.json.encode([place(conversation, number) for number in numbers]).decode()
    rows = casefile.rows(f"{FOUND}{_AT}", (places,))
    return tuple(stored(*row) for row in rows)


def indicators_of_rule(
    casefile: CaseFile, rule: str, after: tuple[int, int] = (0, 0), limit: int = PAGE
) -> tuple[StoredIndicator, ...]:
    """Up to ``limit`` indicators of a rule after (conversation, number), in reading order of the whole case."""
    rows = casefile.rows(
        FOUND + "WHERE rule = ? AND place > ? ORDER BY place, position LIMIT ?", (rule, place(*after), limit)
    )
    return tuple(stored(*row) for row in rows)


def indicator_counts(casefile: CaseFile) -> tuple[IndicatorCount, ...]:
    """Every count there is, by conversation, rule, kind and account. What has none was not found; see looked_at."""
    rows = casefile.rows(
        "SELECT conversation, rule, kind, letter, count FROM indicator_counts "
        "LEFT JOIN accounts ON accounts.number = account ORDER BY conversation, rule, kind, account"
    )
    return tuple(IndicatorCount(*row) for row in rows)


def looked_at(casefile: CaseFile) -> dict[int, Looked]:
    """By conversation: messages in which somebody speaks, and how many of them were not analysed."""
    rows = casefile.rows("SELECT conversation, messages, not_analysed FROM looked_at ORDER BY conversation")
    return {conversation: Looked(messages, not_analysed) for conversation, messages, not_analysed in rows}


def stored(key: int, position: int, letter: str | None, indicator: bytes) -> StoredIndicator:
    """A row of FOUND. For this package."""
    return StoredIndicator(conversation_of(key), number_of(key), position, letter, _indicator(indicator))
