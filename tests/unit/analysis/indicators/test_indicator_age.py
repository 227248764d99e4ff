"""Age, school years, and remarks on being young or old, in one message: rules 01, 02, 03 and 05."""

from __future__ import annotations

import pytest

from indicator_lines import found_in, seen

STATED = [
    ("im 13 btw", "13_to_15", "im 13", 13),
    ("I’m only 14 tho", "13_to_15", "I’m only 14", 14),
    ("hi i'm fourteen", "13_to_15", "i'm fourteen", 14),
    ("IM THIRTEEEEN", "13_to_15", "IM THIRTEEEEN", 13),
    ("14f leeds", "13_to_15", "14f", 14),
    ("f14 hbu", "13_to_15", "f14", 14),
    ("14/f/uk", "13_to_15", "14/f", 14),
    ("13 years old", "13_to_15", "13 years old", 13),
    ("i'm a 12 year old boy", "under_13", "i'm a 12", 12),
    ("just turned 13", "13_to_15", "just turned 13", 13),
    ("i turn 15 on friday", "13_to_15", "i turn 15", 15),
    ("my 14th birthday is saturday", "13_to_15", "my 14th birthday", 14),
    ("i was born in 2012", "13_to_15", "i was born in 2012", 13),
    ("dob 04/03/11", "13_to_15", "dob 04/03/11", 14),
    ("im not 16 yet", "13_to_15", "im not 16", 15),
    ("im 17", "16_or_17", "im 17", 17),
    ("i am 34", "adult", "i am 34", 34),
]

NO_AGE = [
    "im 15 mins away",
    "im 14 points behind",
    "im 10 out of 10 tired",
    "im 14:30 till close",
    "im 5",
    "im 20 quid down",
    "im 12 years into this job",
    "when i was 13 we had no phones",
    "when im 18 ill drive",
    "if i'm 40 minutes late start without me",
    "wish i was 18",
    "my daughter is 14",
    "my dog is 13 years old",
    "hes 13 years old",
    "my sons 14th birthday",
    "my son was born in 2012",
    "it's 14f in here",
    "she just turned 13",
    "number 13 is the allotment by the gate",
    "14 people came",
    "y 14 of us went",
]

QUESTIONS = [
    ("how old r u", "asks"),
    ("How old are you?", "asks"),
    ("how old u", "asks"),
    ("asl?", "asks"),
    ("a/s/l", "asks"),
    ("age?", "asks"),
    ("whats ur age", "asks"),
    ("are you over 16", "asks"),
    ("u over 18?", "asks"),
    ("are you underage?", "asks"),
    ("what year are you in", "asks"),
    ("when is your birthday", "birthday"),
    ("what year were you born", "birthday"),
]

NO_QUESTION = [
    "how old are your kids",
    "how old are you guys club",
    "how old is the shed",
    "a salad",
    "the age of the boiler",
    "what year is your car",
    "are you over the cold",
    "average?",
    "how old the oak is nobody knows",
]

SCHOOL = [
    ("im in year 9", "year_7_to_11", 9),
    ("got my y9 options", "year_7_to_11", 9),
    ("yr 8 is so boring", "year_7_to_11", 8),
    ("im yr10", "year_7_to_11", 10),
    ("year 12 is hard", "year_12_or_13", 12),
    ("starting sixth form", "year_12_or_13", None),
    ("got gcse mocks", "school_word", None),
    ("my form tutor is off", "school_word", None),
    ("in detention again", "school_word", None),
]

NO_SCHOOL = [
    "last year 7 people came",
    "every year 10 of us go",
    "year 8 of the plan",
    "10 years 8 months",
    "the financial year 12 months",
    "fill in the form",
    "level with me",
    "y 2 of these",
]

GAP = [
    ("ur too young for me", "young"),
    ("you're so young", "young"),
    ("bit young", "young"),
    ("im way too old for you", "older"),
    ("old enough to be your dad", "older"),
    ("age is just a number", "older"),
    ("is it even legal", "law"),
    ("thats illegal", "law"),
    ("id get in so much trouble", "trouble"),
    ("i could go to prison", "trouble"),
]

NO_GAP = [
    "you're too young to drive",
    "youre so young at heart",
    "too young to remember the old shed",
    "my old one is too old",
    "illegal parking outside",
    "he got in trouble",
    "young potatoes are best",
    "underage football is on sunday",
]


@pytest.mark.parametrize(("text", "kind", "words", "value"), STATED, ids=str)
def test_an_own_age_is_seen_in_its_many_spellings(text: str, kind: str, words: str, value: int) -> None:
    assert ("age_stated", kind, words) in seen(text)
    assert [one.value for one in found_in(text) if one.rule.id == "age_stated"] == [value]


@pytest.mark.parametrize(("text", "kind"), QUESTIONS, ids=str)
def test_a_question_of_age_is_seen(text: str, kind: str) -> None:
    assert ("age_question", kind) in [one[:2] for one in seen(text)]


@pytest.mark.parametrize(("text", "kind", "value"), SCHOOL, ids=str)
def test_a_school_year_or_a_word_of_school_is_seen(text: str, kind: str, value: int | None) -> None:
    assert (kind, value) in [(one.kind, one.value) for one in found_in(text) if one.rule.id == "school_stage"]


@pytest.mark.parametrize(("text", "kind"), GAP, ids=str)
def test_a_remark_on_young_and_old_or_on_the_law_is_seen(text: str, kind: str) -> None:
    assert ("age_gap", kind) in [one[:2] for one in seen(text)]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (rule, text)
        for rule, texts in (
            ("age_stated", NO_AGE),
            ("age_question", NO_QUESTION),
            ("school_stage", NO_SCHOOL),
            ("age_gap", NO_GAP),
        )
        for text in texts
    ],
    ids=str,
)
def test_what_only_sounds_like_it_is_passed_by(rule: str, text: str) -> None:
    assert rule not in [one[0] for one in seen(text)]
