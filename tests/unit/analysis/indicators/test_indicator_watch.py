"""The watch over a whole reading: what is listed and counted, what is told where nothing was found or nothing read."""

from __future__ import annotations

from indicator_lines import TOKENS, events, message, said, watched
from safehand.analysis.indicators.indicator import LISTED
from safehand.analysis.indicators.tally import Tally
from safehand.analysis.indicators.watch import IndicatorWatch
from safehand.model.message import Kind


def _tally(watch: IndicatorWatch, rule: str) -> Tally:
    return next(one for one in watch.tallies("1") if one.rule.id == rule)


def test_all_indicators_are_counted_and_so_many_are_listed() -> None:
    watch = watched(said(*[("A", "im 13")] * (LISTED + 50)))
    listed = [one for one in watch.found() if one.rule == "age_stated"]
    assert len(listed) == LISTED
    assert watch.counts["1", "age_stated", "13_to_15", "A"] == LISTED + 50


def test_a_rate_is_per_1000_messages_and_none_found_is_never_told_as_not_there() -> None:
    watch = watched(said(*[("A", "bring the gloves to the shed")] * 399, ("A", "im 13")))
    assert _tally(watch, "age_stated").in_words() == "1 candidate in 400 messages, 2.5 per 1,000"
    told = _tally(watch, "age_question").in_words()
    assert told == "no candidate found in 400 messages"
    assert "not present" not in told


def test_a_conversation_begins_with_nothing_of_the_one_before() -> None:
    watch = IndicatorWatch(TOKENS)
    for id_ in ("1", "2"):
        for _ in watch.watched(events(said(("A", "im 13")), id_)):
            pass
    assert [(one.conversation, one.numbers) for one in watch.found() if one.rule == "age_stated"] == [
        ("1", (1,)),
        ("2", (1,)),
    ]
    assert watch.looked["1"] == watch.looked["2"]


def test_what_the_platform_says_is_nobodys_age() -> None:
    kinds = (Kind.SYSTEM, Kind.DELETED, Kind.REACTION_NOTICE, Kind.CALL)
    watch = watched(message("im 13", number=number, kind=kind) for number, kind in enumerate(kinds, 1))
    assert watch.found() == ()
    assert watch.looked["1"].messages == 0


POLISH = "nie wiem czy jutro przyjde na dzialke bo pada deszcz"
ENGLISH = "not sure if i can come to the plot tomorrow"


def test_a_passage_that_is_not_english_is_told_as_not_analysed() -> None:
    lines = [*[("A", ENGLISH)] * 20, *[("A", POLISH)] * 30, *[("A", ENGLISH)] * 10]
    watch = watched(said(*lines))
    assert [(one.kind, one.numbers) for one in watch.found() if one.rule == "record_integrity"] == [
        ("not_analysed", (21, 50))
    ]
    assert _tally(watch, "age_stated").in_words() == (
        "no candidate found in 30 messages; 30 are in a language that is not analysed"
    )


def test_each_account_is_judged_by_its_own_messages() -> None:
    lines = [pair for _ in range(10) for pair in (("A", ENGLISH), ("B", POLISH))]
    watch = watched(said(*lines))
    assert [(one.by, one.numbers) for one in watch.found() if one.rule == "record_integrity"] == [("B", (2, 20))]


def test_short_british_slang_is_english() -> None:
    slang = (
        "wuu2",
        "nm u",
        "same lol",
        "u comin footy",
        "ye obvs",
        "k",
        "cba tho",
        "whos in goal",
        "not me m8",
        "haha ok",
    )
    assert watched(said(*[("A", line) for line in slang])).looked["1"].not_analysed == 0


def test_another_script_is_not_analysed_either() -> None:
    watch = watched(said(*[("A", "привет как дела сегодня")] * 10, *[("B", "今天天气很好")] * 10))
    assert {one.by for one in watch.found() if one.kind == "not_analysed"} == {"A", "B"}
    assert _tally(watch, "age_stated").in_words() == "not analysed; 20 are in a language that is not analysed"


def test_three_messages_are_too_few_to_say_what_language_they_are_in() -> None:
    assert watched(said(*[("A", POLISH)] * 3)).looked["1"].not_analysed == 0
