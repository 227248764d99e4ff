"""The urgent notice as one page of a form. Nothing is chosen for a holder, and one field alone must be filled in.

    form = NoticeForm(request.POST, today=date(2026, 11, 27))
    if form.is_valid(): notice = form.notice(written="2026-11-27T17:00:00Z")

"Today" and "tomorrow" are turned into a day here, by the UK's clock at the moment of sending.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, Final

from django import forms

from safehand.seal.holder_words import WORDS
from safehand.seal.notice import (
    DONT_KNOW,
    FIELDS,
    LEFT,
    LONGEST,
    NEEDED,
    Answered,
    Notice,
    NoticeField,
    NoticeKind,
    NoticeState,
    is_number,
)

_DONT_KNOW: Final = "dont_know"
_OTHER: Final = "other"
_PARTS: Final = ("day", "month", "year")
_YEARS_BACK: Final = 5
_YEARS_ON: Final = 2
"""Years around this one that the day of a meeting may be in: another is a slip of the hand."""

_ONE_LINE: Final = frozenset({"meeting_time", "caller_name", "caller_relation"})
_ODD: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class NoticeForm(forms.Form):
    """Made from the table of seal/notice.py and the words of data/holder-words.json."""

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self._today = today
        for field in FIELDS:
            self.fields[field.id] = _form_field(field)
        for part in _PARTS:
            # Nothing bounds these but _other_day: a month may be written out.
            self.fields[_box(part)] = forms.CharField(required=False, max_length=12)

    def clean(self) -> dict[str, Any]:
        """The day, once its three parts are there."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("meeting_day")
        if chosen == _OTHER:
            found = self._other_day(cleaned)
            if found is None:
                self.add_error("meeting_day", WORDS.notice.odd_day)
            cleaned["meeting_day"] = found.isoformat() if found else ""
        elif chosen in ("today", "tomorrow"):
            cleaned["meeting_day"] = (self._today + timedelta(days=chosen == "tomorrow")).isoformat()
        return cleaned

    def notice(self, written: str) -> Notice:
        """What was filled in."""
        return Notice(written, {field.id: _answered(field, self.cleaned_data[field.id]) for field in FIELDS})

    def _other_day(self, cleaned: dict[str, Any]) -> date | None:
        day, month, year = (cleaned.get(_box(part), "") for part in _PARTS)
        number = month if month.isdecimal() else str(_month(month))
        if not year:  # left out: the next time such a day comes, yesterday counted too
            years = [self._today.year + more for more in (-1, 0, 1)]
            days = [found for one in years if (found := _day(one, number, day))]
            later = [found for found in days if found >= self._today - timedelta(days=1)]
            return later[0] if later else None
        near = year.isdecimal() and -_YEARS_BACK <= int(year) - self._today.year <= _YEARS_ON
        return _day(int(year), number, day) if near else None


def _box(part: str) -> str:
    return "meeting_day_of" if part == "day" else f"meeting_{part}"


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def _month(word: str) -> int:
    short = word[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _form_field(field: NoticeField) -> forms.Field:
    words = WORDS.notice
    label = words.fields[field.id].ask
    dont_know = (_DONT_KNOW, words.dont_know)
    named = tuple(words.fields[field.id].choices.items())
    match field.kind:
        case NoticeKind.YES_NO:
            return _choice(label, (("yes", words.yes), ("no", words.no), dont_know))
        case NoticeKind.CHOICE:
            return _choice(label, (*named, dont_know))
        case NoticeKind.DAY:
            # "On another day" comes last: the three boxes for it stand right below.
            near = tuple(day for day in words.days.items() if day[0] != _OTHER)
            return _choice(label, (*near, dont_know, (_OTHER, words.days[_OTHER])))
        case NoticeKind.MANY:
            return forms.MultipleChoiceField(
                label=label, required=False, choices=(*named, dont_know), widget=forms.CheckboxSelectMultiple
            )
        case NoticeKind.NUMBER:
            return _Line(label=label, needed=True, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        case NoticeKind.TEXT:
            one_line = field.id in _ONE_LINE
            widget = forms.TextInput() if one_line else forms.Textarea(attrs={"rows": 2})
            if field.id == "caller_name":
                widget.attrs["autocomplete"] = "name"
            return _Line(label=label, widget=widget)


def _choice(label: str, choices: tuple[tuple[str, str], ...]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.RadioSelect)


class _Line(forms.CharField):
    """Words on one line: breaks become blanks, and signs that nobody sees are taken out."""

    def __init__(self, *, label: str, widget: forms.Widget, needed: bool = False) -> None:
        words = WORDS.notice
        super().__init__(
            label=label,
            required=needed,
            max_length=LONGEST,
            widget=widget,
            error_messages={"required": words.needed, "max_length": words.too_long},
        )

    def to_python(self, value: object) -> str:
        return " ".join(_ODD.sub(" ", str(value or "")).split())

    def validate(self, value: object) -> None:
        super().validate(value)
        if self.required and not is_number(str(value)):
            raise forms.ValidationError(WORDS.notice.needed)


def _answered(field: NoticeField, value: str | list[str]) -> Answered:
    if isinstance(value, list):
        signs = [choice for choice in field.choices if choice in value]
        if len(signs) > 1:
            signs = [choice for choice in signs if choice != "none"]  # what was ticked beside it says more
        return Answered.given(",".join(signs)) if signs else _unsaid(_DONT_KNOW in value)
    if field.kind in (NoticeKind.TEXT, NoticeKind.NUMBER):
        return Answered.given(value) if value else _unsaid(field.id not in (NEEDED, "caller_name"))
    if field.kind is NoticeKind.YES_NO and value in ("yes", "no"):
        return Answered(NoticeState(value))
    return Answered.given(value) if value not in ("", _DONT_KNOW) else _unsaid(value == _DONT_KNOW)


def _unsaid(dont_know: bool) -> Answered:  # noqa: FBT001  one question, answered
    return DONT_KNOW if dont_know else LEFT
