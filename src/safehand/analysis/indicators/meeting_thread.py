"""What became of a proposal to meet: agreed, refused, called off, or never answered. Rule 16.

A: wanna meet up sat?     B: yeah ok        meeting_outcome agreed    (1, 2)
A: actually i cant make it                  meeting_outcome cancelled (1, 3)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.acts import CANCELS, cancelling, insisting, is_agreement, is_refusal
from safehand.analysis.indicators.age_gap import AGE_GAP
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.meeting_rules import MEETING_OUTCOME, MEETING_PROPOSAL, PROPOSALS
from safehand.analysis.indicators.rule import Found, Hit
from safehand.analysis.indicators.sorts import WordRule
from safehand.analysis.indicators.withdrawal import WITHDRAWAL

ANSWERS: Final = 5
"""Messages of the other side among which an answer is looked for."""

INSISTS_IN: Final = 4
"""Messages after a refusal in which "go on" asks for the same again."""

STANDS: Final = 500
"""Messages after a proposal in which a calling off is still about it."""


def _called_off(line: Line) -> Iterator[Hit]:
    words = cancelling(line)
    if words is not None:
        yield Hit("cancelled", *words.span())


class Outcomes:
    """Follows the latest proposal of a conversation, and gives what calls one off the proposal it calls off."""

    wakes = frozenset({MEETING_PROPOSAL.id, MEETING_OUTCOME.id})

    def __init__(self) -> None:
        self.waiting = False
        self._proposed: Found | None = None
        self._unanswered = False
        self._answers = 0
        self._refused: tuple[Found, int] | None = None

    def look(self, line: Line) -> Iterable[Found]:
        """The next message."""
        cancelled = line.first(MEETING_OUTCOME)
        if cancelled is not None:
            line.found = [one for one in line.found if one.rule is not MEETING_OUTCOME]
        told = tuple(self._became(line, cancelled))
        proposed = line.first(MEETING_PROPOSAL, *PROPOSALS)
        # An answer that names another day is an answer and a new proposal; what calls one off proposes nothing.
        if proposed is not None and cancelled is None:
            self._propose(proposed)
        elif self._insisted(line):
            self._unanswered = True
            self._answers = 0
        self.waiting = self._unanswered or self._refused is not None
        return told

    def end(self) -> Iterator[Found]:
        """The conversation is over: a proposal that nobody answered."""
        if self._proposed is not None and self._unanswered:
            yield Found(MEETING_OUTCOME, "unanswered", self._proposed.numbers, self._proposed.words, self._proposed.by)

    def _insisted(self, line: Line) -> bool:
        """Whether it is asked again in few words, so that the next answer is one too: "aw go on", "please"."""
        if self._refused is None:
            return False
        proposed, number = self._refused
        if line.number - number >= INSISTS_IN:
            self._refused = None
        return proposed is self._proposed and line.by == proposed.by and insisting(line) is not None

    def _propose(self, proposed: Found) -> None:
        again = self._unanswered and self._proposed is not None and self._proposed.by == proposed.by
        self._proposed = proposed
        self._unanswered = True
        self._answers = self._answers if again else 0

    def _became(self, line: Line, cancelled: Found | None) -> Iterator[Found]:
        proposed = self._proposed
        if proposed is None:
            return
        if cancelled is not None:
            # What the other side calls off before it agreed is a refusal: both are told as what points away.
            kind = "refused" if self._unanswered and line.by != proposed.by else "cancelled"
            yield cancelled._replace(kind=kind, numbers=(*proposed.numbers, line.number))
            self._proposed = None
            self._unanswered = False
            self._answers = 0
        elif self._unanswered and line.by != proposed.by:
            yield from self._answered(line, proposed)

    def _answered(self, line: Line, proposed: Found) -> Iterator[Found]:
        self._answers += 1
        refuses = is_refusal(line) or line.has(WITHDRAWAL, "withdraws") or line.has(AGE_GAP, "young")
        kind = "refused" if refuses else "agreed" if is_agreement(line) else None
        if kind is not None:
            yield Found(MEETING_OUTCOME, kind, (*proposed.numbers, line.number), (), line.by)
        elif self._answers >= ANSWERS:
            yield from self.end()
        else:
            return
        self._unanswered = False
        self._refused = (proposed, line.number) if kind == "refused" else None


WORD_RULES: Final = (WordRule(MEETING_OUTCOME, (CANCELS,), _called_off, near=MEETING_PROPOSAL, within=STANDS),)
