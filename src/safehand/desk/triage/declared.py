"""From what the desk has of a report to the facts that rules look at.

    facts_of_statement(package.summary)     the answers of a package's statement, as cases/declarations.py keeps them
    facts_of_notice(notice)                 what stands in the row of an urgent notice
    facts_of_tags(["child_missing"])        what an officer noted

Answers that a holder wrote in words are not here: that there are any is all a rule is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from safehand.desk.core.say import LONDON
from safehand.desk.intake.models import Notice
from safehand.desk.triage.facts import FACTS, OPEN, WRITTEN, Facts, Meeting
from safehand.seal.meeting import Basis

_STATEMENT: Final = {
    "child_in_danger": "urgent.child_in_danger",
    "child": "urgent.child",
    "contact_goes_on": "urgent.contact_goes_on",
    "danger_signs": "urgent.danger_signs",
    "access_to_children": "urgent.access_to_children",
    "confronted": "urgent.confronted",
    "group_attending": "urgent.group_attending",
    "fragile": "urgent.fragile",
    "published": "declarations.published",
}
"""Which question of the statement (seal/questions.py) answers which fact."""

NO_IN_WORDS: Final = "said_no"
"""The key of a summary under which stand the questions that were answered in words with no more than a "no"."""


def facts_of_statement(summary: Mapping[str, Any]) -> Facts:
    """The facts of a package that was read; of one that was not, none: everything is open."""
    answers: dict[str, list[str | None]] = summary.get("answers", {})
    plain_no = set(summary.get(NO_IN_WORDS, ()))
    declared = {
        fact: frozenset({_code(fact, answers.get(asked), no=asked in plain_no)}) for fact, asked in _STATEMENT.items()
    }
    meeting = _meeting(answers)
    declared["meeting"] = frozenset({meeting})
    if meeting == "no":
        declared["group_attending"] = frozenset({"no"})  # nobody is asked who means to be where nothing is planned
    return Facts(declared, _meetings(meeting, answers, summary.get("zone")))


def facts_of_notice(notice: Notice) -> Facts:
    """The facts of an urgent notice that its report followed; of one that did not open, none."""
    if not notice.opened:
        return Facts()
    danger = notice.danger if notice.danger in ("yes", "no") else OPEN
    meeting = notice.meeting if notice.meeting in ("under_way", "planned", "no") else OPEN
    declared = {"child_in_danger": frozenset({danger}), "meeting": frozenset({meeting})}
    if meeting == "no" or (meeting == OPEN and notice.meeting_at is None):
        return Facts(declared)
    basis = Basis(notice.meeting_basis) if notice.meeting_at is not None else Basis.UNKNOWN
    return Facts(declared, (Meeting(notice.meeting_at, basis),))


def facts_of_tags(tags: Iterable[str]) -> Facts:
    """The facts an officer noted."""
    return Facts({"tags": frozenset(tags)})


def stated_meeting(stated: str | None, zone: str | None) -> Meeting:
    """A date, or a date and time, as a statement has it: by the UK's clock, or the device's where that is earlier."""
    try:
        local = datetime.fromisoformat(stated or "")
    except ValueError:
        return Meeting(None, Basis.UNKNOWN)
    if local.tzinfo is not None:
        return Meeting(local.astimezone(UTC), Basis.STATED)
    if "T" not in (stated or ""):
        return Meeting(datetime.combine(local.date(), time(), LONDON).astimezone(UTC), Basis.DAY_ONLY)
    readings = {local.replace(tzinfo=each, fold=fold).timestamp() for each in _zones(zone) for fold in (0, 1)}
    first, last = (datetime.fromtimestamp(each, UTC) for each in (min(readings), max(readings)))
    return Meeting(first, Basis.EARLIER, last) if last > first else Meeting(first, Basis.STATED)


def _zones(zone: str | None) -> list[ZoneInfo]:
    try:
        return [LONDON, ZoneInfo(zone)] if zone else [LONDON]
    except (ZoneInfoNotFoundError, ValueError):
        return [LONDON]


def _code(fact: str, answer: list[str | None] | None, *, no: bool) -> str:
    state, value = answer if answer is not None else (None, None)
    if state == "given" and value in FACTS[fact]:
        return str(value)
    if state == "given" and WRITTEN in FACTS[fact]:
        return _no_code(fact) if no else WRITTEN
    return state if state in ("yes", "no") and state in FACTS[fact] else OPEN


def _no_code(fact: str) -> str:
    return "none" if fact == "danger_signs" else "no"


def _meeting(answers: Mapping[str, list[str | None]]) -> str:
    planned, under_way = (answers.get(f"urgent.meeting_{each}", [None])[0] for each in ("planned", "under_way"))
    if under_way == "yes":
        return "under_way"
    return {"yes": "planned", "no": "no"}.get(planned or "", OPEN)


def _meetings(meeting: str, answers: Mapping[str, list[str | None]], zone: str | None) -> tuple[Meeting, ...]:
    if meeting == "no":
        return ()
    stated = answers.get("urgent.meeting_when", [None, None])[1]
    if stated is None and meeting == OPEN:
        return ()  # nobody says that there is one: that nobody answered is a reason of its own
    return (stated_meeting(stated, zone),)
