"""Candidates about a page: what the reader asks of the indicators of one conversation.

    kinds = {"age_stated": frozenset({"under_13", "13_to_15"})}      which rules, and which of their kinds
    nearest(casefile, 1, 205, kinds, later=True)                     the next message with one of these, or None
    firsts(casefile, 1, kinds)                                       the first of each account, by its letter
    firsts_of_case(casefile)                                         the same of every conversation, rule and kind

Each is a few look-ups in one index, so that a page of a million messages costs no more than one of five thousand.
Nothing here counts across rules, and none found is told by what was looked at (looked_at_of), never as "not present".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

import msgspec

from safehand.analysis.indicators.indicator import LISTED
from safehand.analysis.indicators.language import RECORD_INTEGRITY
from safehand.analysis.indicators.sexual import SEXUAL_EPISODE
from safehand.analysis.indicators.tally import Looked
from safehand.casefile.indicators import FOUND, IndicatorCount, StoredIndicator, stored
from safehand.casefile.read import CaseFile
from safehand.casefile.schema import NUMBER_BITS, number_of, place

Kinds: TypeAlias = Mapping[str, frozenset[str]]
"""Some rules by their ids, each with the kinds of it that are meant."""

_LAST: Final = (1 << NUMBER_BITS) - 1

_OF_KIND: Final = "rule = ? AND place > ? AND place < ? AND instr(?, ',' || kind || ',')"
_FIRSTS: Final = (
    "SELECT letter, min(place) FROM indicators LEFT JOIN accounts ON accounts.number = account WHERE rule = ? "
    "AND place > ? AND place < ? AND instr(?, ',' || kind || ',') GROUP BY account"
)

# One look-up for each of what was counted: a rule that pointed to five hundred messages is not read through.
_FIRSTS_OF_CASE: Final = (
    "SELECT counted.conversation, counted.rule, counted.kind, letter, (SELECT place FROM indicators AS one "
    "WHERE one.rule = counted.rule AND place > (counted.conversation << ?1) "
    "AND place < (counted.conversation + 1 << ?1) AND one.kind = counted.kind "
    "AND ifnull(one.account, 0) = counted.account ORDER BY place LIMIT 1) AS first FROM indicator_counts AS counted "
    "LEFT JOIN accounts ON number = counted.account WHERE first IS NOT NULL"
)

# Rule and kind are compared as one word, so that no index by rule is taken: it would have to be read to its end.
_POINTED_FROM: Final = (
    "SELECT DISTINCT place FROM indicators WHERE place > ?1 AND place < ?2 "
    "AND rule || ' ' || kind IN (SELECT value FROM json_each(?3)) "
    "AND (?4 IS NULL OR account IS NULL OR rule = ?5 OR account IN (SELECT value FROM json_each(?4)))"
)

ANSWERED: Final = SEXUAL_EPISODE.id
"""The rule that points to what somebody answered and names whose words were answered: its account is not who wrote the
message. Every other one names whoever wrote the message at which it points (tests hold both).
"""


class FirstFound(NamedTuple):
    """The first message of an account in a conversation at which a rule sees a kind. ``letter`` None: the platform."""

    conversation: int
    rule: str
    kind: str
    letter: str | None
    number: int


def nearest(casefile: CaseFile, conversation: int, number: int, kinds: Kinds, *, later: bool) -> int | None:
    """The number of the nearest message after (or before) ``number`` at which one of ``kinds`` points, or None."""
    here = place(conversation, number)
    low, high = (here, place(conversation, _LAST)) if later else (place(conversation, 0), here)
    order = "ASC" if later else "DESC"
    places = [
        found
        for rule, of_it in kinds.items()
        for (found,) in casefile.rows(
            f"SELECT place FROM indicators WHERE {_OF_KIND} ORDER BY place {order} LIMIT 1",  # noqa: S608  our own words
            (rule, low, high, _joined(of_it)),
        )
    ]
    if not places:
        return None
    return number_of(min(places) if later else max(places))


def pointed_from(
    casefile: CaseFile,
    conversation: int,
    number: int,
    kinds: Kinds,
    accounts: Collection[int] | None = None,
    *,
    later: bool,
) -> Iterator[int]:
    """Every message after (or before) ``number`` at which one of ``kinds`` points, the nearest first.

    What is listed of all rules is read in turn, as far as is asked for: for whoever looks for one that is also
    something else. Where the nearest will do, ``nearest`` reads less. With ``accounts``, by their numbers in the case
    file (0 where the platform speaks), those alone that one of them wrote: the others are passed over where the rows
    are, as there may be thousands before the first that fits.
    """
    here = place(conversation, number)
    low, high = (here, place(conversation, _LAST)) if later else (place(conversation, 0), here)
    order = "ASC" if later else "DESC"
    pairs = [f"{rule} {kind}" for rule, of_it in kinds.items() for kind in of_it]
    rows = casefile.stream(
        f"{_POINTED_FROM} ORDER BY place {order}",
        (low, high, _json(pairs), None if accounts is None else _json(accounts), ANSWERED),
    )
    return (number_of(found) for (found,) in rows)


def pointed_among(casefile: CaseFile, conversation: int, numbers: Iterable[int], kinds: Kinds) -> frozenset[int]:
    """Those of ``numbers`` at which one of ``kinds`` points."""
    rows = casefile.rows(
        "SELECT place, rule, kind FROM indicators WHERE place IN (SELECT value FROM json_each(?))",
        (_json(place(conversation, number) for number in numbers),),
    )
    return frozenset(number_of(found) for found, rule, kind in rows if kind in kinds.get(rule, ()))


def firsts(casefile: CaseFile, conversation: int, kinds: Kinds) -> dict[str | None, int]:
    """The first message at which one of ``kinds`` points, by the letter of the account that wrote it."""
    ends = (place(conversation, 0), place(conversation, _LAST))
    found: dict[str | None, int] = {}
    for rule, of_it in kinds.items():
        rows = casefile.rows(_FIRSTS, (rule, *ends, _joined(of_it)))
        for letter, first in rows:
            found[letter] = min(number_of(first), found.get(letter, _LAST))
    return found


def firsts_of_case(casefile: CaseFile) -> tuple[FirstFound, ...]:
    """Of each conversation, rule, kind and account the first message at which it points."""
    rows = casefile.rows(_FIRSTS_OF_CASE, (NUMBER_BITS,))
    return tuple(
        FirstFound(conversation, rule, kind, letter, number_of(first))
        for conversation, rule, kind, letter, first in rows
    )


def passages(casefile: CaseFile, conversation: int, first: int, last: int) -> tuple[StoredIndicator, ...]:
    """Passages that are not analysed and reach into messages ``first`` to ``last``: each from its first message on."""
    rows = casefile.rows(
        FOUND + "WHERE rule = ? AND place >= ? AND place < ? ORDER BY place, position",
        (RECORD_INTEGRITY.id, place(conversation, first), place(conversation, _LAST)),
    )
    found = (stored(*row) for row in rows)
    return tuple(one for one in found if one.indicator.numbers[0] <= last)


def counts_of(casefile: CaseFile, conversation: int) -> tuple[IndicatorCount, ...]:
    """How often each rule saw each kind in what each account of one conversation wrote."""
    rows = casefile.rows(
        "SELECT conversation, rule, kind, letter, count FROM indicator_counts "
        "LEFT JOIN accounts ON accounts.number = account WHERE conversation = ? ORDER BY rule, kind, account",
        (conversation,),
    )
    return tuple(IndicatorCount(*row) for row in rows)


def looked_at_of(casefile: CaseFile, conversation: int) -> Looked | None:
    """How much of a conversation was looked at; None where no rule was asked."""
    rows = casefile.rows("SELECT messages, not_analysed FROM looked_at WHERE conversation = ?", (conversation,))
    return Looked(*rows[0]) if rows else None


def has_word_list(casefile: CaseFile) -> bool:
    """Whether there was a list of words for the rules that rest on one."""
    rows = casefile.rows("SELECT value FROM meta WHERE name = 'word_list'")
    return bool(rows) and rows[0][0] not in (None, "none")


def listed_until(casefile: CaseFile, conversation: int) -> dict[str, int]:
    """By rule, the number of the last message that is marked, where the rule pointed to more than are listed."""
    rows = casefile.rows(
        "SELECT rule, (SELECT max(place) FROM indicators WHERE indicators.rule = indicator_counts.rule "
        "AND place BETWEEN ? AND ?) FROM indicator_counts WHERE conversation = ? GROUP BY rule HAVING sum(count) > ?",
        (place(conversation, 0), place(conversation, _LAST), conversation, LISTED),
    )
    return {rule: number_of(last) for rule, last in rows if last is not None}


def _joined(kinds: frozenset[str]) -> str:
    return f",{','.join(sorted(kinds))},"


def _json(values: Iterable[object]) -> str:
    return msgspec.json.encode(list(values)).decode()
