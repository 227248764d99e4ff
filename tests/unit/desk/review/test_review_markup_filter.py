"""The lists of the filter, written as markup by us: each option once, one chosen, and nobody's words as markup."""

from __future__ import annotations

from safehand.desk.review.markup_filter import fields_markup
from safehand.desk.review.presenters.filtering import Field, Group, Option

EVIL = """<img src=x onerror="alert('1')">"""
EVERYONE = Option("", "Everyone", chosen=False)


def test_a_list_has_its_label_and_each_option_and_the_chosen_one_alone_is_chosen() -> None:
    field = Field("who", "Who wrote", (Group("", (EVERYONE, Option("A", "A", chosen=True))),))
    assert fields_markup([field]) == (
        '<p><label for="filter-who">Who wrote</label><select class="govuk-select" id="filter-who" name="who">'
        '<option value="">Everyone</option><option value="A" selected>A</option></select></p>'
    )


def test_options_with_a_heading_stand_together_and_those_without_one_do_not() -> None:
    markup = fields_markup([Field("rule", "Candidates", (Group("", (EVERYONE,)), Group("Age", (EVERYONE, EVERYONE))))])
    assert markup.count("<optgroup") == 1
    assert markup.count('<option value="">Everyone</option>') == 3
    assert '<option value="">Everyone</option><optgroup label="Age">' in markup
    assert "selected" not in markup, "nothing is chosen by itself"


def test_no_word_of_the_filter_is_markup() -> None:
    field = Field(EVIL, EVIL, (Group(EVIL, (Option(EVIL, EVIL, chosen=False),)),))
    markup = fields_markup([field, field])
    assert "<img" not in markup
    assert markup.count("&lt;img src=x onerror=&quot;alert(&#x27;1&#x27;)&quot;&gt;") == 2 * 7
    assert markup.count("\n") == 1
