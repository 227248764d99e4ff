"""Mojibake is put together again where it is mojibake, and left alone where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.sources.meta.mojibake import Mending, spoil


@given(st.text())
def test_what_the_platform_spoiled_is_repaired(text: str) -> None:
    assert Mending().repair(spoil(text)) == text


@given(st.text(alphabet=st.characters(max_codepoint=0xFF)))
def test_a_repair_loses_nothing(raw: str) -> None:
    repaired = Mending().repair(raw)
    assert repaired is raw or spoil(repaired) == raw


@pytest.mark.parametrize("text", ["naïve", "é", "ÿ", "Ã", "Ã©\xe9", "❤", "Ã© ❤", "\x80", "plain", ""])
def test_what_is_no_mojibake_stands_as_it_is(text: str) -> None:
    assert Mending().repair(text) is text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("cafÃ©", "café"),
        ("ð\x9f\x91\x8d", "👍"),
        ("â\x9d¤", "❤"),
        ("â\x80\x99", "’"),
        ("Ã\x83Â©", "Ã©"),  # once, not twice: a person may have sent mojibake
        ("Â\xa0", "\xa0"),
    ],
)
def test_mojibake_is_repaired_once(raw: str, text: str) -> None:
    assert Mending().repair(raw) == text


@pytest.mark.parametrize("raw", ["í\xa0½í¸\x80", "À\x80", "ô\x90\x80\x80"])
def test_what_only_a_lax_decoder_reads_is_refused(raw: str) -> None:
    """Surrogates, overlong forms and characters beyond Unicode (RFC 3629 §3)."""
    assert Mending().repair(raw) is raw


def test_the_counts_tell_how_the_strings_were_written() -> None:
    mending = Mending()
    for text in ("plain", "cafÃ©", "naïve", "❤", "❤"):
        mending.repair(text)
    assert (mending.repaired, mending.refused, mending.right) == (1, 1, 2)
