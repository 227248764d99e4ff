"""Everything that is measured of the rules, once: labels judged, innocent messages counted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from band import reached
from blind import Blind, blind_of
from conversations import Conversation, read_conversations
from counted import Counted, counted_by, judged_of, share_of
from judging import Judged, live_words, looked_at
from safehand.analysis.indicators.lists import WordList
from safehand.analysis.indicators.rule import Points
from shares import Share
from variants import VARIANTS, varied

LENGTHS: Final = {"80 and more": 80, "20 to 79": 20, "up to 19": 0}
"""Messages of a conversation: a name, and the fewest that go by it."""

CORPUS: Final = Path(__file__).parents[1] / "tests" / "vectors" / "indicators"


@dataclass(slots=True)
class Measured:
    """What docs/evaluation.md tells."""

    words: str
    judged: Judged
    innocent: Counted
    families: dict[str, Counted]
    groups: dict[str, Counted]
    lengths: dict[str, Counted]
    """Innocent conversations of both sets, by LENGTHS."""
    planted_top: Share
    """Of planted conversations that are urgent by their words, those that reach the top band."""
    planted_other: Share
    """Of the other planted conversations, those that do."""
    variants: dict[str, Judged]
    """The minimal pairs written otherwise, by how (variants.py)."""
    pairs: Judged
    """The minimal pairs as they stand, alone."""
    unseen: Judged
    """The planted conversations that were unseen until the rules had been mended for the others."""
    unseen_innocent: Counted
    """The innocent ones of the same sort."""
    blind: Blind
    """Conversations by somebody who had not seen the rules."""

    def holds(self) -> bool:
        """Whether every release gate holds."""
        return self.no_innocent_on_top() and self.away_as_well_as_towards()

    def no_innocent_on_top(self) -> bool:
        """The first gate."""
        return not self.on_top()

    def on_top(self) -> list[str]:
        """The ids of innocent conversations that reach the top band, of every set."""
        return [*self.innocent.top, *self.unseen_innocent.top, *self.blind.innocent.top]

    def away_as_well_as_towards(self) -> bool:
        """The second gate: what points away is found at least as often as what points towards, in every set."""
        return all(
            judged.pointing(Points.AWAY).share >= judged.pointing(Points.TOWARDS).share
            for judged in (self.judged, self.unseen, self.blind.judged)
        )


def measure(corpus: Path = CORPUS, words: WordList | None = None) -> Measured:
    """Looks at all sets; with the list that was built and the tokens, unless another is handed in."""
    known = words or live_words()
    pairs, planted, innocent = (read_conversations(corpus / name) for name in ("pairs", "planted", "innocent"))
    unseen, unseen_innocent = (read_conversations(corpus / f"unseen_{name}") for name in ("planted", "innocent"))
    blind, blind_innocent = (read_conversations(corpus / f"blind_{name}") for name in ("planted", "innocent"))
    variants = {variant: [varied(one, variant) for one in pairs] for variant in VARIANTS}
    every = [*pairs, *planted, *innocent, *unseen, *unseen_innocent, *blind, *blind_innocent]
    found = looked_at(chain(every, *variants.values()), known)
    judged = judged_of(pairs, found, whole=False)
    for one in planted:
        judged.judge(one, found[one.id], whole=True)
    return Measured(
        known.name,
        judged,
        counted_by(innocent, found, _all)[""],
        counted_by(innocent, found, lambda one: one.family),
        counted_by(innocent, found, lambda one: one.writers),
        counted_by([*innocent, *unseen_innocent], found, _length),
        share_of([bool(reached(one, found[one.id])) for one in planted if one.band]),
        share_of([bool(reached(one, found[one.id])) for one in planted if not one.band]),
        {variant: judged_of(written, found, whole=False) for variant, written in variants.items()},
        judged_of(pairs, found, whole=False),
        judged_of(unseen, found, whole=True),
        counted_by(unseen_innocent, found, _all)[""],
        blind_of(blind, blind_innocent, found),
    )


def _length(one: Conversation) -> str:
    return next(name for name, least in LENGTHS.items() if len(one.lines) >= least)


def _all(_: Conversation) -> str:
    return ""
