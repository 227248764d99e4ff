"""What the form of the urgent notice is shown with: its fields under the twelve headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BoundField

from safehand.desk.handover.notice_form import NoticeForm
from safehand.seal.holder_words import WORDS
from safehand.seal.notice import FIELDS, NoticeKind


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field: how it is drawn, and with what hint."""

    bound: BoundField
    kind: str
    hint: str
    parts: tuple[tuple[BoundField, str, str], ...] = ()
    """Of a day: three boxes, each with its word and width."""

    @property
    def own(self) -> str:
        """Its id on the page."""
        return str(self.bound.auto_id)

    @property
    def ties(self) -> str:
        """What is read out with it: its hint, its error."""
        named = [f"{self.own}-hint"] if self.hint else []
        return " ".join([*named, f"{self.own}-error"] if self.bound.errors else named)


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """One of the twelve."""

    number: int
    title: str
    fields: tuple[FieldShown, ...]


def questions_of(form: NoticeForm) -> tuple[QuestionShown, ...]:
    """All twelve."""
    return tuple(
        QuestionShown(number, title, tuple(_fields(form, number)))
        for number, title in enumerate(WORDS.notice.titles, 1)
    )


def _fields(form: NoticeForm, number: int) -> Iterator[FieldShown]:
    for field in FIELDS:
        if field.question != number:
            continue
        hint = WORDS.notice.fields[field.id].hint
        if field.kind is NoticeKind.TEXT and field.id != "caller_name":
            hint = f"{hint} {WORDS.notice.leave_empty}".strip()
        yield FieldShown(form[field.id], field.kind.value, hint, _parts(form) if field.kind is NoticeKind.DAY else ())


def _parts(form: NoticeForm) -> tuple[tuple[BoundField, str, str], ...]:
    words = WORDS.notice
    return (
        (form["meeting_day_of"], words.day, "2"),
        (form["meeting_month"], words.month, "3"),
        (form["meeting_year"], words.year, "4"),
    )
