"""The word list: built from a pinned package, split by a table that holds no word, and never silently missing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from indicator_lines import events, said
from safehand.analysis.indicators.asked import Asked
from safehand.analysis.indicators.classing import LEFT_OUT, TABLE, built, classed, entry_hash, main
from safehand.analysis.indicators.line import line_of
from safehand.analysis.indicators.lists import WordClass, WordList, load_words
from safehand.analysis.indicators.watch import IndicatorWatch
from safehand.errors import NotWhatItClaims, WordListMissing

ROOT = Path(__file__).parents[4]
PACKAGE = ROOT / "frontend" / "node_modules" / "naughty-words"

needs_package = pytest.mark.skipif(not PACKAGE.is_dir(), reason="frontend/ is not installed: make styles")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of tokens, of the version that the table is of."""
    (tmp_path / "package.json").write_text(json.dumps({"version": "1.2.0"}))
    (tmp_path / "en.json").write_text(json.dumps(["[a]", "[b]", "[c]"]))
    return tmp_path


def _table(folder: Path, **classes: list[str]) -> Path:
    table = json.loads(TABLE.read_bytes()) | {
        "classes": {kind: list(map(entry_hash, e)) for kind, e in classes.items()}
    }
    path = folder / "table.json"
    path.write_text(json.dumps(table))
    return path


def test_entries_are_put_in_their_classes_and_what_is_left_out_stays_out(package: Path) -> None:
    table = _table(package, act=["[a]"], body=["[c]"], left_out=["[b]"])
    assert built(package, table)["safehand.words/1"]["classes"] == {"act": ["[a]"], "body": ["[c]"]}


def test_an_entry_that_nobody_has_read_stops_the_build_and_is_not_told(package: Path) -> None:
    with pytest.raises(NotWhatItClaims, match="1 entries") as caught:
        built(package, _table(package, act=["[a]"], body=["[c]"]))
    assert "[b]" not in str(caught.value)


def test_another_version_of_the_package_stops_the_build(package: Path) -> None:
    (package / "package.json").write_text(json.dumps({"version": "1.3.0"}))
    with pytest.raises(NotWhatItClaims, match="version"):
        built(package)


def test_the_table_holds_hashes_and_no_word() -> None:
    classes = json.loads(TABLE.read_bytes())["classes"]
    assert set(classes) == {"act", "body", "profanity", LEFT_OUT}
    hashes = [one for found in classes.values() for one in found]
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in hashes)
    assert len(hashes) == len(set(hashes))


@pytest.mark.parametrize(
    "stored",
    [
        None,
        b"",
        b"{}",
        b"[]",
        b'{"safehand.words/2": {}}',
        b'{"safehand.words/1": {"classes": {"other": []}}}',
        b"\xff",
    ],
    ids=["none", "empty", "nothing", "a list", "another schema", "another class", "no text"],
)
def test_a_list_that_is_missing_or_damaged_is_said_to_be(tmp_path: Path, stored: bytes | None) -> None:
    path = tmp_path / "words.json"
    if stored is not None:
        path.write_bytes(stored)
    with pytest.raises(WordListMissing):
        load_words(path)


def test_without_a_list_the_rules_that_need_it_say_that_they_did_not_look() -> None:
    watch = IndicatorWatch(WordList("none"))
    for _ in watch.watched(events(said(("A", "[sexual-remark]"), ("A", "im 13")))):
        pass
    told = {one.rule.id: one.in_words() for one in watch.tallies("1")}
    assert told["sexual_first"] == "not looked for: it needs a list of words that is not here"
    assert told["age_stated"].startswith("1 candidate")


@needs_package
def test_the_pinned_package_builds_a_list_in_which_every_word_is_found(tmp_path: Path) -> None:
    path = tmp_path / "built" / "words.json"
    main(PACKAGE, path)
    words = load_words(path)
    assert words.name == "naughty-words 1.2.0"
    asked = Asked(words)
    missed = [
        entry
        for kind in (WordClass.ACT, WordClass.BODY)
        for entry in sorted(words.of(kind))
        if "sexual_first" not in _rules(asked, f"ok {entry} then")
    ]
    assert len(missed) == 0  # the words themselves are not printed
    assert len(words.of(WordClass.PROFANITY) & words.of(WordClass.ACT)) == 0


@needs_package
@pytest.mark.parametrize(
    "text",
    ["love you xx", "night xxx", "tied up at work", "what a bloody mess", "the match was great", "cocktails later",
     "Essex and Sussex", "sextant", "scunthorpe away on saturday", "shitake mushrooms", "the seeds are in, come on!"],
    ids=str,
)  # fmt: skip
def test_kisses_and_names_of_towns_mark_no_sexual_topic(tmp_path: Path, text: str) -> None:
    main(PACKAGE, tmp_path / "words.json")
    assert "sexual_first" not in _rules(Asked(load_words(tmp_path / "words.json")), text)


def test_classes_without_entries_are_classes_all_the_same() -> None:
    assert classed([], {"act": [], "body": [], LEFT_OUT: []}) == {"act": [], "body": []}


def _rules(asked: Asked, text: str) -> set[str]:
    line = line_of(said(("A", text))[0])
    asked.about(line, asked.wanted(line), {})
    return {found.rule.id for found in line.found}
