"""The forms of a conduct review. Nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from safehand.desk.conduct.asking import LONGEST
from safehand.desk.conduct.models import RecordedAs


class RecordForm(forms.Form):
    """What an account is recorded as, and why."""

    account = forms.ChoiceField(
        label="Which account?",
        error_messages={"required": "Choose an account.", "invalid_choice": "Choose one of the accounts."},
    )
    recorded_as = forms.ChoiceField(
        label="What is it recorded as?",
        choices=RecordedAs.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is recorded as.", "invalid_choice": "Choose one of these."},
    )
    reason = forms.CharField(
        label="Why?",
        max_length=LONGEST,
        error_messages={
            "required": "Say on what it rests.",
            "max_length": f"Write at most {LONGEST:,} characters.",
        },
        widget=forms.Textarea(attrs={"rows": "4", "autocomplete": "off"}),
    )

    def __init__(self, letters: Sequence[str], *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the checker: it is declared above
        field.choices = [("", "Choose"), *((letter, letter) for letter in letters)]

    def chosen(self) -> RecordedAs:
        """What it is recorded as, once the form is valid."""
        return RecordedAs(self.cleaned_data["recorded_as"])


class StepForm(forms.Form):
    """One step of a review: the words alone. Which step it is and what it follows come with it."""

    words = forms.CharField(
        label="In your own words",
        max_length=LONGEST,
        error_messages={
            "required": "Write what you conclude, and on what it rests.",
            "max_length": f"Write at most {LONGEST:,} characters.",
        },
        widget=forms.Textarea(attrs={"rows": "12", "autocomplete": "off"}),
    )
    after = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
