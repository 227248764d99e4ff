"""What is said where no rule offers a message: that none was found only where one was looked for."""

from __future__ import annotations

from safehand.analysis.indicators.catalogue import NEED_WORDS
from safehand.desk.review.tags import Tag


def no_offer(tag: Tag, *, asked: bool, has_words: bool) -> str:
    """A few words. ``asked``: whether rules were asked at all; ``has_words``: whether the list of words was here."""
    if not asked:
        return "No rule was asked"
    if not has_words and NEED_WORDS.issuperset(tag.kinds):
        return "Not looked for: a list of words is not here"
    return "No candidate found"
