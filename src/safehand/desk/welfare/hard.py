"""Hard material: messages at which rules of a few families point, by the catalogue.

    hard_of(found)        {41: "Sexual topic", 57: "Harm to oneself"}     by message number, what is said of the cover

A message is covered by what a rule points to, so one that no rule points to is not: a cover is a kindness to the
reader, and no statement about a message. Where a rule pointed to more than are listed, those beyond are not covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from safehand.analysis.indicators.danger import THREAT
from safehand.analysis.indicators.sexual import SEXUAL_EPISODE, SEXUAL_FIRST
from safehand.casefile.indicators import StoredIndicator

_SELF_HARM: Final = "self_harm"

HARD: Final[Mapping[str, str]] = {
    SEXUAL_FIRST.id: "Sexual topic",
    SEXUAL_EPISODE.id: "Sexual topic",
    THREAT.id: "Threat",
}
"""The rules of the families that are hard to read, each with the words of its cover: sexual, threat, self-harm."""


def hard_of(found: Iterable[StoredIndicator]) -> dict[int, str]:
    """The messages that are covered, by number, each with the first word for why."""
    covered: dict[int, str] = {}
    for one in found:
        indicator = one.indicator
        if indicator.rule in HARD:
            words = "Harm to oneself" if indicator.kind == _SELF_HARM else HARD[indicator.rule]
            for number in {one.number, *(each.number for each in indicator.words)}:
                covered.setdefault(number, words)
    return covered
