"""Everything that is measured of the rules, once: labels judged, innocent messages counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from band import reached, reached_wide
from conversations import Conversation, read_conversations
from judging import STRUCTURE, Judged, live_words, looked_at, points_of, tells
from safehand.analysis.indicators.indicator import Indicator
from safehand.analysis.indicators.lists import WordList
from safehand.analysis.indicators.rule import Points
from shares import Share
from variants import VARIANTS, varied

LENGTHS: Final = {"80 and more": 80, "20 to 79": 20, "up to 19": 0}
"""Messages of a conversation: a name, and the fewest that go by it."""

CORPUS: Final = Path(__file__).parents[1] / "tests" / "vectors" / "indicators"


@dataclass(slots=True)
class Counted:
    """Innocent conversations of one sort: how many, how long, and how often rules point there."""

    conversations: int = 0
    messages: int = 0
    pointed_messages: int = 0
    """Messages to which any rule points but those of STRUCTURE; once each, however many do."""
    towards: int = 0
    """Conversations in which any indicator points towards."""
    top: list[str] = field(default_factory=list)
    wide: int = 0
    rules: list[int] = field(default_factory=list)
    """Of each conversation, how many different rules point there, without those of STRUCTURE."""
    candidates: Counter[str] = field(default_factory=Counter)
    touched: Counter[str] = field(default_factory=Counter)

    def take(self, one: Conversation, indicators: tuple[Indicator, ...]) -> None:
        """Counts one conversation in."""
        telling = [i for i in indicators if tells(i)]
        self.conversations += 1
        self.messages += len(one.lines)
        self.pointed_messages += len({i.numbers[-1] for i in telling if i.rule not in STRUCTURE})
        self.towards += any(points_of(i) is Points.TOWARDS for i in telling)
        self.top.extend([one.id] if reached(one, indicators) else [])
        self.wide += reached_wide(one, indicators)
        self.rules.append(len({i.rule for i in telling if i.rule not in STRUCTURE}))
        self.candidates.update(i.rule for i in telling)
        self.touched.update({i.rule for i in telling})

    def per_1000(self, candidates: int) -> float:
        """Of so many, how many are that in 1,000 messages."""
        return candidates * 1_000 / self.messages if self.messages else 0.0

    def share(self, conversations: int) -> Share:
        """So many of its conversations."""
        return Share(conversations, self.conversations)


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
    """The planted conversations that nobody who mends rules looks at."""
    unseen_innocent: Counted
    """The innocent ones of the same sort."""

    def holds(self) -> bool:
        """Whether every release gate holds."""
        return self.no_innocent_on_top() and self.away_as_well_as_towards()

    def no_innocent_on_top(self) -> bool:
        """The first gate."""
        return not self.on_top()

    def on_top(self) -> list[str]:
        """The ids of innocent conversations that reach the top band, seen or unseen."""
        return [*self.innocent.top, *self.unseen_innocent.top]

    def away_as_well_as_towards(self) -> bool:
        """The second gate: what points away is found at least as often as what points towards, in both sets."""
        return all(
            judged.pointing(Points.AWAY).share >= judged.pointing(Points.TOWARDS).share
            for judged in (self.judged, self.unseen)
        )


def measure(corpus: Path = CORPUS, words: WordList | None = None) -> Measured:
    """Looks at all sets; with the list that was built and the tokens, unless another is handed in."""
    known = words or live_words()
    pairs, planted, innocent = (read_conversations(corpus / name) for name in ("pairs", "planted", "innocent"))
    unseen, unseen_innocent = (read_conversations(corpus / f"unseen_{name}") for name in ("planted", "innocent"))
    variants = {variant: [varied(one, variant) for one in pairs] for variant in VARIANTS}
    every = [*pairs, *planted, *innocent, *unseen, *unseen_innocent, *chain.from_iterable(variants.values())]
    found = looked_at(every, known)
    judged = _judged(pairs, found, whole=False)
    for one in planted:
        judged.judge(one, found[one.id], whole=True)
    return Measured(
        known.name,
        judged,
        _counted(innocent, found, _all)[""],
        _counted(innocent, found, lambda one: one.family),
        _counted(innocent, found, lambda one: one.writers),
        _counted([*innocent, *unseen_innocent], found, _length),
        _share([bool(reached(one, found[one.id])) for one in planted if one.band]),
        _share([bool(reached(one, found[one.id])) for one in planted if not one.band]),
        {variant: _judged(written, found, whole=False) for variant, written in variants.items()},
        _judged(pairs, found, whole=False),
        _judged(unseen, found, whole=True),
        _counted(unseen_innocent, found, _all)[""],
    )


def _judged(conversations: list[Conversation], found: dict[str, tuple[Indicator, ...]], *, whole: bool) -> Judged:
    judged = Judged()
    for one in conversations:
        judged.judge(one, found[one.id], whole=whole)
    return judged


def _length(one: Conversation) -> str:
    return next(name for name, least in LENGTHS.items() if len(one.lines) >= least)


def _all(_: Conversation) -> str:
    return ""


def _share(reached_: list[bool]) -> Share:
    return Share(sum(reached_), len(reached_))


def _counted(
    conversations: list[Conversation], found: dict[str, tuple[Indicator, ...]], by: Callable[[Conversation], str]
) -> dict[str, Counted]:
    counted: dict[str, Counted] = defaultdict(Counted)
    for one in conversations:
        counted[by(one)].take(one, found[one.id])
    return dict(counted)
