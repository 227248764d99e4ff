"""The form by which an officer says whether a meeting has happened whose time has passed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django import forms

from safehand.desk.core.own_words import words_field
from safehand.desk.triage.meeting_models import Happened
from safehand.desk.triage.models import LONGEST_REASON
from safehand.desk.triage.presenters.happened import PastRow


class HappenedForm(forms.Form):
    """Which meeting, chosen where there are several; one of three answers; and why. No answer is chosen beforehand."""

    meeting = forms.ChoiceField(
        label="Which meeting do you speak of?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which meeting.", "invalid_choice": "Choose one of these meetings."},
    )
    answer = forms.ChoiceField(
        label="Has it happened?",
        choices=Happened.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it has happened.", "invalid_choice": "Choose one of the three."},
    )
    reason = words_field(
        "How do you know?",
        most=LONGEST_REASON,
        needed="Say how you know, or whom you asked.",
        too_long=f"Say it in at most {LONGEST_REASON} characters.",
    )

    after = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    """The newest answer that stood on the page."""

    def __init__(self, past: Sequence[PastRow], *args: object, after: int = 0, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["after"].initial = after
        self._times = {row.key: row.at for row in past}
        self._open = {row.at: row.later for row in past if row.later}
        field = self.fields["meeting"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  it stands a few lines above
        field.choices = [(row.key, row.words) for row in past]
        if len(past) == 1:
            # There is no other to choose. The form says which it is, and is not kept once it is another.
            field.widget, field.initial = forms.HiddenInput(), past[0].key
            self.fields["answer"].label = f"{past[0].words}: has it happened?"

    def of_another(self) -> bool:
        """Was it given on a page that asked of another meeting?"""
        return self["meeting"].is_hidden and "meeting" in self.errors

    def clean(self) -> dict[str, object]:
        """Of two readings nobody can say yet that nothing happened while the later is to come."""
        said = dict(super().clean() or {})
        if (
            "meeting" in said
            and "answer" in said
            and said["answer"] == Happened.DID_NOT
            and (later := self._open.get(self.about()))
        ):
            self.add_error("answer", f"Its later reading is still to come: by {later} it may still happen.")
        return said

    def about(self) -> datetime:
        """The time of the meeting, once the form is valid."""
        return self._times[self.cleaned_data["meeting"]]

    def chosen(self) -> Happened:
        """The answer, once the form is valid."""
        return Happened(self.cleaned_data["answer"])
