"""The form by which an officer says what two reports have to do with each other."""

from __future__ import annotations

from typing import Final

from django import forms

from safehand.desk.cases.models import Case
from safehand.desk.core.own_words import words_field
from safehand.desk.core.reference import parse_reference
from safehand.desk.triage.models import LONGEST_REASON, Together
from safehand.errors import SafehandError

_NOT_KNOWN: Final = "You may name a report that you are on, or one that stands above."


class LinkForm(forms.Form):
    """Which report, what of it, and why. ``form.other`` is the report, once the form is valid."""

    reference = forms.CharField(
        label="Which report?",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Type the reference of the other report."},
    )
    of_the_two = forms.ChoiceField(
        label="What do you say of the two?",
        choices=Together.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you say of the two.", "invalid_choice": "Choose one of these."},
    )
    reason = words_field(
        "Why?",
        most=LONGEST_REASON,
        needed="Say why. Nothing is linked or parted without a reason.",
        too_long=f"Say why in at most {LONGEST_REASON} characters.",
    )

    def __init__(self, case: Case, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self._case = case
        self.other: Case | None = None

    def clean_reference(self) -> str:
        """Of another report. One that there is none of reads as one that may not be named."""
        try:
            reference = parse_reference(str(self.cleaned_data["reference"]))
        except SafehandError as err:
            raise forms.ValidationError(str(err)) from err
        if reference == self._case.reference:
            raise forms.ValidationError("That is this report.")
        self.other = Case.objects.that_stand().filter(reference=reference).first()
        if self.other is None:
            raise forms.ValidationError(_NOT_KNOWN)
        return reference

    def together(self) -> Together:
        """What was said of the two, once the form is valid."""
        return Together(self.cleaned_data["of_the_two"])

    def refuse(self) -> None:
        """The officer may not name it: said in the same words as of one that there is not."""
        self.add_error("reference", _NOT_KNOWN)
