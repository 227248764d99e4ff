"""Counts of conversations and of their labels, from which measured.py and blind.py make what the page tells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from band import reached, reached_wide
from conversations import Conversation
from judging import STRUCTURE, Judged, points_of, tells
from safehand.analysis.indicators.indicator import Indicator
from safehand.analysis.indicators.rule import Points
from shares import Share


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


def judged_of(conversations: list[Conversation], found: dict[str, tuple[Indicator, ...]], *, whole: bool) -> Judged:
    """The labels of conversations judged. ``whole``: every line of them is labelled."""
    judged = Judged()
    for one in conversations:
        judged.judge(one, found[one.id], whole=whole)
    return judged


def share_of(held: list[bool]) -> Share:
    """Of so many, those that are so."""
    return Share(sum(held), len(held))


def counted_by(
    conversations: list[Conversation], found: dict[str, tuple[Indicator, ...]], by: Callable[[Conversation], str]
) -> dict[str, Counted]:
    """Innocent conversations counted in parts, by what ``by`` says of each."""
    counted: dict[str, Counted] = defaultdict(Counted)
    for one in conversations:
        counted[by(one)].take(one, found[one.id])
    return dict(counted)
