"""The forms of points to prove. Nothing is chosen beforehand, in none of them, and each asks for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from django import forms

from safehand.desk.core.own_words import words_field
from safehand.desk.points.choosing import LONGEST
from safehand.desk.points.entering import MOST
from safehand.desk.points.library import library
from safehand.desk.points.models import Side
from safehand.desk.points.offence import Offence

Choices = Sequence[tuple[str, Any]]
"""As Django has them: value and label, or a heading and choices of its own."""

AS_ATTEMPT: Final = "+attempt"

_FROM_MESSAGE: Final = (Side.SUPPORTING, Side.UNDERMINING, Side.POLICE)
"""What a message can be cited for: it is in this material."""


class ReasonForm(forms.Form):
    """A reason alone."""

    reason = words_field("Why?", most=LONGEST, needed="Say why.")


class ChooseForm(ReasonForm):
    """An offence to look at. ``outside`` is asked for only where no dated message is from its time."""

    what = forms.ChoiceField(
        label="Which offence?",
        error_messages={"required": "Choose an offence to look at.", "invalid_choice": "Choose one of the list."},
    )
    outside = forms.BooleanField(
        label="I know that no message with a time is from when it was in force. Look at it all the same.",
        required=False,
    )
    field_order = ("what", "reason", "outside")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        what = self.fields["what"]
        if isinstance(what, forms.ChoiceField):
            what.choices = [("", "Choose"), *_offences()]

    def chosen(self) -> tuple[str, bool]:
        """The code, and whether it is to be looked at as an attempt."""
        what = str(self.cleaned_data["what"])
        return what.removesuffix(AS_ATTEMPT), what.endswith(AS_ATTEMPT)


class EntryForm(ReasonForm):
    """An entry for a point. ``citable`` are the citations of the case that stand."""

    side = forms.ChoiceField(
        label="What do you enter?",
        choices=Side.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you enter.", "invalid_choice": "Choose one of these four."},
    )
    citations = forms.MultipleChoiceField(
        label="Which messages does it rest on?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of these citations does not stand any more. Choose again."},
    )
    field_order = ("side", "citations", "reason")

    def __init__(self, citable: Choices, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        citations = self.fields["citations"]
        if isinstance(citations, forms.MultipleChoiceField):
            citations.choices = citable

    def clean(self) -> dict[str, Any]:
        """For and against name messages; what is not here names none."""
        said: dict[str, Any] = {**(super().clean() or {})}
        named, side = said.get("citations"), said.get("side")
        if "citations" in said and side in {Side.SUPPORTING, Side.UNDERMINING} and not named:
            self.add_error("citations", "Choose the messages that it rests on.")
        if named and len(named) > MOST:
            self.add_error("citations", f"Choose at most {MOST}, or make two entries.")
        if side == Side.NOT_HERE and named:
            self.add_error("citations", "What is not in this material rests on no message: choose none.")
        return said

    def named(self) -> tuple[int, ...]:
        """The citations, by number."""
        return tuple(map(int, self.cleaned_data["citations"]))


class UseForm(ReasonForm):
    """A message, cited for a point at once: ``points`` of the case, and the citations of it that stand or a tag."""

    point = forms.ChoiceField(
        label="For which point?",
        error_messages={"required": "Choose a point.", "invalid_choice": "Choose one of the list."},
    )
    cited_as = forms.ChoiceField(
        label="Cited as",
        error_messages={
            "required": "Choose what the message is cited as.",
            "invalid_choice": "Choose one of the list.",
        },
    )
    side = forms.ChoiceField(
        label="What does the message do?",
        choices=[(side.value, side.label) for side in _FROM_MESSAGE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it does.", "invalid_choice": "Choose one of these three."},
    )
    field_order = ("point", "cited_as", "side", "reason")

    def __init__(self, points: Choices, cited_as: Choices, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, choices in (("point", points), ("cited_as", cited_as)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "Choose"), *choices]

    def where(self) -> tuple[str, str]:
        """The codes of the offence and of the point."""
        offence, _, element = str(self.cleaned_data["point"]).partition("/")
        return offence, element

    def as_what(self) -> int | str:
        """The number of a citation that stands, or a tag."""
        said = str(self.cleaned_data["cited_as"])
        return int(said) if said.isdecimal() else said


def _offences() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (act, [choice for offence in each for choice in _ways(offence)])
        for act, each in groupby(library(), key=lambda offence: offence.act)
    ]


def _ways(offence: Offence) -> list[tuple[str, str]]:
    ways = [(offence.code, f"{offence.short}: {offence.title}")]
    if offence.attempt.offered:
        ways.append((f"{offence.code}{AS_ATTEMPT}", f"{offence.short}, as an attempt"))
    return ways
