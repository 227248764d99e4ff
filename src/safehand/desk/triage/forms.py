"""The forms of triage: a grade with its reason, and what is known."""

from __future__ import annotations

from django import forms

from safehand.desk.core.own_words import words_field
from safehand.desk.triage.facts import TAGS
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.inbox import Only
from safehand.desk.triage.models import LONGEST_REASON
from safehand.desk.triage.named import slips_in


class GradeForm(forms.Form):
    """One of the four, and why. No grade is chosen beforehand: it would be the desk that decides."""

    grade = forms.ChoiceField(
        label="Which grade do you give it?",
        choices=[(grade.value, f"{grade.words}: {grade.means[0].lower()}{grade.means[1:]}") for grade in Grade],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a grade.", "invalid_choice": "Choose one of the four grades."},
    )
    reason = words_field(
        "Why?",
        most=LONGEST_REASON,
        needed="Say why. A grade without a reason is not kept.",
        too_long=f"Say why in at most {LONGEST_REASON} characters.",
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """What stood on the page it was given on."""

    def chosen(self) -> Grade:
        """The grade, once the form is valid."""
        return Grade(self.cleaned_data["grade"])


class TagsForm(forms.Form):
    """What is known of the report, each from a closed list."""

    tags = forms.MultipleChoiceField(
        label="What do you know of it?",
        choices=[*TAGS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list."},
    )


class PageForm(forms.Form):
    """Which page of the inbox is asked for, and of which of its reports."""

    page = forms.IntegerField(required=False, min_value=1)
    only = forms.ChoiceField(required=False, choices=[(each.value, each.value) for each in Only])

    def asked(self) -> tuple[int, Only]:
        """The first page of all that waits, unless another is asked for. What is none counts as not asked."""
        given = self.cleaned_data if self.is_valid() else {**getattr(self, "cleaned_data", {})}
        return given.get("page") or 1, Only(given.get("only") or Only.ALL)


class NoteForm(forms.Form):
    """A note for the next shift."""

    words = words_field(
        "What must the next shift know?",
        most=LONGEST_REASON,
        needed="Write what the next shift must know.",
        too_long=f"Write at most {LONGEST_REASON} characters; a second note may follow.",
        rows=5,
    )

    def clean_words(self) -> str:
        """By a reference with a slip in it nobody would be found who may read the note."""
        words = str(self.cleaned_data["words"])
        slips = slips_in(words)
        if slips:
            raise forms.ValidationError(
                "There is no case %(slip)s: compare it with where you read it.", params={"slip": slips[0]}
            )
        return words


class TakeOverForm(forms.Form):
    """Why a report is taken over from a colleague."""

    reason = words_field(
        "Why do you take it over?",
        most=LONGEST_REASON,
        needed="Say why you take it over.",
        too_long="Say why in fewer words.",
        rows=2,
    )
