"""No template, no string and no line of data of this app says that a point is made out, or counts one up."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import safehand.desk.points

APP = Path(safehand.desk.points.__file__).parent
NEVER = ("proved", "proven", "established", "made out beyond", "guilty", "guilt", "likelihood", "score", "verdict",
         "strong case", "weak case", "complete", "per cent", "percent")  # fmt: skip
READ = sorted([*APP.rglob("*.html"), *APP.rglob("*.toml"), *APP.rglob("*.py")])


def strings(source: str) -> str:
    """Every string of a module, docstrings among them."""
    return "\n".join(
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def said(path: Path) -> str:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return text
    # The one place that holds the word is the pattern that refuses it.
    return strings(text).replace(r"\bpro(?:ved|ven)\b", "")


def test_there_is_something_to_read() -> None:
    assert {path.suffix for path in READ} == {".html", ".toml", ".py"}
    assert len(READ) > 25
    assert "Nobody has looked at this yet" in "".join(map(said, READ))


@pytest.mark.parametrize("word", NEVER)
def test_nothing_here_says_that_a_point_is_made_out(word: str) -> None:
    assert [path.name for path in READ if re.search(rf"\b{word}\b", said(path), re.IGNORECASE)] == []


def test_the_word_would_be_seen() -> None:
    assert "proved" in strings('WORDS = "it is proved"')
    assert "proved" in strings('"""It is proved."""')
    assert "proved" not in strings("# proved\nproved = 1")


def test_supporting_and_undermining_are_said_as_often_in_every_template() -> None:
    for path in APP.rglob("*.html"):
        text = path.read_text("utf-8").casefold()
        assert text.count("supporting") == text.count("undermining"), path.name
        assert text.count("usually shows") == text.count("usually undermines"), path.name
