"""Promises about any text and any instant, and near misses: words of time that tell of none."""

from __future__ import annotations

import string
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.analysis.meeting_time import MeetingTime, meeting_times, words_of_time
from safehand.analysis.meeting_time.expressions import EXPRESSIONS
from safehand.analysis.meeting_time.finding import RULES
from safehand.analysis.meeting_time.first_letters import first_letters
from safehand.analysis.meeting_time.own_time import own_times
from safehand.analysis.meeting_time.sorts import LETTERS, pattern
from safehand.analysis.meeting_time.spelling import one_slip
from safehand.analysis.meeting_time.words import WORDS
from safehand.model.instant import MICRO, Basis, Instant, Precision
from safehand.sources.local_time import LocalClock

_FIGURES = """
0 1 2 4 5 9 12 13 24 29 30 31 45 59 60 00 07 99 730 1230 1930 2015 2026 9999 12345 4471 3/4 31/2 29/2 12/25/2025
2025-13-40 25.12.25 0/0 99/99 7.30 24:00 23:59 0:30 07:30 4:5 1st 31st 99th 8pm 4ish 20mins 2hrs 5k 8.30pm a.m. p.m.
o'clock ’ İ ß ﬁ 🙂 £ - – / . , ? ! : & @ friday's tomorrow’s
"""
_EXPRESSIONS = {" ".join((first, *rest)) for first, endings in EXPRESSIONS.items() for rest, _ in endings}
_PIECES = sorted({*WORDS, *_EXPRESSIONS, *_FIGURES.split(), "\n"})
PHRASES = st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join)
RUN_ON = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join)
TEXTS = st.one_of(PHRASES, RUN_ON, st.text(max_size=80))
MOMENTS = st.integers(min_value=-(10**17), max_value=3 * 10**17)


@st.composite
def instants(draw: st.DrawFn) -> Instant:
    moment = draw(MOMENTS)
    kind = draw(st.sampled_from(("utc", "london", "new york", "unknown", "day", "offset", "none")))
    match kind:
        case "utc":
            return Instant("", Basis.UTC, Precision.MICROSECOND, moment, moment, moment)
        case "london" | "new york":
            zone = "Europe/London" if kind == "london" else "America/New_York"
            return LocalClock(zone, "holder").instant("", moment, Precision.SECOND)
        case "unknown":
            return LocalClock().instant("", moment, Precision.SECOND)
        case "day":
            return LocalClock("Europe/London", "holder").day("", moment // 86_400_000_000 * 86_400_000_000)
        case "offset":
            ahead = draw(st.integers(-14, 14)) * 3600 * MICRO
            return Instant("", Basis.OFFSET, Precision.SECOND, moment, moment, moment, moment + ahead)
        case _:
            return Instant("", Basis.NONE, Precision.UNKNOWN, None, None, None)


@given(text=TEXTS, sent=instants())
def test_no_text_and_no_instant_makes_it_raise_and_what_it_gives_is_well_formed(text: str, sent: Instant) -> None:
    times = meeting_times(text, sent)
    assert list(times) == sorted(times, key=MeetingTime.order_key)
    assert len(set(times)) == len(times)
    for found in times:
        assert found.earliest <= found.latest
        assert found.local <= found.local_end
        assert found.words
        assert found.rules
        for start, end in found.words:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]


@given(text=TEXTS, sent=instants())
def test_the_same_text_and_instant_give_the_same(text: str, sent: Instant) -> None:
    assert meeting_times(text, sent) == meeting_times(text, sent)


@given(text=PHRASES, sent=instants())
def test_capitals_change_nothing_but_the_letters(text: str, sent: Instant) -> None:
    if len(text.upper()) == len(text) and text.upper().lower() == text:
        assert meeting_times(text.upper(), sent) == meeting_times(text, sent)


@given(text=PHRASES, sent=instants())
def test_a_text_that_gives_a_reading_is_said_to_name_a_time(text: str, sent: Instant) -> None:
    if meeting_times(text, sent):
        assert words_of_time(text)


@given(sent=instants())
def test_a_message_is_read_by_one_clock_and_by_none_that_is_out_of_reach(sent: Instant) -> None:
    for own in own_times(sent):
        assert 0 <= own.now.minute < 1440
        assert 0 <= own.now.weekday < 7


NEAR_MISSES = """
calling u 4 something important | give response 2 who cares | have a great weekend | coming 2 pick me up | free 4 tea
5min hold | up 2 you | the 8 of hearts | his 50s | bb bold 2 | an 8th note | few hours before | 2 hours slave work
half the time | second half | the first half was better | half of it is yours | may i come in
may the best side win | the sun is out | sun cream | mon ami | sat down | i sat at the back | she sat on my hat
5 a side | 7 up | 24/7 | im 14 | he is 9 | won 3-1 | lost 4-2 | its £4.50 | 5 quid | at 5 quid each | version 2.30
9/10 would recommend | year 8 | page 4 | number 5 | size 6 | at 30 mph | at one point | at the moment | 2 sisters
5 pounds | 10 tomato plants | 4 of us | ten of them | one of them | 20 mins late | a 10 minute walk
it takes half an hour | for 2 hours | 07700 900123 | 12345 | no1 | gr8 | b4 | u 2 | good night | night night
morning! | good afternoon | have a nice evening | see you later | soon | in a bit | in a minute | second to none
a quarter of an inch | march up the hill | i wed her in church | august personage | sundae please
the fridge is full | holiday park | birthday cake | fry day chips | monkey | a38 | m25 | k9 | h2o | 3d glasses | 4x4
2x2 | half price | quarter final | three quarters | rush hour | one day | any minute | all day | these days
at work | day off | happy christmas | merry christmas | happy new year | cmon | c'mon | too | to | for | ate | won
2 | 4 | 10 | 20 | 100 | 5? | 7! | (3) | #8 | 3% | 12° | -4 | 4-2 | 3 1 | the 2nd one | 1st goal | 5 points
12 percent | 8 stone | 6 foot 2 | 3 goals | 2 sugars | 4 candles | 7 dwarfs | 10 downing street | flat 12 | plot 14
bus 12 | room 101 | channel 4 | level 12
"""


@pytest.mark.parametrize("text", [text for line in NEAR_MISSES.strip().splitlines() for text in line.split(" | ")])
def test_words_of_time_that_tell_of_none_give_nothing(text: str) -> None:
    sent = LocalClock("Europe/London", "holder").instant("", 1_763_482_800 * MICRO, Precision.MINUTE)
    assert meeting_times(text, sent) == ()
    assert not words_of_time(text)


def test_a_long_text_takes_time_in_proportion() -> None:
    sent = LocalClock("Europe/London", "holder").instant("", 1_763_482_800 * MICRO, Precision.MINUTE)
    pieces = (
        "friday at 5 or 6, ",
        "1",
        "half ",
        "a week on ",
        "6 6 6-",
        "tomorrow ",
        "the the ",
        "2 to ",
        "a",
        "at at ",
    )
    for piece in (*pieces, "on ", "about ", ", ", "5 or ", "in the ", "1.", "1/", "'"):
        spent = []
        for times in (500, 4_000):
            begun = time.process_time()
            meeting_times(f"{piece * times} friday 5", sent)
            spent.append(time.process_time() - begun)
        assert spent[1] < 40 * spent[0] + 0.2, piece


def test_every_sort_in_a_pattern_is_one_and_no_pattern_matches_nothing() -> None:
    with pytest.raises(KeyError):
        pattern("hour or")
    for rule in RULES:
        begins = first_letters(pattern(rule.written))
        assert begins
        assert begins <= set(LETTERS.values())


def test_the_first_letters_of_a_pattern_are_those_a_match_can_begin_with() -> None:
    letters = LETTERS
    assert first_letters(pattern("half past? HOUR")) == {letters["half"]}
    assert first_letters(pattern("(on)? (the|this)* weekday")) == {letters[n] for n in ("on", "the", "this", "weekday")}
    assert first_letters(pattern("(?=at|in) part|(a b?|week) day".replace("b?", "of?"))) == {
        letters[n] for n in ("part", "a", "week")
    }


def test_a_slip_of_the_finger_is_known_and_a_real_word_is_not() -> None:
    assert {"wensday", "thrusday", "saterday", "tueday", "friiday"} <= WORDS.keys()
    assert not {"sundae", "fridge", "someday", "holiday", "birthday", "midday", "payday"} & one_slip("sunday")
    assert all(set(word) <= set(string.ascii_lowercase) for word in one_slip("friday"))


def test_no_table_holds_a_word_twice_in_one_row() -> None:
    folder = Path(__file__).parents[3] / "src" / "safehand" / "analysis" / "meeting_time" / "data"
    for name in ("words.txt", "expressions.txt"):
        assert (folder / name).read_text("utf-8").isascii()
    assert len(EXPRESSIONS) > 100
