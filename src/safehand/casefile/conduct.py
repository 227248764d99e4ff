"""What each account did in a conversation, as it was counted while the case file was built.

conduct_of(casefile, 1)                         (("A", SideConduct(…)), ("B", SideConduct(…)))
first_act_of(casefile, "B")                     (1, 2): the first thing that account did in the case
places_of(casefile, 1, "B", rule, kind, 5)      (7,), (6, 9): messages of what a rule points to
"""

from __future__ import annotations

from typing import Final, NamedTuple

import msgspec

from safehand.analysis.conduct.sides import SideConduct
from safehand.analysis.indicators.indicator import Indicator
from safehand.casefile.read import CaseFile
from safehand.casefile.schema import NUMBER_BITS, place

_LAST: Final = (1 << NUMBER_BITS) - 1

_conduct = msgspec.msgpack.Decoder(SideConduct).decode
_indicator = msgspec.msgpack.Decoder(Indicator).decode


class LetteredConduct(NamedTuple):
    """The letter of an account and what it did."""

    letter: str
    conduct: SideConduct


def conduct_of(casefile: CaseFile, conversation: int) -> tuple[LetteredConduct, ...]:
    """Every account that did anything in a conversation, by letter. Empty where there is no such conversation."""
    rows = casefile.rows(
        "SELECT letter, conduct FROM conduct JOIN accounts ON number = account WHERE conversation = ? ORDER BY account",
        (conversation,),
    )
    return tuple(LetteredConduct(letter, _conduct(stored)) for letter, stored in rows)


def letters_of(casefile: CaseFile) -> tuple[str, ...]:
    """Every account of the case, in the order of the letters."""
    return tuple(letter for (letter,) in casefile.rows("SELECT letter FROM accounts ORDER BY number"))


def first_act_of(casefile: CaseFile, letter: str) -> tuple[int, int] | None:
    """Conversation and message number of the first thing an account did; None where it did nothing."""
    rows = casefile.rows(
        "SELECT conversation, conduct FROM conduct JOIN accounts ON number = account WHERE letter = ? "
        "ORDER BY conversation LIMIT 1",
        (letter,),
    )
    return next(((conversation, _conduct(stored).first) for conversation, stored in rows), None)


def places_of(
    casefile: CaseFile, conversation: int, letter: str, rule: str, kind: str, limit: int
) -> tuple[tuple[int, ...], ...]:
    """The messages of up to ``limit`` indicators of a rule and a kind that are by this account, in reading order."""
    rows = casefile.rows(
        "SELECT indicator FROM indicators JOIN accounts ON number = account WHERE rule = ? AND place > ? "
        "AND place < ? AND kind = ? AND letter = ? ORDER BY place, position LIMIT ?",
        (rule, place(conversation, 0), place(conversation, _LAST), kind, letter, limit),
    )
    return tuple(_indicator(stored).numbers for (stored,) in rows)
