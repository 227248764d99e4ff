"""The blind set: conversations by somebody who had not seen the rules, judged and counted.

    blind_of(planted, innocent, found)      in all, by length and by how they are written

Short, middle and long are the lengths of analysis.md 8, for hand-written conversations: a rule that remembers has more
to remember in a long one, and a short one gives it nothing to go by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from band import reached
from conversations import Conversation
from counted import Counted, counted_by, judged_of, share_of
from judging import Judged
from safehand.analysis.indicators.indicator import Indicator
from shares import Share

BLIND_LENGTHS: Final = {"up to 15": 0, "16 to 60": 16, "61 to 149": 61, "150 and more": 150}
"""Messages of a conversation: a name, and the fewest that go by it."""


@dataclass(frozen=True, slots=True)
class Blind:
    """What the page tells of the blind set. Parts are by the names of BLIND_LENGTHS, or by WRITERS."""

    planted: int
    """How many conversations have labels."""
    judged: Judged
    innocent: Counted
    lengths: Mapping[str, Judged]
    innocent_lengths: Mapping[str, Counted]
    innocent_writers: Mapping[str, Counted]
    top: Share
    """Of planted conversations that are urgent by their words, those that reach the top band."""
    other: Share
    """Of the other planted conversations, those that do."""


def blind_of(
    planted: list[Conversation], innocent: list[Conversation], found: dict[str, tuple[Indicator, ...]]
) -> Blind:
    """The set, judged. ``found``: the indicators of each conversation, by its id."""
    return Blind(
        len(planted),
        judged_of(planted, found, whole=True),
        counted_by(innocent, found, lambda _: "").get("", Counted()),
        {
            name: judged_of([one for one in planted if blind_length(one) == name], found, whole=True)
            for name in BLIND_LENGTHS
        },
        counted_by(innocent, found, blind_length),
        counted_by(innocent, found, lambda one: one.writers),
        share_of([bool(reached(one, found[one.id])) for one in planted if one.band]),
        share_of([bool(reached(one, found[one.id])) for one in planted if not one.band]),
    )


def blind_length(one: Conversation) -> str:
    """The name of BLIND_LENGTHS that a conversation goes by."""
    return next(name for name, least in reversed(BLIND_LENGTHS.items()) if len(one.lines) >= least)
