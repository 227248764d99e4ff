"""The library of offences: what it says of the days that matter, that it is marked line by line, and near misses."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from safehand.desk.points.library import ATTEMPT, CODES, attempt, library, offence_of
from safehand.desk.points.offence import Mark, Offence
from safehand.desk.points.offence_file import parse_offence
from safehand.errors import UsageError

DATA = files("safehand.desk.points") / "data"
SPEC = Path(__file__).parents[4] / "docs" / "spec" / "offences.md"
EVERY = (*library(), attempt())
SMALL = re.findall(r"```toml\n(.*?)```", SPEC.read_text("utf-8"), re.DOTALL)[0]
"""The example of the specification, which is a whole file."""


def said(offence: Offence, element: str, day: date) -> str:
    """How an element reads on a day."""
    found = offence.element(element)
    assert found is not None
    (here,) = [
        each for each in found.wordings if (each.start or date.min) <= day <= (each.end or date.max)
    ]  # neither a hole nor an overlap
    return here.line.words


def known(code: str) -> Offence:
    found = offence_of(code)
    assert found is not None
    return found


def test_the_offences_that_were_asked_for_are_there_and_no_file_is_left_out() -> None:
    assert [each.section for each in library()] == ["8", "10", "12", "14", "15", "15A", "127(1)"]
    assert [each.shown for each in attempt().elements] == ["AT.a", "AT.b", "AT.c", "AT.d"]
    assert {each.name for each in DATA.iterdir()} == {f"{code}.toml" for code in (*CODES, ATTEMPT)}
    assert offence_of("attempt") is None, "an attempt is chosen with an offence"
    assert offence_of("meetings") is None


@pytest.mark.parametrize(
    ("day", "needed"), [(date(2015, 4, 12), "at least two occasions"), (date(2015, 4, 13), "one or more occasions")]
)
def test_section_15_asks_for_one_earlier_occasion_from_13_april_2015(day: date, needed: str) -> None:
    assert needed in said(known("meeting"), "b", day)


@pytest.mark.parametrize(
    ("day", "needed"), [(date(2022, 6, 27), "sections 9 to 13"), (date(2022, 6, 28), "sections 5 to 13")]
)
def test_section_14_reaches_from_5_to_13_from_28_june_2022(day: date, needed: str) -> None:
    assert needed in said(known("arranging"), "c", day)


def test_section_15a_is_for_nothing_before_3_april_2017() -> None:
    offence = known("communication")
    assert not offence.holds_on(date(2017, 4, 2))
    assert offence.holds_on(date(2017, 4, 3))
    assert known("meeting").holds_on(date(2010, 1, 1)), "where the day is not known, nothing is said to be outside it"


def test_what_an_act_of_2026_changes_and_from_when_is_said_not_to_be_known() -> None:
    for offence in library():
        told = [line for line in offence.notes if "Crime and Policing Act 2026" in line.words]
        assert len(told) == (offence.act == "Sexual Offences Act 2003"), offence.code
        assert all(line.mark is Mark.UNVERIFIED for line in told)
        assert any("Scotland" in line.words for line in offence.notes)


def test_an_attempt_is_offered_where_it_is_charged_and_for_section_14_the_reason_why_not_is_told() -> None:
    assert [each.section for each in library() if not each.attempt.offered] == ["14", "127(1)"]
    assert "not an attempt" in known("arranging").attempt.line.words
    assert known("arranging").attempt.line.mark is Mark.VERIFIED


@pytest.mark.parametrize("offence", EVERY, ids=lambda each: each.code)
def test_each_element_is_told_both_ways_and_each_line_has_a_source_and_a_mark(offence: Offence) -> None:
    for element in offence.elements:
        assert element.shows
        assert element.undermines
        assert element.gaps
    assert all(line.source for line in offence.lines)
    assert {line.mark for line in offence.lines} <= {*Mark}
    assert offence.checked_on >= date(2026, 11, 22)
    assert offence.jurisdiction == "England and Wales"


def test_each_offence_leaves_open_who_wrote_it_and_how_old_those_are_who_must_be_18() -> None:
    for offence in library():
        gaps = {each.code: " ".join(line.words for line in each.gaps) for each in offence.elements}
        assert any("the person accused" in words for words in gaps.values()), offence.code
        for each in offence.elements:
            asks_age = any("aged 18" in wording.line.words for wording in each.wordings)
            assert not asks_age or "date of birth" in gaps[each.code], each.shown


def test_what_section_14_carries_is_told_for_both_sides_of_28_june_2022() -> None:
    (line,) = [each for each in known("arranging").notes if "that can be given" in each.words]
    assert "on or after 28 June 2022" in line.words
    assert "before, it is 14 years" in line.words


def test_nothing_that_was_from_memory_is_called_verified() -> None:
    for offence in EVERY:
        for line in offence.lines:
            if re.search(r"from memory|secondary|in practice|revision page", line.source.casefold()):
                assert line.mark is Mark.UNVERIFIED, (offence.code, line.words)


def test_no_line_says_that_a_point_is_made_out_or_calls_anybody_a_name() -> None:
    never = r"\b(pro(?:ved|ven)|guilt\w*|offenders?|victims?|suspects?|decoys?|groomers?|scores?)\b"
    assert re.search(never, "it is proved", re.IGNORECASE)
    for offence in EVERY:
        for line in offence.lines:
            assert not re.search(never, line.words, re.IGNORECASE), (offence.code, line.words)


# The format


def test_the_example_of_the_specification_is_a_file() -> None:
    offence = parse_offence("communication", SMALL.encode())
    assert (offence.title, len(offence.elements)) == ("Sexual communication with a child", 1)
    assert offence.sha256 != known("communication").sha256


TIMED = SMALL.replace(
    'wordings = [{ words = "A is aged 18 or over.", source = "statute", mark = "verified" }]',
    "wordings = [\n"
    '  { words = "A is aged 18 or over.", source = "statute", mark = "verified" },\n'
    '  { from = 2020-01-01, from_mark = "verified", words = "A is 18.", source = "statute", mark = "verified" },\n'
    '  { from = 2021-01-01, from_mark = "unverified", words = "A.", source = "statute", mark = "verified" },\n]',
)
ELEMENT = SMALL[SMALL.index("[[elements]]") :]

NEAR_MISSES: dict[str, tuple[str, str, str]] = {
    "another schema": ("offence/1", "offence/2", "schema"),
    "no schema": ('schema = "safehand.offence/1"\n', "", "schema is missing"),
    "a key with a slip": ("title =", "titel =", "title is missing"),
    "one key more": ('section = "15A"', 'section = "15A"\npenalty = "2 years"', "penalty is no key here"),
    "one key more in a line": (
        'mark = "verified"\n\n[attempt]',
        'mark = "verified"\nby = "me"\n\n[attempt]',
        "by is no",
    ),
    "one key more in an element": ('code = "a"', 'code = "a"\nweight = 1', "weight is no key here"),
    "no version": ("version = 1\n", "", "version is missing"),
    "version nought": ("version = 1", "version = 0", "whole number"),
    "a version of words": ("version = 1", 'version = "1"', "another sort"),
    "a true version": ("version = 1", "version = true", "whole number"),
    "a day as words": ("checked_on = 2026-11-22", 'checked_on = "2026-11-22"', "another sort"),
    "a day with a time": ("checked_on = 2026-11-22", "checked_on = 2026-11-22T10:00:00Z", "without a time"),
    "another mark": ('mark = "verified"', 'mark = "checked"', "verified or unverified"),
    "no mark": (', mark = "verified" }', " }", "mark is missing"),
    "an unknown source": ('source = "statute", mark', 'source = "statutes", mark', "none of its sources"),
    "a source of nobody": ("[sources]\n", '[sources]\nlooked = "A page"\n', "No line is from looked"),
    "no words": ('words = "No reply from B is needed."', 'words = ""', "one line"),
    "two lines": ('words = "No reply from B is needed."', 'words = "No\\nreply"', "one line"),
    "spaces about it": ('words = "No reply from B is needed."', 'words = " No reply"', "without spaces"),
    "too long": ('words = "No reply from B is needed."', f'words = "{"x" * 401}"', "one line"),
    "made out": ("No reply from B is needed.", "A reply has proved it.", "for a court"),
    "no notes": ("[[notes]]", "[[remarks]]", "notes is missing"),
    "a table for a list": ("[[notes]]", "[notes]", "another sort"),
    "an empty list": ("gaps = [{", "gaps = []\n# [{", "at least one"),
    "told one way alone": ("undermines = [{", "# [{", "undermines is missing"),
    "a letter of two": ('code = "a"', 'code = "ab"', "small letter"),
    "a capital": ('code = "a"', 'code = "A"', "small letter"),
    "the first wording with a day": ("wordings = [{ words", "wordings = [{ from = 2018-01-01, words", "first wording"),
    "in force for no time": ("from = 2017-04-03\n", "", "a day from which"),
    "it ends first": ("from = 2017-04-03", "from = 2017-04-03\nto = 2017-04-02", "before it begins"),
    "a limit of no years": ("[[notes]]", "[time_limit]\nyears = 0\n[[notes]]", "whole number"),
    "an attempt of words": ("offered = true", 'offered = "yes"', "another sort"),
    "no TOML": ("[sources]", "[sources", "no TOML"),
}


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_a_near_miss_is_refused_with_its_place_and_what_to_do(name: str) -> None:
    before, after, told = NEAR_MISSES[name]
    assert before in SMALL
    with pytest.raises(UsageError, match=re.escape(told)) as caught:
        parse_offence("communication", SMALL.replace(before, after, 1).encode())
    assert caught.value.where.startswith("communication.toml")
    assert "docs/spec/offences.md" in caught.value.todo


def test_the_place_of_what_is_wrong_is_named_to_the_table() -> None:
    with pytest.raises(UsageError) as caught:
        parse_offence(
            "communication",
            SMALL.replace('source = "practice", mark = "unverified" }]', 'source = "practice" }]', 1).encode(),
        )
    assert caught.value.where == "communication.toml: elements 1: shows 1"


def test_wordings_follow_one_another_without_a_hole_and_without_an_overlap() -> None:
    (element,) = parse_offence("communication", TIMED.encode()).elements
    assert [each.end for each in element.wordings] == [date(2019, 12, 31), date(2020, 12, 31), None]
    for offence in EVERY:
        for each in offence.elements:
            for before, after in zip(each.wordings, each.wordings[1:], strict=False):
                assert before.end is not None
                assert before.end + timedelta(days=1) == after.start


WRONG_ORDER: dict[str, tuple[str, str]] = {
    "out of order": ("2021-01-01", "2019-01-01"),
    "on one day": ("2021-01-01", "2020-01-01"),
    "before the offence": ("2020-01-01", "2016-01-01"),
    "on the day of the offence": ("2020-01-01", "2017-04-03"),
    "without a day": ("from = 2021-01-01, ", ""),
    "without a mark of the day": ('from_mark = "unverified", ', ""),
}


@pytest.mark.parametrize("name", WRONG_ORDER)
def test_wordings_that_do_not_follow_one_another_are_refused(name: str) -> None:
    before, after = WRONG_ORDER[name]
    assert before in TIMED
    with pytest.raises(UsageError):
        parse_offence("communication", TIMED.replace(before, after, 1).encode())


def test_two_elements_of_one_letter_are_refused() -> None:
    with pytest.raises(UsageError, match="one letter"):
        parse_offence("communication", f"{SMALL}\n{ELEMENT}".encode())


@pytest.mark.parametrize("code", ["", "Meeting", "s15", "meeting-place", "x" * 41])
def test_a_code_that_no_custody_entry_could_hold_is_refused(code: str) -> None:
    with pytest.raises(UsageError):
        parse_offence(code, SMALL.encode())


def test_every_file_is_toml_that_others_read_too() -> None:
    for code in (*CODES, ATTEMPT):
        stored = tomllib.loads((DATA / f"{code}.toml").read_text("utf-8"))
        assert stored["reviewer"] == "", "no lawyer has compared it yet; the pages say so"
