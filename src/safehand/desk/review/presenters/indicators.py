"""What the rules point to in one conversation: rule by rule, both ways, with where each begins. No message, no score.

states an age of 13 to 15      A: 2, first at message 41      B: 1, first at message 60
"3 candidates in 1,200 messages, 2.5 per 1,000"               "no candidate found in 1,200 messages"
"""

from __future__ import annotations

from dataclasses import dataclass

from safehand.analysis.indicators.indicator import LISTED
from safehand.desk.core import say
from safehand.desk.review.presenters.letters import Chip, chip
from safehand.desk.review.presenters.pointers import RuleWords, rule_words
from safehand.desk.review.shown import KindSeen, RuleSeen, RulesShown


@dataclass(frozen=True, slots=True)
class ByAccount:
    """How often a kind was seen in what one account wrote, and where first."""

    chip: Chip | None
    """None where the platform spoke."""
    count: str
    first: int | None
    shown: str


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind that was seen."""

    says: str
    accounts: tuple[ByAccount, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule, found or not."""

    words: RuleWords
    tally: str
    kinds: tuple[KindWords, ...]
    cut: str


@dataclass(frozen=True, slots=True)
class IndicatorsPage:
    """The page."""

    conversation: int
    looked: str
    found: tuple[RuleRow, ...]
    not_found: tuple[RuleRow, ...]


def indicators_page(shown: RulesShown) -> IndicatorsPage:
    """Present it."""
    rows = tuple(row for seen in shown.rules if (row := _row(seen)) is not None)
    return IndicatorsPage(
        conversation=shown.conversation.number,
        looked=_looked(shown),
        found=tuple(row for row in rows if row.kinds),
        not_found=tuple(row for row in rows if not row.kinds),
    )


def _looked(shown: RulesShown) -> str:
    looked = shown.looked
    if looked is None:
        return "No rule was asked about this conversation."
    words = f"The rules looked at {say.counted(looked.analysed, 'message')} in which somebody speaks."
    if not looked.not_analysed:
        return words
    return (
        f"{words} They could not look at {say.count(looked.not_analysed)} more, in passages that do not look like "
        "English: somebody who reads that language has to."
    )


def _row(seen: RuleSeen) -> RuleRow | None:
    words = rule_words(seen.rule.id)
    if words is None:
        return None
    return RuleRow(
        words=words,
        tally=seen.tally.in_words(),
        kinds=tuple(KindWords(kind.kind.says, _accounts(kind)) for kind in seen.kinds if kind.counts),
        cut=f"The first {LISTED} are marked in the reader; all are counted." if seen.cut else "",
    )


def _accounts(kind: KindSeen) -> tuple[ByAccount, ...]:
    return tuple(
        ByAccount(
            chip(letter) if letter else None,
            say.count(count),
            first := kind.firsts.get(letter),
            say.count(first) if first is not None else "",
        )
        for letter, count in kind.counts
    )
