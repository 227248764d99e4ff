"""The colours of the pictures, and what becomes of them on a printer that has none.

The two sides are told apart by shape: one is filled, the other is hatched and has an edge. Their colours are the letter
chips' own (frontend/styles/_settings.scss), so that A is the same on every page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

INK: Final = "#1b1f23"
QUIET: Final = "#4c555d"
LINE: Final = "#8a867c"
"""An axis: 3.6 to 1 on white (WCAG 2.2, 1.4.11)."""
HAIRLINE: Final = "#d9d5cc"
PAPER: Final = "#ffffff"

SOLID: Final = "#3b5670"
HATCH: Final = "#665427"
BEHIND_HATCH: Final = "#efe9dc"

HEAT: Final = ("#ffffff", "#dfe8ea", "#b5cbd0", "#7fa6b0", "#3f7686", "#0f4c5c")
"""From none to most. Steps beside each other are alike in grey; the number in each cell carries the meaning."""


@dataclass(frozen=True, slots=True)
class Side:
    """How an account is drawn. ``fill`` may name the hatch of its picture."""

    fill: str
    edge: str


def heat_ink(step: int) -> str:
    """The colour of the number in a cell of ``HEAT[step]``."""
    return PAPER if step >= 4 else INK


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2): what is left of a colour in grey, 0 to 1."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours are apart in grey: 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
