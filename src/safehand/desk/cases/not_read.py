"""What a package holds that this version does not read: which platform it is, in words for an officer.

    package.summary["not_read"] = not_read_value(reading.recognised)
    not_read_of(package).short      "Discord, which this version does not read"

Platforms and counts of files alone: no name of a file, and nothing a holder wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safehand.desk.cases.models import Package
from safehand.sources.recognise import Recognised


@dataclass(frozen=True, slots=True)
class NotReadOf:
    """``short`` for a row, empty where no platform is known; ``sentences`` for a page."""

    short: str
    sentences: tuple[str, ...]


def not_read_value(recognised: Recognised) -> dict[str, Any]:
    """What is kept with the package."""
    platforms = {known.mark.platform for known in recognised.known}
    platforms |= {listed.mark.platform for listed in recognised.listed}
    return {
        "platforms": sorted(platforms),
        "sentences": list(recognised.sentences_not_read()),
    }


def not_read_of(package: Package) -> NotReadOf:
    """The same, for a page."""
    kept = package.summary.get("not_read", {})
    platforms = " and ".join(kept.get("platforms", ()))
    return NotReadOf(
        f"{platforms}, which this version does not read" if platforms else "", tuple(kept.get("sentences", ()))
    )


def nothing_to_read(package: Package) -> bool:
    """Whether the package was read to its end and holds no conversation that this version knows."""
    return bool(package.summary.get("conversations") == 0)
