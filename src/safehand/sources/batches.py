"""Batches: several messages at once, as a scanner tells them, and what the account of bytes is to say of each.

    batch.starts, batch.ends, batch.raws      where they stand, and their bytes
    batch.tell(3, SegmentKind.EVENT)          the fourth is the platform's own words
    batch.refuse(5, "not a message")          the sixth could not be read after all
    batch.settle(ledger)                      the scanner's part, before it looks at the next bytes

What nobody tells of is a message. What stands between them is structure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from safehand.sources.accounting import Ledger, SegmentKind


@dataclass(slots=True, kw_only=True)
class Batch:
    """Messages one after another. The lists belong together."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    raws: list[bytes] = field(default_factory=list)
    _told: dict[int, SegmentKind | str] = field(default_factory=dict)

    def tell(self, index: int, kind: SegmentKind) -> None:
        """What stands at ``index`` of this batch is a segment of ``kind``, not a message."""
        self._told[index] = kind

    def refuse(self, index: int, reason: str) -> None:
        """What stands at ``index`` of this batch could not be read after all; ``reason`` quotes nothing from it."""
        self._told[index] = reason

    def settle(self, ledger: Ledger) -> None:
        """Account for all of them: the scanner's part."""
        done = 0
        for index, told in sorted(self._told.items()):
            ledger.mark_pairs(SegmentKind.MESSAGE, self.starts[done:index], self.ends[done:index])
            ledger.mark(SegmentKind.STRUCTURE, self.starts[index])
            if isinstance(told, SegmentKind):
                ledger.mark(told, self.ends[index])
            else:
                ledger.fail(self.ends[index], told)
            done = index + 1
        if done:
            ledger.mark_pairs(SegmentKind.MESSAGE, self.starts[done:], self.ends[done:])
        else:
            ledger.mark_pairs(SegmentKind.MESSAGE, self.starts, self.ends)
