"""Who is who in two exports of one conversation: each names the accounts in its own way.

    A: Priya, You                    B: +447700900123, Tom            Priya is +447700900123, You is Tom

An account that both sides call alike is the same account, and no count of messages makes it another: else two exports
in which somebody put each name in the place of the other would be said to agree. The others are matched by the messages
whose words are the same, the pair with the most of them first. Words that mean whoever made the export ("You", "owner")
are another account in each and are never taken at their word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.prints import NOBODY, Prints

RELATIVE: Final = frozenset({"you", "me", "self", "owner", "owner of this data", "stranger", "unknown"})
"""What forms call whoever made the export, and whoever they do not name."""


class WhoIsWho:
    """Accounts of A with the account of B that each is."""

    __slots__ = ("_a", "_b", "_found")

    def __init__(self, a: Prints, b: Prints, pairs: Iterable[tuple[int, int]]) -> None:
        """``pairs`` are places of the same words on both sides."""
        self._a, self._b = a, b
        self._found: dict[int, int] = {}
        together = Counter((a.who(here), b.who(there)) for here, there in pairs)
        taken = set()
        ranked = sorted(together.items(), key=lambda one: (-one[1], one[0]))
        for here, there in [*_called_alike(a, b), *(pair for pair, _ in ranked)]:
            if NOBODY not in (here, there) and here not in self._found and there not in taken:
                self._found[here] = there
                taken.add(there)

    def agree(self, here: int, there: int) -> bool:
        """Whether the messages at these places are of one account, as far as both sides say who wrote them."""
        one, other = self._a.who(here), self._b.who(there)
        return NOBODY in (one, other) or self._found.get(one) == other

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Keys of each pair of accounts, in the order of A."""
        a, b = list(self._a.accounts), list(self._b.accounts)
        return tuple((a[here], b[there]) for here, there in sorted(self._found.items()))


def _called_alike(a: Prints, b: Prints) -> Iterator[tuple[int, int]]:
    """Accounts with one key on both sides, and then those whose key is the name on the other."""
    keys = [key for key in a.accounts if key.casefold() not in RELATIVE]
    yield from ((a.accounts[key], b.accounts[key]) for key in keys if key in b.accounts)
    names_a, names_b = _names(a), _names(b)
    yield from ((a.accounts[key], names_b[key]) for key in keys if key in names_b)
    yield from ((names_a[key], b.accounts[key]) for key in b.accounts if key in names_a)


def _names(prints: Prints) -> dict[str, int]:
    """Names that one account alone has, and that say who it is."""
    times = Counter(prints.names)
    return {
        name: place
        for place, name in enumerate(prints.names)
        if name is not None and times[name] == 1 and name.casefold() not in RELATIVE
    }
