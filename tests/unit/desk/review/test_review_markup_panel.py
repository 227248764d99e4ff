"""What the panel says beside a message, written as markup by us: each thing in its place, nobody's words as markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest
from django.urls import reverse

from safehand.desk.review.markup_panel import Addresses, beside_markup, rule_markup, templates_markup
from safehand.desk.review.presenters.citations import CitedWords
from safehand.desk.review.presenters.panel import BLANK
from safehand.desk.review.presenters.pointers import Pointer, RuleWords
from safehand.desk.review.presenters.rows import Row

EVIL: Final = """<img src=x onerror="alert('1')">&amp;</template></script>"""
ESCAPED: Final = "&lt;img src=x onerror=&quot;alert(&#x27;1&#x27;)&quot;&gt;&amp;amp;&lt;/template&gt;&lt;/script&gt;"
HERE: Final = Addresses("/cases/SH-7K3M9QXA1/conversations/2/", "&sort=age", may_cite=True)
LOOKING_ON: Final = replace(HERE, may_cite=False)

RULE = RuleWords("age_stated", "An age is told", 3, "Age", "A child wrote", "An adult did", "Why it is", ("shoes",))
POINTER = Pointer("Age", "states an age", ("im 13", "thirteen"), (), names_time=False, read_as="", version=3, rule=RULE)
CITED = CitedWords(5, "Age", "Towards", "A note", "A-1234", datetime(2026, 1, 4, 10, 0, tzinfo=UTC), still_there=True)


def row_of(*pointers: Pointer, cited: tuple[CitedWords, ...] = (), not_analysed: bool = False) -> Row:
    """Message 1,041 with what is said beside it."""
    about = replace(BLANK.about, pointers=pointers, citations=cited)
    return replace(BLANK, number=1_041, about=about, not_analysed=not_analysed)


def test_beside_a_message_of_which_nothing_is_said_stands_nothing() -> None:
    assert beside_markup(row_of(), HERE, whole=True) == ""


def test_a_candidate_is_told_with_its_words_and_what_its_rule_looks_for_both_ways() -> None:
    markup = beside_markup(row_of(POINTER), HERE, whole=True)
    assert "Candidates: a prompt to look" in markup
    assert '<strong class="sh-pointer__sort">Age</strong> This message states an age.' in markup
    assert "<q>im 13</q>, <q>thirteen</q>" in markup
    for words in ("A child wrote", "An adult did", "Why it is", "<li>shoes</li>", "(age_stated, version 3)"):
        assert words in markup
    assert "It was found by version" not in markup
    assert "Not analysed" not in markup
    assert "Cited" not in markup


def test_what_its_rule_looks_for_is_left_for_the_script_where_many_are_told() -> None:
    markup = templates_markup([row_of(POINTER), replace(row_of(POINTER), number=7)], HERE)
    assert markup.count('<div data-rule="age_stated"></div>') == 2
    assert 'data-marks-of="1041"' in markup
    assert 'data-marks-of="7"' in markup
    assert "A child wrote" not in markup


def test_a_candidate_of_a_rule_that_is_not_known_here_is_told_without_one() -> None:
    markup = beside_markup(row_of(replace(POINTER, sort="", words=(), rule=None)), HERE, whole=True)
    assert '<p class="sh-pointer__says">This message states an age.</p>' in markup
    assert "<details" not in markup


def test_a_candidate_of_an_older_version_of_a_rule_says_so() -> None:
    markup = beside_markup(row_of(replace(POINTER, version=2)), HERE, whole=False)
    assert "It was found by version 2 of the rule; these are the words of version 3." in markup


def test_a_candidate_leads_to_the_messages_that_it_follows_from_and_keeps_what_is_marked() -> None:
    markup = beside_markup(row_of(replace(POINTER, earlier=(1_039, 1_040))), HERE, whole=False)
    assert '<a class="govuk-link" href="?message=1039&amp;sort=age#m1039">1,039</a>, <a ' in markup
    assert '#m1040">1,040</a>.</span>' in markup
    assert "It follows from" not in beside_markup(row_of(POINTER), HERE, whole=False)


def test_a_time_that_a_meeting_may_have_leads_whoever_may_cite_to_the_page_of_a_meeting() -> None:
    time = replace(POINTER, names_time=True, read_as="4 January 2026, 10:00 UK time")
    markup = beside_markup(row_of(time), HERE, whole=False)
    assert f'href="{reverse("triage:meeting", args=("SH-7K3M9QXA1", 2, 1_041))}"' in markup
    assert "Earliest it may mean: 4 January 2026, 10:00 UK time." in markup
    assert "meeting planned" not in beside_markup(row_of(time), LOOKING_ON, whole=False)
    assert "meeting planned" not in beside_markup(row_of(POINTER), HERE, whole=False)


def test_a_citation_is_told_with_who_made_it_and_leads_whoever_may_to_citing_anew() -> None:
    markup = beside_markup(row_of(cited=(CITED,)), HERE, whole=False)
    assert "<strong>Age</strong>. Towards.</p>" in markup
    assert '<p class="sh-cited__note">A note</p><p class="sh-quiet">A-1234, 4 January 2026, 10:00. ' in markup
    assert f'href="{reverse("review:cite", args=("SH-7K3M9QXA1", 2, 1_041))}?follows=5"' in markup
    assert "Candidates" not in markup
    looked_at = beside_markup(row_of(cited=(CITED,)), LOOKING_ON, whole=False)
    assert "A-1234" in looked_at
    assert "Cite anew" not in looked_at


def test_a_citation_of_other_bytes_says_so_and_one_without_a_note_has_no_empty_line() -> None:
    markup = beside_markup(row_of(cited=(replace(CITED, still_there=False, note=""),)), HERE, whole=False)
    assert "The message at this place is not read from the bytes that were cited." in markup
    assert "sh-cited__note" not in markup
    assert "not read from the bytes" not in beside_markup(row_of(cited=(CITED,)), HERE, whole=False)


def test_a_message_that_was_not_analysed_says_that_no_mark_means_nothing() -> None:
    assert "no mark here means nothing" in beside_markup(row_of(not_analysed=True), HERE, whole=False)


@pytest.mark.parametrize("whole", [True, False])
def test_nothing_that_stands_in_the_panel_is_markup(whole: bool) -> None:  # noqa: FBT001  a parameter of the test
    rule = RuleWords(EVIL, EVIL, 1, EVIL, EVIL, EVIL, EVIL, (EVIL,))
    pointer = Pointer(EVIL, EVIL, (EVIL,), (3,), names_time=True, read_as=EVIL, version=2, rule=rule)
    cited = CitedWords(1, EVIL, EVIL, EVIL, EVIL, CITED.at, still_there=False)
    markup = beside_markup(row_of(pointer, cited=(cited,)), Addresses(EVIL, EVIL, may_cite=True), whole=whole)
    assert "<img" not in markup
    assert "</template" not in markup
    of_the_pointer = 4 + 1 + 1 + 2  # what is said, what it follows from, the address of a meeting, the rule and its id
    of_the_citation = 5 + 1  # what is said, its title again for the ear, the address
    of_the_rule = 6
    assert rule_markup(rule).count(ESCAPED) == of_the_rule
    assert markup.count(ESCAPED) == of_the_pointer + of_the_citation + (of_the_rule if whole else 0)
