"""The meetings of many reports at once, with what officers said of them: what a chore asks at every beat of a worker.

    for standing, meetings in meetings_of_reports(Standing.objects.filter(asked=True)): ...

The same meetings as suggesting.facts_of_case finds for one, in four questions to the database instead of some for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, QuerySet

from safehand.desk.intake.models import Notice
from safehand.desk.triage.answered import said_in, with_answers
from safehand.desk.triage.declared import facts_of_notice, facts_of_statement
from safehand.desk.triage.facts import Facts, Meeting, joined
from safehand.desk.triage.meeting_models import MeetingPast, MeetingSaid
from safehand.desk.triage.meetings_said import facts_of_said
from safehand.desk.triage.models import Standing


def meetings_of_reports(standings: QuerySet[Standing]) -> Iterator[tuple[Standing, tuple[Meeting, ...]]]:
    """Each with its case, its grade and its meetings."""
    cases = standings.order_by().values("case")
    notices: defaultdict[int, list[Facts]] = defaultdict(list)
    before = Notice.objects.annotate(of=F("arrival__followed_by__case")).filter(of__in=cases).select_related("arrival")
    for notice in before.order_by("pk"):
        notices[notice.of].append(facts_of_notice(notice))
    said: defaultdict[int, list[MeetingSaid]] = defaultdict(list)
    for one in MeetingSaid.objects.filter(case__in=cases).defer("sealed_reason"):
        said[one.case_id].append(one)
    past: defaultdict[int, list[MeetingPast]] = defaultdict(list)
    for answer in MeetingPast.objects.filter(case__in=cases).defer("reason"):
        past[answer.case_id].append(answer)
    wide = ("case__package__report", "case__package__account", "case__wrapped_key", "grading__reason")
    for standing in standings.select_related("case__package", "grading").defer(*wide):
        case = standing.case_id
        declared = joined(facts_of_statement(standing.case.package.summary), *notices[case], facts_of_said(said[case]))
        yield standing, with_answers(declared, said_in(past[case])).meetings
