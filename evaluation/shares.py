"""A count out of a count, with the interval that goes with it."""

from __future__ import annotations

from dataclasses import dataclass

NORMAL = 1.959963984540054
"""The quantile of the normal distribution for 95 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` out of ``all``, with the interval of Wilson (1927) for the share."""

    right: int
    all: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 for nothing seen."""
        return self.right / self.all if self.all else 0.0

    def interval(self) -> tuple[float, float]:
        """Lowest and highest share that goes with what was seen; (0, 1) for nothing seen."""
        if not self.all:
            return 0.0, 1.0
        share, squared = self.share, NORMAL**2
        middle = (share + squared / (2 * self.all)) / (1 + squared / self.all)
        reach = (
            NORMAL / (1 + squared / self.all) * (share * (1 - share) / self.all + squared / (4 * self.all**2)) ** 0.5
        )
        return max(0.0, middle - reach), min(1.0, middle + reach)

    def in_words(self) -> str:
        """``12/14 = 86 (60–96)``, share and interval in per cent; ``–`` where nothing was asked."""
        if not self.all:
            return "–"
        low, high = self.interval()
        return f"{self.right}/{self.all} = {100 * self.share:.0f} ({100 * low:.0f}–{100 * high:.0f})"
