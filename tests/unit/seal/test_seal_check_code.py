"""Check codes: by chance, forgiving of how people write, unforgiving of slips; and only their hash is kept."""

from __future__ import annotations

import itertools
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import UsageError
from safehand.model.crockford import ALPHABET
from safehand.seal.check_code import format_check_code, hash_check_code, new_check_code, parse_check_code

codes = st.integers(0, 2**75 - 1).map(lambda number: new_check_code(lambda _bits: number))


@given(codes)
def test_what_is_shown_is_read_back(code: str) -> None:
    assert parse_check_code(format_check_code(code)) == code
    assert format_check_code(parse_check_code(format_check_code(code))) == format_check_code(code)


@given(codes, st.integers(0, 15), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_caught(code: str, place: int, other: str) -> None:
    if code[place] == other:
        return
    with pytest.raises(UsageError):
        parse_check_code(code[:place] + other + code[place + 1 :])


@given(codes)
def test_neighbours_and_any_other_two_swapped_are_caught(code: str) -> None:
    for one, two in itertools.combinations(range(16), 2):
        letters = list(code)
        letters[one], letters[two] = letters[two], letters[one]
        if (swapped := "".join(letters)) != code:
            with pytest.raises(UsageError):
                parse_check_code(swapped)


@given(codes, st.data())
def test_it_may_be_written_as_people_write(code: str, data: st.DataObject) -> None:
    as_zero = {"0": "0Oo", "1": "1IiLl"}
    written = [data.draw(st.sampled_from(as_zero.get(each, each + each.lower()))) for each in code]
    between = st.sampled_from(["", " ", "-", "  ", "–", "\t", "\u00a0"])
    assert parse_check_code("".join(letter + data.draw(between) for letter in written)) == code


@pytest.mark.parametrize(
    "text",
    ["", "-", "K7QM-2D9X-TR4B-08H", "0" * 15, "0" * 17, "U" + "0" * 15, "000000000000000é", "SH-000000000", "0" * 4000],
)
def test_what_is_no_code_is_refused_in_the_same_words_as_a_slip(text: str) -> None:
    with pytest.raises(UsageError) as none:
        parse_check_code(text)
    with pytest.raises(UsageError) as slip:
        parse_check_code("0" * 15 + "1")
    assert str(none.value) == str(slip.value)


def test_codes_come_by_chance_from_75_bits() -> None:
    asked: list[int] = []

    def all_ones(bits: int) -> int:
        asked.append(bits)
        return (1 << bits) - 1

    assert new_check_code(all_ones)[:15] == "Z" * 15
    assert asked == [75]
    assert len({new_check_code(secrets.randbits) for _ in range(200)}) == 200


def test_what_is_kept_of_a_code_says_nothing_without_the_nodes_key() -> None:
    code = "0" * 16
    assert hash_check_code(code, b"one key") != hash_check_code(code, b"another")
    assert hash_check_code(code, b"one key") == hash_check_code(code, b"one key")
    assert code not in hash_check_code(code, b"one key")
