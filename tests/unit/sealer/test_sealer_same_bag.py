"""The bag that the page makes and the bag that the shell makes are the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kik_return
import questions_published
import roblox_return
import snapchat_return_made
import zip_vectors
from sealer_random import Drawing
from sealer_recipes import PageSealer, Recipe, on_disk, recipe, shell_verdict

VECTORS = sorted(Path(__file__).parents[2].glob("vectors/sealer/*.json"))


@pytest.fixture(scope="module")
def page() -> Iterator[PageSealer]:
    sealer = PageSealer()
    yield sealer
    sealer.close()


def both(page: PageSealer, made: Recipe) -> dict[str, Any]:
    """What both make of a recipe."""
    with on_disk(made) as (paths, placed):
        shell, other = shell_verdict(made, paths), page.verdict(placed)
    assert other == shell
    return shell


def alone(name: str, data: bytes) -> dict[str, Any]:
    return {"path": name, "parts": [{"hex": data.hex()}]}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda path: path.stem)
def test_a_recipe_gives_the_bytes_that_its_vector_says(vector: Path, page: PageSealer) -> None:
    made = json.loads(vector.read_text(encoding="utf-8"))
    assert both(page, made) == made["verdict"]


def test_there_are_vectors_of_every_kind() -> None:
    assert len(VECTORS) > 30


@pytest.mark.parametrize("name", zip_vectors.vectors())
def test_an_archive_good_or_bad_is_sealed_alike(name: str, page: PageSealer) -> None:
    _, archive = zip_vectors.vectors()[name]
    chat = alone("a.txt", b"Homework\n")
    for path in ("export.zip", "Chats/export.zip"):
        both(page, recipe([alone(path, archive.data), chat]))
        both(page, recipe([alone(path, archive.data)]))


RETURNS = {
    "Roblox": alone(
        "Chat records.csv", roblox_return.chat([[roblox_return.said("7", "Sam", "Hi", roblox_return.at(1))]])
    ),
    "Kik": alone("content/data-text.csv", kik_return.content([kik_return.said(1, "sam_x1", "priya_y2", "Hello")])),
    "a log of Kik": alone("logs/chat_sent.txt", b"a@talk.kik.com\tb@talk.kik.com\t1\n"),
    "Snapchat": alone(
        "conversations.csv",
        snapchat_return_made.table([snapchat_return_made.said(1, ("sam", "u1"), ("priya", "u2"), "Hi")]),
    ),
    "no return": alone("messages.csv", b"ID,Timestamp,Contents,Attachments\n1,2020-01-01 10:00:00,Hello,\n"),
}


@pytest.mark.parametrize("name", RETURNS)
def test_what_platforms_give_to_police_alone_is_listed_by_both(name: str, page: PageSealer) -> None:
    found = both(page, recipe([RETURNS[name], alone("a.txt", b"Homework\n")]))
    listed = [one["name"] for one in json.loads(found["statement"])["attachments"]]
    assert (RETURNS[name]["path"].split("/")[-1] in {place.split("/")[-1] for place in listed}) == (name != "no return")


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_whatever_is_handed_over_both_make_the_same_package_of_it(page: PageSealer, seed: int) -> None:
    both(page, Drawing(Random(seed)).recipe())


def test_the_published_questions_are_those_that_the_shell_asks() -> None:
    held = resources.files("safehand.seal") / "data" / "questions.json"
    assert held.read_text(encoding="utf-8") == questions_published.text()
