"""Nothing that a holder reads, anywhere, asks them to do something with the other person (domain.md 2.4, F2.5, F2.7).

The messages that a desk may tell are refused at loading when one has a verb that tasks. All other words a holder reads
are asked the same question here; a sentence with such a verb passes only when somebody read it and put it into
``reviewed_sentences.txt``: "ask for the police" is no task, and a new sentence with "ask" in it waits to be read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from holder_sources import FILES, SHELL, holder_sentences
from safehand.seal.tasking import tasking_in

REVIEWED = Path(__file__).with_name("reviewed_sentences.txt")
SENTENCES = tuple(holder_sentences())
FLAGGED = sorted({sentence for _, sentence in SENTENCES if tasking_in(sentence)})


def reviewed() -> list[str]:
    lines = REVIEWED.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def test_every_sentence_with_a_verb_that_could_task_was_read_by_somebody() -> None:
    assert [sentence for sentence in FLAGGED if sentence not in reviewed()] == []


def test_the_list_of_what_was_read_holds_nothing_that_is_no_longer_said() -> None:
    assert [line for line in reviewed() if line not in FLAGGED] == []
    assert reviewed() == sorted(reviewed(), key=str.casefold)


def test_words_are_found_in_every_place_that_a_holder_reads() -> None:
    found = {name for name, _ in SENTENCES}
    assert {*FILES, *SHELL} <= found
    for page in ("notice_sent.html", "progress_ask.html", "danger.html"):
        assert page in found, page
    assert any(name.endswith(".ts") for name in found)
    assert len(SENTENCES) > 700


@pytest.mark.parametrize("name", FILES[-1:])
def test_of_what_the_desk_may_tell_nothing_needs_to_be_reviewed(name: str) -> None:
    assert not [sentence for where, sentence in SENTENCES if where == name and tasking_in(sentence)]


WOULD_TASK = [
    "Ask them when they will meet.",
    "Try to get his address first.",
    "Keep the chat going until an officer rings.",
    "Write to them as you always do.",
    "Take screenshots of all that comes next.",
    "Set up a meeting with the other person.",
]


@pytest.mark.parametrize("words", WOULD_TASK)
def test_a_sentence_that_tasks_would_be_found(words: str) -> None:
    assert tasking_in(words)
    assert words not in reviewed()
