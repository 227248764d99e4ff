"""What a picture tells apart: accounts of one conversation, or conversations of a case.

    parts_of_accounts(("A", "B", None)).told(0, 3)        "A 3"
    parts_of_conversations((1, 2)).told(1, 3)             "conversation 2: 3"

A conversation is told by its number and by shape alone, with no colour of an account's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safehand.desk.core import say
from safehand.desk.review.pictures.frame import Lane
from safehand.desk.review.presenters.figures import OTHERS, Head, heads_of, lanes_of


@dataclass(frozen=True, slots=True)
class Parts:
    """One lane, head and name for each; all that have none of their own are the last."""

    lanes: tuple[Lane, ...]
    heads: tuple[Head, ...]
    names: tuple[str, ...]
    between: str
    """What stands between a name and its count."""

    def told(self, at: int, count: int) -> str:
        """One of them with its count."""
        return f"{self.names[at]}{self.between}{say.count(count)}"


def parts_of_accounts(letters: Sequence[str | None]) -> Parts:
    """Accounts, by their letters."""
    return Parts(lanes_of(letters), heads_of(letters), tuple(letter or OTHERS for letter in letters), " ")


def parts_of_conversations(numbers: Sequence[int | None]) -> Parts:
    """Conversations, by their numbers."""
    return Parts(
        tuple(Lane(str(number or OTHERS), hatched=at % 2 == 1) for at, number in enumerate(numbers)),
        tuple(Head(f"Conversation {number}" if number else f"Others ({OTHERS})") for number in numbers),
        tuple(f"conversation {number}" if number else "others" for number in numbers),
        ": ",
    )
