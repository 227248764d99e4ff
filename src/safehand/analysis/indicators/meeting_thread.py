"""What became of a proposal to meet: agreed, refused, called off, or never answered. Rule 16.

A: wanna meet up sat?     B: yeah ok        meeting_outcome agreed    (1, 2)
A: actually i cant make it                  meeting_outcome cancelled (1, 3)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.acts import cancelling, is_agreement, is_refusal
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.meeting_rules import MEETING_OUTCOME, MEETING_PROPOSAL
from safehand.analysis.indicators.rule import Found

ANSWERS: Final = 5
"""Messages of the other side among which an answer is looked for."""

STANDS: Final = 500
"""Messages after a proposal in which a calling off is still about it."""

_PROPOSALS: Final = ("proposes", "with_time", "with_place")


class Outcomes:
    """Follows the latest proposal of a conversation."""

    def __init__(self) -> None:
        self.waiting = False
        self._proposed: Found | None = None
        self._unanswered = False
        self._answers = 0

    def look(self, line: Line) -> Iterable[Found]:
        """The next message."""
        told = tuple(self._became(line))
        proposed = line.first(MEETING_PROPOSAL, *_PROPOSALS)
        # An answer that names another day is an answer and a new proposal.
        if proposed is not None and not any(found.kind == "cancelled" for found in told):
            follows = self._unanswered and self._proposed is not None and self._proposed.by == line.by
            self._proposed = proposed
            self._unanswered = True
            self._answers = self._answers if follows else 0
            self.waiting = True
        return told

    def end(self) -> Iterator[Found]:
        """The conversation is over: a proposal that nobody answered."""
        if self._proposed is not None and self._unanswered:
            yield Found(MEETING_OUTCOME, "unanswered", self._proposed.numbers, self._proposed.words, self._proposed.by)

    def _became(self, line: Line) -> Iterator[Found]:
        proposed = self._proposed
        if proposed is None:
            return
        if line.number - proposed.numbers[-1] > STANDS:
            yield from self.end()
            self._forget()
            return
        words = cancelling(line.text)
        if words is not None and line.number != proposed.numbers[-1]:
            numbers = (*proposed.numbers, line.number)
            # What the other side calls off before it agreed is a refusal: both are told as what points away.
            kind = "refused" if self._unanswered and line.by != proposed.by else "cancelled"
            yield Found(MEETING_OUTCOME, kind, numbers, (line.place(*words.span()),), line.by)
            self._forget()
        elif self._unanswered and line.by != proposed.by:
            yield from self._answered(line, proposed)

    def _answered(self, line: Line, proposed: Found) -> Iterator[Found]:
        self._answers += 1
        kind = "refused" if is_refusal(line.text) else "agreed" if is_agreement(line.text) else None
        if kind is not None:
            yield Found(MEETING_OUTCOME, kind, (*proposed.numbers, line.number), (), line.by)
        elif self._answers >= ANSWERS:
            yield from self.end()
        else:
            return
        self._unanswered = False

    def _forget(self) -> None:
        self._proposed = None
        self._unanswered = self.waiting = False
        self._answers = 0
