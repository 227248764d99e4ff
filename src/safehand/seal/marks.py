"""Whether every marker stands in a sealed copy where the statement says that something was left out.

    Removed(start=48, end=48259)  →  at byte 48 of the copy:  [[safehand left out 48211 bytes]]

Checked while the payload streams by: a copy whose markers stand elsewhere could not be matched against the device.
"""

from __future__ import annotations

from typing import Final

from safehand.errors import SafehandError
from safehand.seal.embedded_rules import marker
from safehand.seal.layout import BAG
from safehand.seal.statement import Item, parse_statement

_SOMETHING_REMOVED: Final = b'"removed":[{'  # in canonical JSON it has no other spelling


class Marks:
    """The markers of one item, looked for at their places as its bytes go by."""

    __slots__ = ("_here", "_place", "_wanted", "missed")

    def __init__(self, item: Item) -> None:
        self._wanted: list[tuple[int, bytes]] = []
        self._here = b""
        self._place = 0
        self.missed = False
        shift = 0
        for removed in item.removed:
            text = marker(removed)
            self._wanted.append((removed.start - shift, text))
            shift += removed.end - removed.start - len(text)
        self._wanted.reverse()

    def feed(self, piece: bytes) -> None:
        """The item's next bytes."""
        data = self._here + piece
        base = self._place - len(self._here)
        self._place += len(piece)
        while self._wanted and self._wanted[-1][0] + len(self._wanted[-1][1]) <= self._place:
            place, text = self._wanted.pop()
            self.missed = self.missed or data[place - base : place - base + len(text)] != text
        # A marker may be cut by the end of a piece: from its first byte on it is kept.
        begin = self._wanted[-1][0] - base if self._wanted else len(data)
        self._here = data[max(0, begin) :] if begin < len(data) else b""

    def all_there(self) -> bool:
        """Whether each stood in its place. Ask after the last piece."""
        return not self.missed and not self._wanted


def marks_by_path(statement: bytes) -> dict[str, Marks]:
    """The marks to look for in each payload file; none when the statement cannot be read."""
    if _SOMETHING_REMOVED not in statement:
        return {}
    try:
        items = parse_statement(statement).items
    except SafehandError:
        return {}
    return {BAG + item.id: Marks(item) for item in items if item.removed}
