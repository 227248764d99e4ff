"""A desk without its list of words says so: when it starts, when it is checked, and on every case read that way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from casefile_builders import Made, conversation, texts
from desk_cast import WORDS, Ready
from safehand.analysis.indicators import lists
from safehand.analysis.indicators.lists import NO_WORDS
from safehand.desk.cases.opening import case_file_path, case_key
from safehand.desk.core.state import State
from safehand.desk.inspection import inspect
from safehand.desk.intake.word_list import about_word_list, word_list

NOT_LOOKED_FOR = "The words of a published list were not looked for"
READ_WITHOUT = "Read without the words of a published list"


@pytest.fixture
def no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the list of words is not."""
    path = tmp_path / "words.json"
    monkeypatch.setattr(lists, "BUILT", path)
    return path


def _build(path: Path) -> None:
    built = {"package": "tokens", "version": "1", "classes": {"act": ["[sexual-remark]"]}}
    path.write_text(json.dumps({lists.SCHEMA: built}))


def _page(browser: Client, ready: Ready, name: str) -> str:
    answer = browser.get(f"/cases/{ready.case.reference}/{name}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_looks_after_a_desk_without_the_list_is_told_and_how_to_build_it(no_list: Path) -> None:
    assert word_list() is NO_WORDS
    assert "make words" in " ".join(about_word_list())
    _build(no_list)
    assert about_word_list() == []
    assert word_list().name == "tokens 1"


@pytest.mark.usefixtures("ready")
def test_the_check_of_a_desk_tells_of_it(no_list: Path, desk_state: State) -> None:
    desk_state.secret_key.touch()
    assert any("published list" in line for line in inspect())
    _build(no_list)
    assert not any("published list" in line for line in inspect())


def test_a_case_that_was_read_without_it_says_so_and_can_be_read_again_once_there_is_one(
    ready: Ready, as_alice: Client, no_list: Path
) -> None:
    assert NOT_LOOKED_FOR not in _page(as_alice, ready, "conversations")
    path, key = case_file_path(ready.case), case_key(ready.case)
    Made(events=conversation(texts(*WORDS)), words=NO_WORDS).build(path, key)
    assert NOT_LOOKED_FOR in _page(as_alice, ready, "conversations")
    assert READ_WITHOUT not in _page(as_alice, ready, "report"), "there is still none: it would be read the same"
    _build(no_list)
    assert READ_WITHOUT in _page(as_alice, ready, "report")
    assert as_alice.post(f"/cases/{ready.case.reference}/report/again").status_code == 302
