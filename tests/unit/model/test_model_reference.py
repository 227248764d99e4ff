"""Case references: by chance, one spelling, every slip caught."""

from __future__ import annotations

import itertools
import re
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import UsageError
from safehand.model.crockford import ALPHABET
from safehand.model.reference import PATTERN, new_reference, parse_reference

references = st.integers(0, 2**40 - 1).map(lambda number: new_reference(lambda _bits: number))


@given(references)
def test_what_is_made_is_read_back_and_fits_an_address(reference: str) -> None:
    assert parse_reference(reference) == reference
    assert re.fullmatch(PATTERN, reference)


@given(references, st.integers(3, 11), st.sampled_from(ALPHABET))
def test_a_single_wrong_character_is_caught(reference: str, place: int, other: str) -> None:
    if reference[place] == other:
        return
    with pytest.raises(UsageError):
        parse_reference(reference[:place] + other + reference[place + 1 :])


@given(references)
def test_any_two_characters_swapped_are_caught(reference: str) -> None:
    for one, two in itertools.combinations(range(3, 12), 2):
        letters = list(reference)
        letters[one], letters[two] = letters[two], letters[one]
        swapped = "".join(letters)
        if swapped != reference:
            with pytest.raises(UsageError):
                parse_reference(swapped)


def test_it_may_be_written_as_people_write() -> None:
    reference = new_reference(lambda _bits: 0)
    assert reference == "SH-000000000"
    assert parse_reference(" sh-OOOO oooo-0 ") == reference


@pytest.mark.parametrize(
    "text", ["", "SH-", "7K3M9QXA1", "SH-7K3M9QXA", "SH-7K3M9QXA11", "SH-7K3M9QXAU", "SH-7K3M9QXAé"]
)
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_reference(text)


def test_references_do_not_count_cases() -> None:
    made = {new_reference(secrets.randbits) for _ in range(200)}
    assert len(made) == 200
    assert len({reference[3] for reference in made}) > 10
