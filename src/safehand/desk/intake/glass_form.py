"""The form by which an officer opens a case they are not on."""

from __future__ import annotations

from django import forms

from safehand.desk.cases.glass import LONGEST
from safehand.desk.cases.models import GlassWhy
from safehand.desk.core.own_words import words_field
from safehand.desk.core.reference import parse_reference
from safehand.errors import SafehandError


class GlassForm(forms.Form):
    """Which case, and why: one of a few, and in the officer's own words."""

    reference = forms.CharField(
        label="Which case?",
        max_length=20,
        error_messages={"required": "Type the reference of the case."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    why = forms.ChoiceField(
        label="Why do you need it now?",
        choices=GlassWhy.choices,
        error_messages={"required": "Choose why you need it.", "invalid_choice": "Choose one of these."},
        widget=forms.RadioSelect,
    )
    reason = words_field(
        "In your own words",
        most=LONGEST,
        needed="Say why in your own words.",
        too_long=f"Say it in at most {LONGEST} characters.",
    )

    def clean_reference(self) -> str:
        """As the desk spells it."""
        try:
            return parse_reference(str(self.cleaned_data["reference"]))
        except SafehandError as err:
            raise forms.ValidationError(str(err)) from err
