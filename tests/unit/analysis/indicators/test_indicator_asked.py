"""Rules are asked about few messages, and that hides nothing: what is found is what every rule, asked of all, finds."""

from __future__ import annotations

import csv
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicator_lines import TOKENS, message
from safehand.analysis import indicators
from safehand.analysis.indicators import acts, drawing_back
from safehand.analysis.indicators.asked import Asked, asked_with
from safehand.analysis.indicators.catalogue import BESIDE
from safehand.analysis.indicators.line import Searched, line_of
from safehand.analysis.indicators.lists import WordClass, WordList
from safehand.analysis.indicators.needs import DIGIT, needs
from safehand.analysis.indicators.patterns import Phrases, open_end, whole
from safehand.analysis.indicators.rule import Hit

VECTORS = Path(__file__).parents[4] / "tests" / "vectors"
ASKED = Asked(TOKENS)
RULES = ASKED.rules
PHRASES = tuple({phrases: None for rule in RULES for phrases in rule.phrases} | dict.fromkeys(BESIDE))


ALONE = (
    acts._REFUSES,
    acts._NOT_AGREED,
    acts._ACKNOWLEDGES,
    acts._INSISTS,
    drawing_back._LEAVES,
    drawing_back._AFTER_AN_AGE,
    drawing_back._BALKS,
)
"""What is looked for in few lines, and not by asked.py."""


class _Everything(dict[object, Searched]):
    def get(self, phrases: Any, _: Any = None) -> Any:
        return phrases

    def __iter__(self) -> Iterator[object]:
        return iter(PHRASES)


def _plainly(text: str) -> list[tuple[str, Hit]]:
    """What every rule finds, asked of every message, with every pattern searched for."""
    line = line_of(message(text))
    line.may = _Everything()
    return [(rule.rule.id, hit) for rule in RULES for hit in rule.find(line)]


def _quickly(text: str) -> list[tuple[str, Hit]]:
    line = line_of(message(text))
    wanted = ASKED.wanted(line)
    return [(rule.rule.id, hit) for place, rule in enumerate(RULES) if wanted >> place & 1 for hit in rule.find(line)]


def _texts() -> list[str]:
    with (VECTORS / "indicators" / "heard.tsv").open(encoding="utf-8", newline="") as stream:
        found = [row[1] for row in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)]
    for path in sorted((VECTORS / "meeting_time").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found += [row["text"] for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return found


TEXTS = _texts()
_WORDS = sorted(
    {word for text in TEXTS for word in text.split()} | {"'", "’", "my wa: kim", "x'im", "13f", "snapname", "₂"}
)
_ANY = st.lists(st.sampled_from(_WORDS) | st.sampled_from(TEXTS) | st.text(max_size=4), max_size=7).map(" ".join)


def test_no_vector_is_hidden_by_what_it_is_asked_by() -> None:
    assert [text for text in TEXTS if _quickly(text) != _plainly(text)] == []


@given(_ANY)
def test_no_text_is_hidden_by_what_it_is_asked_by(text: str) -> None:
    assert _quickly(text) == _plainly(text)


@pytest.mark.parametrize("phrases", PHRASES, ids=lambda phrases: phrases.pattern.pattern[:60])
def test_whatever_a_pattern_finds_holds_what_the_pattern_needs(phrases: Phrases) -> None:
    @settings(max_examples=20)
    @given(st.from_regex(phrases.pattern), st.sampled_from(["", "ok ", "x'"]))
    def holds(found: str, before: str) -> None:
        # One apostrophe that is a quotation mark can be told from one inside a word; of two, "x'i'm", it cannot.
        line = line_of(message(("" if "'" in found else before) + found))
        if first := phrases.pattern.search(line.text):
            ASKED.wanted(line)
            assert phrases in line.may
            quick = phrases.first_in(line)
            assert quick is not None
            assert quick.span() == first.span()

    holds()


def test_every_pattern_that_is_looked_for_in_a_line_is_known_to_what_asks() -> None:
    known = set(PHRASES)
    for module in pkgutil.iter_modules(indicators.__path__):
        held = vars(importlib.import_module(f"{indicators.__name__}.{module.name}"))
        unknown = [name for name, one in held.items() if isinstance(one, Phrases) and one not in known]
        unknown = [name for name in unknown if held[name] not in ALONE]
        assert set(unknown) <= {"_SECRET_THINGS", "_TRIP", "_GAME", "_THIRD", "_A_THING"}, (
            module.name
        )  # looked for at one place


def test_a_message_without_a_needed_word_is_asked_nothing() -> None:
    for text in ("ok", "so tired", "that was funny", "bring the gloves to the shed"):
        assert ASKED.wanted(line_of(message(text))) == 0, text


def test_what_an_alternative_needs_is_read_off_it() -> None:
    assert needs(r"how\s+old\s+(?:are|r)\s+(?:you|u)")[0][:2] == (frozenset({"old"}), frozenset({"how"}))
    assert needs(r"i'?ll\s+(?:send|post)\s+it")[0][:2] == (frozenset({"post", "send"}), frozenset({"ill"}))
    assert needs(r"(?:\d+|five)\s+mins?") == ((frozenset({"min", "mins"}), frozenset({DIGIT, "five"})),)
    assert needs(r"any\s?one", r"self[ -]?harm(?:ing)?") == (
        (frozenset({"any", "anyone"}),),
        (frozenset({"self", "selfharm", "selfharming"}),),
    )
    assert needs(r"secret\s+(?:santa|garden)", bounded=False) == ((frozenset({"secret"}),),)
    assert needs(r"secret\s+(?:santa|garden)\b", bounded=False)[0][1:] == (frozenset({"garden", "santa"}),)
    assert needs(r"\w+") == ((),)


def test_a_pattern_of_which_nothing_is_known_to_be_needed_is_refused() -> None:
    for phrases, named in ((whole(r"[a-z]\w+", "asl"), r"\[a-z]"), (open_end("asl"), "asl")):
        with pytest.raises(ValueError, match=named):
            _ = phrases.needs


def test_where_one_alternative_may_stand_it_alone_is_searched_for_and_of_two_the_first_is_told() -> None:
    phrases = whole("red tulips", "tulips and beans", "beans")
    line = line_of(message("red tulips and beans"))
    first, second, third = (searched for searched, _ in phrases.alternatives)
    line.may = {phrases: second}
    assert [found[0] for found in phrases.all_in(line)] == ["tulips and beans"]
    line.may = {phrases: phrases}
    assert [found[0] for found in phrases.all_in(line)] == ["red tulips", "beans"]
    assert len({first.pattern, second.pattern, third.pattern, phrases.pattern}) == 4


def test_a_pattern_with_groups_is_searched_for_as_a_whole() -> None:
    phrases = whole(r"plot (\d+)", r"bed (\d+)")
    assert [searched for searched, _ in phrases.alternatives] == [phrases, phrases]


@given(_ANY)
def test_what_is_looked_for_alone_is_missed_in_no_line_that_lacks_its_words(text: str) -> None:
    line = line_of(message(text))
    for phrases in ALONE:
        assert (phrases.alone_in(line) is None) == (phrases.pattern.search(line.text) is None)


def test_the_rules_are_made_ready_once_for_a_list_and_anew_for_another() -> None:
    again = WordList(TOKENS.name, dict(TOKENS.classes))
    other = WordList(TOKENS.name, {**TOKENS.classes, WordClass.ACT: frozenset({"[zz-remark]"})})
    assert asked_with(again) is asked_with(TOKENS)
    assert asked_with(other) is not asked_with(TOKENS)
    line = line_of(message("[zz-remark]"))
    assert asked_with(other).wanted(line)
    assert not asked_with(TOKENS).wanted(line)
    for number in range(20):
        asked_with(WordList(str(number)))
    assert asked_with(TOKENS).wanted(line_of(message("[sexual-remark]"))), "made again after it was let go"
