"""``safehand read --indicators``: rule by rule, per 1,000 messages, and what was not looked for is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import meta_thread
from safehand.analysis.indicators import lists
from safehand.cli.read import read
from safehand.errors import UsageError

POLISH = "nie wiem czy jutro przyjde na dzialke bo pada deszcz"


def _thread(folder: Path, *words: str) -> Path:
    said = [meta_thread.said("AB"[n % 2], meta_thread.START + n * 60_000, text) for n, text in enumerate(words)]
    (data,) = meta_thread.Thread(("A", "B"), said).files(per_file=999).values()
    path = folder / "thread.json"
    path.write_bytes(data)
    return path


def _asked(*arguments: object, **named: Any) -> Result:
    return CliRunner().invoke(read, [str(one) for one in arguments], standalone_mode=False, **named)


def _built(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str) -> None:
    path = folder / "words.json"
    if words:
        built = {"package": "tokens", "version": "1", "classes": {"act": list(words)}}
        path.write_text(json.dumps({lists.SCHEMA: built}))
    monkeypatch.setattr(lists, "BUILT", path)


def test_each_rule_is_told_alone_and_what_found_nothing_is_never_told_as_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _built(monkeypatch, tmp_path, "[sexual-remark]")
    told = _asked(_thread(tmp_path, "im 13", "ok", "bring the gloves", "[sexual-remark]"), "--indicators").stdout
    assert "Age stated                      1 candidate in 4 messages, 250.0 per 1,000 (age_stated)" in told
    assert "Words of a sexual topic         1 candidate in 4 messages" in told
    (none,) = [line for line in told.splitlines() if "no candidate found" in line]
    assert "Meeting spoken of" in none
    assert "Age stated" not in none
    for never in ("score", "total", "not present", "not looked for", "im 13"):
        assert never not in told


def test_without_a_list_of_words_it_is_said_that_two_rules_did_not_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _built(monkeypatch, tmp_path)
    chat = _thread(tmp_path, "im 13", "[sexual-remark]")
    told = _asked(chat, "--indicators").stdout
    assert "The words of a published list were not looked for: it is not here. Build it with make words." in told
    assert "not looked for                  Words of a sexual topic, Episodes of a sexual topic" in told
    value = json.loads(_asked(chat, "--indicators", "--json").stdout)
    assert value["word_list"] is None
    rules = {one["rule"]: one for one in value["indicators"][0]["rules"]}
    assert (rules["sexual_first"]["looked_for"], rules["sexual_first"]["found"]) == (False, None)
    assert rules["age_stated"]["title"] == "Age stated"
    assert (rules["age_stated"]["found"], rules["age_stated"]["per_1000"]) == (1, "500.0")


def test_what_is_in_another_language_is_told_as_not_analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _built(monkeypatch, tmp_path, "[sexual-remark]")
    told = _asked(_thread(tmp_path, *[POLISH] * 40), "--indicators").stdout
    assert "40 messages are in a language that is not analysed: no rule could read them" in told


def test_nobody_is_told_of_indicators_unasked(tmp_path: Path) -> None:
    chat = _thread(tmp_path, "im 13", "ok")
    assert "Age stated" not in _asked(chat).stdout
    assert "indicators" not in json.loads(_asked(chat, "--json").stdout)


def test_indicators_go_with_the_summary_alone(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="summary"):
        _asked(_thread(tmp_path, "ok"), "--indicators", "--account", catch_exceptions=False)
