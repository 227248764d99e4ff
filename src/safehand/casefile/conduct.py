"""What each account did in a conversation, as it was counted while the case file was built.

conduct_of(casefile, 1)       (("A", SideConduct(…)), ("B", SideConduct(…)))
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from safehand.analysis.conduct.sides import SideConduct
from safehand.casefile.read import CaseFile

_conduct = msgspec.msgpack.Decoder(SideConduct).decode


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
