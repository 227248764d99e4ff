"""Several conversations in a sentence, and which of them are one in two exports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from safehand.casefile.whole import StoredOverlap
from safehand.desk.core import say

_MOST: Final = 8
"""Conversations that are named; more are counted."""


def conversations_words(numbers: Sequence[int]) -> str:
    """``conversation 2``, ``conversations 2 and 3``, ``conversations 1, 2, 3 and 12 more``."""
    if len(numbers) == 1:
        return f"conversation {numbers[0]}"
    if len(numbers) > _MOST:
        return f"conversations {', '.join(map(str, numbers[:_MOST]))} and {say.count(len(numbers) - _MOST)} more"
    return f"conversations {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def twice_words(overlaps: Iterable[StoredOverlap], consequence: str) -> Iterable[str]:
    """Which conversations are one in two exports, and what that means for a page that has both."""
    for one in overlaps:
        same = say.counted(one.same, "message")
        yield f"Conversations {one.a} and {one.b} are one in two exports, with {same} the same: {consequence}."
