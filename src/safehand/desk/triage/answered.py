"""Meetings with what officers said became of them, as rules look at them (happened.py).

did not happen    it is no meeting any more
happened          it is on no clock, and is a reason of its own
not known         it stands as it did: "not known" is no "no"; but somebody was asked, and answered for it
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from safehand.desk.cases.models import Case
from safehand.desk.triage.facts import Facts
from safehand.desk.triage.meeting_models import Happened, MeetingPast


def answers_of(case: Case) -> dict[datetime, MeetingPast]:
    """By the time of the meeting the newest answer."""
    return {past.about: past for past in case.meetings_past.select_related("by")}


def with_answers(facts: Facts, answers: Mapping[datetime, str]) -> Facts:
    """The same facts with these answers, each by the time of its meeting."""
    said = {at: Happened(answer) for at, answer in answers.items()}
    meetings = tuple(
        replace(meeting, answered=meeting.at in said, happened=said.get(meeting.at) is Happened.HAPPENED)
        if meeting.at is not None
        else meeting
        for meeting in facts.meetings
        if meeting.at is None or said.get(meeting.at) is not Happened.DID_NOT
    )
    declared = dict(facts.declared)
    if facts.meetings and all(meeting.happened for meeting in meetings):
        # What was under way when it was declared is so no more: an officer said of each what became of it.
        declared["meeting"] = (facts.codes("meeting") - {"under_way"}) or frozenset({"planned"})
    return Facts(declared, meetings)
