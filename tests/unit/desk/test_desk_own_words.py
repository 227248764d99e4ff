"""Officers' own words are asked for by one field, on every form of the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from django import forms

import safehand.desk
from safehand.desk.core.own_words import words_field

DESK = Path(safehand.desk.__file__).parent
HOLDERS = "handover"
"""What holders are asked stands on the public node, by a table of its own."""


def test_no_form_of_officers_makes_a_field_of_several_lines_of_its_own() -> None:
    makes = {
        str(path.relative_to(DESK))
        for path in DESK.rglob("*.py")
        if "forms.Textarea(" in path.read_text("utf-8") and path.relative_to(DESK).parts[0] != HOLDERS
    }
    assert makes == {"core/own_words.py"}


class _Asks(forms.Form):
    why = words_field("Why?", most=1_000, needed="Say why.")


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", "Say why."), (" \n ", "Say why."), ("x" * 1_001, "Write at most 1,000 characters."), ("x" * 1_000, "")],
)
def test_it_says_what_is_missing_and_what_is_too_much(typed: str, says: str) -> None:
    form = _Asks({"why": typed})
    assert [*form.errors.get("why", [])] == ([says] if says else [])
    assert 'autocomplete="off"' in str(form["why"]), "no browser fills in what was typed in another case"
