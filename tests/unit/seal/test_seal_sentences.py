"""What more than one place says to a holder stands once: changed there, it is changed everywhere."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from safehand.seal.holder_words import plain
from safehand.seal.sentences import SENTENCES, sentence, with_sentences

SEAL = Path(__file__).parents[3] / "src" / "safehand" / "seal"
WORD_FILES = ("sentences.json", "holder-words.json", "sealer-words.json", "holder-messages.json")
LONG = 20
"""Letters from which on a sentence is not said twice: shorter ones are no more than ways to speak."""

MARK = re.compile(r"\{[=~]([a-z0-9_]+)\}")


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for inside in value:
                yield from _strings(inside)
        case dict():
            for key, inside in value.items():
                if key not in ("schema", "about", "source"):
                    yield from _strings(inside)


def _written() -> Iterator[str]:
    """Every string as it is written: in the files of words, and the questions of the shell."""
    for name in WORD_FILES:
        yield from _strings(json.loads((SEAL / "data" / name).read_text("utf-8")))
    tree = ast.parse((SEAL / "questions.py").read_text("utf-8"))
    given = [each for node in ast.walk(tree) if isinstance(node, ast.Call) for each in node.args]
    told = [each.value for each in given if isinstance(each, ast.Constant)]
    yield from (words for words in told if isinstance(words, str) and " " in words)


WRITTEN = tuple(_written())


def doubled(lines: tuple[str, ...]) -> list[str]:
    """The long sentences that stand in them twice, whatever is marked in them and however their apostrophe is set."""
    found: Counter[str] = Counter()
    for line in lines:
        for said in re.split(r"(?<=[.!?:])\s+", plain(line).replace("’", "'")):
            if sum(letter.isalpha() for letter in said) >= LONG:
                found[said.casefold().rstrip(".:")] += 1
    return [said for said, times in found.items() if times > 1]


def test_no_sentence_of_twenty_letters_stands_twice() -> None:
    assert doubled(WRITTEN) == []
    assert len(WRITTEN) > 800


TWICE = {
    "as it is": ("Do not wait for anyone else.", "Do not wait for anyone else."),
    "in a line of two": ("Do not wait for anyone else.", "Call now. Do not wait for anyone else."),
    "with a link": ("Call [999](tel:999) if a child is in danger.", "Call 999 if a child is in danger"),
    "in bold, in another case": ("It is **never** the child’s own fault.", "it is never the child's own fault."),
}


@pytest.mark.parametrize("how", TWICE)
def test_a_sentence_that_stands_twice_would_be_found(how: str) -> None:
    assert len(doubled(TWICE[how])) == 1


def test_what_is_short_or_said_otherwise_may_stand_twice() -> None:
    assert doubled(("Do not delete the chat.", "Do not delete the chat.")) == []
    assert doubled(("Do not wait for anyone else.", "Do not wait for someone else.")) == []


def test_every_sentence_of_the_table_is_said_in_two_places_or_more() -> None:
    said = Counter(key for line in WRITTEN for key in MARK.findall(line))
    told = Counter(re.findall(r'sentence\("([a-z0-9_]+)"\)', (SEAL / "questions.py").read_text("utf-8")))
    assert {key for key in SENTENCES if (said + told)[key] < 2} == set()
    assert set(said + told) <= set(SENTENCES)


def test_apostrophes_are_curly_wherever_a_page_reads_its_words() -> None:
    for name in WORD_FILES:
        for line in _strings(json.loads((SEAL / "data" / name).read_text("utf-8"))):
            assert "'" not in line, line


def test_a_key_stands_for_its_sentence_its_plain_form_or_its_lines() -> None:
    danger = "If a child is in danger now, call [999](tel:999)"
    assert with_sentences("Read: {=danger_999}.") == f"Read: {danger}."
    assert with_sentences({"a": ["{~danger_999}", 1]}) == {"a": ["If a child is in danger now, call 999", 1]}
    assert with_sentences(["{=meta_download}"]) == SENTENCES["meta_download"]
    assert with_sentences("{unit} and {when} are filled in later") == "{unit} and {when} are filled in later"
    assert sentence("danger_999") == danger


@pytest.mark.parametrize("words", ["{=no_such_key}", "{~no_such_key}", "Inside: {=meta_download}"])
def test_a_key_that_nobody_knows_and_a_list_inside_a_line_are_refused(words: str) -> None:
    with pytest.raises(KeyError):
        with_sentences(words)
