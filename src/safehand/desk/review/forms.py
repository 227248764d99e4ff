"""The forms of reading a case."""

from __future__ import annotations

from typing import Any

from django import forms

from safehand.desk.core.own_words import words_field
from safehand.desk.core.reference import parse_reference
from safehand.desk.custody.acts import Purpose
from safehand.desk.review.filter import NO_ACCOUNT, RULES, TAG_CODES, WHAT, Filter
from safehand.desk.review.giving_proof import LONGEST
from safehand.desk.review.models import ProofTo
from safehand.desk.review.presenters.seen import PURPOSES
from safehand.desk.review.presenters.timeline import CODES
from safehand.errors import SafehandError

_LONGEST = 500
"""Characters of a search: a sentence or two. More is a pasted page."""


class SearchForm(forms.Form):
    """Words to look for. They come by POST and stand in no address."""

    words = forms.CharField(
        label="Words",
        max_length=_LONGEST,
        error_messages={
            "required": "Type a word to look for.",
            "max_length": f"Type fewer than {_LONGEST} characters.",
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    conversation = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class PlaceField(forms.RegexField):
    """A message of a case: the numbers of its conversation and of itself, ``2-41``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(regex=r"\A[0-9]{1,9}-[0-9]{1,12}\Z", **kwargs)

    def clean(self, value: Any) -> tuple[int, int] | None:
        """The two numbers, or None where nothing was given."""
        text = super().clean(value)
        if not text:
            return None
        conversation, number = text.split("-")
        return int(conversation), int(number)


class AfterForm(forms.Form):
    """Which part of a long list is asked for."""

    after = forms.IntegerField(required=False, min_value=0)


class PurposeForm(forms.Form):
    """Why the log is looked at: it may be used for nothing else (DPA 2018 s.62(4))."""

    purpose = forms.ChoiceField(
        label="Why do you need to see who saw what?",
        choices=[(purpose.value, words) for purpose, words in PURPOSES.items()],
        error_messages={
            "required": "Choose why you need to see who saw what.",
            "invalid_choice": "Choose one of these reasons.",
        },
        widget=forms.RadioSelect,
    )
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def chosen(self) -> Purpose:
        """The purpose, once the form is valid."""
        return Purpose(self.cleaned_data["purpose"])


class ProofForm(forms.Form):
    """Whom the log of a case is given to. Nothing is chosen beforehand."""

    to = forms.ChoiceField(
        label="Whose expert asks?",
        choices=ProofTo.choices,
        error_messages={"required": "Choose whose expert asks.", "invalid_choice": "Choose one of these."},
        widget=forms.RadioSelect,
    )
    who = words_field("Who is it?", most=LONGEST, needed="Say who it is given to.")
    why = words_field("Why?", most=LONGEST, needed="Say why it is given.")


class LogForm(PurposeForm):
    """The same of the whole desk, or of one case."""

    case = forms.CharField(
        label="Of one case alone",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("case", "purpose")

    def clean_case(self) -> str:
        """As the desk spells it, or nothing."""
        typed = str(self.cleaned_data["case"]).strip()
        try:
            return parse_reference(typed) if typed else ""
        except SafehandError as err:
            raise forms.ValidationError(str(err)) from err


class TimeLineForm(forms.Form):
    """Where on the time line: messages as addresses name them (``2-41``), or a day."""

    clock = forms.ChoiceField(required=False, choices=[(code, code) for code in CODES])
    at = PlaceField(required=False)
    start = PlaceField(required=False)
    until = PlaceField(required=False)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))


class FilterForm(forms.Form):
    """Which messages of a conversation are asked for. Codes alone; whoever types another in an address gets 404."""

    who = forms.RegexField(regex=rf"\A([A-Z]{{1,6}}|{NO_ACCOUNT})\Z", required=False)
    what = forms.ChoiceField(required=False, choices=[("", ""), *((code, code) for code in WHAT)])
    tag = forms.ChoiceField(required=False, choices=[("", ""), *((code, code) for code in TAG_CODES)])
    rule = forms.ChoiceField(required=False, choices=[("", ""), *((code, code) for code in RULES)])
    since = forms.DateField(required=False)
    to = forms.DateField(required=False)

    def filter(self) -> Filter:
        """What was asked for. Call it when the form is valid."""
        return Filter(**self.cleaned_data)
