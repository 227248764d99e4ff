"""The page "Triage" of a report: what is suggested and why, what was decided by whom, and everything before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.triage.actions import TriageShown
from safehand.desk.triage.facts import TAGS
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.models import Grading, Suggested, Tagging, Turn
from safehand.desk.triage.presenters.clock import clock_words
from safehand.desk.triage.presenters.grades import GradeTag, ReasonRow, grade_tag, reason_rows
from safehand.desk.triage.presenters.happened import AnswerRow, PastRow, answer_rows, past_rows
from safehand.desk.triage.presenters.meetings import SaidRow, standing_meetings


@dataclass(frozen=True, slots=True)
class Given:
    """A grade that an officer gave."""

    tag: GradeTag
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One thing that happened in triage, newest first."""

    at: datetime
    by: str
    did: str
    tag: GradeTag | None
    words: str


@dataclass(frozen=True, slots=True)
class TriagePage:
    """Everything of the page. ``tag`` and ``made_at`` are None until a worker has looked at the report."""

    tag: GradeTag | None
    made_at: datetime | None
    rules: str
    reasons: tuple[ReasonRow, ...]
    shadow: tuple[ReasonRow, ...]
    clock: str
    pressing: bool
    given: Given | None
    rose: bool
    tags: tuple[str, ...]
    may_decide: bool
    meetings: tuple[SaidRow, ...]
    """What officers read in the chat, without their reasons."""
    past: tuple[PastRow, ...]
    """Meetings whose time has passed, with what was said of each."""
    asked: bool
    """Of one of them nobody has said whether it happened."""
    again: bool
    """Of one of them it was not known, and it is asked whether it is by now."""
    linked: int
    """Reports that an officer linked with it."""
    noticed: int
    """Reports that the desk noticed, and nobody decided on."""
    notices: int
    """Urgent notices whose answers count here."""
    history: tuple[HistoryRow, ...]


def present_triage(shown: TriageShown, clock: Clock = system_clock) -> TriagePage:
    """The page of one report."""
    standing = shown.standing
    suggested = standing.suggested if standing is not None else None
    grading = standing.grading if standing is not None else None
    words, pressing = clock_words(standing, moment(clock()))
    return TriagePage(
        tag=grade_tag(Grade(suggested.grade)) if suggested is not None else None,
        made_at=suggested.made_at if suggested is not None else None,
        rules=suggested.rules_id if suggested is not None else "",
        reasons=reason_rows(suggested.reasons) if suggested is not None else (),
        shadow=reason_rows(suggested.shadow) if suggested is not None else (),
        clock=words,
        pressing=pressing,
        given=_given(grading) if grading is not None else None,
        rose=standing is not None and standing.rose,
        tags=tuple(TAGS[tag] for tag in shown.taggings[-1].tags) if shown.taggings else (),
        may_decide=shown.may_decide,
        meetings=standing_meetings(shown.case),
        past=past_rows(shown.past),
        asked=any(each.asked for each in shown.past),
        again=any(each.again for each in shown.past),
        linked=shown.linked,
        noticed=shown.noticed,
        notices=shown.notices,
        history=_history(shown),
    )


def _given(grading: Grading) -> Given:
    return Given(grade_tag(Grade(grading.grade)), grading.reason, grading.by.reference, grading.at)


def _history(shown: TriageShown) -> tuple[HistoryRow, ...]:
    rows = [
        *(_suggestion(each) for each in shown.suggested),
        *(_grading(each) for each in shown.gradings),
        *(_tagging(each) for each in shown.taggings),
        *(_turn(each) for each in shown.turns),
        *(_answered(each) for each in answer_rows(shown.answers, shown.past)),
    ]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def _suggestion(each: Suggested) -> HistoryRow:
    why = " ".join(str(reason["words"]) for reason in each.reasons)
    return HistoryRow(each.made_at, "The desk itself", "suggested", grade_tag(Grade(each.grade)), why)


def _grading(each: Grading) -> HistoryRow:
    return HistoryRow(each.at, each.by.reference, "graded", grade_tag(Grade(each.grade)), each.reason)


def _tagging(each: Tagging) -> HistoryRow:
    noted = ". ".join(TAGS[tag] for tag in each.tags)
    return HistoryRow(each.at, each.by.reference, "noted", None, f"{noted}." if noted else "Nothing of the list.")


def _turn(each: Turn) -> HistoryRow:
    did = "put it down" if each.works is None else "took it over" if each.reason else "began to work on it"
    return HistoryRow(each.at, each.by.reference, did, None, each.reason)


def _answered(each: AnswerRow) -> HistoryRow:
    return HistoryRow(each.at, each.by, f"said of the meeting of {each.about}: {each.words.lower()}", None, each.reason)
