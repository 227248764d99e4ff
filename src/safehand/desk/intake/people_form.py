"""The forms by which a colleague is put on a case, or an officer taken off it; and a supervisor's way to any case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from safehand.desk.cases.people import LONGEST
from safehand.desk.core.own_words import words_field
from safehand.desk.core.reference import parse_reference
from safehand.desk.officers.models import Officer
from safehand.errors import SafehandError


class _WhoForm(forms.Form):
    """Which officer of a few, none chosen beforehand, and why."""

    officer = forms.ChoiceField(
        error_messages={"required": "Choose an officer.", "invalid_choice": "Choose from the list."}
    )
    reason = words_field(
        None,
        most=LONGEST,
        needed="Say why in your own words.",
        too_long=f"Say it in fewer than {LONGEST} characters.",
        rows=2,
    )

    def __init__(self, officers: Iterable[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._officers = {each.reference: each for each in officers}
        called = [(each.reference, f"{each.reference}, {each.display_name}") for each in self._officers.values()]
        field = self.fields["officer"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [("", "Choose an officer"), *called]

    def chosen(self) -> Officer:
        """The officer, once the form is valid."""
        return self._officers[self.cleaned_data["officer"]]


class PutOnForm(_WhoForm):
    """A colleague."""

    def __init__(self, officers: Iterable[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(officers, *args, auto_id="put_%s", **kwargs)
        self.fields["officer"].label = "Which colleague?"
        self.fields["reason"].label = "Why do they need to see it?"


class TakeOffForm(_WhoForm):
    """Somebody who is on it."""

    def __init__(self, officers: Iterable[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(officers, *args, auto_id="off_%s", **kwargs)
        self.fields["officer"].label = "Who is to be on it no longer?"
        self.fields["reason"].label = "Why?"


class AnyCaseForm(forms.Form):
    """Which case a supervisor means."""

    case = forms.CharField(
        label="Which case?",
        max_length=20,
        error_messages={"required": "Type the reference of the case."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_case(self) -> str:
        """As the desk spells it."""
        try:
            return parse_reference(str(self.cleaned_data["case"]))
        except SafehandError as err:
            raise forms.ValidationError(str(err)) from err
