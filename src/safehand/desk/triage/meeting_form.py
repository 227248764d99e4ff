"""The form by which an officer says that a message plans a meeting, and when, or that it does not."""

from __future__ import annotations

from typing import Final

from django import forms

from safehand.desk.core import say
from safehand.desk.core.own_words import words_field
from safehand.desk.triage.meetings import EARLIEST, UNKNOWN, TimeReading, TimesShown
from safehand.desk.triage.models import LONGEST_REASON
from safehand.desk.triage.presenters.meetings import doubts_words, reading_words

NONE: Final = "none"


class MeetingForm(forms.Form):
    """One of the readings, or one of three other answers, and why. Nothing is chosen beforehand."""

    reading = forms.ChoiceField(
        label="When is the meeting that is planned here?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it is.", "invalid_choice": "Choose one of these."},
    )
    reason = words_field(
        "Why?",
        most=LONGEST_REASON,
        needed="Say why you read it so.",
        too_long=f"Say why in at most {LONGEST_REASON} characters.",
    )

    def __init__(self, shown: TimesShown, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = self.fields["reading"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  it stands a few lines above
        field.choices = [*((reading.key, _label(reading)) for reading in shown.readings), *_others(shown)]


def _label(reading: TimeReading) -> str:
    doubts = doubts_words(reading.doubts)
    said = " … ".join(f"“{words}”" for words in reading.words)
    return f"{reading_words(reading)}, from {said}{f' ({doubts})' if doubts else ''}"


def _others(shown: TimesShown) -> list[tuple[str, str]]:
    others = []
    if len(shown.readings) > 1:
        others.append((EARLIEST, f"Nobody can tell which of the {say.count(len(shown.readings))}: the earliest counts"))
    others.append((UNKNOWN, "A meeting is planned, and its time is not known"))
    if shown.stands:
        others.append((NONE, "No meeting is planned here, or none any more"))
    return others
