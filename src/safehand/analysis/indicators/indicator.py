"""Indicators: a rule's pointer to a message, a prompt to look. The value; the rules are in the families beside it.

    Indicator("age_stated", 1, conversation="1", kind="13_to_15", numbers=(41,), words=(Words(41, 0, 5),), by="Kim",
              value=13)

It says which rule, in which version, where, and on which words it rests. It never says how likely anything is: there is
no number in it that could be added up. ``value`` is what the words themselves say (an age, hours of silence).
"""

from __future__ import annotations

from typing import Final

import msgspec

LISTED: Final = 500
"""Indicators of one rule and conversation that are listed. All are counted: a long chat costs no more than a short."""


class Words(msgspec.Struct, frozen=True, gc=False):
    """Characters ``start`` to ``end`` (not included) of the text of message ``number``, as the source wrote it."""

    number: int
    start: int
    end: int


class Indicator(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One pointer. The last of ``numbers`` is the message it points at; those before are what it follows from."""

    rule: str
    version: int
    conversation: str
    kind: str
    """One of the rule's own kinds (rule.py): what it saw, and which way that can be read."""
    numbers: tuple[int, ...]
    words: tuple[Words, ...] = ()
    by: str | None = None
    """The account that wrote the message it points at (``Participant.key``). An account, never a person."""
    value: int | None = None
