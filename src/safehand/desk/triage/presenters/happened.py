"""Meetings whose time has passed, in words, with what officers said became of them. Times are UK time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from safehand.desk.triage.happened import PastMeeting
from safehand.desk.triage.meeting_models import Happened, MeetingPast
from safehand.desk.triage.presenters.meetings import when_words
from safehand.seal.meeting import Basis


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer that an officer gave."""

    about: str
    words: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PastRow:
    """One meeting. ``said`` is the answer that counts, or None while nobody gave one. ``key`` names it in a form."""

    key: str
    at: datetime
    words: str
    said: AnswerRow | None


def past_rows(past: Iterable[PastMeeting]) -> tuple[PastRow, ...]:
    """Each meeting, the earliest first."""
    return tuple(_row(each) for each in past)


def answer_rows(answers: Iterable[MeetingPast]) -> tuple[AnswerRow, ...]:
    """Every answer, the newest first: which of one meeting counts is the first of it."""
    return tuple(_answer(each) for each in sorted(answers, key=lambda each: each.pk, reverse=True))


def _row(past: PastMeeting) -> PastRow:
    words = when_words(past.at, past.meeting.until, past.meeting.basis)
    return PastRow(past.at.isoformat(), past.at, words, _answer(past.said) if past.said is not None else None)


def _answer(said: MeetingPast) -> AnswerRow:
    about = when_words(said.about, None, Basis.STATED)
    return AnswerRow(about, Happened(said.answer).label, said.reason, said.by.reference, said.at)
