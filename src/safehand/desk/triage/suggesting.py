"""Suggesting grades: a chore of the workers, and a part of what officers do.

    look_at_reports()             whatever came further, or whose clock has moved: suggested anew, with its entry
    standing_of(case, clock)      inside a transaction: where it stands now, suggested anew when anything changed

The same suggestion twice is one: a row is added only where the grade, a reason or the table is another.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from safehand.desk.cases.models import Case, Package
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record
from safehand.desk.custody.acts import Verb
from safehand.desk.intake.models import Notice
from safehand.desk.triage.answered import said_of, with_answers
from safehand.desk.triage.declared import facts_of_notice, facts_of_statement, facts_of_tags
from safehand.desk.triage.facts import Facts, Meeting, joined
from safehand.desk.triage.meeting_time import Hours, clock_of, is_asked, not_known_since, on_the_clock, passes_at
from safehand.desk.triage.meetings_said import facts_of_meetings
from safehand.desk.triage.models import FAR, Grading, RulesUsed, Standing, Suggested, known_later
from safehand.desk.triage.readings import LATER, driven_so_far
from safehand.desk.triage.rising import ACTOR, rise_recorded, rose_since, standing_place, standing_waits
from safehand.desk.triage.rule_table import read_table, table_value
from safehand.desk.triage.rules import Reason, RuleTable, Suggestion, suggest
from safehand.model.digest import sha256_of

AT_ONCE: Final = 200
"""Reports of one look: the heart of a worker has more to do. The others are the first of the next look."""


def look_at_reports(clock: Clock = system_clock) -> int:
    """Suggest a grade wherever one is missing or may be another. How many reports were looked at."""
    cases = _due(moment(clock()))
    for case in cases:
        with transaction.atomic():
            in_turn()  # another worker, or an officer, may be at the same report
            standing_of(case, clock)
    return len(cases)


def standing_of(case: Case, clock: Clock, *, graded: Grading | None = None) -> Standing:
    """Where the report stands, from all that is known of it at this moment.

    ``graded``: a grade that is given at this moment, so that nothing rose since.
    """
    now, table = moment(clock()), the_table()
    package = Package.objects.get(case=case)
    facts = facts_of_case(case, package)
    suggestion = suggest(facts, now, table)
    standing = Standing.objects.select_related("suggested", "grading__suggested").filter(case=case).first()
    suggested = standing.suggested if standing is not None else None
    if suggested is None or not _says(suggested, suggestion):
        suggested = _suggest(case, suggestion, table, clock)
    clock_at, clock_basis = _clock(facts, now, table.hours)
    grading = graded or (standing.grading if standing is not None else None)
    passes = passes_at(facts.meetings, now)
    asked = any(is_asked(meeting, now) for meeting in facts.meetings)
    rose = graded is None and rose_since(suggested, grading, times_known(facts))
    if rose and grading is not None:
        rise_recorded(case, suggested, grading, clock)
    return Standing.objects.update_or_create(
        case=case,
        defaults={
            "place": standing_place(suggested, grading, rose=rose, asked=asked),
            "clock_at": clock_at,
            "clock_basis": clock_basis,
            "passes_at": passes,
            "since": package.received_at,
            "suggested": suggested,
            "grading": grading,
            "of_state": package.state,
            "of_rules": table.version,
            # That a meeting passes changes no suggestion: from then on it is asked whether it happened.
            "look_at": min((at for at in (suggestion.until, passes) if at is not None and at > now), default=None),
            "waits": standing_waits(case, rose=rose, asked=asked),
            "asked": asked,
            "not_known_at": not_known_since(facts.meetings),
            "rose": rose,
        },
    )[0]


def facts_of_case(case: Case, package: Package) -> Facts:
    """All that is known of a report: what is declared, with what officers said became of its meetings."""
    return with_answers(declared_of_case(case, package), said_of(case))


def declared_of_case(case: Case, package: Package) -> Facts:
    """All that is declared of a report: by its statement, by the urgent notice before it, and by officers."""
    newest = case.taggings.last()
    return joined(
        facts_of_statement(package.summary),
        *(facts_of_notice(notice) for notice in notices_before(case)),
        facts_of_meetings(case),
        facts_of_tags(newest.tags if newest is not None else ()),
    )


def times_known(facts: Facts) -> list[str]:
    """When meetings are that were declared or confirmed, over or not, as ISO 8601 in UTC; "" of no known time."""
    return sorted({meeting.at.astimezone(UTC).isoformat() if meeting.at else "" for meeting in facts.meetings})


def readings_known(facts: Facts, now: datetime) -> list[str]:
    """The same with each later reading that drives the clock by now: a grade that was given before answers for none."""
    timed = (meeting for meeting in facts.meetings if meeting.at is not None)
    driven = ((at, meeting) for meeting in timed for at in driven_so_far(meeting, now))
    later = {known_later(at) for at, meeting in driven if at != meeting.at}
    return sorted({*times_known(facts), *later})


def what_stands(case: Case, clock: Clock) -> str:
    """Which suggestion stands, and a digest of when meetings are: what a page carries, so that a grade is of that."""
    suggested = Standing.objects.filter(case=case).values_list("suggested", flat=True).first() or 0
    times = readings_known(facts_of_case(case, Package.objects.get(case=case)), moment(clock()))
    return f"{suggested}.{sha256_of(','.join(times).encode())}"


def notices_before(case: Case) -> list[Notice]:
    """The urgent notices that the holder of this report sent before it, and said so."""
    followed = Q(arrival__followed_by__case=case)
    return list(Notice.objects.filter(followed).select_related("arrival", "taken_by").distinct())


def the_table() -> RuleTable:
    """The table this desk grades by, with the unit's own laid over it (SAFEHAND_GRADES)."""
    unit: Path | None = settings.GRADE_RULES
    return read_table(unit)


def _due(now: datetime) -> list[Case]:
    behind = (
        Q(case__standing=None)
        | ~Q(state=F("case__standing__of_state"))
        | ~Q(case__standing__of_rules=the_table().version)
        | Q(case__standing__look_at__lte=now)
    )
    standing = Package.objects.filter(behind, case__erased_at=None)
    return [package.case for package in standing.select_related("case").only("case")[:AT_ONCE]]


def _suggest(case: Case, suggestion: Suggestion, table: RuleTable, clock: Clock) -> Suggested:
    rules, _ = RulesUsed.objects.get_or_create(
        version=table.version,
        defaults={"table": table_value(table.rules, table.urgent, table.hours), "since": moment(clock())},
    )
    made = Suggested.objects.create(
        case=case,
        made_at=moment(clock()),
        grade=suggestion.grade.value,
        rules=rules,
        reasons=_value(suggestion.reasons),
        shadow=_value(suggestion.shadow),
    )
    record(
        Verb.GRADE_SUGGESTED,
        actor=ACTOR,
        case=case.reference,
        record="case",
        details={
            "grade": suggestion.grade.value,
            "reasons": len(suggestion.reasons),
            "rules": row_digest(rules),
            "row": row_digest(made),
        },
        clock=clock,
    )
    return made


def _says(suggested: Suggested, suggestion: Suggestion) -> bool:
    return (
        suggested.grade == suggestion.grade.value
        and suggested.rules_id == suggestion.version
        and suggested.reasons == _value(suggestion.reasons)
        and suggested.shadow == _value(suggestion.shadow)
    )


def _value(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    return [
        {**asdict(reason), "grade": reason.grade.value, "used": [[name, [*codes]] for name, codes in reason.used]}
        for reason in reasons
    ]


def _clock(facts: Facts, now: datetime, hours: Hours) -> tuple[datetime, str]:
    """Of all meetings the one that comes first, or began and is not over: another that is planned pushes it nowhere."""
    running = (meeting for meeting in facts.meetings if on_the_clock(meeting, now, hours))
    clocks = ((at, _basis(meeting, at)) for meeting in running if (at := clock_of(meeting, now)) is not None)
    return min(clocks, default=(FAR, ""))


def _basis(meeting: Meeting, at: datetime) -> str:
    return meeting.basis.value if at == meeting.at else LATER
