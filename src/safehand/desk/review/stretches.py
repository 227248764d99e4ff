"""Which messages were shown, as a custody entry says it where others stand between them.

    stretches([(1, 4), (1, 5), (2, 1), (1, 9)])     [(1, 4, 5), (1, 9, 9), (2, 1, 1)]
    entered(...)                                    {"messages": 4, "from": [[1, 4], …], "to": [[1, 5], …]}

Each message is a conversation of the case and its number there (docs/spec/custody-log.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from safehand.desk.custody.entry import Details


def stretches(messages: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Conversation, first and last number of each stretch without a hole, in order."""
    by_conversation: defaultdict[int, list[int]] = defaultdict(list)
    for conversation, number in messages:
        by_conversation[conversation].append(number)
    found = []
    for conversation, numbers in sorted(by_conversation.items()):
        # Consecutive numbers have one difference to their place in the order.
        for _, here in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
            stretch = [number for _, number in here]
            found.append((conversation, stretch[0], stretch[-1]))
    return found


def entered(shown: Sequence[tuple[int, int, int]]) -> Details:
    """What an entry says of them: how many messages, and the first and the last of each stretch."""
    return {
        "messages": sum(last - first + 1 for _, first, last in shown),
        "from": [[conversation, first] for conversation, first, _ in shown],
        "to": [[conversation, last] for conversation, _, last in shown],
    }
