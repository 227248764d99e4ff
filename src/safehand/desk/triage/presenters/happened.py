"""Meetings whose time has passed, in words, with what officers said became of them. Times are UK time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from safehand.desk.core import say
from safehand.desk.triage.happened import PastMeeting
from safehand.desk.triage.meeting_models import Happened, MeetingPast
from safehand.desk.triage.presenters.meetings import when_words


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
    """One meeting. ``said`` is the newest answer, or None while nobody gave one. ``key`` names it in a form."""

    key: str
    at: datetime
    words: str
    said: AnswerRow | None
    asked: bool
    """Nobody answers for it; or another reading of its time has passed since somebody did."""
    again: bool
    """It was not known, and that is a while ago: it is asked whether it is known by now."""
    later: str
    """Until when it may still happen, where its later reading is to come; else empty."""


def past_rows(past: Iterable[PastMeeting]) -> tuple[PastRow, ...]:
    """Each meeting, the earliest first."""
    return tuple(
        PastRow(
            each.at.isoformat(),
            each.at,
            _when(each),
            _answer(each.said, _when(each)) if each.said is not None else None,
            each.asked,
            each.again,
            say.uk_time(each.later) if each.later is not None else "",
        )
        for each in past
    )


def answer_rows(answers: Iterable[MeetingPast], past: Iterable[PastMeeting]) -> tuple[AnswerRow, ...]:
    """Every answer, the newest first: which of one meeting counts is the first of it.

    ``past``: the meetings, so that each is called as they are. One that is declared no more is called by its time.
    """
    called = {each.at: _when(each) for each in past}
    newest_first = sorted(answers, key=lambda each: each.pk, reverse=True)
    return tuple(_answer(each, called.get(each.about) or say.uk_time(each.about)) for each in newest_first)


def _when(past: PastMeeting) -> str:
    return when_words(past.at, past.meeting.until, past.meeting.basis)


def _answer(said: MeetingPast, about: str) -> AnswerRow:
    return AnswerRow(about, Happened(said.answer).label, said.reason, said.by.reference, said.at)
