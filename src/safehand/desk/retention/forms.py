"""The forms of retention. Nothing is chosen beforehand, and what cannot be undone asks for the reference again."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from safehand.desk.core.own_words import words_field
from safehand.desk.core.reference import parse_reference
from safehand.desk.retention.finding import LONGEST_REASON
from safehand.desk.retention.table import retention
from safehand.errors import SafehandError

_NEEDED = "Say why."


class WhichCaseForm(forms.Form):
    """A case, by its reference."""

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


def _day(label: str, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        error_messages={"required": "Give a day.", "invalid": "Give a day, as in 2027-01-04."},
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class ReviewForm(forms.Form):
    """The case is kept: by which class, until when, and why."""

    kept_by = forms.ChoiceField(
        label="By which class is it kept?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a class.", "invalid_choice": "Choose from the list."},
    )
    due = _day("When is it looked at again?", required=False)
    reason = words_field("Why is it still needed?", most=LONGEST_REASON, needed=_NEEDED)

    def __init__(self, posted: QueryDict | None = None) -> None:
        super().__init__(posted, auto_id="review_%s")
        field = self.fields["kept_by"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [(each.code, each.title) for each in retention().classes]


class HoldForm(forms.Form):
    """A legal hold."""

    look_on = _day("When does somebody ask whether it is still needed?", required=True)
    reason = words_field("What must it be kept for?", most=LONGEST_REASON, needed=_NEEDED)

    def __init__(self, posted: QueryDict | None = None) -> None:
        super().__init__(posted, auto_id="hold_%s")


class ReasonForm(forms.Form):
    """Why. ``called`` tells the forms of one page apart."""

    reason = words_field(None, most=LONGEST_REASON, needed=_NEEDED)

    def __init__(self, called: str, label: str, posted: QueryDict | None = None) -> None:
        super().__init__(posted, auto_id=f"{called}_%s")
        self.fields["reason"].label = label


class AskForm(forms.Form):
    """That the case be erased."""

    basis = forms.ChoiceField(
        label="On what basis?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a basis.", "invalid_choice": "Choose from the list."},
    )
    reason = words_field("Why is it to be erased?", most=LONGEST_REASON, needed=_NEEDED)

    def __init__(self, posted: QueryDict | None = None) -> None:
        super().__init__(posted, auto_id="ask_%s")
        field = self.fields["basis"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [(each.code, each.title) for each in retention().bases]


class ConfirmForm(ReasonForm):
    """That it is erased: with its reference, typed again."""

    again = forms.CharField(
        label="Type the case’s reference",
        max_length=20,
        error_messages={"required": "Type the reference of the case that is to be erased."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, reference: str, posted: QueryDict | None = None) -> None:
        super().__init__("confirm", "What did you look at?", posted)
        self._reference = reference
        self.order_fields(["reason", "again"])

    def clean_again(self) -> str:
        """The same case, however it is spelled."""
        try:
            typed = parse_reference(str(self.cleaned_data["again"]))
        except SafehandError as err:
            raise forms.ValidationError(str(err)) from err
        if typed != self._reference:
            raise forms.ValidationError("That is the reference of another case.")
        return typed
