"""Planned meetings as officers confirmed them, and as rules look at them. No chat is opened for it (meetings.py)."""

from __future__ import annotations

from collections.abc import Iterable

from safehand.desk.cases.models import Case
from safehand.desk.triage.facts import Facts, Meeting
from safehand.desk.triage.meeting_models import MeetingSaid
from safehand.seal.meeting import Basis


def meetings_that_stand(case: Case) -> tuple[MeetingSaid, ...]:
    """By message the newest word, where it says that one is planned; the earliest meeting first, unknown times last."""
    return _standing(case.meetings_said.select_related("by"))


def facts_of_meetings(case: Case) -> Facts:
    """What officers confirmed, as rules look at it."""
    return facts_of_said(case.meetings_said.all())


def facts_of_said(words: Iterable[MeetingSaid]) -> Facts:
    """The same of all that officers said of one case, the oldest first."""
    standing = _standing(words)
    if not standing:
        return Facts()
    meetings = tuple(Meeting(said.at_earliest, Basis(said.basis), said.until) for said in standing)
    return Facts({"meeting": frozenset({"planned"})}, meetings)


def _standing(words: Iterable[MeetingSaid]) -> tuple[MeetingSaid, ...]:
    newest = {(said.conversation, said.number): said for said in words}
    standing = [said for said in newest.values() if said.planned]
    return tuple(sorted(standing, key=lambda said: (said.at_earliest is None, said.at_earliest, said.pk)))
