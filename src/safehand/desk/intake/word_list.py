"""The list of words that some rules of analysis rest on, as this desk has it: built here by ``make words``, or not.

    word_list()          what packages are read with
    about_word_list()    what is said at the start of a desk that has none, and by ``safehand desk check``

A case that was read without it says so on its first page, until it is read again.
"""

from __future__ import annotations

from collections.abc import Sequence

from safehand.analysis.indicators import lists
from safehand.analysis.indicators.lists import NO_WORDS, WordList, load_words
from safehand.errors import WordListMissing


def word_list() -> WordList:
    """The list that was built for this desk. Where there is none, each rule that needs it says that it did not look."""
    try:
        return load_words(lists.BUILT)
    except WordListMissing:
        return NO_WORDS


def about_word_list() -> Sequence[str]:
    """Sentences for whoever looks after a desk that has no list; none where it has one."""
    if word_list() is not NO_WORDS:
        return []
    return [
        "The words of a published list are not looked for: the list is not built, and each case that is read says so.",
        "Build it with make words, then read those cases again.",
    ]
