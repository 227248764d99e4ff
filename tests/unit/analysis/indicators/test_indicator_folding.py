"""Folding: one plain spelling, and the way back to the characters as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.analysis.indicators.folding import fold, fold_and_part, words


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Bring GLOVES", "bring gloves"),
        ("I’m late", "i'm late"),
        ("sooooo bored", "so bored"),
        ("meeeet me", "meet me"),
        ("thirteeeen", "thirteen"),
        ("café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("ｈｅｌｌｏ", "hello"),
        ("𝓱𝓮𝓵𝓵𝓸", "hello"),
        ("h0me s3cret", "home secret"),
        ("se\u200bcret", "secret"),
        ("s\u0435cret", "secret"),
        ("ﬁne", "fine"),
        ("Straße", "strasse"),
        ("good 👍", "good 👍"),
    ],
    ids=str,
)
def test_a_text_is_folded_to_its_plain_spelling(written: str, plain: str) -> None:
    assert fold(written).text == plain


@pytest.mark.parametrize(
    "text",
    ["нет", "2moro at 4", "m8 b4 l8r", "gr8", "ab12cd34ef", "07700 900123", "hammer too well", "n1 4ag", "12:30"],
    ids=str,
)
def test_what_only_looks_like_another_spelling_stays(text: str) -> None:
    assert fold(text).text == text


def test_words_have_no_apostrophes_and_no_signs() -> None:
    assert words(fold("Don’t tell—ok? [sexual-remark] snap_me").text) == [
        "dont",
        "tell",
        "ok",
        "sexual",
        "remark",
        "snap",
        "me",
    ]


def test_words_that_were_folded_are_found_where_they_were_written() -> None:
    text = "ok \u200bsooo s\u200be\u0301cret!!"
    folded = fold(text)
    start = folded.text.index("secret")
    begin, end = folded.place(start, start + 6)
    assert text[begin:end] == "s\u200be\u0301cret"


@given(st.text(max_size=60) | st.text(alphabet="ooos0е\u0301\u200bﬁİß'’ b1", max_size=60))
def test_any_text_is_folded_and_every_character_has_its_place(text: str) -> None:
    folded = fold(text)
    words(folded.text)
    for place in range(len(folded.text)):
        start, end = folded.place(place, place + 1)
        assert 0 <= start < end <= len(text)
    if folded.at is not None:
        assert list(folded.at) == sorted(folded.at)


@given(st.text(max_size=40) | st.from_regex(r"[a-z' 0-9]{0,20}", fullmatch=True))
def test_folding_and_parting_at_once_give_what_each_gives(text: str) -> None:
    folded, parted, _ = fold_and_part(text)
    assert folded == fold(text)
    assert parted == words(fold(text).text)


@given(st.text())
def test_a_text_of_which_no_figure_is_told_has_none(text: str) -> None:
    _, parted, has_figures = fold_and_part(text)
    assert has_figures or "".join(parted).isalpha() or not parted
