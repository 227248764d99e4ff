"""The form of citing a message: a tag, which way it may be read, a note. Nothing is chosen beforehand."""

from __future__ import annotations

from django import forms

from safehand.desk.core.own_words import words_field
from safehand.desk.review.citing import LONGEST
from safehand.desk.review.models import Points
from safehand.desk.review.tags import TAGS


class CiteForm(forms.Form):
    """A new citation."""

    tag = forms.ChoiceField(
        label="What is it about?",
        choices=[("", "Choose"), *((tag.code, tag.title) for tag in TAGS)],
        error_messages={"required": "Choose what it is about.", "invalid_choice": "Choose one of the list."},
    )
    points = forms.ChoiceField(
        label="Which way may it be read?",
        choices=Points.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose which way it may be read.",
            "invalid_choice": "Choose one of these ways to read it.",
        },
    )
    note = words_field("Note", most=LONGEST, needed="Say why.", required=False)


class FollowForm(CiteForm):
    """One that follows another: it says why."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["note"].required = True


class TakeBackForm(FollowForm):
    """Taking one back: the reason alone."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].required = self.fields["points"].required = False
