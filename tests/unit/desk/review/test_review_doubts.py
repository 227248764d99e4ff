from __future__ import annotations

import pytest

from safehand.desk.review.presenters.doubts import WORDS, short_words, whole_words
from safehand.model.doubt import Doubt


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_has_words_for_an_officer(doubt: Doubt) -> None:
    words = WORDS[doubt]
    assert words.title[0].isupper()
    assert words.whole[0].isupper()
    assert words.whole.endswith(".")
    assert doubt.value not in words.whole
    assert "_" not in words.title + words.whole + words.short


def test_a_row_says_few_words_and_only_where_the_doubt_is_of_this_message() -> None:
    assert short_words((Doubt.ZONE_UNKNOWN, Doubt.OUT_OF_ORDER)) == ("earlier than the one before",)
    assert len(whole_words((Doubt.ZONE_UNKNOWN, Doubt.OUT_OF_ORDER))) == 2
    assert all(len(words.short.split()) <= 5 for words in WORDS.values())
