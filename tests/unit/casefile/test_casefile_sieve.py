"""Some messages of a conversation: of an account, of kinds, of days, of given numbers; each page, and how many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile_builders import KEY, START, account_of, conversation, known, message
from indicator_lines import TOKENS
from safehand.analysis.indicators.catalogue import rule_of
from safehand.analysis.indicators.lists import NO_WORDS, WordList
from safehand.casefile.build import build
from safehand.casefile.candidates import Kinds, pointed_from
from safehand.casefile.clock import in_london
from safehand.casefile.indicators import indicators_of_rule
from safehand.casefile.read import CaseFile, open_casefile
from safehand.casefile.sieve import PLATFORM, Sieve, Sieved, Sought, sieved
from safehand.casefile.timeline import Turn
from safehand.model.instant import MICRO
from safehand.model.message import Kind, Message
from safehand.sources.contract import FileInMemory

HOUR = 3600 * MICRO
_FIRST_DAY = date(1970, 1, 1) + timedelta(days=in_london(START) // (24 * HOUR))


def made(*said: tuple[str | None, Kind, int]) -> list[Message]:
    """Messages of (name, kind, hours since the start)."""
    return [
        msgspec.structs.replace(message(number, "peas", sender=name, sent=known(START + hours * HOUR)), kind=kind)
        for number, (name, kind, hours) in enumerate(said, 1)
    ]


@contextmanager
def opened(messages: list[Message], words: WordList | None = None) -> Iterator[CaseFile]:
    with TemporaryDirectory() as folder:
        file = FileInMemory("chat.txt", "chat.txt", b"as it came\n")
        path = Path(folder) / "case"
        build(path, KEY, conversation(messages), [file], lambda: (account_of(file),), words=words)
        with open_casefile(path, KEY) as casefile:
            yield casefile


def numbers_on(page: Sieved) -> list[int]:
    return [line.number for section in page.days.sections for line in section.lines] if page.days is not None else []


def walked(casefile: CaseFile, sieve: Sieve, about: int) -> list[int]:
    """Every page forwards, then the same backwards: both must tell the same."""
    forwards: list[int] = []
    page = sieved(casefile, 1, sieve, about=about)
    while True:
        forwards += numbers_on(page)
        if page.days is None or page.days.later is None:
            break
        page = sieved(casefile, 1, sieve, Turn.FROM, page.days.later, about)
    backwards: list[int] = []
    while page.days is not None:
        backwards = numbers_on(page) + backwards
        if page.days.earlier is None:
            break
        page = sieved(casefile, 1, sieve, Turn.UNTIL, page.days.earlier, about)
    assert sorted(set(backwards)) == forwards
    return forwards


_SAID = st.tuples(
    st.sampled_from(["Ada", "Kim", None]),
    st.sampled_from([Kind.TEXT, Kind.MEDIA, Kind.SYSTEM]),
    st.integers(0, 30),
)
_SIEVES = st.builds(
    Sieve,
    letter=st.sampled_from([None, "A", "B", PLATFORM, "Z"]),
    kinds=st.none() | st.frozensets(st.sampled_from([Kind.TEXT, Kind.MEDIA, Kind.CALL])),
    days=st.tuples(*[st.none() | st.sampled_from([_FIRST_DAY + timedelta(days=days) for days in range(-1, 9)])] * 2),
    numbers=st.none() | st.frozensets(st.integers(1, 260)),
)


def plain(casefile: CaseFile, sieve: Sieve) -> Iterator[int]:
    """The same, by looking at every message in turn."""
    numbers = (number for number in range(1, 400) if casefile.message(1, number))
    for number in numbers:
        page = casefile.day_page(1, number)
        assert page is not None
        section = next(one for one in page.sections if one.first <= number <= one.last)
        line = casefile.message(1, number)
        assert line is not None
        first, last = sieve.days
        dated = section.day is not None and (first or date.min) <= section.day <= (last or date.max)
        fits = (
            sieve.letter is None or (line.letter or PLATFORM) == sieve.letter,
            sieve.kinds is None or line.message.kind in sieve.kinds,
            sieve.days == (None, None) or dated,
            sieve.numbers is None or number in sieve.numbers,
        )
        if all(fits):
            yield number


@settings(max_examples=40)
@given(st.lists(_SAID, min_size=1, max_size=20), st.integers(1, 12), _SIEVES, st.integers(1, 7))
def test_what_a_sieve_leaves_is_what_looking_at_each_message_leaves(
    said: list[tuple[str | None, Kind, int]], times: int, sieve: Sieve, about: int
) -> None:
    with opened(made(*said * times)) as casefile:
        expected = list(plain(casefile, sieve))
        assert walked(casefile, sieve, about) == expected
        assert sieved(casefile, 1, sieve).total == len(expected)


_AGE: Kinds = {"age_stated": frozenset(kind.code for kind in rule_of("age_stated").kinds)}
_MEETING: Kinds = {"meeting_proposal": frozenset(kind.code for kind in rule_of("meeting_proposal").kinds)}
_WORDS = st.sampled_from(["peas", "peas", "im 13 btw", "wanna meet up saturday"])


@settings(max_examples=20)
@given(
    st.lists(st.tuples(_SAID, _WORDS), min_size=1, max_size=20),
    st.integers(1, 6),
    _SIEVES,
    st.sampled_from([_AGE, _MEETING, {**_AGE, **_MEETING}, {}]),
    st.integers(0, 130),
)
def test_the_nearest_candidate_of_a_sieve_is_that_which_looking_at_each_message_finds(
    said: list[tuple[tuple[str | None, Kind, int], str]], times: int, sieve: Sieve, kinds: Kinds, number: int
) -> None:
    messages = [
        msgspec.structs.replace(one, text=words)
        for one, (_, words) in zip(made(*[about for about, _ in said] * times), said * times, strict=True)
    ]
    with opened(messages, NO_WORDS) as casefile:
        pointed = {
            one.number
            for rule in kinds
            for one in indicators_of_rule(casefile, rule, limit=10_000)
            if one.indicator.kind in kinds[rule]
        }
        expected = [one for one in plain(casefile, sieve) if one in pointed]
        sought = Sought(casefile, 1, sieve)
        assert sought.nearest(number, kinds, later=True) == next((one for one in expected if one > number), None)
        assert sought.nearest(number, kinds, later=False) == next(
            (one for one in reversed(expected) if one < number), None
        )


def test_the_nearest_candidate_is_found_behind_many_that_do_not_fit() -> None:
    said = [("Ada", Kind.TEXT, 0)] * 300 + [("Kim", Kind.TEXT, 1)] + [("Ada", Kind.TEXT, 2)] * 300
    messages = [msgspec.structs.replace(one, text="im 13 btw") for one in made(*said)]
    with opened(messages, NO_WORDS) as casefile:
        kims = Sought(casefile, 1, Sieve(letter="B"))
        assert kims.nearest(1, _AGE, later=True) == 301
        assert kims.nearest(400, _AGE, later=False) == 301
        assert kims.nearest(301, _AGE, later=True) is None
        assert kims.nearest(301, _AGE, later=False) is None
        assert kims.nearest(1, _MEETING, later=True) is None


def test_an_answer_at_which_a_rule_points_in_the_name_of_another_is_a_candidate_of_who_wrote_it() -> None:
    said = [("Ada", "peas"), ("Ada", "[sexual-remark]"), ("Kim", "no. stop"), ("Kim", "peas")]
    messages = [
        msgspec.structs.replace(one, text=words)
        for one, (_, words) in zip(made(*((who, Kind.TEXT, 0) for who, _ in said)), said, strict=True)
    ]
    kinds: Kinds = {"sexual_episode": frozenset(kind.code for kind in rule_of("sexual_episode").kinds)}
    with opened(messages, TOKENS) as casefile:
        assert [one.number for one in indicators_of_rule(casefile, "sexual_episode")] == [3]
        kims = Sought(casefile, 1, Sieve(letter="B"))
        assert kims.nearest(0, kinds, later=True) == kims.nearest(4, kinds, later=False) == 3
        assert Sought(casefile, 1, Sieve(letter="A")).nearest(0, kinds, later=True) is None


def test_candidates_are_told_from_a_message_on_each_once_and_those_of_other_accounts_are_passed_over() -> None:
    said = [("Ada", Kind.TEXT, 0), ("Kim", Kind.TEXT, 1)] * 3
    messages = [msgspec.structs.replace(one, text="im 13, wanna meet up saturday") for one in made(*said)]
    both = {**_AGE, **_MEETING}
    with opened(messages, NO_WORDS) as casefile:
        kim = casefile.rows("SELECT number FROM accounts WHERE letter = 'B'")[0][0]
        assert list(pointed_from(casefile, 1, 2, both, later=True)) == [3, 4, 5, 6]
        assert list(pointed_from(casefile, 1, 5, both, later=False)) == [4, 3, 2, 1]
        assert list(pointed_from(casefile, 1, 5, both, {kim}, later=False)) == [4, 2]
        assert list(pointed_from(casefile, 1, 0, both, set(), later=True)) == []
        assert list(pointed_from(casefile, 1, 0, {}, {kim}, later=True)) == []
        assert list(pointed_from(casefile, 2, 0, both, later=True)) == [], "nor is one of another conversation"


def test_a_page_begins_with_a_message_that_was_asked_for_and_ends_with_the_last_where_none_comes_after() -> None:
    said = [("Ada", Kind.TEXT, 0), ("Kim", Kind.TEXT, 1)] * 100
    with opened(made(*said)) as casefile:
        kims = Sieve(letter="B")
        page = sieved(casefile, 1, kims, Turn.FROM, 101, 5)
        assert numbers_on(page) == [102, 104, 106, 108, 110]
        assert page.days is not None
        assert (page.days.earlier, page.days.later, page.total) == (100, 112, 100)
        assert numbers_on(sieved(casefile, 1, kims, Turn.FROM, 201, 3)) == [196, 198, 200]
        nothing = sieved(casefile, 1, Sieve(letter="C"))
        assert (nothing.days, nothing.total) == (None, 0)


@pytest.mark.parametrize("letter", [None, "A"])
def test_a_number_at_which_no_message_stands_is_never_counted(letter: str | None) -> None:
    with opened(made(("Ada", Kind.TEXT, 0), ("Ada", Kind.TEXT, 30), ("Ada", Kind.TEXT, 31))) as casefile:
        sieve = Sieve(letter=letter, numbers=frozenset({0, 2, 3, 4, 1 << 39}))
        page = sieved(casefile, 1, sieve)
        assert (numbers_on(page), page.total) == ([2, 3], 2)
        on_the_first_day = msgspec.structs.replace(sieve, days=(None, _FIRST_DAY))
        assert sieved(casefile, 1, on_the_first_day).total == 0, "nor is one of another day"


def test_given_messages_stand_under_their_days_and_whether_a_day_is_whole_is_told() -> None:
    said = [("Ada", Kind.TEXT, hours) for hours in (0, 1, 30, 60, 61)]
    with opened(made(*said)) as casefile:
        days = sieved(casefile, 1, Sieve(numbers=frozenset({1, 3, 4, 5}))).days
        assert days is not None
        told = [([line.number for line in one.lines], one.whole) for one in days.sections]
        assert told == [([1], False), ([3], True), ([4, 5], True)]
