"""Which messages of a page stand behind a cover, and replies that quote one of them with it.

covers = covers_of(page.covered, lines)       covers.over(line)       "Threat", or nothing
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from safehand.casefile.views import Line

_TOO_SHORT = 4
"""Letters of a quotation that could be anything: "ok" quotes nobody."""


@dataclass(frozen=True, slots=True)
class Covers:
    """``words`` by message number; ``texts`` are what the covered messages of the page say, with the same words."""

    words: Mapping[int, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    def over(self, line: Line) -> str:
        """The word for why this one is covered; empty where it is not."""
        if not self.words:
            return ""
        return self.words.get(line.number) or self._quoted(line)

    def _quoted(self, line: Line) -> str:
        reply = line.message.reply
        # A source may cut what it quotes: the beginning of a covered message is enough.
        quoted = (reply.quoted or "").rstrip(" .\u2026") if reply is not None else ""
        if len(quoted) < _TOO_SHORT:
            return ""
        return next((words for text, words in self.texts.items() if text.startswith(quoted)), "")


NO_COVERS = Covers()


def covers_of(covered: Mapping[int, str], lines: Iterable[Line]) -> Covers:
    """Of one page."""
    if not covered:
        return NO_COVERS
    texts = {line.message.text or "": covered[line.number] for line in lines if line.number in covered}
    return Covers(covered, texts)
