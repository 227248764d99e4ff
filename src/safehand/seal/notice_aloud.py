"""A notice in words, to be read out on the phone: twelve headings, and under each what was asked and answered.

    for part in read_aloud(notice, now):
        part.number, part.title, part.lines      1, "Danger now", (Line("Is a child in danger now?", "No", known=True),)

The page after sending, the shell and the officer's page all show this. What nobody answered stands there too, and says
so: an officer sees what to ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from safehand.seal.holder_words import WORDS
from safehand.seal.meeting import Basis, meeting_of
from safehand.seal.notice import FIELDS, ZONE, Answered, Notice, NoticeField, NoticeKind, NoticeState

_LONDON: Final = ZoneInfo(ZONE)
_LEFT: Final = "Not answered"


@dataclass(frozen=True, slots=True)
class Line:
    """What was asked and answered. ``known`` is False for "I don't know" and for what was left out."""

    ask: str
    words: str
    known: bool
    note: str = ""
    """What is to be minded about the answer: which of two readings, a time that has passed."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the twelve."""

    number: int
    title: str
    lines: tuple[Line, ...]


def read_aloud(notice: Notice, now: datetime) -> tuple[Part, ...]:
    """All of it, in the order it is asked."""
    return tuple(
        Part(number, title, tuple(_line(field, notice, now) for field in FIELDS if field.question == number))
        for number, title in enumerate(WORDS.notice.titles, 1)
    )


def notice_text(notice: Notice, now: datetime) -> str:
    """The same for a terminal or a printer."""
    said = []
    for part in read_aloud(notice, now):
        said.append(f"{part.number:2}  {part.title}")
        said += [f"    {line.ask} {line.words}.{' ' + line.note if line.note else ''}" for line in part.lines]
    return "\n".join(said) + "\n"


def answer_words(field: NoticeField, answer: Answered) -> str:
    """One answer in words."""
    words = WORDS.notice
    match answer.state:
        case NoticeState.YES:
            return words.yes
        case NoticeState.NO:
            return words.no
        case NoticeState.DONT_KNOW:
            return words.dont_know
        case NoticeState.LEFT:
            return _LEFT
        case NoticeState.GIVEN:
            return _given(field, answer.value or "")


def meeting_note(notice: Notice, now: datetime) -> str:
    """What is to be minded about the meeting's time; empty when there is nothing, or no day."""
    meeting = meeting_of(notice)
    if meeting.at is None:
        return ""
    said = {Basis.EARLIER: WORDS.notice.clock.earlier, Basis.DAY_ONLY: WORDS.notice.clock.day_only}
    notes = [said[meeting.basis]] if meeting.basis in said else []
    if has_passed(notice, now):
        notes.append(WORDS.notice.clock.past)
    return " ".join(notes)


def has_passed(notice: Notice, now: datetime) -> bool:
    """Is the meeting's time over? Where the day alone is known, only when that day is."""
    meeting = meeting_of(notice)
    if meeting.at is None:
        return False
    if meeting.basis is Basis.DAY_ONLY:
        return meeting.at.astimezone(_LONDON).date() < now.astimezone(_LONDON).date()
    return meeting.at < now


def _line(field: NoticeField, notice: Notice, now: datetime) -> Line:
    answer = notice.answers[field.id]
    known = answer.state not in (NoticeState.DONT_KNOW, NoticeState.LEFT)
    note = meeting_note(notice, now) if field.id == "meeting_time" else ""
    return Line(WORDS.notice.fields[field.id].ask, answer_words(field, answer), known, note)


def _given(field: NoticeField, value: str) -> str:
    choices = WORDS.notice.fields[field.id].choices
    match field.kind:
        case NoticeKind.CHOICE:
            return choices[value]
        case NoticeKind.MANY:
            return "; ".join(choices[one] for one in value.split(","))
        case NoticeKind.DAY:
            day = date.fromisoformat(value)
            return f"{day:%A} {day.day} {day:%B} {day.year}"
        case _:
            return value
