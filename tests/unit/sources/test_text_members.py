"""The vectors are for whoever seals in another language too: they say what each name and each beginning must give."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from safehand.sources.text_members import (
    SCHEMA,
    ending,
    file_type,
    is_text_member,
    table,
    what_it_is_instead,
    why_never_read,
)

VECTORS = Path(__file__).parents[2] / "vectors" / "text-members"


def vectors(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((VECTORS / name).read_text(encoding="utf-8"))
    return rows


@pytest.mark.parametrize("vector", vectors("names.json"), ids=lambda vector: repr(vector["name"]))
def test_the_name_alone_decides(vector: dict[str, Any]) -> None:
    assert file_type(vector["name"]) == vector["type"]
    assert is_text_member(vector["name"]) is vector["text"]


@pytest.mark.parametrize("vector", vectors("heads.json"), ids=lambda vector: str(vector["head"][:24]))
def test_a_picture_called_chat_txt_is_known_by_its_first_bytes_and_text_is_not_taken_for_one(
    vector: dict[str, Any],
) -> None:
    magic = what_it_is_instead(bytes.fromhex(vector["head"]))
    assert (None if magic is None else magic.name) == vector["instead"]


def test_the_vectors_hold_good_and_bad() -> None:
    names, heads = vectors("names.json"), vectors("heads.json")
    assert {vector["text"] for vector in names} == {True, False}
    assert {vector["type"] for vector in names} == {str(row.type) for row in table().types} | {"other"}
    assert sum(vector["instead"] is None for vector in heads) > 8
    assert sum(vector["instead"] is not None for vector in heads) > 8


@pytest.mark.parametrize("name", ["__MACOSX/._chat.txt", "a/__macosx/b/chat.txt", "._chat.txt", "Thumbs.db"])
def test_some_names_are_never_read_and_the_reason_is_told(name: str) -> None:
    assert why_never_read(name)
    assert why_never_read("a" + name.rpartition("/")[2]) is None


def test_only_a_to_z_are_made_small() -> None:
    # U+212A KELVIN SIGN and U+0130 are other letters to ASCII; str.lower would make endings of them.
    assert ending("photo.\u212aey") == "\u212aey"
    assert ending("a.J\u0130F") == "j\u0130f"
    assert ending("A.JSON") == "json"


def test_the_published_table_is_sound() -> None:
    published = table()
    assert published.schema == SCHEMA
    counts = Counter(ending for row in published.types for ending in row.endings)
    assert [found for found, count in counts.items() if count > 1] == []
    assert all(found == ending("x." + found) for found in counts), "endings are written in ASCII lower case, no dots"
    assert all(row.why for row in published.types)
    for rule in published.never_read:
        assert rule.why
        assert [rule.part, rule.prefix, rule.last].count(None) == 2
    for magic in published.magics:
        assert magic.at
        assert all(place + len(bytes.fromhex(digits)) <= published.look_at for place, digits in magic.at)
