"""Meetings with what officers said became of them, as rules look at them (happened.py).

did not happen    it is no meeting any more
happened          it is on no clock, and is a reason of its own
not known         it stands as it did: "not known" is no "no"; but somebody was asked, and answered for what had passed
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from safehand.desk.cases.models import Case
from safehand.desk.triage.facts import Facts, Meeting
from safehand.desk.triage.meeting_models import Happened, MeetingPast
from safehand.desk.triage.readings import last_reading


@dataclass(frozen=True, slots=True)
class Said:
    """The newest answer of one meeting, and when it was given."""

    answer: Happened
    at: datetime


def answers_of(case: Case) -> dict[datetime, MeetingPast]:
    """By the time of the meeting the newest answer."""
    return {past.about: past for past in case.meetings_past.select_related("by")}


def said_of(case: Case) -> dict[datetime, Said]:
    """The same as rules look at it."""
    return said_in(case.meetings_past.all())


def said_in(answers: Iterable[MeetingPast]) -> dict[datetime, Said]:
    """The same of all answers of one case, the oldest first."""
    return {past.about: Said(Happened(past.answer), past.at) for past in answers}


def with_answers(facts: Facts, answers: Mapping[datetime, Said]) -> Facts:
    """The same facts with these answers, each by the time of its meeting."""
    answered = (_answered(meeting, answers.get(meeting.at) if meeting.at else None) for meeting in facts.meetings)
    meetings = tuple(meeting for meeting in answered if meeting is not None)
    declared = dict(facts.declared)
    if facts.meetings and all(meeting.happened for meeting in meetings):
        # What was under way when it was declared is so no more: an officer said of each what became of it.
        declared["meeting"] = (facts.codes("meeting") - {"under_way"}) or frozenset({"planned"})
    return Facts(declared, meetings)


def _answered(meeting: Meeting, said: Said | None) -> Meeting | None:
    """None where it is no meeting any more."""
    if said is None:
        return meeting
    if said.answer is Happened.HAPPENED:
        return replace(meeting, happened=True)
    if said.answer is Happened.DID_NOT and said.at >= last_reading(meeting):
        return None
    # That nothing happened was said of what had passed then. A reading that became known after it is another question.
    return replace(meeting, not_known_at=said.at)
