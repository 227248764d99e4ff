"""The forms of a conduct review. Nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from safehand.casefile.schema import LAST_CONVERSATION, NUMBER_BITS
from safehand.desk.cases.declarations import who_typed
from safehand.desk.cases.models import Package
from safehand.desk.conduct.asking import LONGEST
from safehand.desk.conduct.models import Answered, RecordedAs
from safehand.desk.conduct.recording import ToRecord
from safehand.desk.conduct.rests import (
    EXHIBIT,
    Rests,
    files_of,
    on_exhibit,
    on_file,
    on_message,
    on_statement,
    statement_sha256,
)
from safehand.desk.core.own_words import words_field

LAST_NUMBER: Final = (1 << NUMBER_BITS) - 1


NONE_OF_THEM: Final = "none"
"""Of the accounts of the statement it is none, or nobody knows."""


def _typed(who: Sequence[str]) -> str:
    return ", ".join(map(who_typed, who))


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
    declared = forms.ChoiceField(
        label="Which account of the statement is it?",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of these, or none."},
    )
    reason = words_field("Why?", most=LONGEST, needed="Say on what it rests.", rows=4)

    def __init__(self, offered: ToRecord, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices: dict[str, list[tuple[str, str]]] = {
            "account": [("", "Choose"), *((letter, letter) for letter in offered.letters)],
            "declared": [
                *((str(number), f"Account {number}: {_typed(who)}") for number, who in offered.declared.items()),
                (NONE_OF_THEM, "None of them, or not known"),
            ],
        }
        for name, those in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = those
        if not offered.declared:
            del self.fields["declared"]

    def declared_account(self) -> int | None:
        """The account of the statement, once the form is valid."""
        said = self.cleaned_data.get("declared", "")
        return int(said) if said not in ("", NONE_OF_THEM) else None

    def chosen(self) -> RecordedAs:
        """What it is recorded as, once the form is valid."""
        return RecordedAs(self.cleaned_data["recorded_as"])


class StepForm(forms.Form):
    """One step of a review: the words alone. Which step it is and what it follows come with it."""

    words = words_field(
        "In your own words", most=LONGEST, needed="Write what you conclude, and on what it rests.", rows=12
    )
    after = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """An answer to an item of the checklist: how, in words, and what it rests on."""

    answered = forms.ChoiceField(
        label="How is it answered?",
        choices=Answered.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is answered.", "invalid_choice": "Choose one of these."},
    )
    words = words_field(
        "The answer",
        most=LONGEST,
        needed="Write the answer, and where it stands, who knows it, or why it does not apply.",
        rows=5,
    )
    conversation = forms.IntegerField(
        label="A message: its conversation",
        required=False,
        min_value=1,
        max_value=LAST_CONVERSATION,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Give the number of a conversation."),
    )
    number = forms.IntegerField(
        label="and its number",
        required=False,
        min_value=1,
        max_value=LAST_NUMBER,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Give the number of a message."),
    )

    statement = forms.BooleanField(label="The holder’s statement, as it stands in the package", required=False)
    file = forms.ChoiceField(
        label="A file of the package",
        required=False,
        error_messages={"invalid_choice": "Choose one of its files."},
    )
    exhibit = forms.RegexField(
        EXHIBIT,
        label="An exhibit, by its reference",
        required=False,
        strip=True,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages=dict.fromkeys(("invalid", "max_length"), "Give initials and a number, as in AB1 or ABC/1."),
    )

    def __init__(self, package: Package, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        files = self.fields["file"]
        if isinstance(files, forms.ChoiceField):
            files.choices = [("", "None"), *((file, file) for file in files_of(package))]
        if not statement_sha256(package):
            del self.fields["statement"]

    def clean(self) -> dict[str, Any]:
        """Both numbers of a message, or neither; one thing that it rests on, or none; one from the package."""
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        if (said["conversation"] is None) is not (said["number"] is None):
            self.add_error("number", "Give the conversation and the message, or neither.")
        elif len(self._named()) > 1:
            self.add_error("conversation", "Name one thing that it rests on, and say the others in the answer.")
        elif said["answered"] == Answered.PACKAGE and not self._named():
            self.add_error("conversation", "Name what it rests on, or choose another answer.")
        return said

    def rests(self) -> Rests | None:
        """What it rests on, once the form is valid."""
        return next(iter(self._named()), None)

    def _named(self) -> list[Rests]:
        said = self.cleaned_data
        named = [on_message(said["conversation"], said["number"])] if said["number"] is not None else []
        named += [on_statement()] if said.get("statement") else []
        named += [on_file(said["file"])] if said["file"] else []
        return named + ([on_exhibit(said["exhibit"])] if said["exhibit"] else [])
