"""The words of the screens: docs/words.md has one word for one thing, and some that no screen uses (ux.md 3.3)."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

DESK = Path(__file__).parents[4] / "src" / "safehand" / "desk"
TEMPLATES = sorted(DESK.rglob("templates/**/*.html"))
SPOKEN = sorted(
    [*DESK.rglob("presenters/*.py"), *DESK.rglob("presenters.py"), *DESK.rglob("forms.py"), DESK / "core/say.py"]
)

NEVER = (
    "predator", "offender", "groomer", "hunter", "victim", "suspect", "suspects", "perpetrator", "pedo", "paedophile",
    "bait", "sting", "decoy", "score", "risk score", "likelihood", "guilty", "guilt",
)  # fmt: skip
OUR_WORD = {
    "chat": "conversation", "post": "message", "offset": "bytes … to …", "upload": "hand in", "uploaded": "handed in",
    "archive file": "package", "reporter": "holder", "submitter": "holder", "log record": "custody entry",
    "audit record": "custody entry", "flag": "indicator", "finding": "indicator", "metadata": "statement",
    "login": "sign in", "log in": "sign in", "please": "(left out)",
}  # fmt: skip


def visible(template: str) -> str:
    """What an officer reads or hears: text between tags, and the attributes that are spoken."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", template, flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|title|alt|placeholder|content)="([^"]*)"', bare)
    return " ".join([re.sub(r"<[^>]*>", " ", bare), *spoken])


def strings(source: str) -> str:
    """The strings of a module that are not its docstrings."""
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    } | {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return " ".join(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs and " " in node.value
    )


@cache
def said(*, to_officers: bool = False) -> list[tuple[str, str]]:
    """Everything the screens say, by file. A holder has a chat and never heard of a conversation of ours."""
    read = [path for path in TEMPLATES if not to_officers or "handover" not in path.parts]
    pages = [(path.name, visible(path.read_text("utf-8"))) for path in read]
    return pages + [(path.name, strings(path.read_text("utf-8"))) for path in SPOKEN]


def test_there_is_something_to_read() -> None:
    assert len(TEMPLATES) > 30
    assert len(SPOKEN) > 12
    assert "Hand in a package" in " ".join(words for _, words in said())
    assert "No messages for" in " ".join(words for _, words in said())


@pytest.mark.parametrize("word", NEVER)
def test_no_screen_calls_anybody_a_name_or_weighs_guilt(word: str) -> None:
    found = [name for name, words in said() if re.search(rf"\b{word}\b", words, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize("word", OUR_WORD)
def test_screens_use_our_one_word_for_one_thing(word: str) -> None:
    ours = (
        (name, re.sub("Google Chat", "", words)) for name, words in said(to_officers=True)
    )  # a platform's name is its own
    found = [name for name, words in ours if re.search(rf"\b{word}\b", words, re.IGNORECASE)]
    assert found == [], f"say {OUR_WORD[word]}"


def test_no_screen_shouts() -> None:
    assert [name for name, words in said() if re.search(r"[a-z]!(\s|$)", words)] == []


def test_a_forbidden_word_would_be_seen() -> None:
    assert "suspect" in visible('<p class="x">The {{ name }} suspect</p>')
    assert "suspect" in visible('<a aria-label="suspect">x</a>')
    assert "suspect" not in visible("{# suspect #}<p class='suspect'>the account</p>")
    assert "the suspect said" in strings('"""A suspect doc."""\nWORDS = "the suspect said"\n')
    assert "doc" not in strings('"""A suspect doc."""\nWORDS = "the account said"\n')
